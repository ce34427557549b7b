"""Counts of tags under conditions, such as the word on the left: of each pair how often both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from taglint_rules.tags._consistency.view import (
    Floats,
    Indices,
    Integers,
    is_dense,
    looked_up,
    run_sums,
    summed,
)


@dataclass(frozen=True, eq=False)
class Question:
    """Tokens and a tag for each: rows of the table, the tag taken out there, the tag asked for."""

    row: Integers
    removed: Integers
    asked: Integers

    def at(self, chosen: Any) -> Question:
        return Question(self.row[chosen], self.removed[chosen], self.asked[chosen])


class Condition:
    """The counts of a condition, an integer each, that fit an array."""

    def __init__(
        self, condition: Integers, tag: Indices, weights: Floats, size: int, tags: int
    ) -> None:
        self._tags = tags
        self._with = np.bincount(condition * tags + tag, weights, size * tags)
        self._alone = self._with.reshape(size, tags).sum(axis=1)

    def seen(self, condition: Integers, question: Question) -> tuple[Floats, Floats]:
        """How often the tag was seen under the condition, and how often the condition; the token
        itself is left out."""
        of_tag = self._with[condition * self._tags + question.asked]
        return of_tag - (question.asked == question.removed), self._alone[condition] - 1


class SparseCondition(Condition):
    """As many as there may be; sorted once."""

    def __init__(self, condition: Integers, tag: Indices, counts: NDArray[Any], tags: int) -> None:
        self._tags = tags
        self._keys, self._sums = summed(condition * tags + tag, counts)
        self._conditions, self._totals = run_sums(self._keys // tags, self._sums)

    def seen(self, condition: Integers, question: Question) -> tuple[Floats, Floats]:
        of_tag = looked_up(condition * self._tags + question.asked, self._keys, self._sums)
        total = looked_up(condition, self._conditions, self._totals)
        return of_tag - (question.asked == question.removed), total - 1


def condition_of(
    condition: Integers, tag: Indices, weights: NDArray[Any], size: int, tags: int
) -> Condition:
    """Of conditions from 0 to before `size`."""
    if is_dense(size * tags, len(condition)):
        return Condition(condition, tag, weights, size, tags)
    return SparseCondition(condition, tag, weights.astype(np.int64), tags)
