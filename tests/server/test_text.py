"""Positions and edits against a client that does everything the slow way."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol.types import Position, Range

from taglint.findings import Edit
from taglint.server.edits import difference, text_edits
from taglint.server.text import CODECS, TextIndex

ENCODINGS = tuple(CODECS)
LETTERS = "a/好😀\n\r\u2028\x85\x0c\x1e é\ud800"
texts = st.text(LETTERS, max_size=30) | st.text(LETTERS, max_size=30).map(lambda text: text * 40)
encodings = st.sampled_from(ENCODINGS)


class Client:
    """A text as a list of lines, each with its end, as the protocol describes it."""

    def __init__(self, text: str, encoding: str) -> None:
        self.text = text
        self.encoding = encoding

    def lines(self) -> list[str]:
        pieces = [*re.split(r"(\r\n|\r|\n)", self.text), ""]
        return [line + end for line, end in zip(pieces[::2], pieces[1::2], strict=True)]

    def width(self, text: str) -> int:
        codec, size = CODECS[self.encoding]
        return len(text.encode(codec, "surrogatepass")) // size

    def positions(self) -> list[tuple[int, Position]]:
        """Every offset that is not between the halves of a line end, with its position."""
        found, start = [], 0
        for number, line in enumerate(self.lines()):
            bare = line.rstrip("\r\n")
            for column in range(len(bare) + 1):
                found.append((start + column, Position(number, self.width(bare[:column]))))
            start += len(line)
        return found

    def replace(self, start: int, end: int, text: str) -> None:
        self.text = self.text[:start] + text + self.text[end:]


@settings(deadline=None)
@given(texts, encodings)
def test_offsets_and_positions_lead_back_to_each_other(text: str, encoding: str) -> None:
    index = TextIndex(text, encoding)
    for offset, position in reversed(Client(text, encoding).positions()):
        assert index.position(offset) == position
        assert index.offset(position) == offset


@settings(deadline=None)
@given(texts, encodings, st.data())
def test_edits_leave_an_index_as_a_new_one_would_be(
    text: str, encoding: str, data: st.DataObject
) -> None:
    client, index = Client(text, encoding), TextIndex(text, encoding)
    for _ in range(data.draw(st.integers(1, 6))):
        ends = [data.draw(st.sampled_from(client.positions())) for _ in "se"]
        (start, first), (end, last) = sorted(ends, key=lambda pair: pair[0])
        new = data.draw(st.text(LETTERS, max_size=8))
        index.edit(*index.extent(Range(first, last)), new)
        client.replace(start, end, new)
        assert index.text == client.text
        for offset, position in data.draw(st.permutations(client.positions()))[:20]:
            assert index.position(offset) == position
            assert index.offset(position) == offset


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_position_behind_the_end_is_the_end(encoding: str) -> None:
    index = TextIndex("好😀\r\nb\n", encoding)
    assert index.offset(Position(0, 99)) == 2
    assert index.offset(Position(1, 2)) == 5
    assert index.offset(Position(2, 5)) == 6
    assert index.offset(Position(9, 0)) == 6


def test_a_position_inside_a_character_is_the_characters() -> None:
    assert TextIndex("😀a", "utf-16").offset(Position(0, 1)) == 0
    assert TextIndex("好a", "utf-8").offset(Position(0, 2)) == 0


@settings(deadline=None)
@given(texts, texts, encodings)
def test_a_difference_applied_by_a_client_gives_the_other_text(
    before: str, after: str, encoding: str
) -> None:
    edits = text_edits(TextIndex(before, encoding), difference(before, after))
    places = {
        (at.line, at.character): offset for offset, at in Client(before, encoding).positions()
    }
    client = Client(before, encoding)
    for edit in reversed(edits):
        start, end = edit.range.start, edit.range.end
        client.replace(
            places[start.line, start.character], places[end.line, end.character], edit.new_text
        )
    assert client.text == after


def test_a_difference_of_a_long_line_is_small() -> None:
    before = "".join(f"字{number}/n" for number in range(20_000))
    after = before.replace("字50/n", "字50/v").replace("字10000/n", "").replace("字19999/n", "/w/w")
    edits = difference(before, after)
    assert len(edits) == 3
    assert sum(edit.end - edit.start + len(edit.text) for edit in edits) < 30


def test_an_edit_between_the_halves_of_a_line_end_takes_in_both() -> None:
    index = TextIndex("a\r\nb")
    removed, inserted = text_edits(index, [Edit(1, 2, ""), Edit(2, 2, "x")])
    assert (removed.range, removed.new_text) == (Range(Position(0, 1), Position(1, 0)), "\n")
    assert (inserted.range, inserted.new_text) == (Range(Position(0, 1), Position(1, 0)), "\rx\n")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_edits_of_a_megabyte_on_one_line_take_milliseconds(encoding: str) -> None:
    index = TextIndex("好/a😀/x" * 170_000, encoding)
    end = index.position(len(index.text)).character
    start = process_time()
    for number in range(40):
        at = Position(0, end * number // 41)
        index.edit(*index.extent(Range(at, at)), "了/y")
        index.position(len(index.text))
    # The documents of pygls take 0.2 s for each of these edits.
    assert process_time() - start < 2
