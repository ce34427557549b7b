"""Reduplicated words of the form AABB that are cut apart: 模模 糊 糊."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

import numpy as np

from taglint_rules.segmentation._occurrences import Text
from taglint_rules.segmentation._strings import Ints
from taglint_rules.segmentation._tables import NONE, Tables

LENGTH = 4


def reduplications(tables: Tables, text: Text) -> Iterator[tuple[int, int, str, str]]:
    """Tokens at which broken words begin, how many tokens each is cut into, the word and its
    tag. AB is a word of the corpus or the lexicon, or AABB itself is."""
    for place in _beginnings(tables, text).tolist():
        pieces = _pieces(tables, text, place)
        word = "".join(pieces)
        if len(word) == LENGTH and word[0] == word[1] != word[2] == word[3]:
            tag = _tag(tables, word)
            if tag and not _two_words(tables, word, pieces):
                yield place, len(pieces), word, tag


def _beginnings(tables: Tables, text: Text) -> Ints:
    """The tokens that a broken word may begin with: one character that begins the next token as
    well, or two or three that begin with two the same."""
    strings = tables.strings
    form = tables.form[text.types]
    first = np.where(strings.han[form], strings.first[form], 0).astype(np.uint32)
    alone = np.where(strings.length[form] == 1, first, 0)[text.ids]
    begun = first[text.ids]
    again = np.flatnonzero((alone[:-1] == begun[1:]) & (alone[:-1] != 0))
    return np.union1d(again, np.flatnonzero(_doubled(tables, form)[text.ids]))


def _doubled(tables: Tables, form: Ints) -> Ints:
    """Which forms are AA or AAB."""
    strings = tables.strings
    length = strings.length[form]
    longer = strings.han[form] & ((length == 2) | (length == 3))
    second = strings.codes[np.where(longer, strings.start[form] + 1, 0)]
    return np.asarray(longer & (strings.first[form] == second))


def _pieces(tables: Tables, text: Text, place: int) -> list[str]:
    """The forms from a token on, in one sentence, that are Han and four characters in all."""
    end = min(place + LENGTH, len(text.ids))
    ends = (place + int(step) for step in np.flatnonzero(text.begins[place + 1 : end]) + 1)
    numbers = tables.form[text[np.arange(place, next(ends, end))]].tolist()
    forms = [tables.forms[n] for n in takewhile(tables.strings.han.__getitem__, numbers)]
    while len("".join(forms)) > LENGTH:
        forms.pop()
    return forms


def _two_words(tables: Tables, word: str, pieces: list[str]) -> bool:
    """Whether AA and BB are words each, and AABB is none: 弟弟 妹妹."""
    halves = (tables.known(word[:2]), tables.known(word[2:]))
    often = all(half != NONE and tables.form_count[half] > 1 for half in halves)
    return pieces == [word[:2], word[2:]] and often and tables.known(word) == NONE


def _tag(tables: Tables, word: str) -> str | None:
    """The tag of the word: its own, else that of stative words; None where it is no word."""
    whole, single = tables.known(word), tables.known(word[0] + word[2])
    if whole != NONE:
        return tables.type(int(tables.likely[whole, 0]))[1]
    if single == NONE:
        return None
    return tables.stative or tables.type(int(tables.likely[single, 0]))[1]
