"""What is likely segmented wrongly, in columns of its own: the small part of what is known of a
corpus that its documents are searched with."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from taglint.corpus.columns import among, distinct
from taglint.corpus.contexts import Contexts
from taglint_rules.segmentation._exemptions import (
    MOST_FOR,
    Chosen,
    exemptions,
    name_exemptions,
    two_names,
)
from taglint_rules.segmentation._features import Typed, choices, inner, side
from taglint_rules.segmentation._garbled import Garbled, garbled
from taglint_rules.segmentation._judging import Judged
from taglint_rules.segmentation._reduplication import Broken, broken_words
from taglint_rules.segmentation._strings import Bools, Floats, Hashes, Ints
from taglint_rules.segmentation._tables import Type
from taglint_rules.segmentation._typed import Around, standing
from taglint_rules.segmentation._ways import Ways
from taglint_rules.segmentation._weights import odds_of

LEAST_CONFIDENCE = 0.05
# Places of fits and odds: .01 is at most .0025 of a confidence.
PLACES = 2
# Room for rounding.
LEEWAY = 0.05


@dataclass(frozen=True, eq=False)
class Beside:
    """What may stand on one side of what is likely wrong; ascending by the first two columns.

    way, neighbour: the number of the way and of the type, 0 for the edge of a sentence. fits: how
    well each type of the new form fits beside it. odds: what it adds to the odds. seen: whether
    the new form stands beside it elsewhere. proper: whether it is a name beside a name.
    """

    way: Ints
    neighbour: Ints
    fits: Floats
    odds: Floats
    seen: Bools
    proper: Bools

    def __getitem__(self, chosen: Ints) -> Beside:
        columns = (self.way, self.neighbour, self.fits, self.odds, self.seen, self.proper)
        return Beside(*(column[chosen] for column in columns))


@dataclass(frozen=True, eq=False)
class Verdicts:
    """Ways to segment that are likely wrong somewhere, by what stands there and how.

    keys: stable hashes of the types, ascending; all types are numbered by them, from 1. words:
    forms with tags. Of each way: its kind; own: the types that stand there, 0 in place of a second
    one that there is not; new: for each form that should stand there up to three words; fits,
    odds: for each pair of these how well they fit each other, and the logarithm of the odds that
    the place is wrong, less what its neighbours add; slope: what the fit of neighbours weighs;
    names: how much less likely each of the first words is where a name stands beside a name, and
    two_names whether it does anyway; seen: how often the corpus has the old segmentation, the new
    one and each of its forms; listed: whether the outside lexicon has these; proper: whether the
    first new word is a name. broken: reduplicated words that are cut apart; garbled: stretches that
    are wrong at every boundary.
    """

    keys: Hashes
    words: tuple[Type, ...]
    kind: Ints
    own: tuple[Ints, Ints]
    new: Ints
    fits: Floats
    odds: Floats
    slope: Floats
    names: Floats
    two_names: Bools
    seen: Ints
    listed: Bools
    proper: Bools
    before: Beside
    behind: Beside
    broken: Broken = field(default_factory=Broken)
    garbled: Garbled = field(default_factory=Garbled)

    def __len__(self) -> int:
        return len(self.kind) + len(self.broken.words) + len(self.garbled.stretches)

    @property
    def types(self) -> Hashes:
        """The types of which one stands wherever something is wrong."""
        others = np.union1d(self.broken.types, self.garbled.first_types)
        return np.union1d(self.keys[self.own[0] - 1], others)

    def of_types(self, types: Hashes) -> tuple[Any, ...] | None:
        """What is said of documents with these types, and no others; None for nothing."""
        present = np.concatenate(([True], among(self.keys, types)))
        ways = np.flatnonzero(present[self.own[0]] & present[self.own[1]])
        sides = [_said(side, ways, present) for side in (self.before, self.behind)]
        ways = ways[among(ways, sides[0].way) & among(ways, sides[1].way)]
        broken = self.broken if among(self.broken.types, types).any() else None
        garbled = self.garbled.of_types(types)
        if not len(ways):
            return (broken, garbled) if broken or garbled else None
        columns = (self.kind, self.fits, self.odds, self.names, self.two_names, self.seen)
        words = tuple(self.words[number] for number in self.new[ways].ravel().tolist())
        own = (self._keys(types) for types in self.own)
        said = tuple(column[ways] for column in (*own, *columns, self.listed, self.proper))
        return (*said, words, *(self._columns(side, ways) for side in sides), broken, garbled)

    def _columns(self, side: Beside, ways: Ints) -> tuple[Any, ...]:
        rows = side[np.flatnonzero(among(side.way, ways))]
        number = np.searchsorted(ways, rows.way)
        return number, self._keys(rows.neighbour), rows.fits, rows.odds, rows.seen, rows.proper

    def _keys(self, types: Ints) -> Hashes:
        """The hashes of types, 0 for none."""
        return np.concatenate((np.zeros(1, np.uint64), self.keys))[types]


def _said(side: Beside, ways: Ints, present: Bools) -> Beside:
    """The rows of some ways whose neighbours are present, or edges."""
    starts, ends = np.searchsorted(side.way, ways), np.searchsorted(side.way, ways, "right")
    rows = np.concatenate([np.arange(*pair) for pair in zip(starts, ends, strict=True)] or [ways])
    return side[rows[present[side.neighbour[rows]]]]


def verdicts(judged: Judged, least: float, types: Hashes | None = None) -> Verdicts:
    """What may be so likely to be wrong. types: only in documents that have these alone.

    Of the neighbours on one side those are kept that make it so likely together with the best ones
    on the other.
    """
    ways = judged.ways
    here = judged.counts.within(types)
    typed, *around = standing(judged.tables, judged.patterns, here)
    slope = _of_kinds(judged, typed, "tags")
    fit = slope[:, None, None] * inner(ways, typed)
    sides = [_beside(judged, typed, found, bool(at)) for at, found in enumerate(around)]
    bounds = [side.odds + slope[side.way] * side.fits.max(axis=1) for side in sides]
    most = [_most(side.way, bound, len(slope)) for side, bound in zip(sides, bounds, strict=True)]
    # Only what an outside lexicon shows makes a place likelier wrong than its numbers say.
    more = LEEWAY if judged.tables.outside is None else MOST_FOR + LEEWAY
    lacking = odds_of(max(least, LEAST_CONFIDENCE)) - more
    lacking = lacking - judged.odds[typed.pattern] - fit.max(axis=(1, 2))
    kept = [
        side[np.flatnonzero(bound + other[side.way] > lacking[side.way])]
        for side, bound, other in zip(sides, bounds, most[::-1], strict=True)
    ]
    chosen = np.flatnonzero(most[0] + most[1] > lacking)
    return _columns(
        judged, here, typed.taken(chosen), fit[chosen], *(_again(s, chosen) for s in kept)
    )


def _of_kinds(judged: Judged, typed: Typed, name: str) -> Floats:
    """What a number weighs in each typed pattern."""
    weights = judged.weights
    by_kind = np.array([weights[kind].placed.get(name, 0.0) for kind in sorted(weights)])
    weighed: Floats = by_kind[judged.ways.kind[typed.pattern]]
    return weighed


def _beside(judged: Judged, typed: Typed, around: Around, behind: bool) -> Beside:
    placed = typed.taken(around.typed)
    found = side(judged.ways, placed, around.neighbour, behind)
    odds = sum(_of_kinds(judged, placed, name) * value for name, value in found.numbers.items())
    return Beside(
        around.typed, around.neighbour, found.fits, np.asarray(odds), found.seen, found.proper
    )


def _most(way: Ints, bound: Floats, ways: int) -> Floats:
    """The best of the bounds of each way."""
    most = np.full(ways, -np.inf)
    np.maximum.at(most, way, bound)
    return most


def _again(side: Beside, chosen: Ints) -> Beside:
    """A side whose ways are numbered among the chosen ones, each neighbour once."""
    size = int(side.neighbour.max(initial=0)) + 1
    way = np.searchsorted(chosen, side.way)
    _, first = np.unique(way * size + side.neighbour, return_index=True)
    return replace(side, way=way, fits=_said_of(side.fits), odds=_said_of(side.odds))[first]


def _columns(
    judged: Judged, here: Contexts, typed: Typed, fit: Floats, before: Beside, behind: Beside
) -> Verdicts:
    ways, tables, pattern = judged.ways, judged.tables, typed.pattern
    kind, own_two = ways.kind[pattern], ways.own_two[pattern]
    own = typed.own[0], np.where(own_two, typed.own[1], 0)
    types = distinct(np.concatenate((*own, before.neighbour, behind.neighbour)))
    types = types[types > 0]
    numbers = [_numbers(types, part) for part in (*own, before.neighbour, behind.neighbour)]
    new = np.stack([part[pattern] for part in ways.types], axis=1)
    words, new_words = np.unique(new, return_inverse=True)
    return Verdicts(
        keys=judged.counts.keys[types - 1],
        words=tuple(tables.type(word) if word >= 0 else ("", "") for word in words.tolist()),
        kind=kind,
        own=(numbers[0], numbers[1]),
        new=new_words.reshape(new.shape),
        fits=_said_of(ways.fits[pattern]),
        odds=_said_of(judged.odds[pattern][:, None, None] + fit - _exempted(ways, typed)),
        slope=_of_kinds(judged, typed, "tags"),
        names=_names(ways, typed),
        two_names=two_names(ways, typed),
        seen=_seen(ways, pattern),
        listed=_listed(ways, pattern),
        proper=tables.proper_tags[tables.tag[new[:, 0]]],
        before=replace(before, neighbour=numbers[2]),
        behind=replace(behind, neighbour=numbers[3]),
        broken=broken_words(tables, here),
        garbled=garbled(tables, judged.counts),
    )


def _said_of(values: Floats) -> Floats:
    """To as many places as matter: what is a trifle more is not another verdict."""
    return np.round(values, PLACES)


def _numbers(types: Ints, wanted: Ints) -> Ints:
    return np.where(wanted, np.searchsorted(types, wanted) + 1, 0).astype(np.int32)


def _exempted(ways: Ways, typed: Typed) -> Floats:
    new = choices(ways, typed.pattern)
    shape = new[0].shape
    each = typed.taken(np.repeat(np.arange(shape[0]), shape[1] * shape[2]))
    return exemptions(Chosen(ways, each, (new[0].ravel(), new[1].ravel()))).reshape(shape)


def _names(ways: Ways, typed: Typed) -> Floats:
    first = ways.types[0][typed.pattern]
    each = typed.taken(np.repeat(np.arange(len(first)), first.shape[1]))
    return name_exemptions(Chosen(ways, each, (first.ravel(), first.ravel()))).reshape(first.shape)


def _seen(ways: Ways, pattern: Ints) -> Ints:
    """How often the corpus has the old segmentations, the new ones and each of their forms."""
    tables = ways.tables
    old, new = ([forms[pattern] for forms in pair] for pair in (ways.forms, ways.new))
    columns = (
        np.where(ways.own_two[pattern], tables.neighbours(*old), tables.own_count[old[0]]),
        np.where(ways.other_two[pattern], tables.neighbours(*new), tables.own_count[new[0]]),
        *(tables.own_count[form] for form in new),
    )
    rounded: Ints = np.rint(np.stack(columns, axis=1)).astype(np.int64)
    return rounded


def _listed(ways: Ways, pattern: Ints) -> Bools:
    tables = ways.tables
    listed = tables.listed
    return np.asarray(listed[ways.new[0][pattern]] & listed[ways.new[1][pattern]])
