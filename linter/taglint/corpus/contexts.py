"""Counts of tokens between their neighbours: what corpus rules gather, add up and judge.

The table has one row for each distinct (left token, token, right token), so its size follows what
is distinct, not how much there is. It is a commutative monoid: tables add in any order and
grouping. Types are keyed by a stable hash of their strings, ascending, with the strings beside it,
so that tables from different processes add up, and equal counts are equal tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from taglint.corpus.document import Document
    from taglint.corpus.vocabulary import Vocabulary

    Indices = NDArray[np.int32]
    Integers = NDArray[np.int64]

# What stands beside a sentence's first and last token, and beside malformed ones.
EDGE = 0
# Three indices fit one sortable integer up to this many types; with more, pairs are numbered first.
NARROW, WIDE = 21, 31
# This many wanted rows are looked for at a time, so that their neighbours' ranks stay narrow.
SLICE = 1 << 20


@dataclass(eq=False)
class Contexts:
    """How often each type stands between each pair of others.

    keys: stable hash of each type, uint64, ascending. forms, tags: its strings, aligned. middle,
    left, right: the rows, ascending, as indices into the types plus one, `EDGE` where there is
    no token. counts: number of tokens of each row. derived: what was computed from the table, for
    rules that judge by the same.
    """

    keys: NDArray[np.uint64]
    forms: NDArray[np.object_]
    tags: NDArray[np.object_]
    middle: Indices
    left: Indices
    right: Indices
    counts: Integers
    derived: dict[str, Any] = field(default_factory=dict, repr=False)

    def __add__(self, other: Contexts) -> Contexts:
        return Contexts.merged([self, other])

    @staticmethod
    def merged(parts: Sequence[Contexts]) -> Contexts:
        """The sum of any number of tables, sorted once."""
        if len(parts) == 1:
            return parts[0]
        keys = np.unique(np.concatenate([table.keys for table in parts]))
        forms, tags = np.empty(len(keys), object), np.empty(len(keys), object)
        rows: list[tuple[Indices, ...]] = []
        for table in parts:
            places = np.searchsorted(keys, table.keys)
            forms[places], tags[places] = table.forms, table.tags
            renamed = np.concatenate(([EDGE], places + 1)).astype(np.int32)
            rows.append((renamed[table.middle], renamed[table.left], renamed[table.right]))
        middle, left, right = (np.concatenate(column) for column in zip(*rows, strict=True))
        counts = np.concatenate([table.counts for table in parts])
        return Contexts(keys, forms, tags, *_counted(middle, left, right, counts, len(keys)))

    def __sub__(self, part: Contexts) -> Contexts:
        """What is left without a part, as if it had never been added."""
        renamed = np.concatenate(([EDGE], np.searchsorted(self.keys, part.keys) + 1))
        gone = Contexts(
            self.keys, self.forms, self.tags,
            renamed[part.middle], renamed[part.left], renamed[part.right], -part.counts,
        )  # fmt: skip
        middle, left, right, counts = _counted(
            np.concatenate((self.middle, gone.middle)),
            np.concatenate((self.left, gone.left)),
            np.concatenate((self.right, gone.right)),
            np.concatenate((self.counts, gone.counts)),
            len(self.keys),
        )
        kept = counts != 0
        middle, left, right, counts = middle[kept], left[kept], right[kept], counts[kept]
        # Every type of a document is the middle of some row.
        present = np.flatnonzero(np.bincount(middle, minlength=len(self.keys) + 1))
        again = np.zeros(len(self.keys) + 1, np.int32)
        again[present] = np.arange(1, len(present) + 1)
        types = present - 1
        return Contexts(
            self.keys[types], self.forms[types], self.tags[types],
            again[middle], again[left], again[right], counts,
        )  # fmt: skip

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its columns; strings as lists, which are smaller and quicker than arrays of
        objects."""
        keys, forms, tags, *rows = self._columns
        return Contexts, (keys, forms.tolist(), tags.tolist(), *rows)

    def __post_init__(self) -> None:
        if isinstance(self.forms, list):
            self.forms, self.tags = _strings(self.forms), _strings(self.tags)

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


