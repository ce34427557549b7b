"""Numerals with a classifier or a unit of dates, as one token or as two."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType
from taglint_rules._memory import kept
from taglint_rules.numbering._numerals import CLASSIFIER_TAGS, kind, plain, quantity, starting
from taglint_rules.numbering._tallies import Tally, tally

# Numerals that are written with any classifier; `一个` and `多次` are words of their own.
FREE = re.compile("[0-9.]+[百千万亿]*|[二三四五六七八九两]|[一二三四五六七八九十百千万亿零两]{2,}")
YEAR = re.compile("(?:1[1-9]|20)[0-9]{2}")
SMALL = re.compile("[0-9]{1,2}")
UNITS = {"年": YEAR, "月": SMALL, "日": SMALL, "月份": SMALL}
DATED = re.compile("((?:1[1-9]|20)[0-9]{2})年|[0-9]{1,2}(?:月份|月|日)")
QUANTITY, DATE = "numeral and classifier", "date"


class Pair(NamedTuple):
    """A numeral and what it counts: first token, one past the last, and what the pair is."""

    first: int
    last: int
    what: str


def whole(token: TokenType, numeral: Callable[[str], bool]) -> str:
    """What a token is that is a numeral and a classifier or unit; empty for others."""
    if token.tag in CLASSIFIER_TAGS or kind(token.form):
        return ""
    if DATED.fullmatch(plain(token.form)):
        return DATE
    parts = quantity(token.form) if numeral(token.tag) else None
    return QUANTITY if parts and FREE.fullmatch(plain(parts[0])) else ""


def split_pairs(document: Document) -> list[Pair]:
    """All numerals that a classifier or unit of dates follows as a token of its own."""
    return kept("pairs", (document,), lambda: _split_pairs(document))  # type: ignore[no-any-return]


def _split_pairs(document: Document) -> list[Pair]:
    types, ids = document.vocabulary.types, document.ids
    numerals = {index for index, token in starting(document) if FREE.fullmatch(plain(token.form))}
    after = {
        index
        for index in document.type_ids
        if types[index].tag in CLASSIFIER_TAGS or types[index].form in UNITS
    }
    found = []
    for place in document.places(numerals):
        if place + 1 < len(ids) and ids[place + 1] in after:
            what = _paired(types[ids[place]].form, types[ids[place + 1]].form)
            if what and document.sentence_of(place) == document.sentence_of(place + 1):
                found.append(Pair(place, place + 2, what))
    return found


def _paired(numeral: str, counted: str) -> str:
    if counted in UNITS and UNITS[counted].fullmatch(plain(numeral)):
        return DATE
    return QUANTITY if quantity(numeral + counted) else ""


def treatments(document: Document, numeral: Callable[[str], bool]) -> Tally:
    """How often each is one token (`date whole`, with a tab between) or two."""
    counts = Tally()
    for first, last, what in split_pairs(document):
        counts[f"{what}\tsplit", tally(document, first, last)] += 1
    keys = document.vocabulary.keys()
    for index, token in starting(document):
        what = whole(token, numeral)
        if what:
            counts[f"{what}\twhole", keys[index]] += document.type_counts[index]
    return counts
