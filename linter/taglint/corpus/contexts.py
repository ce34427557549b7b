"""Counts of tokens between their neighbours: what corpus rules gather, add up and judge.

The table has one row for each distinct (left token, token, right token), so its size follows what
is distinct, not how much there is. It is a commutative monoid: tables add in any order and
grouping. Types are keyed by a stable hash of their strings, ascending, with the strings beside it,
so that tables from different processes add up, and equal counts are equal tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from taglint.corpus.columns import (
    Placed,
    among,
    apart,
    counted,
    cut,
    distinct,
    firsts,
    grouped,
    joined,
    largest,
    narrow,
    of_runs,
    placed,
    wide,
    with_rows,
    without_rows,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from taglint.corpus.document import Document
    from taglint.corpus.vocabulary import Vocabulary

    Column = NDArray[Any]
    Indices = NDArray[np.int32]
    Integers = NDArray[np.int64]

# What stands beside a sentence's first and last token, and beside malformed ones.
EDGE = 0
# Three indices fit one sortable integer up to this many types; with more, pairs are numbered first.
NARROW, WIDE = 21, 31
# This many wanted rows are looked for at a time, so that their neighbours' ranks stay narrow.
SLICE = 1 << 20
# Hardly any form has it in it.
BETWEEN = "\0"
# About so many tokens are counted at a time: those of the types with the next keys.
COUNTED = 1 << 23


class Pairs(NamedTuple):
    """Types side by side, as indices plus one, `EDGE` where there is no token, and how often they
    are. Ascending by the second one if the rows do that they were made of; else a pair may be there
    several times."""

    first: Indices
    second: Indices
    times: Integers


@dataclass(eq=False)
class Contexts:
    """How often each type stands between each pair of others.

    keys: stable hash of each type, uint64, ascending. forms, tags: its strings, aligned. middle,
    left, right: the rows, ascending, as indices into the types plus one, `EDGE` where there is
    no token. counts: number of tokens of each row.
    """

    keys: NDArray[np.uint64]
    forms: NDArray[np.object_]
    tags: NDArray[np.object_]
    middle: Indices
    left: Indices
    right: Indices
    counts: Integers

    def __add__(self, other: Contexts) -> Contexts:
        return Contexts.merged([self, other])

    @staticmethod
    def merged(parts: Sequence[Contexts]) -> Contexts:
        """The sum of any number of tables, sorted once."""
        if len(parts) == 1:
            return parts[0]
        number = largest([len(part) for part in parts])
        if number is not None:
            rest = [*parts[:number], *parts[number + 1 :]]
            more = parts[number]._with(Contexts.merged(rest))
            if more is not None:
                return more
        return Contexts._joined(parts)

    @staticmethod
    def _joined(parts: Sequence[Contexts]) -> Contexts:
        """As `merged`, whatever their sizes are."""
        keys = distinct(np.concatenate([table.keys for table in parts]))
        forms, tags = np.empty(len(keys), object), np.empty(len(keys), object)
        rows: list[tuple[Column, ...]] = []
        for table in parts:
            renamed = _renamed(table.keys, keys).astype(np.int32)
            forms[renamed[1:] - 1], tags[renamed[1:] - 1] = table.forms, table.tags
            sides = (renamed.take(side) for side in (table.middle, table.left, table.right))
            rows.append((*sides, table.counts))
        return Contexts(keys, forms, tags, *_added(rows, len(keys)))

    def exchanged(self, less: Contexts | None, more: Contexts | None) -> Contexts:
        """The sum without a part, as if it had never been added, and with another one."""
        parts = [more] if more is not None else []
        if less is not None:
            sides = less.middle, less.left, less.right
            parts.append(Contexts(less.keys, less.forms, less.tags, *sides, -less.counts))
        if not parts:
            return self
        change = Contexts._joined(parts)
        return (self._with(change) or Contexts._joined([self, change]))._without_empty()

    def _with(self, few: Contexts) -> Contexts | None:
        """The sum with a small table, without sorting; None where rows are too wide for that."""
        types = placed(self.keys, few.keys)
        whole = self._with_types(few, types)
        renamed = _renamed(few.keys, whole.keys)
        rows, more = whole._packed(), few._packed(renamed)
        if rows is None or more is None:
            return None
        found = placed(rows, more)
        counts = whole.counts.copy()
        counts[found.at[found.known]] += few.counts[found.known]
        sides = (renamed[side].astype(np.int32) for side in (few.middle, few.left, few.right))
        middle, left, right, counts = with_rows(
            (whole.middle, whole.left, whole.right, counts), (*sides, few.counts), found
        )
        return Contexts(whole.keys, whole.forms, whole.tags, middle, left, right, counts)

    def _with_types(self, few: Contexts, found: Placed) -> Contexts:
        """The same rows, with the types of another table besides."""
        if found.known.all():
            return self
        mine, theirs = (self.keys, self.forms, self.tags), (few.keys, few.forms, few.tags)
        keys, forms, tags = with_rows(mine, theirs, found)
        again = _renamed(self.keys, keys).astype(np.int32)
        middle, left, right = (again.take(side) for side in (self.middle, self.left, self.right))
        return Contexts(keys, forms, tags, middle, left, right, self.counts)

    def _without_empty(self) -> Contexts:
        """The rows of which something is left, with their types."""
        empty = np.flatnonzero(self.counts == 0)
        rows = without_rows((self.middle, self.left, self.right, self.counts), empty)
        middle, left, right, counts = rows
        # Every type of a document is the middle of some row.
        doubted = distinct(self.middle[empty])
        begins, ends = np.searchsorted(middle, doubted), np.searchsorted(middle, doubted + 1)
        gone = doubted[begins == ends]
        if not len(gone):
            return Contexts(self.keys, self.forms, self.tags, middle, left, right, counts)
        keys, forms, tags = without_rows((self.keys, self.forms, self.tags), gone - 1)
        present = np.ones(len(self.keys) + 1, bool)
        present[[EDGE, *gone]] = False
        again = np.cumsum(present, dtype=np.int32)
        middle, left, right = (again.take(side) for side in (middle, left, right))
        return Contexts(keys, forms, tags, middle, left, right, counts)

    def present(self, types: NDArray[np.uint64] | None, rows: Column | slice) -> NDArray[np.bool_]:
        """Which of some rows may stand in documents of some types alone. types: their keys,
        ascending; None for any."""
        if types is None:
            return np.ones(len(self.counts[rows]), bool)
        known = np.concatenate(([True], among(self.keys, types)))
        found: NDArray[np.bool_] = known.take(self.middle[rows])
        found &= known.take(self.left[rows])
        found &= known.take(self.right[rows])
        return found

    def within(self, types: NDArray[np.uint64] | None) -> Contexts:
        """The rows that may stand in documents of some types alone, to be looked at: types that no
        row has are left, so that it cannot be added to anything."""
        if types is None:
            return self
        here = np.flatnonzero(self.present(types, slice(None)))
        return Contexts(
            self.keys, self.forms, self.tags,
            self.middle[here], self.left[here], self.right[here], self.counts[here],
        )  # fmt: skip

    def pairs(self) -> Pairs:
        """The neighbours of each other, those before the edge first."""
        # The rows ascend by token and left neighbour, so that a pair's rows stand together.
        changed = self.middle[1:] != self.middle[:-1]
        changed |= self.left[1:] != self.left[:-1]
        start = np.flatnonzero(np.concatenate(([len(self) > 0], changed)))
        sums = np.concatenate((np.zeros(1, np.int64), np.cumsum(self.counts)))
        times = np.diff(sums[start], append=sums[-1])
        closing = self.right == EDGE
        last = np.bincount(self.middle[closing], self.counts[closing]).astype(np.int64)
        before = np.flatnonzero(last)
        return Pairs(
            np.concatenate((before.astype(np.int32), self.left[start])),
            np.concatenate((np.full(len(before), EDGE, np.int32), self.middle[start])),
            np.concatenate((last[before], times)),
        )

    def _packed(self, renamed: Integers | None = None) -> Integers | None:
        """Each row as one integer, ascending; None where they do not fit. renamed: other indices
        of the types."""
        if renamed is None:
            fits, sides = len(self.keys), (self.middle, self.left, self.right)
            return _narrow(*sides) if fits + 1 < 1 << NARROW else None
        if int(renamed.max()) + 1 >= 1 << NARROW:
            return None
        return _narrow(renamed[self.middle], renamed[self.left], renamed[self.right])

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its columns; strings as one text and as numbers, which takes a fraction of the
        time that objects take."""
        keys, forms, tags, *rows = self._columns
        return Contexts, (
            keys,
            _as_text(forms.tolist()),
            _numbered(tags.tolist()),
            *map(narrow, rows),
        )

    def __post_init__(self) -> None:
        if isinstance(self.forms, str | list):
            text, (names, numbers) = self.forms, self.tags
            self.forms = _strings(text.split(BETWEEN) if isinstance(text, str) else text)
            self.tags = _strings(names).take(numbers)
            for name in ("middle", "left", "right"):
                setattr(self, name, wide(getattr(self, name), np.int32))
            self.counts = wide(self.counts, np.int64)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Contexts) and all(
            map(np.array_equal, self._columns, other._columns)
        )

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.counts)

    @cached_property
    def _columns(self) -> tuple[NDArray[Any], ...]:
        return self.keys, self.forms, self.tags, self.middle, self.left, self.right, self.counts