def contexts(document: Document) -> Contexts:
    """The counts of one document. A malformed token counts as an edge."""
    known = np.frombuffer(document.vocabulary.keys(), np.uint64)
    present, _ = document.type_table
    keys, first = np.unique(known[present], return_index=True)
    if len(keys) and keys[0] == 0:
        keys, first = keys[1:], first[1:]
    forms, tags = _columns(document.vocabulary)
    types = present[first]
    middle = local_types(document, keys)[_ids(document)]
    left, right = _neighbours(document, middle)
    if not middle.all():
        formed = np.flatnonzero(middle)
        middle, left, right = middle[formed], left[formed], right[formed]
    return Contexts(
        keys,
        forms[types],
        tags[types],
        *_counted(middle, left, right, None, len(keys)),
    )


# The forms and tags of vocabularies, which only grow.
_known: WeakKeyDictionary[Vocabulary, tuple[NDArray[np.object_], NDArray[np.object_]]]
_known = WeakKeyDictionary()


def _columns(vocabulary: Vocabulary) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """The form and the tag of each type id."""
    forms, tags = _known.get(vocabulary) or (_strings([]), _strings([]))
    new = vocabulary.types[len(forms) :]
    if new:
        forms = np.concatenate((forms, _strings([token.form for token in new])))
        tags = np.concatenate((tags, _strings([token.tag for token in new])))
        _known[vocabulary] = forms, tags
    return forms, tags


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
    here = np.flatnonzero((middle > 0)[local][ids])
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
    starts = np.asarray(document.decoded.starts, np.int64)
    before, behind = local[ids[here - 1]], local[ids[(here + 1) % max(1, len(ids))]]
    before[_among(here, starts)] = EDGE
    behind[_among(here + 1, starts)] = EDGE
    return before, behind


def _among(values: Integers, ascending: Integers) -> NDArray[np.bool_]:
    index = np.searchsorted(ascending, values)
    index[index == len(ascending)] = 0
    found: NDArray[np.bool_] = ascending[index] == values
    return found


def _ranks(present: Indices, size: int) -> Integers:
    """For each type index its rank among those present, from 1; 0 for all others."""
    ranks = np.zeros(size, np.int64)
    distinct = np.unique(present)
    ranks[distinct] = np.arange(1, len(distinct) + 1)
    return ranks


def _ids(document: Document) -> Indices:
    return np.frombuffer(document.ids, np.int32)


def local_types(document: Document, keys: NDArray[np.uint64]) -> Indices:
    """For each type id the index of its key plus one: `EDGE` for malformed tokens, and for a key
    that is not listed one that no row has."""
    known = np.frombuffer(document.vocabulary.keys(), np.uint64)
    present, _ = document.type_table
    own = known[present]
    index = np.searchsorted(keys, own)
    index[index == len(keys)] = 0
    listed = keys[index] == own if len(keys) else np.zeros(len(own), bool)
    local = np.zeros(len(known), np.int32)
    local[present] = np.where(listed, index + 1, np.where(own == 0, EDGE, len(keys) + 1))
    return local


def _neighbours(document: Document, middle: Indices) -> tuple[Indices, Indices]:
    """The type indices on the left and right of every token."""
    starts = np.asarray(document.decoded.starts, np.int64)
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
    packed: Integers = (middle.astype(np.int64) << NARROW | left) << NARROW | right
    return packed


def _summed(packed: Integers, counts: Integers | None) -> tuple[Integers, Integers]:
    if counts is None:
        distinct, sums = np.unique(packed, return_counts=True)
        return distinct, sums.astype(np.int64)
    if not len(packed):
        return packed, counts
    # Sums are runs that are sorted already, which this kind of sorting takes as they are.
    order = np.argsort(packed, kind="stable")
    packed = packed[order]
    first = np.flatnonzero(np.concatenate(([True], packed[1:] != packed[:-1])))
    return packed[first], np.add.reduceat(counts[order], first)


def _strings(values: Sequence[str]) -> NDArray[np.object_]:
    found = np.empty(len(values), object)
    found[:] = values
    return found
