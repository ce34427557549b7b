"""Offsets to lines and columns. Lines end at `\\n`, `\\r\\n` and `\\r` only."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right

LINE_END = re.compile(r"\r\n|\n|\r")
# Longer texts are searched with NumPy, this many characters at a time: a text may well consist
# of nothing but line ends.
CHUNK = 1_000_000


class LineIndex:
    """Converts 0-based offsets of a text to 1-based lines and columns, both in code points."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = line_starts(text)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both 1-based."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def bounds(self, line: int) -> tuple[int, int]:
        """Start and end offset of a 1-based line, without its line end."""
        start = self.starts[line - 1]
        end = self.starts[line] if line < len(self.starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return start, end

    def line(self, line: int) -> str:
        start, end = self.bounds(line)
        return self.text[start:end]


def line_starts(text: str) -> array[int]:
    """The offset at which each line begins; the first is 0. Eight bytes a line."""
    starts = array("q", (0,))
    if len(text) < CHUNK:
        starts.extend(match.end() for match in LINE_END.finditer(text))
        return starts
    for offset in range(0, len(text), CHUNK):
        starts.frombytes(_ends(text[offset : offset + CHUNK + 1], offset))
    return starts


def _ends(piece: str, offset: int) -> bytes:
    """Where the line ends of a piece of text end, as 64-bit integers. The piece's last character
    beyond `CHUNK` is the next piece's: it only tells whether a `\\r` stands alone."""
    import numpy as np

    units = np.frombuffer(piece.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    feeds = units == ord("\n")
    ends = feeds.copy()
    if "\r" in piece:
        returns = units == ord("\r")
        returns[:-1] &= ~feeds[1:]
        ends |= returns
    return (np.flatnonzero(ends[:CHUNK]).astype("q") + (offset + 1)).tobytes()


def split_lines(text: str) -> list[str]:
    """The lines without their ends. `str.splitlines` would also split at U+2028 and others."""
    return text.split("\n") if "\r" not in text else LINE_END.split(text)


def first_lines(text: str, most: int) -> list[str]:
    """At most so many lines, one or more, without their ends."""
    every = text.split("\n", most) if "\r" not in text else LINE_END.split(text, most)
    return every[:most]
