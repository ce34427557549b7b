"""From verdicts to the places of a document that are segmented wrongly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from taglint.corpus.document import Document
from taglint_rules.segmentation._exemptions import NO_WORD, exemptions
from taglint_rules.segmentation._features import MOST, Fit, Places
from taglint_rules.segmentation._judging import Verdicts
from taglint_rules.segmentation._kinds import REDUPLICATED
from taglint_rules.segmentation._occurrences import Text, running
from taglint_rules.segmentation._reduplication import reduplications
from taglint_rules.segmentation._strings import Floats, Ints
from taglint_rules.segmentation._tables import NONE, Tables, Type
from taglint_rules.segmentation._weights import odds_of, probability

LEAST_CONFIDENCE = 0.05
# By how much more than their numbers say places may be wrong, with room for rounding.
ALLOWANCE = NO_WORD + 1e-6
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


def cases(document: Document, verdicts: Verdicts, least: float = 0.0) -> list[Case]:
    """The wrong places of a document that are at least so likely, in order; no two overlap."""
    text = running(document, verdicts.keys)
    if not len(text.ids):
        return []
    tables = verdicts.tables
    found = list(_reduplicated(tables, text))
    first, places = verdicts.finder.occurrences(text)
    kept = _possible(verdicts, places, max(least, LEAST_CONFIDENCE))
    first, fit = first[kept], Fit(verdicts.ways, places[kept])
    confidence = probability(_odds(verdicts, fit))
    taken = {token for case in found for token in range(case.first, case.last)}
    chosen = _apart(first, fit, confidence, max(least, LEAST_CONFIDENCE), taken)
    found += [_case(fit, confidence, first, place) for place in chosen]
    return sorted(found, key=lambda case: case.first)


def _reduplicated(tables: Tables, text: Text) -> Iterator[Case]:
    for first, width, word, tag in reduplications(tables, text):
        old = text[np.arange(first, first + width)].tolist()
        whole = tables.known(word)
        seen = _seen(tables, [whole]) if whole != NONE else 0
        yield Case(
            kind=REDUPLICATED,
            first=first,
            last=first + width,
            old=tuple(map(tables.type, old)),
            new=((word, tag),),
            confidence=BROKEN,
            seen_old=1,
            seen_new=seen,
            seen_parts=tuple(_seen(tables, [int(tables.form[type_])]) for type_ in old),
            listed=whole != NONE and seen == 0,
            same_context=False,
            name=False,
        )


def _possible(verdicts: Verdicts, places: Places, least: float) -> Ints:
    """The places that may be so likely to be wrong; what remains to be looked up about their
    neighbours is taken to be what speaks most for it."""
    fit = Fit(verdicts.ways, places)
    odds = verdicts.odds[fit.pattern] + ALLOWANCE
    for kind, weights in verdicts.weights.items():
        placed = weights.placed
        most = sum(max(placed[name], 0.0) * MOST[name] for name in MOST.keys() & placed.keys())
        chosen = fit.kind == kind
        odds[chosen] += placed.get("tags", 0.0) * fit.tags[chosen] + most
    return np.flatnonzero(odds > odds_of(least))


def _odds(verdicts: Verdicts, fit: Fit) -> Floats:
    odds = verdicts.odds[fit.pattern]
    for kind, weights in verdicts.weights.items():
        chosen = fit.kind == kind
        for name in weights.placed.keys() & fit.here.keys():
            odds[chosen] += weights.placed[name] * fit.here[name][chosen]
    return odds - exemptions(fit)


def _apart(first: Ints, fit: Fit, confidence: Floats, least: float, taken: set[int]) -> list[int]:
    """The likeliest places that overlap neither each other nor what is taken."""
    likely = np.flatnonzero(confidence >= least)
    order = likely[np.lexsort((fit.pattern[likely], first[likely], -confidence[likely]))]
    taken = set(taken)
    chosen = []
    for place in order.tolist():
        start = int(first[place])
        covered = {start, start + int(fit.ways.own_two[fit.pattern[place]])}
        if not covered & taken:
            taken |= covered
            chosen.append(place)
    return chosen


def _case(fit: Fit, confidence: Floats, first: Ints, place: int) -> Case:
    tables, ways, pattern = fit.tables, fit.ways, int(fit.pattern[place])
    own, other = 1 + int(ways.own_two[pattern]), 1 + int(ways.other_two[pattern])
    forms = [int(new[pattern]) for new in ways.new[:other]]
    return Case(
        kind=int(fit.kind[place]),
        first=int(first[place]),
        last=int(first[place]) + own,
        old=tuple(tables.type(int(types[place])) for types in fit.places.own[:own]),
        new=tuple(tables.type(int(types[place])) for types in fit.types[:other]),
        confidence=round(float(confidence[place]), 4),
        seen_old=_seen(tables, [int(old[pattern]) for old in ways.forms[:own]]),
        seen_new=_seen(tables, forms),
        seen_parts=tuple(_seen(tables, [form]) for form in forms),
        listed=all(tables.form_count[form] > tables.own_count[form] for form in forms),
        same_context=bool(fit.seen_around[place]) and _seen(tables, forms) > 0,
        name=bool(tables.proper_tags[tables.tag[fit.types[0][place]]]),
    )


def _seen(tables: Tables, forms: Sequence[int]) -> int:
    """How often the corpus has a form, or two forms side by side."""
    if len(forms) == 1:
        return round(float(tables.own_count[forms[0]]))
    left, right = (np.array([form]) for form in forms)
    return round(float(tables.neighbours(left, right)[0]))
