"""A table of contexts as integers: forms, tags and counts of types, by type index."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from taglint.corpus.contexts import Contexts

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


class Sums:
    """Sums of weights by integer key."""

    def __init__(self, keys: Integers, weights: NDArray[Any]) -> None:
        order = np.argsort(keys)
        ascending = keys[order]
        first = np.flatnonzero(np.concatenate(([True], ascending[1:] != ascending[:-1])))
        self._keys = ascending[first]
        self._sums = np.add.reduceat(weights[order], first) if len(first) else weights

    def of(self, keys: Integers) -> NDArray[Any]:
        """The sum of each key, 0 for an unknown one."""
        if not len(self._keys):
            return np.zeros(len(keys), np.int64)
        index = np.searchsorted(self._keys, keys)
        index[index == len(self._keys)] = 0
        return np.where(self._keys[index] == keys, self._sums[index], 0)


@dataclass(eq=False)
class View:
    """Index 0 of types, forms and tags is the edge of a sentence.

    form, tag: of each type. type_count, form_count, tag_count: numbers of tokens.
    """

    table: Contexts
    forms: list[str]
    tags: list[str]
    form: Integers
    tag: Integers
    type_count: Integers

    @classmethod
    def of(cls, table: Contexts) -> View:
        forms, form = _numbered(table.forms.tolist())
        tags, tag = _numbered(table.tags.tolist())
        counted = np.bincount(table.middle, table.counts, len(table.keys) + 1)
        return cls(table, forms, tags, form, tag, counted.astype(np.int64))

    @cached_property
    def form_count(self) -> Integers:
        return self._by(self.form, len(self.forms))

    @cached_property
    def tag_count(self) -> Integers:
        return self._by(self.tag, len(self.tags))

    def _by(self, group: Integers, size: int) -> Integers:
        return np.bincount(group, self.type_count, size).astype(np.int64)

    @cached_property
    def of_type(self) -> Sums:
        """Tokens by `type_key`."""
        return Sums(self.type_key(self.form, self.tag), self.type_count)

    def type_key(self, form: Integers, tag: Integers) -> Integers:
        return form * len(self.tags) + tag

    @cached_property
    def by_form(self) -> tuple[Integers, Integers]:
        """The type indices in order of form, and where in it each form begins."""
        order = np.argsort(self.form, kind="stable")
        return order, np.searchsorted(self.form[order], np.arange(len(self.forms) + 1))


def _numbered(values: list[str]) -> tuple[list[str], Integers]:
    """The distinct strings with "" for the edge at first, and the number of each value."""
    numbers: dict[str | None, int] = {None: 0}
    found = [0, *(numbers.setdefault(value, len(numbers)) for value in values)]
    return ["" if value is None else value for value in numbers], np.array(found, np.int64)
