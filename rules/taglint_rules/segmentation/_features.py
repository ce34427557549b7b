"""How well each way to segment a place fits its neighbours: logarithms of counts.

All counts are leave-one-out: the place itself is taken out of those of the segmentation that it
has. With the numbers of `_ways` they are weighed in `_weights`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from taglint_rules.segmentation._patterns import SMALL
from taglint_rules.segmentation._strings import Floats, Ints
from taglint_rules.segmentation._tables import TAGS_OF_A_FORM
from taglint_rules.segmentation._ways import Ways

# Counts beyond this make a case no stronger.
MOST_ATTESTED = 2.5
# The most that each number of a place can be; none is below 0 but the two without a limit.
MOST = {
    "attested": 2 * MOST_ATTESTED,
    "own_attested": 2 * MOST_ATTESTED,
    "single": 2.0,
    "context": float("inf"),
}


@dataclass(frozen=True)
class Places:
    """Occurrences of patterns: the number of the pattern, those of the types before and behind,
    and of what stands there; the first in place of a second one that there is not."""

    pattern: Ints
    before: Ints
    own: tuple[Ints, Ints]
    behind: Ints

    def __getitem__(self, kept: Ints) -> Places:
        first, second = self.own
        own = first[kept], second[kept]
        return Places(self.pattern[kept], self.before[kept], own, self.behind[kept])


class Fit:
    """How well places fit their neighbours, and the best types of what may stand there."""

    def __init__(self, ways: Ways, places: Places) -> None:
        self.tables, self.ways, self.places = ways.tables, ways, places
        self.pattern = places.pattern
        self.kind = ways.kind[self.pattern]
        self.other_two = ways.other_two[self.pattern]
        self.types = self._best_types()

    @cached_property
    def numbers(self) -> dict[str, Floats]:
        """All numbers of the places by name, those of their patterns included."""
        static = {name: value[self.pattern] for name, value in self.ways.numbers.items()}
        return static | self.here

    @cached_property
    def here(self) -> dict[str, Floats]:
        """The numbers that hang on the place."""
        return {"tags": self.tags} | self._neighbours()

    def _best_types(self) -> tuple[Ints, Ints]:
        """The types of the new forms that fit best here."""
        pattern = self.pattern
        first, second = (types[pattern] for types in self.ways.types)
        before = self._fit(self.places.before[:, None], first)
        behind = self._fit(second, self.places.behind[:, None])
        behind_one = self._fit(first, self.places.behind[:, None])
        score = self.ways.fits[pattern] + before[:, :, None]
        score += np.where(self.other_two[:, None, None], behind[:, None, :], behind_one[:, :, None])
        best = np.argmax(score.reshape(len(pattern), TAGS_OF_A_FORM**2), axis=1)
        every = np.arange(len(pattern))
        a = first[every, best // TAGS_OF_A_FORM]
        b = second[every, best % TAGS_OF_A_FORM]
        return a, np.where(self.other_two, b, a)

    def _fit(self, left: Ints, right: Ints, itself: int = 0) -> Floats:
        """How much likelier the tags of two types are neighbours than chance has it."""
        tag = self.tables.tag
        return np.asarray(self.tables.tag_fit[itself][tag[left], tag[right]])

    @cached_property
    def tags(self) -> Floats:
        """How much better the new types fit here than the old ones."""
        before, behind, own = self.places.before, self.places.behind, self.places.own
        a, b = self.types
        tags = self._fit(before, a) + self._fit(b, behind)
        tags -= self._fit(before, own[0], 1) + self._fit(own[1], behind, 1)
        tags += np.where(self.other_two, self._fit(a, b), 0)
        return tags - np.where(self.ways.own_two[self.pattern], self._fit(*own, 1), 0)

    def _neighbours(self) -> dict[str, Floats]:
        """How often the neighbouring forms stand beside the old forms and the new ones."""
        form, pattern = self.tables.form, self.pattern
        left, right = form[self.places.before], form[self.places.behind]
        own, new = (
            tuple(part[pattern] for part in forms) for forms in (self.ways.forms, self.ways.new)
        )
        before, behind = self.tables.neighbours(left, new[0]), self.tables.neighbours(new[1], right)
        self.seen_around = (before > 0) & (behind > 0)
        fits = self._beside(before, left, new[0]), self._beside(behind, new[1], right)
        before, behind = self.tables.neighbours(left, own[0]), self.tables.neighbours(own[1], right)
        old = (
            self._beside(np.maximum(before - 1, 0), left, own[0]),
            self._beside(np.maximum(behind - 1, 0), own[1], right),
        )
        return {
            "context": fits[0] + fits[1] - old[0] - old[1],
            "attested": _positive(fits[0]) + _positive(fits[1]),
            "own_attested": _positive(old[0]) + _positive(old[1]),
            "single": self._single(self.places.before) + self._single(self.places.behind),
        }

    def _beside(self, seen: Floats, left: Ints, right: Ints) -> Floats:
        tables = self.tables
        share = tables.tokens / tables.total
        chance = tables.form_count[left] * tables.form_count[right] / tables.total * share
        return np.log((seen + SMALL) / (chance + SMALL))

    def _single(self, neighbour: Ints) -> Floats:
        """Whether a neighbour is an open word of one character, as in old and terse style, where
        what looks like a word is often two."""
        tables = self.tables
        one = tables.strings.length[tables.form[neighbour]] == 1
        one &= tables.strings.han[tables.form[neighbour]]
        return np.asarray(one & tables.open_tags[tables.tag[neighbour]], dtype=float)


def _positive(value: Floats) -> Floats:
    return np.clip(value, 0, MOST_ATTESTED)
