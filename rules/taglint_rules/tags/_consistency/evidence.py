"""How well a tag suits a token: leave-one-out probabilities given the form and its neighbours.

Every estimate is a pair of counts, how often the tag was seen under a condition and how often the
condition, smoothed towards a wider condition. The token itself is never evidence: its tag as it
stands in the corpus is taken out of the counts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

import numpy as np

from taglint.corpus.columns import distinct
from taglint.threads import each
from taglint_rules.tags._consistency.around import (
    AFTER,
    BEFORE,
    BESIDE,
    WORDS,
    Around,
    Part,
    Table,
    one_sided,
)
from taglint_rules.tags._consistency.conditions import (
    Asked,
    AskedForms,
    AskedKeys,
    Condition,
    Numbered,
    Piece,
    Question,
    condition_of,
)
from taglint_rules.tags._consistency.glance import BETWEEN_TAGS, TAGS, Glance
from taglint_rules.tags._consistency.view import SLICE, Floats, Integers

# What the wider condition is worth, in observations.
NEIGHBOUR_TAG, NEIGHBOUR = 5.0, 5.0
WORD_TAG, PAIR = 3.0, 1.5

NAMES = (
    "word", "ending", "beginning", "left tag", "right tag", "tags", "left word", "right word",
    "word after tag", "word before tag", "word after word", "word before word",
)  # fmt: skip
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
        self._asked = Around(self.view, rows)
        self._forms = self.view.marked(self._asked.middle.forms)
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
        tokens = self._tokens(names)
        found = each(lambda name: self._condition(name, tokens[name]), names)
        return dict(zip(names, found, strict=True))

    def _tokens(self, names: Sequence[str]) -> dict[str, Table]:
        """By condition the tokens that it is counted of: those of forms that are asked about, or
        all."""
        table = self.view.table
        if len(names) > 1 and self._are_most:
            left, right = one_sided(table)
            sides: Mapping[str, Table] = dict.fromkeys(AFTER, left) | dict.fromkeys(BEFORE, right)
            return {name: sides.get(name, table) for name in names}
        return {name: table if name in BESIDE else self._some for name in names}

    @property
    def _are_most(self) -> bool:
        """Whether most tokens have a form that is asked about."""
        every = self.view.form_count
        return 2 * int(every[self._forms].sum()) > int(every.sum())

    @cached_property
    def _some(self) -> Table:
        """Those of forms that are asked about."""
        table = self.view.table
        some = np.flatnonzero(self._forms[self.view.form].take(table.middle))
        return Part(table.left[some], table.middle[some], table.right[some], table.counts[some])

    def _condition(self, name: str, tokens: Table) -> Condition:
        view, asked = self.view, self._asked_about(name)

        def piece(start: int) -> Piece:
            here = slice(start, start + SLICE)
            around = Around(view, here, tokens)
            # Only what occurs again was asked about.
            some, number = asked.known(around.keys(name))
            own = view.tag.take(around.middle.types[some])
            return number, own, tokens.counts[here][some]

        starts = range(0, max(1, len(tokens.counts)), SLICE)
        counts = condition_of(
            map(piece, starts),
            asked.size,
            len(view.tags),
            len(tokens.counts),
            int(view.type_count.sum()),
        )
        return Numbered(asked, counts)

    def _asked_about(self, name: str) -> Asked:
        keys = self._asked.keys(name)[self._asked.repeated(name)]
        if name not in BESIDE:
            return AskedKeys(distinct(keys))
        return AskedForms(self.view.form, self.view.marked(self.view.narrow_form.take(keys)))
