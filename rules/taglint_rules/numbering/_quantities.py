"""Numerals with a classifier or a unit of dates, as one token or as two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType
from taglint_rules._memory import kept
from taglint_rules.numbering._numerals import CLASSIFIER_TAGS, kind, plain, quantity, starting
from taglint_rules.numbering._tallies import Tally

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


def split_pairs(document: Document, kinds: Collection[str]) -> Iterator[Pair]:
    """All numerals that a classifier or unit of dates follows as a token of its own, where the two
    are one of some kinds."""
    ids, wanted = document.ids, {}
    for pair, (what, _) in _pair_types(document).items():
        if what in kinds:
            wanted[pair] = what
    for place in _pair_places(document) if wanted else ():
        what = wanted.get((ids[place], ids[place + 1]), "")
        if what:
            yield Pair(place, place + 2, what)


def _pair_types(document: Document) -> dict[tuple[int, int], tuple[str, int]]:
    """What each two types are that stand so, and how often they do."""
    return kept("pair types", (document,), lambda: _paired_types(document))  # type: ignore[no-any-return]


def _paired_types(document: Document) -> dict[tuple[int, int], tuple[str, int]]:
    types, ids = document.vocabulary.types, document.ids
    places = _pair_places(document)
    found = {}
    for pair, number in Counter((ids[place], ids[place + 1]) for place in places).items():
        what = _paired(*(types[index].form for index in pair))
        if what:
            found[pair] = what, number
    return found


def _pair_places(document: Document) -> list[int]:
    numerals = {index for index, token in starting(document) if FREE.fullmatch(plain(token.form))}
    return document.followed(numerals, document.types_where("counted", _is_counted))


def _is_counted(token: TokenType) -> bool:
    return token.tag in CLASSIFIER_TAGS or token.form in UNITS


def _paired(numeral: str, counted: str) -> str:
    if counted in UNITS and UNITS[counted].fullmatch(plain(numeral)):
        return DATE
    return QUANTITY if quantity(numeral + counted) else ""


def treatments(document: Document, numeral: Callable[[str], bool]) -> Tally:
    """How often each is one token (`date whole`, with a tab between) or two."""
    counts, keys = Tally(), document.vocabulary.keys()
    for (first, second), (what, number) in _pair_types(document).items():
        counts[f"{what}\tsplit", keys[first] or keys[second]] += number
    for index, token in starting(document):
        what = whole(token, numeral)
        if what:
            counts[f"{what}\twhole", keys[index]] += document.type_counts[index]
    return counts
