"""Counts of tags under conditions, such as the word on the left: of each pair how often both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from taglint.corpus.columns import joined, run_sums, summed
from taglint_rules._index import Index
from taglint_rules.tags._consistency.view import (
    Floats,
    Integers,
    is_dense,
    looked_up,
)

Piece = tuple[Integers, Integers, NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Question:
    """Tokens and a tag for each: rows of the table, the tag taken out there, the tag asked for."""

    row: Integers
    removed: Integers
    asked: Integers

    def at(self, chosen: Any) -> Question:
        return Question(self.row[chosen], self.removed[chosen], self.asked[chosen])


class Condition(Protocol):
    def seen(self, condition: Integers, question: Question) -> tuple[Floats, Floats]:
        """How often the tag was seen under the condition, and how often the condition; the token
        itself is left out."""


class Dense:
    """The counts of a condition that fit an array.

    pieces: conditions, an integer each from 0 to before `size`, with tags and counts. most: what
    all counts together come to.
    """

    def __init__(self, pieces: Iterable[Piece], size: int, tags: int, most: int) -> None:
        self._tags = tags
        # Half the bytes are half the time where memory is slow to get.
        self._with = np.zeros(size * tags, np.int32 if most < 1 << 31 else np.int64)
        for condition, tag, counts in pieces:
            np.add.at(self._with, condition * tags + tag, counts.astype(self._with.dtype))
        self._alone = self._with.reshape(size, tags).sum(axis=1)

    def seen(self, condition: Integers, question: Question) -> tuple[Floats, Floats]:
        of_tag = self._with.take(condition * self._tags + question.asked)
        return of_tag - (question.asked == question.removed), self._alone.take(condition) - 1


class Sparse:
    """As many as there may be; sorted once."""

    def __init__(self, condition: Integers, tag: Integers, counts: NDArray[Any], tags: int) -> None:
        self._tags = tags
        self._keys, self._sums = summed(condition * tags + tag, counts)
        self._conditions, self._totals = run_sums(self._keys // tags, self._sums)

    def seen(self, condition: Integers, question: Question) -> tuple[Floats, Floats]:
        of_tag = looked_up(condition * self._tags + question.asked, self._keys, self._sums)
        total = looked_up(condition, self._conditions, self._totals)
        return of_tag - (question.asked == question.removed), total - 1


class Asked(Protocol):
    """Conditions that are asked about, which are numbered; size: how many."""

    size: int

    def find(self, conditions: Integers) -> Integers:
        """The numbers of some that are asked about."""

    def known(self, conditions: Integers) -> tuple[Integers, Integers]:
        """Which of some are asked about, and the numbers of those."""


class AskedKeys:
    """Some of as many conditions as there may be. keys: an integer each, ascending."""

    def __init__(self, keys: Integers) -> None:
        self._index = Index(keys.view(np.uint64))
        self.size = len(keys)

    def find(self, conditions: Integers) -> Integers:
        return self._index.find(conditions.view(np.uint64))

    def known(self, conditions: Integers) -> tuple[Integers, Integers]:
        return self._index.known(conditions.view(np.uint64))


class AskedForms:
    """Conditions on one form, for which one of its types stands. form: of each type. asked: by
    form, whether it is asked about."""

    def __init__(self, form: Integers, asked: NDArray[np.bool_]) -> None:
        numbers = np.where(asked, np.cumsum(asked, dtype=np.int32) - np.int32(1), np.int32(-1))
        self._numbers = numbers[form]
        self.size = int(np.count_nonzero(asked))

    def find(self, conditions: Integers) -> Integers:
        return self._numbers.take(conditions)

    def known(self, conditions: Integers) -> tuple[Integers, Integers]:
        numbers = self.find(conditions)
        some = np.flatnonzero(numbers >= 0)
        return some, numbers[some].astype(np.int64)


class Numbered:
    """The counts of conditions that are asked about, by their numbers."""

    def __init__(self, asked: Asked, counts: Condition) -> None:
        self._asked, self._counts = asked, counts

    def seen(self, condition: Integers, question: Question) -> tuple[Floats, Floats]:
        return self._counts.seen(self._asked.find(condition), question)


def condition_of(pieces: Iterable[Piece], size: int, tags: int, rows: int, most: int) -> Condition:
    """Of conditions from 0 to before `size`. rows: how many there are in all pieces, at most.
    most: what all counts together come to, at most."""
    if is_dense(size * tags, rows):
        return Dense(pieces, size, tags, most)
    condition, tag, counts = joined([*pieces])
    return Sparse(condition, tag, counts, tags)
