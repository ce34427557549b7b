"""Colours, width, the progress bar, and output that takes any text."""

from __future__ import annotations

import io
import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

from taglint.commands import terminal
from taglint.commands.terminal import bar_line, look_for, progress, writable


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CI", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


@pytest.mark.parametrize(
    ("stream", "environment", "expected"),
    [
        (Terminal(), {}, True),
        (io.StringIO(), {}, False),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"NO_COLOR": ""}, True),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, True),
        (Terminal(), {"FORCE_COLOR": "0"}, False),
        (Terminal(), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (io.StringIO(), {"CI": "true"}, False),
    ],
)
def test_colours(
    stream: io.StringIO,
    environment: dict[str, str],
    expected: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert look_for(stream).color is expected
    assert look_for(stream, "always").color is True
    assert look_for(stream, "never").color is False


def test_width(monkeypatch: pytest.MonkeyPatch) -> None:
    assert look_for(io.StringIO()).width == terminal.WIDTH
    monkeypatch.setenv("COLUMNS", "72")
    assert look_for(Terminal()).width == 72
    assert look_for(io.StringIO()).width == 72
    monkeypatch.setenv("COLUMNS", "5")
    assert look_for(Terminal()).width == terminal.LEAST_WIDTH


def test_a_closed_stream_is_no_terminal() -> None:
    stream = io.StringIO()
    stream.close()
    assert look_for(stream).color is False


def test_any_text_can_be_written() -> None:
    raw = io.BytesIO()
    stream = writable(io.TextIOWrapper(raw, "ascii"))
    stream.write("好\udcff\n")
    stream.flush()
    assert raw.getvalue() == "好\\udcff\n".encode()


def test_a_missing_stream_swallows_everything() -> None:
    with writable(None) as stream:
        assert stream.write("好\udcff") == 2


def test_no_bar_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "DELAY", 0)
    quiet = io.StringIO()
    with progress(quiet) as draw:
        draw(1, 2, "a.txt")
        time.sleep(0.02)
    assert quiet.getvalue() == ""
    monkeypatch.setenv("CI", "1")
    stream = Terminal()
    with progress(stream) as draw:
        draw(1, 2)
        time.sleep(0.02)
    assert stream.getvalue() == ""


def test_no_bar_for_a_short_run() -> None:
    stream = Terminal()
    with progress(stream) as draw:
        draw(0, 1, "a.txt")
    assert stream.getvalue() == ""


def test_the_bar_is_drawn_and_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "DELAY", 0)
    monkeypatch.setattr(terminal, "INTERVAL", 0.001)
    stream = Terminal()
    with pytest.raises(ValueError, match="bad"), progress(stream) as draw:
        draw(1, 4, "a\x1b.txt")
        until = time.monotonic() + 5
        while "of 4" not in stream.getvalue() and time.monotonic() < until:
            time.sleep(0.001)
        raise ValueError("bad")
    drawn = stream.getvalue()
    assert "[#####---------------] file 2 of 4, 0 s  a\\x1b.txt" in drawn
    assert drawn.endswith(terminal.ERASE)


def test_bar_line() -> None:
    assert bar_line(0, 0, "", 1) == "[--------------------] reading, 1 s"
    assert bar_line(1200, 1200, "b", 3) == "[####################] file 1,200 of 1,200, 3 s  b"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_a_one_line_error(tmp_path: Path) -> None:
    done = run_shell(tmp_path, "check a.txt > /dev/full")
    assert done.returncode == 2
    assert done.stderr == "taglint: No space left on device\n"


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
def test_a_closed_standard_output_is_no_error(tmp_path: Path) -> None:
    done = run_shell(tmp_path, "check a.txt >&-")
    assert (done.returncode, done.stderr) == (1, "")


def run_shell(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run a taglint command line in a shell, in a folder with one bad file."""
    (folder / "a.txt").write_text("今天/t 天气／n 很/d 好/a\n" * 5, "utf-8")
    command = f"{shlex.quote(sys.executable)} -m taglint {line}"
    return subprocess.run(
        command, shell=True, cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
