"""How well each way to segment a place fits its neighbours: logarithms of counts.

All counts are leave-one-out: the place itself is taken out of those of the segmentation that it
has. What hangs on the neighbour before and what hangs on the one behind are told apart, so that
they are counted once for each such neighbour and added up where a place is looked at. With the
numbers of `_ways` they are weighed in `_weights`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from taglint_rules.segmentation._patterns import SMALL
from taglint_rules.segmentation._strings import Bools, Floats, Ints
from taglint_rules.segmentation._tables import Tables
from taglint_rules.segmentation._ways import Ways

# Counts beyond this make a case no stronger.
MOST_ATTESTED = 2.5


class Typed(NamedTuple):
    """Patterns as they stand with tags: the number of the pattern, and the two types that stand
    there; the first in place of a second one that there is not."""

    pattern: Ints
    own: tuple[Ints, Ints]

    def taken(self, chosen: Ints) -> Typed:
        return Typed(self.pattern[chosen], (self.own[0][chosen], self.own[1][chosen]))


@dataclass(frozen=True)
class Side:
    """What stands before, or behind, some typed patterns.

    fits: how much likelier the neighbour's tag and that of each type of the new form beside it are
    neighbours than chance has it; one column a type. numbers: by name those that hang on this
    neighbour and on what stands there now. seen: whether the new form stands beside it elsewhere.
    proper: whether it is a name beside a name.
    """

    fits: Floats
    numbers: Mapping[str, Floats]
    seen: Bools
    proper: Bools


def side(ways: Ways, typed: Typed, neighbour: Ints, behind: bool) -> Side:
    """The side of each typed pattern on which one type stands, before it or behind it."""
    tables, pattern, own = ways.tables, typed.pattern, typed.own[behind]
    form = tables.form[neighbour]
    old, new = ways.forms[behind][pattern], ways.new[behind][pattern]
    types = ways.types[behind][pattern]
    seen = tables.neighbours(*_ordered(form, new, behind))
    elsewhere = np.maximum(tables.neighbours(*_ordered(form, old, behind)) - 1, 0)
    fit, own_fit = _beside(tables, seen, form, new), _beside(tables, elsewhere, form, old)
    numbers = {
        "tags": -_tag_fit(tables, *_ordered(neighbour, own, behind), itself=1),
        "context": fit - own_fit,
        "attested": np.clip(fit, 0, MOST_ATTESTED),
        "own_attested": np.clip(own_fit, 0, MOST_ATTESTED),
        "single": _single(tables, neighbour),
    }
    names = tables.proper_tags[tables.tag]
    fits = _tag_fit(tables, *_ordered(neighbour[:, None], types, behind))
    return Side(fits, numbers, seen > 0, names[neighbour] & names[own])


def _ordered(neighbour: Ints, part: Ints, behind: bool) -> tuple[Ints, Ints]:
    return (part, neighbour) if behind else (neighbour, part)


def _tag_fit(tables: Tables, left: Ints, right: Ints, itself: int = 0) -> Floats:
    """How much likelier the tags of two types are neighbours than chance has it."""
    return np.asarray(tables.tag_fit[itself][tables.tag[left], tables.tag[right]])


def _beside(tables: Tables, seen: Floats, form: Ints, other: Ints) -> Floats:
    share = tables.tokens / tables.total
    chance = tables.form_count[form] * tables.form_count[other] / tables.total * share
    return np.log((seen + SMALL) / (chance + SMALL))


def _single(tables: Tables, neighbour: Ints) -> Floats:
    """Whether a neighbour is an open word of one character, as in old and terse style, where what
    looks like a word is often two."""
    form = tables.form[neighbour]
    one = (tables.strings.length[form] == 1) & tables.strings.han[form]
    return np.asarray(one & tables.open_tags[tables.tag[neighbour]], dtype=float)


def choices(ways: Ways, pattern: Ints) -> tuple[Ints, Ints]:
    """The pairs of types that the new forms may have: tables of pattern, first and second type."""
    first, second = (types[pattern] for types in ways.types)
    return (
        np.broadcast_to(first[:, :, None], (*first.shape, second.shape[1])),
        np.broadcast_to(second[:, None, :], (*first.shape, second.shape[1])),
    )


def inner(ways: Ways, typed: Typed) -> Floats:
    """How much better each pair of new types fits each other than the old ones do."""
    tables, pattern = ways.tables, typed.pattern
    new = _tag_fit(tables, *choices(ways, pattern))
    own = np.where(ways.own_two[pattern], _tag_fit(tables, *typed.own, itself=1), 0)
    return np.where(ways.other_two[pattern][:, None, None], new, 0) - own[:, None, None]


def best(fits: Floats, before: Floats, behind: Floats) -> tuple[Ints, Ints]:
    """Which types of the new forms fit best: the columns of the first and of the second."""
    score = fits + before[:, :, None] + behind[:, None, :]
    first, second = np.divmod(
        np.argmax(score.reshape(len(score), score.shape[1] * score.shape[2]), axis=1),
        score.shape[2],
    )
    return first, second
