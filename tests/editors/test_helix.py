"""The set-up for Helix, in Helix in a terminal (tmux)."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.editors.corpora import Corpus, by_command_line, with_taglint

ROOT = Path(__file__).parents[2]
SETUP = ROOT / "editors" / "helix" / "languages.toml"
EDITOR = shutil.which("hx") or shutil.which("helix")
pytestmark = pytest.mark.skipif(
    not (EDITOR and shutil.which("tmux")), reason="Helix or tmux is not installed"
)
ENOUGH = 40


class Terminal:
    """A terminal of its own, with a program in it."""

    def __init__(self, folder: Path, *command: str) -> None:
        self._tmux = ["tmux", "-S", str(folder / "tmux"), "-f", "/dev/null"]
        environment = {
            "PATH": with_taglint(),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "LC_ALL": "C.UTF-8",
        }
        self._env = {**os.environ, **environment}
        self._run("new-session", "-d", "-x", "160", "-y", "40", *command)

    def _run(self, *arguments: str) -> str:
        return subprocess.run(
            [*self._tmux, *arguments], env=self._env, capture_output=True, encoding="utf-8",
            check=True, timeout=ENOUGH,
        ).stdout  # fmt: skip

    def type(self, *keys: str) -> None:
        self._run("send-keys", *keys)

    def shows(self, text: str) -> None:
        """Wait until a text is on the screen."""
        end = monotonic() + ENOUGH
        while text not in (screen := self._run("capture-pane", "-p")):
            assert monotonic() < end, f"{text!r} is not on the screen:\n{screen}"
            sleep(0.1)

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "one.txt"
    found.write_text("今天/t  下／v  雨/n  。/w\n", "utf-8")
    return found


@pytest.fixture
def helix(tmp_path: Path, path: Path) -> Iterator[Terminal]:
    (tmp_path / "config" / "helix").mkdir(parents=True)
    shutil.copy(SETUP, tmp_path / "config" / "helix" / "languages.toml")
    assert EDITOR is not None
    terminal = Terminal(tmp_path, EDITOR, str(path))
    yield terminal
    terminal.close()


def test_what_helix_shows_fixes_and_writes_is_the_command_lines(
    helix: Terminal, tmp_path: Path, path: Path
) -> None:
    (found,), fixed = by_command_line(Corpus(path), tmp_path)
    helix.type("Space", "d")
    helix.shows(found["message"])
    helix.type("Enter")
    helix.type("Space", "a")
    helix.shows("Write the separator: 下／v → 下/v (safe)")
    helix.type("Enter")
    helix.shows("下/v")
    helix.type(":write", "Enter")
    helix.shows("written")
    assert path.read_bytes() == fixed
    helix.type(":quit", "Enter")
