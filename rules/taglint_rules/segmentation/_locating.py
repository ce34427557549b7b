"""From verdicts to the places of a document that are segmented wrongly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from taglint.corpus.document import Document
from taglint_rules.segmentation._bigrams import Type, running
from taglint_rules.segmentation._features import Fit, Places
from taglint_rules.segmentation._judging import Verdicts
from taglint_rules.segmentation._kinds import MERGED, SPLIT
from taglint_rules.segmentation._occurrences import occurrences
from taglint_rules.segmentation._strings import Bools, Floats, Ints
from taglint_rules.segmentation._tables import NONE, Tables
from taglint_rules.segmentation._weights import BY_COUNTS, by_kind, probability

LEAST_CONFIDENCE = 0.05
# What a set phrase or a series of names is rid of: they are cut by rules of their own.
EXEMPTED = 4.0
SEEN_APART = 2


@dataclass(frozen=True)
class Case:
    """A place that is likely wrong: tokens `first` to before `last` should be `new`.

    old: what stands there. seen_old, seen_new: how often each segmentation occurs in the corpus
    (with the outside lexicon, where there is one), this place included. same_context: the new
    segmentation occurs elsewhere with the same neighbours.
    """

    kind: int
    first: int
    last: int
    old: tuple[Type, ...]
    new: tuple[Type, ...]
    confidence: float
    seen_old: int
    seen_new: int
    same_context: bool
    name: bool


def cases(document: Document, verdicts: Verdicts) -> list[Case]:
    """The wrong places of a document, in order; no two of them overlap."""
    text = running(document)
    tables = verdicts.tables
    numbers = np.array([verdicts.number[type_] for type_ in text.types], dtype=np.int64)
    position, places = occurrences(tables, verdicts.patterns, numbers[text.ids])
    if not len(position):
        return []
    fit = Fit(tables, verdicts.affixes, places)
    confidence = probability(_odds(verdicts, places, fit))
    chosen = _apart(text.tokens[position], places, confidence)
    return [_case(tables, places, fit, confidence, text.tokens[position], i) for i in chosen]


def _odds(verdicts: Verdicts, places: Places, fit: Fit) -> Floats:
    weights = {kind: BY_COUNTS[kind].placed for kind in BY_COUNTS}
    odds = by_kind(places.kind, weights, fit.numbers)
    for kind, offset in verdicts.offsets.items():
        odds[places.kind == kind] += offset
    return odds - EXEMPTED * _exempt(verdicts.tables, places, fit)


def _exempt(tables: Tables, places: Places, fit: Fit) -> Bools:
    """Set phrases that are nowhere else in parts, and names beside names."""
    first, second = (tables.proper_tags[tables.tag[type_]] for type_ in fit.own)
    before, behind = (
        tables.proper_tags[tables.tag[type_]] for type_ in (places.before, places.behind)
    )
    names = (first & second) | (first & before) | (second & behind)
    same = tables.tag[fit.tags[0]] == tables.tag[fit.own[0]]
    names &= ~same & (places.kind == SPLIT)
    phrase = tables.idiom_tags[tables.tag[fit.own[0]]] & (fit.seen_other < SEEN_APART)
    return names | (phrase & (places.kind == MERGED))  # type: ignore[no-any-return]


def _apart(first: Ints, places: Places, confidence: Floats) -> list[int]:
    """The likeliest places that do not overlap, in order."""
    likely = np.flatnonzero(confidence >= LEAST_CONFIDENCE)
    order = likely[np.lexsort((places.other[0][likely], first[likely], -confidence[likely]))]
    taken: set[int] = set()
    chosen = []
    for place in order.tolist():
        start = int(first[place])
        covered = {start} if places.own[1][place] == NONE else {start, start + 1}
        if not covered & taken:
            taken |= covered
            chosen.append(place)
    return sorted(chosen, key=lambda place: int(first[place]))


def _case(
    tables: Tables, places: Places, fit: Fit, confidence: Floats, first: Ints, place: int
) -> Case:
    old = _types(tables, places.own, place)
    second = fit.tags[1][place] if places.other[1][place] != NONE else NONE
    new = tuple(tables.types[type_] for type_ in (fit.tags[0][place], second) if type_ != NONE)
    return Case(
        kind=int(places.kind[place]),
        first=int(first[place]),
        last=int(first[place]) + len(old),
        old=old,
        new=new,
        confidence=round(float(confidence[place]), 4),
        seen_old=round(float(fit.seen_own[place])) + 1,
        seen_new=round(float(fit.seen_other[place])),
        same_context=bool(fit.seen_around[place]),
        name=bool(tables.proper_tags[tables.tag[fit.tags[0][place]]]),
    )


def _types(tables: Tables, numbers: tuple[Ints, Ints], place: int) -> tuple[Type, ...]:
    found = (int(number[place]) for number in numbers)
    return tuple(tables.types[number] for number in found if number != NONE)
