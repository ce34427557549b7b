"""Rows of a corpus's table that something is said of, without the rest of the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from taglint.corpus.columns import among, distinct
from taglint.corpus.contexts import EDGE, Contexts, find_rows
from taglint.corpus.document import Document
from taglint_rules.tags._consistency.view import Integers

Said = TypeVar("Said")


@dataclass(frozen=True, eq=False)
class Rows(Generic[Said]):
    """table: the rows alone, with the types that stand in them. said: of each row."""

    table: Contexts
    said: tuple[Said, ...]

    def __len__(self) -> int:
        return len(self.said)

    @property
    def types(self) -> NDArray[np.uint64]:
        """The types of which one stands wherever a row is found."""
        types: NDArray[np.uint64] = self.table.keys[distinct(self.table.middle) - 1]
        return types

    def of_types(self, types: NDArray[np.uint64]) -> list[tuple[list[int], Said]]:
        """What is said of rows of which all types are among those of a document, and of which
        rows."""
        keys = self.table.keys
        present = np.concatenate(([True], among(keys, types)))
        rows = np.flatnonzero(present[self._sides].all(axis=1))
        named = np.concatenate((np.zeros(1, np.uint64), keys))[self._sides[rows]]
        return [(row, self.said[at]) for at, row in zip(rows, named.tolist(), strict=True)]

    @cached_property
    def _sides(self) -> NDArray[np.int32]:
        table = self.table
        return np.stack((table.middle, table.left, table.right), axis=1)

    def found(self, document: Document) -> Iterator[tuple[int, Said]]:
        """The tokens of a document that are rows, ascending, with what is said of them."""
        columns = find_rows(document, self.table, np.arange(len(self)))
        for token, row in zip(*(column.tolist() for column in columns), strict=True):
            yield token, self.said[row]


def rows_of(table: Contexts, said: Mapping[int, Said]) -> Rows[Said]:
    """said: by row of the whole table."""
    rows: Integers = np.array(sorted(said), np.int64)
    sides = table.middle[rows], table.left[rows], table.right[rows]
    types = distinct(np.concatenate(sides))
    types = types[types != EDGE]
    again = np.zeros(len(table.keys) + 1, np.int32)
    again[types] = np.arange(1, len(types) + 1)
    own = types - 1
    middle, left, right = (again[side] for side in sides)
    few = Contexts(
        table.keys[own], table.forms[own], table.tags[own], middle, left, right, table.counts[rows]
    )
    return Rows(few, tuple(said[row] for row in rows.tolist()))
