"""How well a tag suits a token: leave-one-out probabilities given the form and its neighbours.

Every estimate is a pair of counts, how often the tag was seen under a condition and how often the
condition, smoothed towards a wider condition. The token itself is never evidence: its tag as it
stands in the corpus is taken out of the counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from taglint_rules.tags._consistency.hashing import GOLDEN, mixed
from taglint_rules.tags._consistency.shapes import Shapes
from taglint_rules.tags._consistency.view import Floats, Integers, Sums, View

# What the wider condition is worth, in observations.
WORD, NEIGHBOUR_TAG, TAGS, NEIGHBOUR = 1.0, 5.0, 20.0, 5.0
WORD_TAG, PAIR = 3.0, 1.5
# From about this many tokens on, a form's unseen tags follow those that frequent forms bear once.
FREQUENT = 3

NAMES = (
    "word", "ending", "beginning", "left tag", "right tag", "tags", "left word", "right word",
    "word after tag", "word before tag", "word after word", "word before word",
)  # fmt: skip
# A plain weighted sum of the terms chooses among the other tags.
CHOICE = np.array([1, 0.2, 0.2, 0.3, 0.2, 0.3, 0.2, 0.2, 0.4, 0.4, 0.4, 0.4])


@dataclass(frozen=True, eq=False)
class Question:
    """Tokens and a tag for each: rows of the table, the tag taken out there, the tag asked for."""

    row: Integers
    removed: Integers
    asked: Integers


class _Condition:
    """Counts of a condition, and of each tag under it."""

    def __init__(self, view: View, condition: Integers, rows: Integers) -> None:
        self._tags = len(view.tags)
        counts = view.table.counts[rows]
        self._alone = Sums(condition, counts)
        self._with = Sums(condition * self._tags + view.tag[view.table.middle[rows]], counts)

    def seen(self, condition: Integers, question: Question) -> tuple[Integers, Integers]:
        """How often the tag was seen under the condition, and how often the condition."""
        of_tag = self._with.of(condition * self._tags + question.asked)
        return of_tag - (question.asked == question.removed), self._alone.of(condition) - 1


class Evidence:
    """The counts of a corpus as conditions; those on the word itself cover some forms only."""

    def __init__(self, view: View, forms: Integers) -> None:
        self.view = view
        table = view.table
        self._middle = view.form[table.middle]
        self._left, self._right = view.form[table.left], view.form[table.right]
        self._left_tag, self._right_tag = view.tag[table.left], view.tag[table.right]
        wanted = np.zeros(len(view.forms), bool)
        wanted[forms] = True
        self._every = np.arange(len(table))
        self._some = np.flatnonzero(wanted[self._middle])
        self._known: dict[str, tuple[_Condition, Integers]] = {}

    @cached_property
    def unigram(self) -> Floats:
        counts = self.view.tag_count.astype(np.float64)
        found: Floats = (counts + 0.1) / (counts.sum() + 0.1)
        return found

    @cached_property
    def shapes(self) -> Shapes:
        return Shapes(self.view, self.unigram)

    @cached_property
    def single(self) -> Integers:
        """By tag, the number of tokens that are the only ones of a frequent form with that tag."""
        view = self.view
        alone = (view.type_count == 1) & (view.form_count[view.form] > FREQUENT)
        return np.bincount(view.tag[alone], minlength=len(view.tags))

    @cached_property
    def novel(self) -> Floats:
        """How a tag that a form was not seen with before is distributed."""
        counts = self.single.astype(np.float64) + 0.5
        found: Floats = counts / counts.sum()
        return found

    @cached_property
    def dispersal(self) -> Floats:
        """By tag, how much of it is such single tokens: most of it where any word may bear it."""
        share: Floats = self.single / np.maximum(self.view.tag_count, 1)
        return share

    def glance(self, question: Question) -> Floats:
        """The word and the neighbouring tags alone, as a log probability: cheap to look up."""
        word, _ = self._word(question)
        of_tag, of_tags = self.seen("tags", question)
        unigram = self.unigram[question.asked]
        tags = (of_tag + TAGS * unigram) / (of_tags + TAGS)
        return np.log(word * tags / unigram)

    def _word(self, question: Question) -> tuple[Floats, Integers]:
        view, asked = self.view, question.asked
        form = self._middle[question.row]
        seen = view.of_type.of(view.type_key(form, asked)) - (asked == question.removed)
        total = view.form_count[form] - 1
        ending = self.shapes.ending(form, asked)
        known = total / (total + FREQUENT)
        prior = known * self.novel[asked] + (1 - known) * ending
        return (seen + WORD * prior) / (total + WORD), seen

    def terms(self, question: Question) -> tuple[Floats, Integers]:
        """The terms by `NAMES`, float columns, and how often the form was seen with the tag."""
        asked = question.asked
        form = self._middle[question.row]
        unigram = self.unigram[asked]
        word, seen = self._word(question)
        ending, beginning = self.shapes.ending(form, asked), self.shapes.beginning(form, asked)

        def given(name: str, weight: float, prior: Floats) -> Floats:
            of_tag, of_condition = self.seen(name, question)
            return (of_tag + weight * prior) / (of_condition + weight)

        left_tag = given("left tag", NEIGHBOUR_TAG, unigram)
        right_tag = given("right tag", NEIGHBOUR_TAG, unigram)
        tags = given("tags", TAGS, left_tag * right_tag / unigram)
        after_tag = given("word after tag", WORD_TAG, word)
        before_tag = given("word before tag", WORD_TAG, word)
        ratios = (
            word, ending / unigram, beginning / unigram, left_tag / unigram, right_tag / unigram,
            tags / unigram, given("left word", NEIGHBOUR, left_tag) / left_tag,
            given("right word", NEIGHBOUR, right_tag) / right_tag, after_tag / word,
            before_tag / word,
            given("word after word", PAIR, after_tag) / after_tag,
            given("word before word", PAIR, before_tag) / before_tag,
        )  # fmt: skip
        return np.log(np.stack(ratios, axis=1)), seen

    def seen(self, name: str, question: Question) -> tuple[Integers, Integers]:
        """How often the tag was seen under a named condition, and how often the condition."""
        if name not in self._known:
            keys = self._keys(name)
            on_word = name.startswith("word")
            rows = self._some if on_word else self._every
            self._known[name] = _Condition(self.view, keys[rows], rows), keys
        condition, keys = self._known[name]
        return condition.seen(keys[question.row], question)

    def _keys(self, name: str) -> Integers:
        """A condition as an integer for each row."""
        tags, forms = len(self.view.tags), len(self.view.forms)
        keys: dict[str, Callable[[], Integers]] = {
            "left tag": lambda: self._left_tag,
            "right tag": lambda: self._right_tag,
            "tags": lambda: self._left_tag * tags + self._right_tag,
            "left word": lambda: self._left,
            "right word": lambda: self._right,
            "word after tag": lambda: self._middle * tags + self._left_tag,
            "word before tag": lambda: self._middle * tags + self._right_tag,
            "word after word": lambda: self._left * forms + self._middle,
            "word before word": lambda: self._middle * forms + self._right,
            "word between words": lambda: _hashed(self._left * forms + self._middle, self._right),
        }
        return keys[name]()


def _hashed(pair: Integers, third: Integers) -> Integers:
    """Three forms need more bits than a key has: a hash that leaves room for a tag."""
    keys = mixed(pair.astype(np.uint64) + GOLDEN * mixed(third.astype(np.uint64)))
    return (keys >> np.uint64(12)).astype(np.int64)
