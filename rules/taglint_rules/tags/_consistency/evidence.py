"""How well a tag suits a token: leave-one-out probabilities given the form and its neighbours.

Every estimate is a pair of counts, how often the tag was seen under a condition and how often the
condition, smoothed towards a wider condition. The token itself is never evidence: its tag as it
stands in the corpus is taken out of the counts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from taglint.corpus.columns import distinct
from taglint.threads import each
from taglint_rules.tags._consistency.around import WORDS, Around
from taglint_rules.tags._consistency.conditions import Asked, Condition, Dense, Piece, Question
from taglint_rules.tags._consistency.glance import BETWEEN_TAGS, TAGS, Glance
from taglint_rules.tags._consistency.view import SLICE, Floats, Integers, is_dense

# What the wider condition is worth, in observations.
NEIGHBOUR_TAG, NEIGHBOUR = 5.0, 5.0
WORD_TAG, PAIR = 3.0, 1.5

NAMES = (
    "word", "ending", "beginning", "left tag", "right tag", "tags", "left word", "right word",
    "word after tag", "word before tag", "word after word", "word before word",
)  # fmt: skip
# Those on one word beside, of which there are few enough for an array in most corpora.
BESIDE = ("left word", "right word")
# A plain weighted sum of the terms chooses among the other tags, with the log probability that the
# own tag is written for the other one by mistake.
CHOICE = np.array([1, 0.3, 0.2, 0.15, 0.1, 0.45, 0.2, 0.2, 0.4, 0.4, 0.4, 0.4])


class Evidence:
    """The counts of a corpus as conditions, as far as some rows are asked about.

    rows: those. names: what is counted at once; the other conditions are when they are asked for.
    """

    def __init__(self, glance: Glance, rows: Integers, names: Collection[str] = NAMES) -> None:
        self.glance = glance
        self.view = glance.view
        self._asked = rows
        wanted = np.zeros(len(self.view.forms), bool)
        wanted[self.view.middle(rows)] = True
        self._some = np.flatnonzero(wanted[self.view.form][self.view.table.middle])
        self._known = self._counted([name for name in WORDS if name in names])

    def terms(self, question: Question) -> tuple[Floats, Integers]:
        """The terms by `NAMES`, float columns, and how often the form was seen with the tag."""
        view, shapes, asked = self.view, self.glance.shapes, question.asked
        around = Around(view, question.row)
        form = around.middle.forms
        unigram = self.glance.unigram[asked]
        borne = view.seen(form, asked)
        word, seen = self.glance.word(question, borne)
        share = borne / np.maximum(view.form_count[form], 1)
        ending = shapes.ending(form, asked, share)
        beginning = shapes.beginning(form, asked, share)

        def given(name: str, weight: float, prior: Floats) -> Floats:
            of_tag, of_condition = self.seen(name, question, around)
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

    def seen(self, name: str, question: Question, around: Around) -> tuple[Floats, Floats]:
        """How often the tag was seen under a named condition, and how often the condition. around:
        the question's rows, which are among those that this was made for."""
        if name in BETWEEN_TAGS:
            return self.glance.seen(name, question, around)
        if name not in self._known:
            self._known |= self._counted([name])
        repeated, keys = around.repeated(name), around.keys(name)
        if repeated.all():
            return self._known[name].seen(keys, question)
        of_tag, of_condition = np.zeros((2, len(question.row)))
        seen = self._known[name].seen(keys[repeated], question.at(repeated))
        of_tag[repeated], of_condition[repeated] = seen
        return of_tag, of_condition

    def _counted(self, names: Sequence[str]) -> dict[str, Condition]:
        view = self.view
        beside = [name for name in names if name in BESIDE]
        others = [name for name in names if name not in BESIDE]
        if is_dense(view.repeated_forms * len(view.tags), len(view.table)):
            found = dict(zip(beside, each(self._dense, beside), strict=True))
        else:
            found = self._sparse(beside, np.arange(len(view.table)))
        return found | self._sparse(others, self._some)

    def _dense(self, name: str) -> Condition:
        view, counts = self.view, self.view.table.counts
        pieces = (self._piece(name, Around(view, some), counts[some]) for some in view.slices)
        return Dense(pieces, view.repeated_forms, len(view.tags), int(counts.sum()))

    def _sparse(self, names: Sequence[str], rows: Integers) -> dict[str, Condition]:
        """Conditions as far as they are asked about; a slice of rows is looked up for all."""
        if not names:
            return {}
        counts, wanted = self.view.table.counts, Around(self.view, self._asked)
        made = each(lambda name: self._asked_about(name, wanted), names)
        asked = dict(zip(names, made, strict=True))

        def pieces(start: int) -> list[Piece]:
            some = rows[start : start + SLICE]
            around, number = Around(self.view, some), counts[some]
            return [self._piece(name, around, number, asked[name]) for name in names]

        parts = each(pieces, range(0, max(1, len(rows)), SLICE))

        def condition(index: int) -> Condition:
            columns = zip(*(part[index] for part in parts), strict=True)
            number, own, counted = map(np.concatenate, columns)
            return asked[names[index]].counted(number, own, counted)

        return dict(zip(names, each(condition, range(len(names))), strict=True))

    def _asked_about(self, name: str, around: Around) -> Asked:
        keys = around.keys(name)[around.repeated(name)]
        return Asked(distinct(keys), len(self.view.tags))

    def _piece(
        self, name: str, around: Around, counts: Integers, asked: Asked | None = None
    ) -> Piece:
        """The rows on which a condition says something; those that are asked about by number."""
        keys = around.keys(name)
        if asked is None:
            some = np.flatnonzero(around.repeated(name))
            number = keys[some]
        else:
            # Only what occurs again was asked about.
            some, number = asked.known(keys)
        return number, around.middle.tags[some], counts[some]
