"""What the command line knows of the terminal: colours, width, a progress bar, safe writing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from threading import Event, Thread
from typing import TextIO

from taglint.reporters.base import Look

# Columns where nobody looks at a terminal, and the fewest that reports are laid out for.
WIDTH, LEAST_WIDTH = 100, 40
# Seconds before a progress bar appears, and between two states of it.
DELAY, INTERVAL = 0.5, 0.1
BAR = 20
ERASE = "\r\x1b[2K"

Draw = Callable[..., None]


def look_for(stream: TextIO, color: str = "auto", summary: bool = True) -> Look:
    """How output on a stream may look; `color` is `auto`, `always` or `never`."""
    return Look(color=_colored(stream, color), width=_width(stream), summary=summary)


def _colored(stream: TextIO, color: str) -> bool:
    """NO_COLOR beats FORCE_COLOR, and both beat what the stream is."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR")
    if forced:
        return forced not in ("0", "false")
    return is_terminal(stream)


def _width(stream: TextIO) -> int:
    """The terminal's columns; a fixed number elsewhere, so that files do not depend on it."""
    if not is_terminal(stream) and "COLUMNS" not in os.environ:
        return WIDTH
    return max(LEAST_WIDTH, _columns())


def _columns() -> int:
    """Those of the terminal, or what the environment says they are."""
    import shutil

    return shutil.get_terminal_size((WIDTH, 24)).columns


def is_terminal(stream: TextIO) -> bool:
    """Whether a stream is a terminal that understands control sequences.

    Under pre-commit it is none, although that gives its hooks one.
    """
    if os.environ.get("TERM") == "dumb" or os.environ.get("PRE_COMMIT"):
        return False
    try:
        return stream.isatty()
    except ValueError:  # closed
        return False


def writable(stream: TextIO | None) -> TextIO:
    """The stream, set to write any text: in UTF-8, with lone surrogates escaped.

    A standard stream that was closed from outside is replaced by one that swallows everything.
    """
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8", errors="backslashreplace")
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


@contextmanager
def progress(stream: TextIO | None) -> Iterator[Draw]:
    """Gives a function of (done, total, path) that says how far a run is.

    On a terminal a thread draws that on one line, so that the clock runs on within a large file;
    elsewhere, in CI and in the first half second nothing is drawn. The line is erased at the end.
    """
    if stream is None or not is_terminal(stream) or os.environ.get("CI"):
        yield _ignore
        return
    bar = _Bar(stream)
    bar.start()
    try:
        yield bar.update
    finally:
        bar.stop()


def _ignore(done: int, total: int, path: str = "") -> None:
    """For where there is no bar."""


class _Bar(Thread):
    """Draws the state it was last told, ten times a second."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(daemon=True)
        self._stream = stream
        self._began = time.monotonic()
        self._state = (0, 0, "")
        self._end = Event()
        self._drawn = False

    def update(self, done: int, total: int, path: str = "") -> None:
        self._state = (done, total, path)

    def run(self) -> None:
        wait = DELAY
        while not self._end.wait(wait):
            self._write(ERASE + self._line())
            self._drawn = True
            wait = INTERVAL

    def stop(self) -> None:
        self._end.set()
        self.join()
        if self._drawn:
            self._write(ERASE)

    def _line(self) -> str:
        from taglint.reporters.display import escaped, shortened

        return shortened(escaped(bar_line(*self._state, self._seconds())), _columns() - 1)

    def _seconds(self) -> int:
        return int(time.monotonic() - self._began)

    def _write(self, text: str) -> None:
        with suppress(OSError, ValueError, UnicodeEncodeError):
            self._stream.write(text)
            self._stream.flush()


def bar_line(done: int, total: int, path: str, seconds: int) -> str:
    """The bar as text: what is done of what, for how long, and at which file."""
    filled = BAR * done // total if total else 0
    count = f"file {min(done + 1, total):,} of {total:,}" if total else "reading"
    line = f"[{'#' * filled}{'-' * (BAR - filled)}] {count}, {seconds} s  {path}"
    return line.rstrip()
