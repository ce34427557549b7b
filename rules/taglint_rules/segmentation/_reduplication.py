"""Reduplicated words of the form AABB that are cut apart: 模模 糊 糊."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from taglint_rules.segmentation._strings import BASE, INVERSE, Hashes, Ints
from taglint_rules.segmentation._tables import NONE, Tables

# The lengths of the tokens that AABB may be cut into.
SHAPES = [shape for n in (2, 3, 4) for shape in product((1, 2, 3), repeat=n) if sum(shape) == 4]


def reduplications(tables: Tables, ids: Ints) -> Iterator[tuple[int, int, str, str]]:
    """Positions in `ids` at which broken words begin, how many tokens each is cut into, the word
    and its tag. AB is a word of the corpus or the lexicon, or AABB itself is."""
    strings = tables.strings
    form = tables.form[ids]
    length = np.where(strings.han[form], strings.length[form], 9)
    for shape in SHAPES:
        places = np.arange(len(form) - len(shape) + 1)
        for step, wanted in enumerate(shape):
            places = places[length[places + step] == wanted]
        places = places[_doubled(tables, form, places, shape)]
        for place in places.tolist():
            word = "".join(tables.forms[form[place + step]] for step in range(len(shape)))
            tag = _tag(tables, word)
            if tag and not _two_words(tables, word, shape):
                yield place, len(shape), word, tag


def _doubled(tables: Tables, form: Ints, places: Ints, shape: tuple[int, ...]) -> Ints:
    """Which of the places have the characters AABB."""
    first, second, third, fourth = _characters(tables, form, places, shape)
    return np.flatnonzero((first == second) & (third == fourth) & (first != third))


def _characters(
    tables: Tables, form: Ints, places: Ints, shape: tuple[int, ...]
) -> Iterator[Hashes]:
    strings = tables.strings
    for step, length in enumerate(shape):
        token = form[places + step]
        first, last = strings.first[token], strings.last[token]
        # The hash of three characters is first · BASE² + middle · BASE + last.
        base = np.uint64(BASE)
        inner = (strings.hash[token] - first * base * base - last) * np.uint64(INVERSE)
        yield from {1: (first,), 2: (first, last), 3: (first, inner, last)}[length]


def _two_words(tables: Tables, word: str, shape: tuple[int, ...]) -> bool:
    """Whether AA and BB are words each, and AABB is none: 弟弟 妹妹."""
    halves = (tables.known(word[:2]), tables.known(word[2:]))
    often = all(half != NONE and tables.form_count[half] > 1 for half in halves)
    return shape == (2, 2) and often and tables.known(word) == NONE


def _tag(tables: Tables, word: str) -> str | None:
    """The tag of the word: its own, else that of stative words; None where it is no word."""
    whole, single = tables.known(word), tables.known(word[0] + word[2])
    if whole != NONE:
        return tables.types[int(tables.likely[whole, 0])][1]
    if single == NONE:
        return None
    return tables.stative or tables.types[int(tables.likely[single, 0])][1]
