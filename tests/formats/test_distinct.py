"""Long texts are split into tokens in another way than short ones, with the same result."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taglint.corpus.document import Decoded
from taglint.corpus.vocabulary import TokenType, Vocabulary
from taglint.formats import delimited
from taglint.formats.base import Settings
from taglint.formats.delimited import Delimited

FORMAT = Delimited("slash", "", "/", brackets=True, separator="  ")
BLANKS = [chr(code) for code in range(0x110000) if chr(code).isspace()]
# Lines with ids, brackets, astral and undecodable characters, and a piece that is hashed otherwise.
PIECES = st.one_of(
    st.sampled_from(
        ["北京/ns", "[中国/ns", "人民/n]nt", "𠮷野家/nz", "\udc80/x", "/w", "a/", "x" * 65]
    ),
    st.text("ab/[]\x00\x1c北𠀀", min_size=1, max_size=12),
)
TEXTS = st.lists(
    st.tuples(
        st.sampled_from(["", "", "19980101-01-001-001/m ", "s1\t"]),
        st.lists(st.tuples(PIECES, st.sampled_from(BLANKS + [" "] * 40))),
        st.sampled_from(["\n", "\r\n", "\r", "\n\n"]),
    )
).map(lambda lines: "".join(f"{a}{''.join(map(''.join, b))}{c}" for a, b, c in lines))


def tokens(text: str, vocabulary: Vocabulary) -> tuple[list[TokenType], Decoded]:
    decoded = FORMAT.decode(text, vocabulary, Settings(None, {}, None))
    return [vocabulary.types[index] for index in decoded.ids], decoded


def same(text: str, stretch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, one = tokens(text, Vocabulary())
    vocabulary = Vocabulary()
    with monkeypatch.context() as patch:
        patch.setattr(delimited, "LONG_TEXT", (0, 0))
        patch.setattr(delimited, "STRETCH", stretch)
        # Again, with all of it known.
        for _ in range(2):
            found, two = tokens(text, vocabulary)
            assert found == plain
            assert list(two.starts) == list(one.starts)
            assert two.names == one.names
            for block in range(len(one.blocks or one.starts) - 1):
                assert [*two.layout.spans(block)] == [*one.layout.spans(block)]


@given(TEXTS, st.sampled_from([1, 20, 1 << 20]))
def test_long_texts_are_split_like_short_ones(text: str, stretch: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        same(text, stretch, patch)


@given(st.lists(st.text("ab北𠀀", min_size=1, max_size=3), min_size=1), st.integers(0, 70))
def test_pieces_of_all_lengths_are_told_apart(ends: list[str], length: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        same(" ".join("字" * length + end for end in ends), 1 << 20, patch)


@given(st.lists(st.text("ab", min_size=1, max_size=5), min_size=1, max_size=60))
def test_hashes_in_one_cell_are_told_apart(words: list[str]) -> None:
    import numpy as np

    from taglint.formats.distinct import _alike

    number = {word: index for index, word in enumerate(dict.fromkeys(words))}
    # All but the lowest bits, which name no cell, are the same.
    alike = _alike(np.array([number[word] for word in words], np.uint64))
    assert [words[index] for index in alike] == words
    assert len(set(alike.tolist())) == len(number)


@given(st.lists(st.sets(st.integers(1, 30), min_size=1), min_size=1, max_size=5))
def test_hashes_that_want_one_cell_have_their_own_ids(groups: list[set[int]]) -> None:
    import numpy as np

    from taglint.formats.distinct import KnownIds, one_by_one

    known, seen = KnownIds(one_by_one(len)), set()
    for group in groups:
        # The highest bits, which name the cell, are the same.
        new = np.array(sorted(group - seen), np.uint64)
        known.add(new, new.astype(np.int32) * 2)
        seen |= group
        hashes = np.arange(40, dtype=np.uint64)
        wanted = [2 * int(value) if int(value) in seen else -1 for value in hashes]
        assert known.find(hashes).tolist() == wanted
        guesses = known.guess(hashes).tolist()
        assert all(one in (-1, other) for one, other in zip(guesses, wanted, strict=True))
        assert any(one >= 0 for one in guesses)
