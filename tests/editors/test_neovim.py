"""The set-up for Neovim, in Neovim."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.editors.corpora import ALL, SAFE, Corpus, by_command_line, corpora, with_taglint

HERE = Path(__file__).parent
SETUP = HERE.parents[1] / "editors" / "neovim" / "taglint.lua"
pytestmark = pytest.mark.skipif(not shutil.which("nvim"), reason="Neovim is not installed")


def in_neovim(folder: Path, path: Path, action: str) -> dict[str, Any]:
    """What Neovim showed of a file before and after a code action, and wrote the file."""
    out = folder / "out.json"
    environment = {
        "PATH": with_taglint(),
        "TAGLINT_FILE": str(path),
        "TAGLINT_ACTION": action,
        "TAGLINT_OUT": str(out),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    command = ["nvim", "--headless", "--clean", "-n", "-c", f"luafile {SETUP}"]
    done = subprocess.run(
        [*command, "-c", f"luafile {HERE / 'drive.lua'}"],
        env={**os.environ, **environment},
        cwd=folder,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert out.exists(), done.stderr.decode("utf-8", "replace")
    result = json.loads(out.read_text("utf-8"))
    assert "problem" not in result, result["problem"]
    assert isinstance(result, dict)
    return result


@pytest.mark.parametrize("corpus", corpora(), ids=str)
def test_what_neovim_shows_fixes_and_writes_is_the_command_lines(
    corpus: Corpus, tmp_path: Path
) -> None:
    path = corpus.copied(tmp_path)
    found, fixed = by_command_line(corpus, tmp_path)
    shown = in_neovim(tmp_path, path, ALL if corpus.unsafe else SAFE)
    assert [item["code"] for item in shown["before"]] == [item["code"] for item in found]
    assert [item["line"] + 1 for item in shown["before"]] == [item["line"] for item in found]
    assert {item["source"] for item in shown["before"]} == {"taglint"}
    assert path.read_bytes() == fixed
    assert len(shown["after"]) < len(shown["before"])
