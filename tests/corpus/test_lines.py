"""Offsets to lines and columns: against a naive count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taglint.corpus import lines
from taglint.corpus.lines import LineIndex, line_starts, split_lines

ENDED = st.text(st.sampled_from("ab中\U0001f600\u2028\x0b\x85\r\n\udc80"), max_size=30)


def naive_starts(text: str) -> list[int]:
    ends = [
        index + 1
        for index, character in enumerate(text)
        if character == "\n" or (character == "\r" and text[index + 1 : index + 2] != "\n")
    ]
    return [0, *ends]


@given(ENDED)
def test_starts_are_those_of_a_naive_count(text: str) -> None:
    assert list(line_starts(text)) == naive_starts(text)


@given(ENDED, st.integers(1, 5))
def test_long_texts_are_counted_like_short_ones(text: str, chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "CHUNK", chunk)
        assert list(line_starts(text)) == naive_starts(text)


@given(ENDED)
def test_every_offset_has_its_line_and_column(text: str) -> None:
    index = LineIndex(text)
    starts = naive_starts(text)
    for offset in range(len(text) + 1):
        line, column = index.position(offset)
        assert line == sum(start <= offset for start in starts)
        assert starts[line - 1] + column - 1 == offset


@given(ENDED)
def test_lines_are_the_text_between_the_ends(text: str) -> None:
    index = LineIndex(text)
    assert [index.line(line + 1) for line in range(len(index.starts))] == split_lines(text)
    assert "".join(split_lines(text)) == text.replace("\r", "").replace("\n", "")


def test_only_line_feeds_and_carriage_returns_end_lines() -> None:
    assert split_lines("a\r\nb\rc\nd\x0be\u2028f\x85g") == ["a", "b", "c", "d\x0be\u2028f\x85g"]
    assert LineIndex("a\r\nb").position(1) == (1, 2)
    assert LineIndex("a\r\nb").position(3) == (2, 1)
    assert LineIndex("").position(0) == (1, 1)
    assert list(line_starts("\n" * 1_000_001))[-2:] == [1_000_000, 1_000_001]
