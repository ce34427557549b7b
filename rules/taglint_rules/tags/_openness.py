"""How open forms are to two tags: whether annotators may go either way.

A form that is seen often shows it by itself. One that is seen seldom is as open as the forms that
bear its tags are in the mean: a noun may be a verb in a language where many are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from taglint.corpus.columns import firsts
from taglint_rules.tags._stretches import TAG_BITS, TAG_MASK, Stretches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Floats = NDArray[np.float64]

# A form is the more open the more evenly it bears both tags. What other forms say is worth as much
# as so many tokens of its own.
EVENLY, SELDOM = 1.25, 10.0
# Forms with at least so many tokens of a tag say how open it is; what all tags say is worth as
# much as so many of them. Of forms with very many tags there is nothing to learn.
OFTEN, FORMS, MOST_TAGS = 10, 20.0, 32
# What is believed of all tags before anything is seen, with what it is worth, in forms.
OPEN, BELIEVED = 0.003, 100.0


def openness(elsewhere: Floats, other_elsewhere: Floats, usual: Floats | float = OPEN) -> Floats:
    """How open forms are, from 0 to 1 where they bear both tags alike.

    elsewhere, other_elsewhere: tokens of the form with each tag. usual: how open forms with these
    tags are in the mean.
    """
    known = elsewhere + other_elsewhere
    shown = _evenness(elsewhere, other_elsewhere)
    found: Floats = (known * shown + SELDOM * usual) / (known + SELDOM)
    return found


def _evenness(one: Floats, other: Floats) -> Floats:
    found: Floats = (4 * (one + 0.5) * (other + 0.5) / (one + other + 1) ** 2) ** EVENLY
    return found


class Usual:
    """How open the forms of a corpus are in the mean, by tag and by pair of tags, as indices."""

    def __init__(self, counts: Stretches) -> None:
        self._tags = len(counts.tags)
        tag = (counts.type_rows & TAG_MASK).astype(np.int64)
        often = counts.type_counts >= OFTEN
        self._forms = np.bincount(tag[often], minlength=self._tags)
        one, other = _mates(counts, often)
        number = counts.type_counts.astype(np.float64)
        keys, which = np.unique(tag[one] * self._tags + tag[other], return_inverse=True)
        self._keys = keys
        self._open = np.bincount(which, _evenness(number[one], number[other]), len(keys))
        pairs = self._tags * float(self._forms.sum())
        self._mean = (self._open.sum() + BELIEVED * OPEN) / (pairs + BELIEVED)

    def of_pairs(self, one: Integers, other: Integers) -> Floats:
        """To each tag and the other one."""
        open_ = self._between(one, other) + self._between(other, one)
        forms = self._forms[one] + self._forms[other]
        return _stepped((open_ + FORMS * self._mean) / (forms + FORMS))

    def of_tags(self, one: Integers) -> Floats:
        """To each tag and any other one."""
        open_ = np.bincount(self._keys // max(self._tags, 1), self._open, self._tags)
        mean = (open_ + FORMS * self._mean) / (self._forms + FORMS)
        return _stepped(np.minimum(mean, 1.0)[one])

    def _between(self, one: Integers, other: Integers) -> Floats:
        """The sum over the forms that bear the first tag often."""
        keys = one * self._tags + other
        place = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        if not len(self._keys):
            return np.zeros(len(keys))
        return np.where(self._keys[place] == keys, self._open[place], 0.0)


def _mates(counts: Stretches, often: NDArray[np.bool_]) -> tuple[Integers, Integers]:
    """Each type that is seen often with each other type of its form."""
    begins = firsts(counts.type_rows >> TAG_BITS)
    sizes = np.diff(begins, append=len(counts.type_rows))
    form = np.repeat(np.arange(len(sizes)), sizes)
    some = np.flatnonzero(often & (sizes[form] > 1) & (sizes[form] <= MOST_TAGS))
    mates = sizes[form[some]]
    one = np.repeat(some, mates)
    within = np.arange(len(one)) - np.repeat(np.cumsum(mates) - mates, mates)
    other = begins[form[one]] + within
    return one[one != other], other[one != other]


def _stepped(values: Any) -> Floats:
    """In steps of a tenth, so that what changes in one document does not move what is said of
    others."""
    found: Floats = np.exp(np.round(np.log(values) * 10) / 10)
    return found
