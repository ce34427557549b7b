"""Reduplicated words of the form AABB that are cut apart: 模模 糊 糊."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from taglint.corpus.contexts import Contexts
from taglint.corpus.document import Document
from taglint_rules.segmentation._strings import Hashes, Ints
from taglint_rules.segmentation._tables import NONE, Tables

LENGTH = 4
Pieces = tuple[str, ...]


class Word(NamedTuple):
    """A word with its tag, how often the corpus has it, and whether only the lexicon does."""

    form: str
    tag: str
    seen: int
    listed: bool


@dataclass(frozen=True, eq=False)
class Broken:
    """The words of a corpus that are cut apart, by their pieces; types: stable hashes of those
    types that are a first piece."""

    words: dict[Pieces, Word] = field(default_factory=dict)
    types: Hashes = field(default_factory=lambda: np.zeros(0, np.uint64))


def broken_words(tables: Tables, counts: Contexts) -> Broken:
    """AB is a word of the corpus or the lexicon, or AABB itself is. counts: the rows in which such
    words are looked for."""
    found = sorted(set(_pieces(tables, counts)))
    words = {pieces: word for pieces in found if (word := _word(tables, pieces))}
    firsts = {pieces[0] for pieces in words}
    forms = [tables.known(form) for form in sorted(firsts)]
    types = np.flatnonzero(np.isin(tables.form[1 : tables.own], forms))
    return Broken(words, counts.keys[types])


def reduplications(document: Document, broken: Broken) -> Iterator[tuple[int, int, Word]]:
    """Tokens at which broken words begin, how many tokens each is cut into, and the word."""
    for place in document.places(document.types_among(broken.types)):
        end = document.sentence_tokens(document.sentence_of(place)).stop
        forms = tuple(document.token(at).form for at in range(place, min(end, place + LENGTH)))
        for number in range(2, len(forms) + 1):
            if forms[:number] in broken.words:
                yield place, number, broken.words[forms[:number]]


def _pieces(tables: Tables, counts: Contexts) -> Iterator[Pieces]:
    """What stands side by side, in two to four pieces, and has the form of such a word."""
    left, right = _begun(tables, counts)
    length = tables.strings.length
    whole = length[left] + length[right] == LENGTH
    for pieces in _forms(tables, left[whole], right[whole]):
        if _reduplicated("".join(pieces)):
            yield pieces
    for first, second, third in _forms(tables, *_threes(tables, counts, left, right)):
        if _reduplicated(first + second + third):
            yield first, second, third
        # Of four pieces three stand together, and so do the last two.
        elif _reduplicated(first + second + third * 2) and _doubled(tables, third):
            yield first, second, third, third


def _forms(tables: Tables, *numbers: Ints) -> Iterator[Pieces]:
    for row in zip(*(column.tolist() for column in numbers), strict=True):
        yield tuple(map(tables.forms.__getitem__, row))


def _begun(tables: Tables, counts: Contexts) -> tuple[Ints, Ints]:
    """The pairs of neighbours that such a word may begin with."""
    present = np.zeros(len(tables.forms), bool)
    present[tables.form[counts.middle]] = True
    left, right = tables.neighbours.first, tables.neighbours.second
    here = np.flatnonzero(present[left] & present[right])
    left, right = left[here], right[here]
    chosen = _may_begin(tables, left, right)
    return left[chosen], right[chosen]


def _may_begin(tables: Tables, left: Ints, right: Ints) -> Ints:
    """The pairs with one character that begins the next form as well, or with two or three that
    begin with two the same."""
    strings = tables.strings
    short = strings.han & (strings.length < LENGTH)
    second = strings.codes[np.where(strings.length > 1, strings.start + 1, 0)]
    again = short & (strings.length > 1) & (second == strings.first)
    alone = np.where(strings.han & (strings.length == 1), strings.first, 0)
    begun = again[left] | (alone[left] == strings.first[right])
    return np.flatnonzero(begun & short[left] & short[right])


def _threes(tables: Tables, counts: Contexts, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    """The forms of three neighbours each, of which the first two are a pair of these."""
    strings, form = tables.strings, tables.form
    one, two = (np.bincount(forms, minlength=len(tables.forms)) > 0 for forms in (left, right))
    rows = np.flatnonzero(one[form][counts.left] & two[form][counts.middle])
    rows = rows[_may_begin(tables, form[counts.left[rows]], form[counts.middle[rows]])]
    first, second, third = (
        form[types[rows]] for types in (counts.left, counts.middle, counts.right)
    )
    length = strings.length[first] + strings.length[second] + strings.length[third]
    rows = np.flatnonzero(strings.han[third] & (length <= LENGTH))
    return first[rows], second[rows], third[rows]


def _reduplicated(word: str) -> bool:
    return len(word) == LENGTH and word[0] == word[1] != word[2] == word[3]


def _doubled(tables: Tables, form: str) -> bool:
    """Whether a form stands beside itself."""
    number = np.array([tables.known(form)])
    return bool(tables.neighbours(number, number)[0])


def _word(tables: Tables, pieces: Pieces) -> Word | None:
    """The word, with its own tag, else that of stative words; None where it is none."""
    form = "".join(pieces)
    whole, single = tables.known(form), tables.known(form[0] + form[2])
    if whole != NONE:
        seen = round(float(tables.own_count[whole]))
        return Word(form, tables.type(int(tables.likely[whole, 0]))[1], seen, not seen)
    if single == NONE or _two_words(tables, pieces):
        return None
    tag = tables.stative or tables.type(int(tables.likely[single, 0]))[1]
    return Word(form, tag, 0, False)


def _two_words(tables: Tables, pieces: Pieces) -> bool:
    """Whether AA and BB are words each: 弟弟 妹妹."""
    return len(pieces) == 2 == len(pieces[0]) and all(
        tables.form_count[tables.known(piece)] > 1 for piece in pieces
    )
