"""Numerals with a classifier or a unit of dates, as one token or as two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType
from taglint.patterns import lazy, one_of
from taglint.tagsets import Tagset
from taglint_rules.numbering._numerals import (
    CLASSIFIER_TAGS,
    kind,
    numerals_where,
    plain,
    quantity,
)
from taglint_rules.numbering._tallies import Tally

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Numerals that are written with any classifier; `一个` and `多次` are words of their own.
FREE = lazy("[0-9.]+[百千万亿]*|[二三四五六七八九两]|[一二三四五六七八九十百千万亿零两]{2,}")
YEAR = lazy("(?:1[1-9]|20)[0-9]{2}")
SMALL = lazy("[0-9]{1,2}")
UNITS = {"年": YEAR, "月": SMALL, "日": SMALL, "月份": SMALL}
UNIT = one_of(unit[0] for unit in UNITS)
DATED = lazy("((?:1[1-9]|20)[0-9]{2})年|[0-9]{1,2}(?:月份|月|日)")
QUANTITY, DATE = "numeral and classifier", "date"


class Pair(NamedTuple):
    """A numeral and what it counts: first token, one past the last, and what the pair is."""

    first: int
    last: int
    what: str


def whole(token: TokenType, numerals: Collection[str]) -> str:
    """What a token is that is a numeral and a classifier or unit; empty for others. numerals: their
    tags."""
    if token.tag in CLASSIFIER_TAGS or kind(token.form):
        return ""
    if DATED.fullmatch(plain(token.form)):
        return DATE
    parts = quantity(token.form) if token.tag in numerals else None
    return QUANTITY if parts and FREE.fullmatch(plain(parts[0])) else ""


def split_pairs(
    document: Document, kinds: Collection[str], about: NDArray[np.uint64] | None
) -> Iterator[Pair]:
    """All numerals that a classifier or unit of dates follows as a token of its own, where the two
    are one of some kinds. about: stable hashes, ascending, of types of which the first is one,
    where that is known."""
    types, ids = document.vocabulary.types, document.ids
    numerals = _free(document) if kinds else {}
    if about is not None and numerals:
        own = document.types_among(about)
        numerals = {index: numerals[index] for index in own if index in numerals}
    for place in _pair_places(document, numerals):
        what = _paired(types[ids[place]].form, types[ids[place + 1]].form)
        if what in kinds:
            yield Pair(place, place + 2, what)


def _free(document: Document) -> dict[int, Any]:
    """The types that are numerals which are written with any classifier."""
    return numerals_where(document, FREE, lambda token: FREE.fullmatch(plain(token.form)))


def _pair_places(document: Document, numerals: Collection[int]) -> list[int]:
    counted = _counted(document) if numerals else {}
    return document.followed(numerals, counted) if counted else []


def _counted(document: Document) -> dict[int, Any]:
    vocabulary = document.vocabulary
    classifiers = vocabulary.tagged(CLASSIFIER_TAGS.__contains__)
    units = vocabulary.judged(
        "units of dates", lambda token: token.form in UNITS, vocabulary.beginning(UNIT)
    )
    return document.types_in(classifiers) | document.types_in(units)


@lru_cache(maxsize=1 << 16)
def _paired(numeral: str, counted: str) -> str:
    """What two tokens that stand so are together, empty for nothing."""
    if counted in UNITS and UNITS[counted].fullmatch(plain(numeral)):
        return DATE
    return QUANTITY if quantity(numeral + counted) else ""


def wholes(document: Document, tagset: Tagset | None) -> dict[int, str]:
    """What those types are that are a numeral and a classifier or unit."""
    numerals = tagset.numeral if tagset else ()
    return numerals_where(document, ("whole", numerals), lambda token: whole(token, numerals))


def treatments(document: Document, tagset: Tagset | None) -> Tally:
    """How often each is one token (`date whole`, with a tab between) or two."""
    types, ids = document.vocabulary.types, document.ids
    counts, keys = Tally(), document.vocabulary.keys()
    pairs = Counter(
        (ids[place], ids[place + 1]) for place in _pair_places(document, _free(document))
    )
    for (first, second), number in pairs.items():
        what = _paired(types[first].form, types[second].form)
        if what:
            counts[f"{what}\tsplit", keys[first] or keys[second]] += number
    for index, what in wholes(document, tagset).items():
        counts[f"{what}\twhole", keys[index]] += document.type_counts[index]
    return counts
