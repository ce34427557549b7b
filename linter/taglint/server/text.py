"""Positions of the language server protocol in a text, and edits of it.

A position is a 0-based line and a number of code units of the negotiated encoding. Lines end at
`\\n`, `\\r\\n` and `\\r` only. Everything is found once, from the beginning up to what is asked
for, and kept up to the place of the next edit: a line may be as long as a whole document.
"""

from __future__ import annotations

from bisect import bisect_right

from lsprotocol.types import Position, PositionEncodingKind, Range

from taglint.corpus.lines import LINE_END

# Codec and bytes of a code unit. Names of the protocol's position encodings.
CODECS = {
    PositionEncodingKind.Utf8.value: ("utf-8", 1),
    PositionEncodingKind.Utf16.value: ("utf-16-le", 2),
    PositionEncodingKind.Utf32.value: ("utf-32-le", 4),
}
# Code units are summed up to every so many characters.
CHUNK = 256
# Line ends are looked for in so many characters at a time.
STRETCH = 1 << 16


class TextIndex:
    """A text that converts between offsets (code points) and the client's positions."""

    def __init__(self, text: str, encoding: str = PositionEncodingKind.Utf16.value) -> None:
        self.text = text
        self.encoding = encoding
        self._codec, self._width = CODECS[encoding]
        self._starts = [0]
        self._seen = 0
        self._units = [0]

    def position(self, offset: int) -> Position:
        line = self._line_of(offset)
        return Position(line, self._units_before(offset) - self._units_before(self._starts[line]))

    def range(self, start: int, end: int) -> Range:
        return Range(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """The offset of a position; one behind the end of its line or text is moved there."""
        self._find_line(position.line)
        if position.line >= len(self._starts):
            return len(self.text)
        start = self._starts[position.line]
        found = self._offset_of(self._units_before(start) + position.character)
        ends = (self.text.find(mark, start, found) for mark in "\r\n")
        return min((end for end in ends if end >= 0), default=found)

    def line_start(self, line: int) -> int:
        """The offset at which a 1-based line begins; the last line's where there are fewer."""
        self._find_line(line - 1)
        return self._starts[min(line, len(self._starts)) - 1]

    def extent(self, range_: Range) -> tuple[int, int]:
        """Start and end offset of a range, in this order whatever the client says."""
        start, end = self.offset(range_.start), self.offset(range_.end)
        return min(start, end), max(start, end)

    def edit(self, start: int, end: int, text: str) -> None:
        """Replace the characters from `start` to before `end`."""
        self.text = f"{self.text[:start]}{text}{self.text[end:]}"
        # The character before the edit may be half of a line end now, or no longer.
        self._seen = max(0, min(self._seen, start - 1))
        del self._starts[max(1, bisect_right(self._starts, self._seen)) :]
        del self._units[start // CHUNK + 1 :]

    def _line_of(self, offset: int) -> int:
        while self._seen <= offset and self._seen < len(self.text):
            self._look_further()
        return bisect_right(self._starts, offset) - 1

    def _find_line(self, line: int) -> None:
        while len(self._starts) <= line and self._seen < len(self.text):
            self._look_further()

    def _look_further(self) -> None:
        end = min(self._seen + STRETCH, len(self.text))
        if self.text[end - 1 : end + 1] == "\r\n":
            end += 1
        found = LINE_END.finditer(self.text, self._seen, end)
        self._starts += (match.end() for match in found)
        self._seen = end

    def _units_before(self, offset: int) -> int:
        chunk = offset // CHUNK
        while len(self._units) <= chunk:
            self._add_chunk()
        return self._units[chunk] + self._width_of(self.text[chunk * CHUNK : offset])

    def _offset_of(self, units: int) -> int:
        """The offset with so many units before it; inside of a character, the character's."""
        while self._units[-1] <= units and len(self._units) * CHUNK <= len(self.text):
            self._add_chunk()
        chunk = bisect_right(self._units, units) - 1
        offset = chunk * CHUNK
        rest = units - self._units[chunk]
        for character in self.text[offset : offset + CHUNK]:
            rest -= self._width_of(character)
            if rest < 0:
                break
            offset += 1
        return offset

    def _add_chunk(self) -> None:
        start = (len(self._units) - 1) * CHUNK
        self._units.append(self._units[-1] + self._width_of(self.text[start : start + CHUNK]))

    def _width_of(self, text: str) -> int:
        if self._width == 4 or text.isascii():
            return len(text)
        return len(text.encode(self._codec, "surrogatepass")) // self._width
