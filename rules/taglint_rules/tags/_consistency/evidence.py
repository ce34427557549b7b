"""How well a tag suits a token: leave-one-out probabilities given the form and its neighbours.

Every estimate is a pair of counts, how often the tag was seen under a condition and how often the
condition, smoothed towards a wider condition. The token itself is never evidence: its tag as it
stands in the corpus is taken out of the counts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

import numpy as np
from numpy.typing import NDArray

from taglint.threads import each
from taglint_rules.tags._consistency.conditions import (
    Condition,
    Piece,
    Question,
    SparseCondition,
)
from taglint_rules.tags._consistency.glance import TAGS, Glance
from taglint_rules.tags._consistency.view import Floats, Indices, Integers, Rows, is_dense
from taglint_rules.tags._hashing import GOLDEN, mixed

# What the wider condition is worth, in observations.
NEIGHBOUR_TAG, NEIGHBOUR = 5.0, 5.0
WORD_TAG, PAIR = 3.0, 1.5

NAMES = (
    "word", "ending", "beginning", "left tag", "right tag", "tags", "left word", "right word",
    "word after tag", "word before tag", "word after word", "word before word",
)  # fmt: skip
# The words that a condition names.
WORDS = {
    "left word": ("left",), "right word": ("right",), "word after tag": ("middle",),
    "word before tag": ("middle",), "word after word": ("left", "middle"),
    "word before word": ("middle", "right"), "word between words": ("left", "middle", "right"),
}  # fmt: skip
# Those on words side by side, most of which are never asked about.
PAIRED = ("word after word", "word before word", "word between words")
# Keys are told apart by so many bits where some may be mixed up.
BITS = 20
# A plain weighted sum of the terms chooses among the other tags, with the log probability that the
# own tag is written for the other one by mistake.
CHOICE = np.array([1, 0.3, 0.2, 0.15, 0.1, 0.45, 0.2, 0.2, 0.4, 0.4, 0.4, 0.4])


class Evidence:
    """The counts of a corpus as conditions; those on the word itself cover some rows only.

    rows: those that are asked about. names: what is counted at once; the others are when they are
    asked for.
    """

    def __init__(self, glance: Glance, rows: Integers, names: Collection[str] = NAMES) -> None:
        self.glance = glance
        self.view = glance.view
        self._asked = rows
        wanted = np.zeros(len(self.view.forms), bool)
        wanted[self.view.middle(rows)] = True
        self._some = np.flatnonzero(wanted[self.view.form][self.view.table.middle])
        now = [name for name in WORDS if name in names]
        self._known = dict(zip(now, each(self._counted, now), strict=True))

    def terms(self, question: Question) -> tuple[Floats, Integers]:
        """The terms by `NAMES`, float columns, and how often the form was seen with the tag."""
        view, shapes, asked = self.view, self.glance.shapes, question.asked
        form = view.middle(question.row)
        unigram = self.glance.unigram[asked]
        borne = view.seen(form, asked)
        word, seen = self.glance.word(question, borne)
        share = borne / np.maximum(view.form_count[form], 1)
        ending = shapes.ending(form, asked, share)
        beginning = shapes.beginning(form, asked, share)

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

    def seen(self, name: str, question: Question) -> tuple[Floats, Floats]:
        """How often the tag was seen under a named condition, and how often the condition."""
        if name in ("tags", "left tag", "right tag"):
            return self.glance.seen(name, question)
        if name not in self._known:
            self._known[name] = self._counted(name)
        repeated = self._repeated(name, question.row)
        if repeated.all():
            return self._known[name].seen(self._keys(name, question.row), question)
        of_tag, of_condition = np.zeros((2, len(question.row)))
        few = question.at(repeated)
        seen = self._known[name].seen(self._keys(name, few.row), few)
        of_tag[repeated], of_condition[repeated] = seen
        return of_tag, of_condition

    def _repeated(self, name: str, row: Rows) -> NDArray[np.bool_]:
        """Whether a condition of rows may hold of other tokens: its words, if not the edge of a
        sentence, must occur again."""
        table, repeated = self.view.table, self.view.repeated
        sides = {"left": table.left, "middle": table.middle, "right": table.right}
        every = [repeated.take(sides[side][row]) for side in WORDS[name]]
        found: NDArray[np.bool_] = np.logical_and.reduce(every)
        return found

    def _counted(self, name: str) -> Condition:
        view, tags, counts = self.view, len(self.view.tags), self.view.table.counts
        if name in ("left word", "right word"):
            size = view.repeated_forms
            if is_dense(size * tags, len(view.table)):
                return Condition(self._pieces(name), size, tags, int(counts.sum()))
            some = np.flatnonzero(self._repeated(name, slice(None)))
        else:
            some = self._some[self._repeated(name, self._some)]
        keys = self._keys(name, some)
        if name in PAIRED:
            few = np.flatnonzero(_maybe_among(keys, self._keys(name, self._asked)))
            some, keys = some[few], keys[few]
        return SparseCondition(keys, view.own(some), counts[some], tags)

    def _pieces(self, name: str) -> Iterator[Piece]:
        """The rows on which a condition says something, so many at a time."""
        for rows in self.view.slices:
            some = np.flatnonzero(self._repeated(name, rows)) + rows.start
            yield self._keys(name, some), self.view.own(some), self.view.table.counts[some]

    def _keys(self, name: str, row: Rows) -> Integers:
        """The condition of each row, as an integer."""
        view, tags, forms = self.view, len(self.view.tags), len(self.view.forms)
        table, left, middle, right = view.table, view.left, view.middle, view.right
        keys: dict[str, Callable[[], Integers]] = {
            "left word": lambda: view.rank.take(left(row)),
            "right word": lambda: view.rank.take(right(row)),
            "word after tag": lambda: _paired(middle(row), view.tag.take(table.left[row]), tags),
            "word before tag": lambda: _paired(middle(row), view.tag.take(table.right[row]), tags),
            "word after word": lambda: _paired(left(row), middle(row), forms),
            "word before word": lambda: _paired(middle(row), right(row), forms),
            "word between words": lambda: _hashed(
                _paired(left(row), middle(row), forms), right(row)
            ),
        }
        return keys[name]()


def _maybe_among(keys: Integers, wanted: Integers) -> NDArray[np.bool_]:
    """Which keys are wanted, and a few of the others: by a hash, which is quick."""
    cells = np.zeros(1 << BITS, bool)
    cells[_cell(wanted)] = True
    found: NDArray[np.bool_] = cells.take(_cell(keys))
    return found


def _cell(keys: Integers) -> Integers:
    return (keys.view(np.uint64) * GOLDEN >> np.uint64(64 - BITS)).view(np.int64)


def _paired(first: Indices, second: Indices | Integers, size: int) -> Integers:
    found = first.astype(np.int64)
    found *= size
    found += second
    return found


def _hashed(pair: Integers, third: Indices) -> Integers:
    """Three forms need more bits than a key has: a hash that leaves room for a tag."""
    keys = mixed(pair.astype(np.uint64) + GOLDEN * mixed(third.astype(np.uint64)))
    return (keys >> np.uint64(12)).astype(np.int64)
