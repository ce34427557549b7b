"""From verdicts to the places of a document that are segmented wrongly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from taglint.corpus.document import Document
from taglint_rules.segmentation._bigrams import Type, running
from taglint_rules.segmentation._exemptions import exemptions
from taglint_rules.segmentation._features import Fit, Places
from taglint_rules.segmentation._judging import Verdicts
from taglint_rules.segmentation._kinds import REDUPLICATED
from taglint_rules.segmentation._occurrences import occurrences
from taglint_rules.segmentation._reduplication import reduplications
from taglint_rules.segmentation._strings import Floats, Ints
from taglint_rules.segmentation._tables import NONE, Tables
from taglint_rules.segmentation._weights import BY_COUNTS, BY_LEXICON, by_kind, probability

LEAST_CONFIDENCE = 0.05
# How sure it is that a reduplicated word is broken.
BROKEN = 0.85


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
    ids = numbers[text.ids]
    found = list(_reduplicated(tables, ids, text.tokens))
    position, places = occurrences(tables, verdicts.patterns, ids)
    fit = Fit(tables, verdicts.affixes, places)
    confidence = probability(_odds(verdicts, places, fit))
    taken = {token for case in found for token in range(case.first, case.last)}
    chosen = _apart(text.tokens[position], places, confidence, taken)
    found += [_case(tables, places, fit, confidence, text.tokens[position], i) for i in chosen]
    return sorted(found, key=lambda case: case.first)


def _reduplicated(tables: Tables, ids: Ints, tokens: Ints) -> Iterator[Case]:
    for place, width, word, tag in reduplications(tables, ids):
        forms = [int(tables.form[ids[place + step]]) for step in range(width)]
        whole = tables.known(word)
        seen = _seen(tables, [whole]) if whole != NONE else 0
        yield Case(
            kind=REDUPLICATED,
            first=int(tokens[place]),
            last=int(tokens[place]) + width,
            old=tuple(tables.types[int(ids[place + step])] for step in range(width)),
            new=((word, tag),),
            confidence=BROKEN,
            seen_old=1,
            seen_new=seen,
            seen_parts=tuple(_seen(tables, [form]) for form in forms),
            listed=whole != NONE and seen == 0,
            same_context=False,
            name=False,
        )


def _odds(verdicts: Verdicts, places: Places, fit: Fit) -> Floats:
    tables = verdicts.tables
    weights = BY_COUNTS if tables.outside is None else BY_LEXICON
    placed = {kind: of_kind.placed for kind, of_kind in weights.items()}
    odds = by_kind(places.kind, placed, fit.numbers)
    for kind, offset in verdicts.offsets.items():
        odds[places.kind == kind] += offset
    return odds - exemptions(tables, places, fit)


def _apart(first: Ints, places: Places, confidence: Floats, taken: set[int]) -> list[int]:
    """The likeliest places that overlap neither each other nor what is taken."""
    likely = np.flatnonzero(confidence >= LEAST_CONFIDENCE)
    order = likely[np.lexsort((places.other[0][likely], first[likely], -confidence[likely]))]
    taken = set(taken)
    chosen = []
    for place in order.tolist():
        start = int(first[place])
        covered = {start} if places.own[1][place] == NONE else {start, start + 1}
        if not covered & taken:
            taken |= covered
            chosen.append(place)
    return chosen


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
