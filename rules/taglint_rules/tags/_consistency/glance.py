"""How well a tag suits a token at first sight: the form and the neighbouring tags alone."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from taglint.corpus.columns import summed
from taglint.threads import each
from taglint_rules.tags._consistency.around import Around
from taglint_rules.tags._consistency.conditions import Condition, Question, condition_of
from taglint_rules.tags._consistency.shapes import Shapes
from taglint_rules.tags._consistency.view import (
    Floats,
    Integers,
    View,
    is_dense,
    looked_up,
)

# What the wider condition is worth, in observations.
WORD, SPELLING, TAGS = 1.0, 1.0, 20.0
# From about this many tokens on, a form's unseen tags follow those that frequent forms bear once.
FREQUENT = 3
# What all tags together are worth beside those that a tag shares forms with, in forms, and the
# share of mistakes that are of any kind.
ALL, ANY = 5.0, 0.01
# So many types, or tokens, are looked at together: what is computed of them fits the processor's
# cache.
SLICE = 1 << 14
# The conditions on the tags on either side.
BETWEEN_TAGS = ("tags", "left tag", "right tag")


class Glance:
    def __init__(self, view: View) -> None:
        self.view = view

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

    @cached_property
    def mistaken(self) -> Floats:
        """By a tag and another one, the log probability that it is the other one that is written
        where the first is mistaken: tags that many forms share are mistaken for each other."""
        view, size = self.view, len(self.view.tags)
        one, other = view.pairs
        both = np.log1p(np.minimum(view.type_count[one], view.type_count[other]))
        cells = view.tag[one] * size + view.tag[other]
        shared = np.bincount(cells, both, size * size).reshape(size, size)
        np.fill_diagonal(shared, 0.0)
        shared = (shared + ALL * self.unigram) / (shared.sum(axis=1, keepdims=True) + ALL)
        found: Floats = np.log((1 - ANY) * shared + ANY / size)
        return found

    def chance(self, question: Question, borne: Integers) -> Floats:
        """The log probability of the tag.

        borne: how many tokens of the form bear the tag.
        """
        return np.log(self.word(question, borne)[0] * self.between(question))

    def between(self, question: Question) -> Floats:
        """How many times as probable the tag is between the neighbouring tags as anywhere."""
        of_tag, of_tags = self.seen("tags", question, Around(self.view, question.row))
        unigram = self.unigram[question.asked]
        return (of_tag + TAGS * unigram) / ((of_tags + TAGS) * unigram)

    def chance_of_types(self, types: Integers, question: Question) -> Floats:
        """As `chance`, where the forms bear the tags: of these types, which are known."""
        view = self.view
        seen = view.type_count.take(types) - (question.asked == question.removed)
        total = view.form_count.take(view.form.take(types)) - 1
        return np.log(_smoothed(seen, total, self._priors.take(types)) * self.between(question))

    def word(self, question: Question, borne: Integers) -> tuple[Floats, Integers]:
        """The probability of the tag by the form, and how often the form bears it elsewhere."""
        form = self.view.middle(question.row)
        seen = borne - (question.asked == question.removed)
        prior = self._prior(form, question.asked, borne)
        return _smoothed(seen, self.view.form_count.take(form) - 1, prior), seen

    def know(self, forms: Integers) -> None:
        """Prepare for questions about tokens of some forms: their types are fewer."""
        view = self.view
        types = np.flatnonzero(view.marked(forms)[view.form] & np.isnan(self._priors))

        def of_slice(start: int) -> Floats:
            some = types[start : start + SLICE]
            return self._prior(view.form[some], view.tag[some], view.type_count[some])

        parts = each(of_slice, range(0, max(1, len(types)), SLICE))
        self._priors[types] = np.concatenate(parts)

    @cached_property
    def _priors(self) -> Floats:
        """By type its `_prior`, as far as it is known."""
        return np.full(len(self.view.form), np.nan)

    def _prior(self, form: Integers, asked: Integers, borne: Integers) -> Floats:
        """The probability of a tag by all but how often the form bears it."""
        count = self.view.form_count.take(form)
        total = count - 1
        known = total / (total + FREQUENT)
        ending = self.shapes.ending(form, asked, borne / np.maximum(count, 1))
        prior = known * self.novel[asked] + (1 - known) * ending
        return self._with_spellings(form, asked, borne, prior)

    def _with_spellings(
        self, form: Integers, asked: Integers, borne: Integers, prior: Floats
    ) -> Floats:
        """The probability of the tag by the forms that differ in case alone."""
        view = self.view
        tokens, bearing = self._spellings
        others = tokens.take(form) - view.form_count.take(form)
        some = np.flatnonzero(others)
        if len(some):
            tags = np.broadcast_to(asked, prior.shape)[some]
            keys = view.type_key(view.spelling[form[some]], tags)
            seen = looked_up(keys, *bearing) - borne[some]
            prior[some] = (seen + SPELLING * prior[some]) / (others[some] + SPELLING)
        return prior

    @cached_property
    def _spellings(self) -> tuple[Integers, tuple[Integers, Integers]]:
        """By form the tokens of it and of those that differ in case alone; by type key, with the
        first of such forms, the tokens that bear the tag."""
        view = self.view
        sums = np.bincount(view.spelling, view.form_count, len(view.forms)).astype(np.int64)
        tokens = sums[view.spelling]
        several = np.flatnonzero((tokens > view.form_count)[view.form])
        keys = view.type_key(view.spelling[view.form[several]], view.tag[several])
        return tokens, summed(keys, view.type_count[several])

    def seen(self, name: str, question: Question, around: Around) -> tuple[Floats, Floats]:
        """As `Condition.seen`, of one `BETWEEN_TAGS`. around: the question's rows."""
        left, right = around.left.tags, around.right.tags
        keys = right if name == "right tag" else left
        if name == "tags":
            keys = left * len(self.view.tags) + right
        return self._conditions[name].seen(keys, question)

    @cached_property
    def _conditions(self) -> dict[str, Condition]:
        triples, weights = self._triples
        tags, most = len(self.view.tags), int(weights.sum())
        sides, own = triples // tags, (triples % tags).astype(np.int32)

        def condition(keys: Integers, size: int) -> Condition:
            return condition_of([(keys, own, weights)], size, tags, len(keys), most)

        return {
            "tags": condition(sides, tags * tags),
            "left tag": condition(sides // tags, tags),
            "right tag": condition(sides % tags, tags),
        }

    @property
    def _triples(self) -> tuple[Integers, NDArray[Any]]:
        """The distinct triples of the left tag, the right tag and the own one, and how often each
        stands in the corpus."""
        view, tags = self.view, len(self.view.tags)
        if is_dense(tags**3, len(view.table)):
            sums = np.zeros(tags**3)
            for some in view.slices:
                sums += np.bincount(self._triple(some), view.table.counts[some], tags**3)
            distinct = np.flatnonzero(sums)
            return distinct, sums[distinct]
        return summed(self._triple(slice(None)), view.table.counts)

    def _triple(self, some: slice) -> Integers:
        view, tags = self.view, len(self.view.tags)
        keys = view.tag.take(view.table.left[some])
        for more in (view.table.right, view.table.middle):
            keys *= tags
            keys += view.tag.take(more[some])
        return keys


def _smoothed(seen: Integers, total: Integers, prior: Floats) -> Floats:
    found: Floats = (seen + WORD * prior) / (total + WORD)
    return found
