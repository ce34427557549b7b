"""The set-up for Emacs, in Emacs with Eglot."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.editors.corpora import ALL, SAFE, Corpus, by_command_line, corpora, with_taglint

HERE = Path(__file__).parent
SETUP = HERE.parents[1] / "editors" / "emacs" / "taglint.el"
EMACS = ["emacs", "--batch"]


@cache
def has_eglot() -> bool:
    if not shutil.which("emacs"):
        return False
    done = subprocess.run(
        [*EMACS, "--eval", "(require 'eglot)"], capture_output=True, timeout=60, check=False
    )
    return done.returncode == 0


def in_emacs(folder: Path, path: Path, action: str) -> dict[str, Any]:
    """What Emacs showed of a file before and after a code action, and saved the file."""
    out = folder / "out.json"
    environment = {
        "PATH": with_taglint(),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "TAGLINT_FILE": str(path),
        "TAGLINT_ACTION": action,
        "TAGLINT_OUT": str(out),
    }
    done = subprocess.run(
        [*EMACS, "-l", str(SETUP), "-l", str(HERE / "drive.el")],
        env={**os.environ, **environment},
        cwd=folder,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert out.exists(), done.stderr.decode("utf-8", "replace")
    result = json.loads(out.read_text("utf-8"))
    assert "problem" not in result, (result["problem"], done.stderr.decode("utf-8", "replace"))
    assert isinstance(result, dict)
    return result


def shown_by_emacs(finding: dict[str, Any]) -> tuple[int, str]:
    sure = finding["confidence"]
    confidence = "" if sure == 1 else f" (confidence {sure:.2f})"
    return finding["line"], f"taglint [{finding['code']}]: {finding['message']}{confidence}"


@pytest.mark.parametrize("corpus", corpora(), ids=str)
def test_what_emacs_shows_fixes_and_saves_is_the_command_lines(
    corpus: Corpus, tmp_path: Path
) -> None:
    if not has_eglot():
        pytest.skip("Emacs with Eglot is not installed")
    path = corpus.copied(tmp_path)
    found, fixed = by_command_line(corpus, tmp_path)
    shown = in_emacs(tmp_path, path, ALL if corpus.unsafe else SAFE)
    assert sorted(map(shown_by_emacs, found)) == sorted(
        (item["line"], item["text"]) for item in shown["before"]
    )
    assert path.read_bytes() == fixed
    assert len(shown["after"]) < len(shown["before"])
