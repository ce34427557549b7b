"""From verdicts to the places of a document that are segmented wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from taglint.corpus.contexts import EDGE, local_types
from taglint.corpus.document import Document
from taglint_rules.segmentation._features import best
from taglint_rules.segmentation._garbled import Garbled, stretches
from taglint_rules.segmentation._kinds import MERGED, REDUPLICATED, SHIFTED, SPLIT
from taglint_rules.segmentation._reduplication import Broken, reduplications
from taglint_rules.segmentation._strings import Bools, Floats, Ints
from taglint_rules.segmentation._tables import Type
from taglint_rules.segmentation._typed import ALONE, FIRST, SECOND, expanded
from taglint_rules.segmentation._verdicts import LEAST_CONFIDENCE, Beside, Verdicts
from taglint_rules.segmentation._weights import probability

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


@dataclass(frozen=True)
class Places:
    """Occurrences of ways: the first token, the way, and the rows of the sides."""

    first: Ints
    way: Ints
    before: Ints
    behind: Ints


def cases(document: Document, verdicts: Verdicts, least: float = 0.0) -> list[Case]:
    """The wrong places of a document that are at least so likely, in order; no two overlap."""
    found = list(_reduplicated(document, verdicts.broken))
    taken = {token for case in found for token in range(case.first, case.last)}
    found += _garbled(document, verdicts.garbled, least, taken)
    places = occurrences(document, verdicts)
    if len(places.first):
        found += _likely(document, verdicts, places, max(least, LEAST_CONFIDENCE), taken)
    return sorted(found, key=lambda case: case.first)


def _reduplicated(document: Document, broken: Broken) -> Iterator[Case]:
    for first, width, word in reduplications(document, broken):
        yield Case(
            kind=REDUPLICATED,
            first=first,
            last=first + width,
            old=_written(document, first, first + width),
            new=((word.form, word.tag),),
            confidence=BROKEN,
            seen_old=1,
            seen_new=word.seen,
            seen_parts=(),
            listed=word.listed,
            same_context=False,
            name=False,
        )


def _garbled(document: Document, known: Garbled, least: float, taken: set[int]) -> Iterator[Case]:
    for first, last, stretch in stretches(document, known):
        if stretch.confidence >= least and taken.isdisjoint(range(first, last)):
            taken |= set(range(first, last))
            yield Case(
                kind=MERGED if last - first == 1 else SHIFTED,
                first=first,
                last=last,
                old=_written(document, first, last),
                new=stretch.new,
                confidence=stretch.confidence,
                seen_old=stretch.seen,
                seen_new=0,
                seen_parts=stretch.parts,
                listed=stretch.listed,
                same_context=False,
                name=False,
            )


def _written(document: Document, first: int, last: int) -> tuple[Type, ...]:
    return tuple(document.token(index)[:2] for index in range(first, last))


def occurrences(document: Document, verdicts: Verdicts) -> Places:
    """Where ways occur between neighbours with which they may be wrong; a token stands once for
    each way."""
    begins = np.zeros(len(document) + 1, dtype=bool)
    begins[document.begins] = True
    ids = np.frombuffer(document.ids, np.int32)
    types = local_types(document, verdicts.keys).astype(np.int64)
    first, way = _beginnings(verdicts, ids, types, begins)
    last = first + (verdicts.kind[way] != MERGED)
    before = np.where(begins[first], EDGE, types[ids[first - 1]])
    behind = np.where(begins[last + 1], EDGE, types[ids[np.minimum(last + 1, len(ids) - 1)]])
    size = len(verdicts.keys) + 2
    rows = [
        _found(side.way * size + side.neighbour, way * size + neighbour)
        for side, neighbour in ((verdicts.before, before), (verdicts.behind, behind))
    ]
    both = np.flatnonzero((rows[0] >= 0) & (rows[1] >= 0))
    return Places(first[both], way[both], rows[0][both], rows[1][both])


def _beginnings(verdicts: Verdicts, ids: Ints, types: Ints, begins: Bools) -> tuple[Ints, Ints]:
    """The tokens at which ways begin, and the ways."""
    one, two = verdicts.own
    size = len(verdicts.keys) + 2
    role = np.zeros(size, np.uint8)
    role[one[two == 0]] |= ALONE
    role[one[two > 0]] |= FIRST
    role[two[two > 0]] |= SECOND
    roles = role[types][ids]
    alone = np.flatnonzero(roles & ALONE)
    pairs = np.flatnonzero((roles[:-1] & FIRST) & (roles[1:] & SECOND) // 2)
    pairs = pairs[~begins[pairs + 1]]
    wanted = types[ids[alone]] * size, types[ids[pairs]] * size + types[ids[pairs + 1]]
    keys = one.astype(np.int64) * size + two
    order = np.argsort(keys, kind="stable")
    tokens = np.concatenate((alone, pairs))
    return expanded(keys[order], order, np.concatenate(wanted), tokens)


def _found(keys: Ints, wanted: Ints) -> Ints:
    """The places of what is wanted among ascending keys, -1 where it is not."""
    if not len(keys):
        return np.full(len(wanted), -1)
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[places] == wanted, places, -1)


def _likely(
    document: Document, verdicts: Verdicts, places: Places, least: float, taken: set[int]
) -> Iterator[Case]:
    before, behind = verdicts.before[places.before], verdicts.behind[places.behind]
    way = places.way
    chosen = best(verdicts.fits[way], before.fits, behind.fits)
    confidence = probability(_odds(verdicts, way, chosen, before, behind))
    for n in _apart(places, verdicts.kind != MERGED, confidence, least, taken):
        seen = bool(before.seen[n] and behind.seen[n])
        types = int(chosen[0][n]), int(chosen[1][n])
        first = int(places.first[n])
        yield _case(document, verdicts, int(way[n]), first, types, float(confidence[n]), seen)


def _odds(
    verdicts: Verdicts, way: Ints, chosen: tuple[Ints, Ints], before: Beside, behind: Beside
) -> Floats:
    every = np.arange(len(way))
    tags = before.fits[every, chosen[0]] + behind.fits[every, chosen[1]]
    odds = verdicts.odds[way, chosen[0], chosen[1]] + verdicts.slope[way] * tags
    named = verdicts.two_names[way] | before.proper | behind.proper
    odds -= verdicts.names[way, chosen[0]] * named
    return np.asarray(odds + before.odds + behind.odds)


def _apart(
    places: Places, two: Bools, confidence: Floats, least: float, taken: set[int]
) -> list[int]:
    """The likeliest places that overlap neither each other nor what is taken."""
    likely = np.flatnonzero(confidence >= least)
    order = np.lexsort((places.way[likely], places.first[likely], -confidence[likely]))
    taken = set(taken)
    chosen = []
    for place in likely[order].tolist():
        first = int(places.first[place])
        covered = {first, first + int(two[places.way[place]])}
        if not covered & taken:
            taken |= covered
            chosen.append(place)
    return chosen


def _case(
    document: Document,
    verdicts: Verdicts,
    way: int,
    first: int,
    types: tuple[int, int],
    confidence: float,
    seen_around: bool,
) -> Case:
    kind = int(verdicts.kind[way])
    last = first + 1 + (kind != MERGED)
    new = [verdicts.words[verdicts.new[way, at, type_]] for at, type_ in enumerate(types)]
    new = new[: 1 + (kind != SPLIT)]
    seen_old, seen_new, *parts = verdicts.seen[way].tolist()
    return Case(
        kind=kind,
        first=first,
        last=last,
        old=_written(document, first, last),
        new=tuple(new),
        confidence=round(confidence, 4),
        seen_old=seen_old,
        seen_new=seen_new,
        seen_parts=tuple(parts[: len(new)]),
        listed=bool(verdicts.listed[way]),
        same_context=seen_around and seen_new > 0,
        name=bool(verdicts.proper[way, types[0]]),
    )
