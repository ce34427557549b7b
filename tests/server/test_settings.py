"""Settings are the same in the server, on its page and in the extension for VS Code."""

from __future__ import annotations

import json
import re
from pathlib import Path

from taglint.server.settings import NAMES, Settings, changed

ROOT = Path(__file__).parents[2]
DEFAULTS = {name: getattr(Settings(), field) for name, field in NAMES.items()}


def test_the_page_has_the_settings_and_their_defaults() -> None:
    page = (ROOT / "docs" / "editors.md").read_text("utf-8")
    section = page.partition("## Settings")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) ?\| ", section, re.MULTILINE)
    assert {name: default.strip("`") for name, default in rows} == {
        name: str(default) for name, default in DEFAULTS.items()
    }


def test_the_extension_has_the_settings_and_their_defaults() -> None:
    manifest = json.loads((ROOT / "editors" / "vscode" / "package.json").read_text("utf-8"))
    declared = manifest["contributes"]["configuration"]["properties"]
    for name, default in DEFAULTS.items():
        assert declared[f"taglint.{name}"]["default"] == default


def test_wrong_settings_change_nothing() -> None:
    for given in (
        None,
        [],
        "x",
        {"taglint": None},
        {"debounce": True},
        {"inlayHints": 3},
        {"a": 1},
    ):
        assert changed(Settings(), given)[0] == Settings()
