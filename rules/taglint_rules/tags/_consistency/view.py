"""A table of contexts as integers: forms, tags and counts of types, by type index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from taglint.corpus.columns import grouped, of_runs, summed
from taglint.corpus.contexts import Contexts
from taglint.rules import Context
from taglint_rules._characters import Codes, Lengths, code_points
from taglint_rules._hashing import GOLDEN, mixed
from taglint_rules._memory import kept
from taglint_rules.tags._consistency.case import first_of_case
from taglint_rules.tags._form_hashes import text_hashes

Integers = NDArray[np.signedinteger[Any]]
Floats = NDArray[np.float64]
Indices = NDArray[np.int32]
Rows = Integers | slice

# Up to this many cells, or so many for each value, sums stand in an array by key.
CELLS, CELLS_EACH = 1 << 22, 4
MOST_TAGS = 32
# Rows that are looked at together.
SLICE = 1 << 16


class Sums:
    """Sums of weights by integer key, from 0 to before `size`."""

    def __init__(self, keys: Integers, weights: NDArray[Any], size: int) -> None:
        self._dense = is_dense(size, len(keys))
        if self._dense:
            # What is summed is no more exact than that.
            self._sums: NDArray[Any] = np.bincount(keys, weights, size).astype(np.float32)
        else:
            self._keys, self._sums = summed(keys, weights)

    def of(self, keys: Integers) -> NDArray[Any]:
        """The sum of each key, 0 for an unknown one."""
        return self._sums.take(keys) if self._dense else looked_up(keys, self._keys, self._sums)


def is_dense(size: int, values: int) -> bool:
    """Whether so many cells are few enough for an array."""
    return size <= max(CELLS, CELLS_EACH * values)


def looked_up(keys: Integers, known: Integers, values: NDArray[Any]) -> NDArray[Any]:
    """The value of each key, 0 for an unknown one; the known ones ascend."""
    if not len(known):
        return np.zeros(len(keys), np.int64)
    index = np.searchsorted(known, keys)
    index[index == len(known)] = 0
    return np.where(known[index] == keys, values[index], 0)


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
        forms, form = _numbered_forms(table.forms)
        tags, tag = _numbered(table.tags.tolist())
        counted = np.bincount(table.middle, table.counts, len(table.keys) + 1)
        return cls(table, forms, tags, form, tag, counted.astype(np.int64))

    def middle(self, rows: Rows) -> Indices:
        """The forms of rows."""
        return self.narrow_form.take(self.table.middle[rows])

    def own(self, rows: Rows) -> Integers:
        """The tags of rows."""
        return self.tag.take(self.table.middle[rows])

    @property
    def slices(self) -> Iterator[slice]:
        """All rows, so many at a time that what is computed of them fits the processor's cache."""
        for start in range(0, len(self.table), SLICE):
            yield slice(start, start + SLICE)

    @cached_property
    def spelling(self) -> Indices:
        """By form the first one that differs from it in case alone, often itself."""
        return first_of_case(self.forms, *self.characters)

    @cached_property
    def characters(self) -> tuple[Codes, Lengths]:
        """The code points of all forms, and how many each has."""
        return code_points(self.forms)

    @cached_property
    def narrow_form(self) -> Indices:
        """`form` in half the bytes."""
        return self.form.astype(np.int32)

    @cached_property
    def form_count(self) -> Integers:
        return self._by(self.form, len(self.forms))

    @cached_property
    def repeated(self) -> NDArray[np.bool_]:
        """By type whether its form occurs again, and of the edge, which always does."""
        repeated: NDArray[np.bool_] = (self.form_count != 1)[self.form]
        return repeated

    @cached_property
    def tag_count(self) -> Integers:
        return self._by(self.tag, len(self.tags))

    def _by(self, group: Integers, size: int) -> Integers:
        return np.bincount(group, self.type_count, size).astype(np.int64)

    @cached_property
    def of_type(self) -> tuple[Integers, Integers]:
        """The `type_key` of each type, ascending, and its number of tokens."""
        return summed(self.type_key(self.form, self.tag), self.type_count)

    def seen(self, form: Integers, tag: Integers) -> Integers:
        """How many tokens of a form bear a tag."""
        only_tag, tokens = self._only_tag
        only = only_tag.take(form)
        found: Integers = np.where(only == tag, tokens.take(form), 0)
        some = np.flatnonzero(only < 0)
        if len(some):
            tags = np.broadcast_to(tag, found.shape)[some]
            found[some] = looked_up(self.type_key(form[some], tags), *self.of_type)
        return found

    @cached_property
    def _only_tag(self) -> tuple[Indices, Indices]:
        """By form its tag, -1 where it has several, and its number of tokens: most forms have one,
        and need not be searched for."""
        only = np.zeros(len(self.forms), np.int32)
        only[self.form] = self.tag
        only[np.bincount(self.form, minlength=len(self.forms)) > 1] = -1
        return only, self.form_count.astype(np.int32)

    def marked(self, forms: Integers) -> NDArray[np.bool_]:
        """By form whether it is one of some."""
        found = np.zeros(len(self.forms), bool)
        found[forms] = True
        return found

    def type_key(self, form: Integers, tag: Integers) -> Integers:
        return form.astype(np.int64) * len(self.tags) + tag

    @cached_property
    def by_form(self) -> tuple[Integers, Integers]:
        """The type indices in order of form, and where in it each form begins."""
        order = np.argsort(self.form, kind="stable")
        return order, np.searchsorted(self.form[order], np.arange(len(self.forms) + 1))

    @cached_property
    def pairs(self) -> tuple[Integers, Integers]:
        """The types of each form with each other; of forms with very many there is nothing to
        learn."""
        order, begins = self.by_form
        sizes = np.diff(begins)
        sizes[sizes > MOST_TAGS] = 0
        mates = np.repeat(sizes, np.diff(begins))
        one = np.repeat(order, mates)
        within = np.arange(len(one)) - np.repeat(np.cumsum(mates) - mates, mates)
        return one, order[np.repeat(begins[:-1], sizes * sizes) + within]

    def row_hashes(self, rows: Rows) -> NDArray[np.uint64]:
        """A stable 64-bit hash of each of some rows."""
        middle, left, right = self._side_hashes
        table = self.table
        sum_ = middle.take(table.middle[rows])
        sum_ += left.take(table.left[rows])
        sum_ += right.take(table.right[rows])
        return mixed(sum_)

    @cached_property
    def _side_hashes(self) -> tuple[NDArray[np.uint64], ...]:
        """By type what it adds to the hash of a row where it stands in the middle or beside it."""
        middle = np.concatenate((np.zeros(1, np.uint64), self.table.keys))
        left = mixed(middle + GOLDEN)
        return middle, left, mixed(left + GOLDEN)


def shared_view(table: Contexts, context: Context) -> View:
    """The view of a table, which the rules that judge by it make once."""
    return kept("view", (table,), lambda: View.of(table), context.shared)  # type: ignore[no-any-return]


def _numbered_forms(forms: NDArray[np.object_]) -> tuple[list[str], Integers]:
    """As `_numbered` of many different strings, by their hashes: other threads can go on meanwhile,
    and it takes less time."""
    order, first = grouped(text_hashes(forms.tolist()))
    # Equal ones stay in order, so that these are the first of their kind.
    places = order[first]
    own = np.argsort(places)
    rank = np.empty_like(own)
    rank[own] = np.arange(1, len(own) + 1)
    number = np.zeros(len(forms) + 1, np.int64)
    number[order + 1] = rank[of_runs(first, len(order))]
    return ["", *forms[places[own]].tolist()], number


def _numbered(values: list[str]) -> tuple[list[str], Integers]:
    """The distinct strings with "" for the edge at first, and the number of each value."""
    first: dict[str, int] = {}
    found = np.fromiter(map(first.setdefault, values, count()), np.int64, len(values))
    number = np.cumsum(found == np.arange(len(found)))
    return ["", *first], np.concatenate(([0], number[found]))
