"""How well each way to segment a place fits the rest of the corpus: logarithms of counts.

All counts are leave-one-out: the place itself is taken out of those of the segmentation that it
has. The numbers are weighed in `_weights`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from taglint_rules.segmentation._kinds import MERGED, SHIFTED
from taglint_rules.segmentation._patterns import SMALL
from taglint_rules.segmentation._strings import Floats, Ints
from taglint_rules.segmentation._tables import NONE, TAGS_OF_A_FORM, Cuts, Tables

# Counts beyond these make a case no stronger.
MOST_OTHER = 3.5
MOST_GAIN = 7.0
MOST_ATTESTED = 2.5
MOST_HERE = 2.5
TAG_PRIOR = 0.1
# A form counts as a word of its own from so many occurrences on.
LEAST_WORD = 2
LEAST_OUTSIDE = 0.4


@dataclass(frozen=True)
class Places:
    """Occurrences of patterns: numbers of types for the neighbours and for what stands there,
    numbers of forms for what may stand there instead; `NONE` for a second one there is not."""

    kind: Ints
    before: Ints
    own: tuple[Ints, Ints]
    behind: Ints
    other: tuple[Ints, Ints]

    def __getitem__(self, kept: Ints) -> Places:
        return Places(
            self.kind[kept],
            self.before[kept],
            (self.own[0][kept], self.own[1][kept]),
            self.behind[kept],
            (self.other[0][kept], self.other[1][kept]),
        )


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
        han = tables.strings.han[near] & tables.strings.han[far]
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


class Fit:
    """The numbers of a set of places, by name, and the best tags of what may stand there."""

    def __init__(self, tables: Tables, affixes: Affixes, places: Places) -> None:
        self.tables, self.places = tables, places
        first, second = places.own
        a, b = places.other
        self.own_two, self.other_two = second != NONE, b != NONE
        self.own = first, np.where(self.own_two, second, first)
        self.forms = tables.form[self.own[0]], tables.form[self.own[1]]
        self.new = a, np.where(self.other_two, b, a)
        self.tags = self._best_types()
        self.numbers = self._frequencies() | self._contexts()
        self.numbers |= self._words(affixes)

    def _best_types(self) -> tuple[Ints, Ints]:
        """The types of the new forms whose tags fit best here."""
        best = np.full(len(self.new[0]), -np.inf)
        chosen = self.tables.likely[self.new[0], 0], self.tables.likely[self.new[1], 0]
        seconds = range(TAGS_OF_A_FORM) if self.other_two.any() else range(1)
        for i in range(TAGS_OF_A_FORM):
            for j in seconds:
                a = self.tables.likely[self.new[0], i]
                b = np.where(self.other_two, self.tables.likely[self.new[1], j], a)
                score = self._tag_score(a, b)
                better = (a >= 0) & (b >= 0) & (score > best)
                best = np.where(better, score, best)
                chosen = np.where(better, a, chosen[0]), np.where(better, b, chosen[1])
        return chosen

    def _tag_score(self, a: Ints, b: Ints) -> Floats:
        tables, (left, right) = self.tables, self.new
        score = np.log(tables.tag_weight[a] / tables.form_weight[left])
        score += self._tag_fit(self.places.before, a) + self._tag_fit(b, self.places.behind)
        both = np.log(tables.tag_weight[b] / tables.form_weight[right]) + self._tag_fit(a, b)
        seen = (tables.type_pairs(a, b) + 0.3) / (tables.neighbours(left, right) + 1)
        return score + np.where(self.other_two, both + np.log(seen), 0)

    def _tag_fit(self, left: Ints, right: Ints, itself: int = 0) -> Floats:
        """How much likelier two tags are neighbours than chance has it."""
        tables = self.tables
        a, b = tables.tag[left], tables.tag[right]
        together = np.maximum(tables.tag_pairs[a, b] - itself, 0)
        chance = np.maximum(tables.tag_count[a], 0.5) * np.maximum(tables.tag_count[b], 0.5)
        return np.log((together + TAG_PRIOR) / (chance / tables.tokens + TAG_PRIOR))  # type: ignore[no-any-return]

    def _frequencies(self) -> dict[str, Floats]:
        tables = self.tables
        self.n = tuple(np.maximum(tables.form_count[form] - 1, 0) for form in self.forms)
        self.m = tuple(tables.form_count[form] for form in self.new)
        self.seen_own = np.where(
            self.own_two, np.maximum(tables.neighbours(*self.forms) - 1, 0), self.n[0]
        )
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
        }

    def _unigram(self, counts: tuple[Floats, ...], two: Ints) -> Floats:
        second = np.where(two, np.log((counts[1] + SMALL) / self.tables.total), 0)
        return np.log(counts[0] + SMALL) + second

    def _together(self, seen: Floats, counts: tuple[Floats, ...], two: Ints) -> Floats:
        """How much likelier two forms are neighbours than chance has it."""
        chance = counts[0] * counts[1] / self.tables.total * self.tables.tokens / self.tables.total
        return np.where(two, np.log((seen + SMALL) / (chance + SMALL)), 0)

    def _contexts(self) -> dict[str, Floats]:
        before, behind = self.places.before, self.places.behind
        tags = self._tag_fit(before, self.tags[0]) + self._tag_fit(self.tags[1], behind)
        tags -= self._tag_fit(before, self.own[0], 1) + self._tag_fit(self.own[1], behind, 1)
        tags += np.where(self.other_two, self._tag_fit(*self.tags), 0)
        tags -= np.where(self.own_two, self._tag_fit(*self.own, 1), 0)
        left, right = self.tables.form[before], self.tables.form[behind]
        old = self._attested(left, self.forms[0], 1), self._attested(self.forms[1], right, 1)
        new = self._attested(left, self.new[0]), self._attested(self.new[1], right)
        neighbours = self.tables.neighbours
        self.seen_around = (neighbours(left, self.new[0]) > 0) & (
            neighbours(self.new[1], right) > 0
        )
        return {
            "tags": tags,
            "context": new[0] + new[1] - old[0] - old[1],
            "attested": _positive(new[0]) + _positive(new[1]),
            "own_attested": _positive(old[0]) + _positive(old[1]),
        }

    def _attested(self, left: Ints, right: Ints, itself: int = 0) -> Floats:
        tables = self.tables
        seen = np.maximum(tables.neighbours(left, right) - itself, 0)
        share = tables.tokens / tables.total
        chance = tables.form_count[left] * tables.form_count[right] / tables.total * share
        return np.log((seen + SMALL) / (chance + SMALL))  # type: ignore[no-any-return]

    def _words(self, affixes: Affixes) -> dict[str, Floats]:
        merged = self.places.kind == MERGED
        left = np.where(merged, self.new[0], self.forms[0])
        right = np.where(merged, self.new[1], self.forms[1])
        whole = np.where(merged, self.forms[0], self.new[0])
        one_word = self.places.kind != SHIFTED
        joins = affixes(left, right, whole).items()
        numbers = {name: np.where(one_word, value, 0) for name, value in joins}
        length = self.tables.strings.length[self.forms[0]].astype(float)
        single = self._single(self.places.before) + self._single(self.places.behind)
        return numbers | {"length": length, "single": single}

    def _single(self, neighbour: Ints) -> Floats:
        """Whether a neighbour is an open word of one character, as in old and terse style, where
        what looks like a word is often two."""
        tables = self.tables
        one = tables.strings.length[tables.form[neighbour]] == 1
        one &= tables.strings.han[tables.form[neighbour]]
        return (one & tables.open_tags[tables.tag[neighbour]]).astype(float)  # type: ignore[no-any-return]


def _positive(value: Floats) -> Floats:
    return np.clip(value, 0, MOST_ATTESTED)
