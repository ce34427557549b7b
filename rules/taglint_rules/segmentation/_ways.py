"""What the patterns of a corpus are weighed by wherever they occur: logarithms of counts.

All counts are leave-one-out: one occurrence is taken out of those of the segmentation that stands
there.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from taglint_rules.segmentation._cuts import Cuts
from taglint_rules.segmentation._kinds import MERGED, SHIFTED, SPLIT
from taglint_rules.segmentation._patterns import SMALL, Patterns
from taglint_rules.segmentation._strings import Bools, Floats, Ints
from taglint_rules.segmentation._tables import NONE, TAGS_OF_A_FORM, Tables

# Counts beyond these make a case no stronger.
MOST_OTHER = 3.5
MOST_GAIN = 7.0
MOST_HERE = 2.5
# A form counts as a word of its own from so many occurrences on.
LEAST_WORD = 2
LEAST_OUTSIDE = 0.4


class Affixes:
    """How readily forms and tags join into words: for a form as last or as first part, and for a
    pair of tags, the logarithm of words made so over neighbours that stay apart."""

    def __init__(self, tables: Tables, cut: Cuts) -> None:
        self.tables = tables
        size, tags = len(tables.forms), len(tables.tags)
        self.main_tag = tables.tag[tables.likely[:, 0]]
        least = LEAST_WORD if tables.outside is None else LEAST_OUTSIDE
        repeated = cut[tables.form_count[cut.whole] >= least]
        near, far = tables.neighbours.first, tables.neighbours.second
        han = np.flatnonzero(tables.strings.han[near] & tables.strings.han[far])
        near, far = near[han], far[han]
        self.ends = np.bincount(repeated.right, minlength=size)
        self.begins = np.bincount(repeated.left, minlength=size)
        self.after = np.bincount(far, minlength=size)
        self.before = np.bincount(near, minlength=size)
        known = repeated[
            (tables.form_count[repeated.left] >= 2) & (tables.form_count[repeated.right] >= 2)
        ]
        self.joined = self._tag_pairs(known.left, known.right, tags)
        self.apart = self._tag_pairs(near, far, tags)

    def _tag_pairs(self, left: Ints, right: Ints, size: int) -> Floats:
        pairs = self.main_tag[left] * size + self.main_tag[right]
        return np.bincount(pairs, minlength=size * size).reshape(size, size).astype(float)

    def __call__(self, left: Ints, right: Ints, whole: Ints) -> dict[str, Floats]:
        self_made = self.tables.form_count[whole] >= 2
        a, b = self.main_tag[left], self.main_tag[right]
        ends = np.maximum(self.ends[right] - self_made, 0) + 0.5
        begins = np.maximum(self.begins[left] - self_made, 0) + 0.5
        return {
            "ends": np.log(ends / (self.after[right] + 1)),
            "begins": np.log(begins / (self.before[left] + 1)),
            "word_class": np.log((self.joined[a, b] + 0.5) / (self.apart[a, b] + 2)),
            "ends_words": np.log(ends / np.sqrt(self.tables.form_count[right] + 1)),
            "begins_words": np.log(begins / np.sqrt(self.tables.form_count[left] + 1)),
        }


class Ways:
    """The numbers of patterns, by name, and the tags that what may stand there can have.

    forms, new: the forms that stand there and those that may, with the first in place of a second
    one that there is not. n, m: how often the corpus has each. seen_own, seen_other: how often it
    has each segmentation; seen_here without the lexicon. types: for each new form the types that
    are considered. fits: for each pair of those how well they fit each other.
    """

    def __init__(self, tables: Tables, affixes: Affixes, patterns: Patterns) -> None:
        self.tables, self.kind = tables, patterns.kind
        (first, second), (a, b) = patterns.own, patterns.other
        self.own_two: Bools = second != NONE
        self.other_two: Bools = b != NONE
        self.forms = first, np.where(self.own_two, second, first)
        self.new = a, np.where(self.other_two, b, a)
        self.numbers = self._frequencies() | self._words(affixes) | self._listed()
        self.types = tables.likely[self.new[0]], tables.likely[self.new[1]]
        self.fits = self._fits()
        self.one_word = self._one_word(patterns)

    def odds(self, weights: Mapping[int, Mapping[str, float]]) -> Floats:
        """The part of the weighed sum that does not hang on the place."""
        total = np.zeros(len(self.kind))
        for kind, of_kind in weights.items():
            chosen = np.flatnonzero(self.kind == kind)
            terms = (
                weight * self.numbers[name][chosen]
                for name, weight in of_kind.items()
                if name in self.numbers
            )
            total[chosen] = sum(terms, start=of_kind[""])
        return total

    def _frequencies(self) -> dict[str, Floats]:
        tables = self.tables
        self.n = tuple(np.maximum(tables.evidence[form] - 1, 0) for form in self.forms)
        self.m = tuple(tables.form_count[form] for form in self.new)
        together = np.minimum(tables.neighbours(*self.forms) - 1, np.minimum(*self.n))
        self.seen_own = np.where(self.own_two, together, self.n[0])
        self.seen_own = np.maximum(self.seen_own, 0)
        self.seen_other = np.where(self.other_two, tables.neighbours(*self.new), self.m[0])
        self.seen_here = np.where(self.other_two, self.seen_other, tables.own_count[self.new[0]])
        gain = self._unigram(self.m, self.other_two) - self._unigram(self.n, self.own_two)
        return {
            "own": np.log(self.seen_own + SMALL),
            "other": np.minimum(np.log(self.seen_other + SMALL), MOST_OTHER),
            "gain": gain,
            "capped_gain": np.minimum(gain, MOST_GAIN),
            "in_corpus": np.minimum(np.log(self.seen_here + SMALL), MOST_HERE),
            "rarer_new": np.minimum(np.log(self.m[0] + 1), np.log(self.m[1] + 1)),
            "rarer_own": np.minimum(np.log(self.n[0] + 1), np.log(self.n[1] + 1)),
            "own_together": self._together(self.seen_own, self.n, self.own_two),
            "other_together": self._together(self.seen_other, self.m, self.other_two),
            "length": tables.strings.length[self.forms[0]].astype(float),
        }

    def _listed(self) -> dict[str, Floats]:
        """How many of the forms the outside lexicon has, and how many are of one character."""
        listed, short = self.tables.listed, self.tables.strings.length == 1
        two = (self.own_two, self.other_two)
        return {
            f"{name}_{side}": holds[first] + (holds[second] & second_is).astype(float)
            for name, holds in (("listed", listed), ("short", short))
            for side, (first, second), second_is in zip(
                ("own", "new"), (self.forms, self.new), two, strict=True
            )
        }

    def _one_word(self, patterns: Patterns) -> Bools:
        """Which boundaries need not be moved: the two forms joined are a likelier word than those
        that moving it makes."""
        first, second = patterns.own
        pair, gain = first * len(self.tables.forms) + second, self.numbers["gain"]
        split = np.flatnonzero(self.kind == SPLIT)
        if not len(split):
            return np.zeros(len(pair), bool)
        place = np.minimum(np.searchsorted(pair[split], pair), len(split) - 1)
        joined = split[place]
        likelier = (pair[joined] == pair) & (gain[joined] > gain)
        return np.asarray(likelier & (self.kind == SHIFTED))

    def _unigram(self, counts: tuple[Floats, ...], two: Bools) -> Floats:
        second = np.where(two, np.log((counts[1] + SMALL) / self.tables.total), 0)
        return np.log(counts[0] + SMALL) + second

    def _together(self, seen: Floats, counts: tuple[Floats, ...], two: Bools) -> Floats:
        """How much likelier two forms are neighbours than chance has it."""
        chance = counts[0] * counts[1] / self.tables.total * self.tables.tokens / self.tables.total
        return np.where(two, np.log((seen + SMALL) / (chance + SMALL)), 0)

    def _words(self, affixes: Affixes) -> dict[str, Floats]:
        merged = self.kind == MERGED
        left = np.where(merged, self.new[0], self.forms[0])
        right = np.where(merged, self.new[1], self.forms[1])
        whole = np.where(merged, self.forms[0], self.new[0])
        one_word = self.kind != SHIFTED
        joins = affixes(left, right, whole).items()
        return {name: np.where(one_word, value, 0) for name, value in joins}

    def _fits(self) -> Floats:
        """For each pattern and each pair of types how likely these are of their forms, and how
        well they fit each other; a table of patterns, first and second type."""
        tables, (left, right) = self.tables, self.new
        first, second = self.types
        of_first = _log(tables.tag_weight[first] / tables.form_weight[left][:, None], first)
        of_second = _log(tables.tag_weight[second] / tables.form_weight[right][:, None], second)
        together = np.where(self.other_two, self.seen_other, 0)
        fits = np.repeat(of_first[:, :, None], TAGS_OF_A_FORM, axis=2)
        for i in range(TAGS_OF_A_FORM):
            for j in range(TAGS_OF_A_FORM):
                a, b = first[:, i], second[:, j]
                seen = np.zeros(len(a))
                # Types are neighbours only where their forms are.
                known = np.flatnonzero((together > 0) & (a != NONE) & (b != NONE))
                seen[known] = tables.type_pairs(a[known], b[known])
                both = of_second[:, j] + tables.tag_fit[0][tables.tag[a], tables.tag[b]]
                both += np.log((seen + 0.3) / (together + 1))
                # Of one form there is one type: the pairs of a type with itself.
                fits[:, i, j] += np.where(self.other_two, both, 0.0 if i == j else -np.inf)
        return fits


def _log(shares: Floats, types: Ints) -> Floats:
    return np.where(types == NONE, -np.inf, np.log(shares))
