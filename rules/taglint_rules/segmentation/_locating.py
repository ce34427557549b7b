"""From verdicts to the places of a document that are segmented wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from taglint.corpus.document import Document
from taglint_rules.segmentation._bigrams import Type, running
from taglint_rules.segmentation._exemptions import exemptions
from taglint_rules.segmentation._features import Fit, Places
from taglint_rules.segmentation._judging import Verdicts
from taglint_rules.segmentation._occurrences import occurrences
from taglint_rules.segmentation._strings import Floats, Ints
from taglint_rules.segmentation._tables import NONE, Tables
from taglint_rules.segmentation._weights import BY_COUNTS, BY_LEXICON, by_kind, probability

LEAST_CONFIDENCE = 0.05


@dataclass(frozen=True)
class Case:
    """A place that is likely wrong: tokens `first` to before `last` should be `new`.

    old: what stands there. seen_old, seen_new: how often the corpus has each segmentation, this
    place included. seen_parts: how often it has each form of the new one. listed: the outside
    lexicon has all of them. same_context: the new segmentation occurs elsewhere with the same
    neighbours.
    """

    kind: int
    first: int
    last: int
    old: tuple[Type, ...]
    new: tuple[Type, ...]
    confidence: float
    seen_old: int
    seen_new: int
    seen_parts: tuple[int, ...]
    listed: bool
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
    tables = verdicts.tables
    weights = BY_COUNTS if tables.outside is None else BY_LEXICON
    placed = {kind: of_kind.placed for kind, of_kind in weights.items()}
    odds = by_kind(places.kind, placed, fit.numbers)
    for kind, offset in verdicts.offsets.items():
        odds[places.kind == kind] += offset
    return odds - exemptions(tables, places, fit)


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
    old_types = [int(own[place]) for own in places.own if own[place] != NONE]
    forms = [int(other[place]) for other in places.other if other[place] != NONE]
    old = tuple(tables.types[type_] for type_ in old_types)
    new = tuple(tables.types[int(tags[place])] for tags, _ in zip(fit.tags, forms, strict=False))
    return Case(
        kind=int(places.kind[place]),
        first=int(first[place]),
        last=int(first[place]) + len(old),
        old=old,
        new=new,
        confidence=round(float(confidence[place]), 4),
        seen_old=_seen(tables, [tables.form[type_] for type_ in old_types]),
        seen_new=_seen(tables, forms),
        seen_parts=tuple(_seen(tables, [form]) for form in forms),
        listed=all(tables.form_count[form] > tables.own_count[form] for form in forms),
        same_context=bool(fit.seen_around[place]) and _seen(tables, forms) > 0,
        name=bool(tables.proper_tags[tables.tag[fit.tags[0][place]]]),
    )


def _seen(tables: Tables, forms: Sequence[int]) -> int:
    """How often the corpus has a form, or two forms side by side."""
    if len(forms) == 1:
        return round(float(tables.own_count[forms[0]]))
    left, right = (np.array([form]) for form in forms)
    return round(float(tables.neighbours(left, right)[0]))