def _renamed(keys: NDArray[np.uint64], others: NDArray[np.uint64]) -> Integers:
    """By index of a type, what it is among others, which have all of the keys."""
    return np.concatenate(([EDGE], np.searchsorted(others, keys) + 1))


def contexts(document: Document) -> Contexts:
    """The counts of one document. A malformed token counts as an edge."""
    vocabulary = document.vocabulary
    own, ids = document.by_key
    first = firsts(own)
    keys, types = own[first], ids[first]
    local = np.zeros(len(vocabulary), np.int32)
    local[ids] = of_runs(first, len(ids)) + 1
    forms, tags = _spelled.setdefault(vocabulary, Spelled()).columns(vocabulary)
    middle = local.take(_ids(document))
    if len(document) > COUNTED and len(keys):
        rows = _counted_in_slices(document, middle, len(keys))
    else:
        left, right = _neighbours(document, middle)
        if not middle.all():
            formed = np.flatnonzero(middle)
            middle, left, right = middle[formed], left[formed], right[formed]
        rows = _counted(middle, left, right, None, len(keys))
    return Contexts(keys, forms[types], tags[types], *rows)


def _counted_in_slices(
    document: Document, middle: Indices, types: int
) -> tuple[Indices, Indices, Indices, Integers]:
    """The rows of a long document, those of some types at a time, which ascend."""
    starts = document.begins
    begins = np.zeros(len(middle) + 1, bool)
    begins[starts] = True
    tokens = np.cumsum(np.bincount(middle, minlength=types + 1)[1:])
    number = narrow(np.concatenate(((tokens - 1) // COUNTED, [tokens[-1] // COUNTED + 1])))
    parts = []
    # The last one is that of `EDGE`.
    for here in apart(number[middle - 1], int(number[-1])):
        left, right = middle[here - 1], middle[(here + 1) % len(middle)]
        left[begins[here]] = EDGE
        right[begins[here + 1]] = EDGE
        parts.append(_counted(middle[here], left, right, None, types))
    middle, left, right, counts = joined(parts)
    return middle, left, right, counts


class Spelled:
    """The form and the tag of each type id of a vocabulary, which only grows."""

    def __init__(self) -> None:
        self._size = 0
        self._forms, self._tags = _strings([]), _strings([])

    def columns(self, vocabulary: Vocabulary) -> tuple[NDArray[np.object_], ...]:
        done, self._size = self._size, len(vocabulary)
        if self._size > len(self._forms):
            room = _strings([None] * max(done, self._size - done))
            self._forms, self._tags = (
                np.concatenate((column[:done], room)) for column in (self._forms, self._tags)
            )
        new = vocabulary.since(done)
        self._forms[done : self._size] = new.forms
        self._tags[done : self._size] = new.tags
        return self._forms, self._tags


_spelled: WeakKeyDictionary[Vocabulary, Spelled] = WeakKeyDictionary()


def find_rows(document: Document, table: Contexts, rows: Integers) -> tuple[Integers, Integers]:
    """Where a document has some rows of a table: token indices, ascending, and which row each is.

    rows: row numbers, ascending.
    """
    local = local_types(document, table.keys)
    found = [
        _find_slice(document, local, table, rows[start : start + SLICE])
        for start in range(0, len(rows), SLICE)
    ]
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    places, which = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(places)
    return places[order], which[order]


def _find_slice(
    document: Document, local: Indices, table: Contexts, rows: Integers
) -> tuple[Integers, Integers]:
    size = len(table.keys) + 2
    middle = _ranks(table.middle[rows], size)
    left, right = _ranks(table.left[rows], size), _ranks(table.right[rows], size)
    ids = _ids(document)
    here = np.flatnonzero((middle > 0)[local].take(ids))
    before, behind = _beside(document, local, here)
    wanted = _narrow(middle[table.middle[rows]], left[table.left[rows]], right[table.right[rows]])
    asked = _narrow(middle[local[ids[here]]], left[before], right[behind])
    order = np.argsort(wanted)
    index = np.searchsorted(wanted, asked, sorter=order)
    index[index == len(wanted)] = 0
    which = order[index]
    hit = wanted[which] == asked
    return here[hit], rows[which[hit]]


def _beside(document: Document, local: Indices, here: Integers) -> tuple[Indices, Indices]:
    """The type indices of the left and right neighbours of tokens."""
    ids = _ids(document)
    starts = document.begins
    before, behind = local[ids[here - 1]], local[ids[(here + 1) % max(1, len(ids))]]
    before[among(here, starts)] = EDGE
    behind[among(here + 1, starts)] = EDGE
    return before, behind


def _ranks(present: Indices, size: int) -> Integers:
    """For each type index its rank among those present, from 1; 0 for all others."""
    ranks = np.zeros(size, np.int64)
    own = distinct(present)
    ranks[own] = np.arange(1, len(own) + 1)
    return ranks


def _ids(document: Document) -> Indices:
    return np.frombuffer(document.ids, np.int32)


def local_types(document: Document, keys: NDArray[np.uint64]) -> Indices:
    """For each type id of a document the index of its key plus one: `EDGE` for malformed tokens,
    and for a key that is not listed one that no row has."""
    # In order, which are found in less time.
    own, ids = document.by_key
    at, listed = placed(keys, own)
    local = np.zeros(len(document.vocabulary), np.int32)
    local[ids] = np.where(listed, at + 1, len(keys) + 1)
    return local


def _added(
    tables: Sequence[tuple[Column, ...]], types: int
) -> tuple[Indices, Indices, Indices, Integers]:
    """The distinct rows of several tables of so many types, ascending, and their counts."""
    found = []
    for few in cut(tables):
        middle, left, right, counts = joined(few)
        found.append(_counted(middle, left, right, counts, types))
    middle, left, right, counts = joined(found)
    return middle, left, right, counts


def _neighbours(document: Document, middle: Indices) -> tuple[Indices, Indices]:
    """The type indices on the left and right of every token."""
    starts = document.begins
    left, right = np.empty_like(middle), np.empty_like(middle)
    left[1:], right[:-1] = middle[:-1], middle[1:]
    left[starts[starts < len(middle)]] = EDGE
    right[starts[starts > 0] - 1] = EDGE
    return left, right


def _counted(
    middle: Indices, left: Indices, right: Indices, counts: Integers | None, types: int
) -> tuple[Indices, Indices, Indices, Integers]:
    """The distinct rows, ascending, and the sums of their counts (1 each where there are none)."""
    if types + 1 < 1 << NARROW:
        packed, sums = _summed(_narrow(middle, left, right), counts)
        return (
            (packed >> 2 * NARROW).astype(np.int32),
            (packed >> NARROW & (1 << NARROW) - 1).astype(np.int32),
            (packed & (1 << NARROW) - 1).astype(np.int32),
            sums,
        )
    pairs, number = np.unique(middle.astype(np.int64) << WIDE | left, return_inverse=True)
    packed, sums = _summed(number << WIDE | right, counts)
    pair = pairs[packed >> WIDE]
    mask = (1 << WIDE) - 1
    return (
        (pair >> WIDE).astype(np.int32),
        (pair & mask).astype(np.int32),
        (packed & mask).astype(np.int32),
        sums,
    )


def _narrow(middle: NDArray[Any], left: NDArray[Any], right: NDArray[Any]) -> Integers:
    packed: Integers = middle.astype(np.int64)
    for side in (left, right):
        packed <<= NARROW
        packed |= side
    return packed


def _summed(packed: Integers, counts: Integers | None) -> tuple[Integers, Integers]:
    """The distinct values, ascending, and their sums; values without counts are sorted in place."""
    if counts is None:
        return counted(packed)
    if not len(packed):
        return packed, counts
    # Sums are runs that are sorted already.
    order, first = grouped(packed)
    return packed[order[first]], np.add.reduceat(counts[order], first)


def _as_text(forms: list[str]) -> str | list[str]:
    """The forms as one text; as they are where that would not tell them apart again."""
    text = BETWEEN.join(forms)
    return text if text.count(BETWEEN) == len(forms) - 1 else forms


def _numbered(values: list[str]) -> tuple[list[str], Column]:
    """The distinct values, and the number of each."""
    numbers: dict[str, int] = {}
    number = [numbers.setdefault(value, len(numbers)) for value in values]
    return [*numbers], narrow(np.array(number, np.int64))


def _strings(values: Sequence[str | None]) -> NDArray[np.object_]:
    found = np.empty(len(values), object)
    found[:] = values
    return found
