"""Columns of sorted tables of counts: a few rows more or less, and as few bytes as they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Column = NDArray[Any]
    Integers = NDArray[np.int64]

# A table is large beside others that have together so small a share of its rows: then it is
# searched for theirs rather than sorted with them.
LARGE = 16
# So many rows of several tables are added up together: what is computed of them fits the
# processor's cache.
SLICE = 1 << 16
# So few rows are put in or left out one by one.
FEW = 1 << 10


class Placed(NamedTuple):
    """Where some rows are in an ascending column. known: whether it has them; at: where each is,
    or would be."""

    at: Integers
    known: NDArray[np.bool_]


def placed(ascending: Column, wanted: Column) -> Placed:
    at = np.searchsorted(ascending, wanted)
    known = at < len(ascending)
    known[known] = ascending[at[known]] == wanted[known]
    return Placed(at, known)


def among(values: Column, ascending: Column) -> NDArray[np.bool_]:
    """Which values an ascending column has."""
    return placed(ascending, values).known


def with_rows(columns: Sequence[Column], more: Sequence[Column], found: Placed) -> list[Column]:
    """The columns with those rows besides that are not there; the first one ascends."""
    fresh = ~found.known
    at = found.at[fresh]
    return [
        _inserted(column, at, values[fresh]) for column, values in zip(columns, more, strict=True)
    ]


def _inserted(column: Column, at: Integers, values: Column) -> Column:
    """As `numpy.insert`, which looks at each row; for few values what stands between is copied."""
    if not len(at):
        return column
    if len(at) > FEW:
        return np.insert(column, at, values)
    ends = [0, *at.tolist(), len(column)]
    parts = [column[begin:end] for begin, end in pairwise(ends)]
    single = np.split(values.astype(column.dtype, copy=False), range(1, len(at)))
    return np.concatenate([*chain.from_iterable(zip(parts, single, strict=False)), parts[-1]])


def without_rows(columns: Sequence[Column], gone: Integers) -> list[Column]:
    """The columns without the rows at some places, which ascend."""
    if not len(gone):
        return list(columns)
    if len(gone) > FEW:
        return [np.delete(column, gone) for column in columns]
    ends = pairwise([-1, *gone.tolist(), None])
    kept = [slice(before + 1, end) for before, end in ends]
    return [np.concatenate([column[some] for some in kept]) for column in columns]


def largest(sizes: Sequence[int]) -> int | None:
    """Which of some tables is large beside all others together; None where none is."""
    number = max(range(len(sizes)), key=sizes.__getitem__)
    return number if (sum(sizes) - sizes[number]) * LARGE <= sizes[number] else None


def distinct(values: Column) -> Column:
    """The distinct values, ascending; `numpy.unique` puts them into a hash table first, which takes
    several times as long where most are distinct."""
    ascending = np.sort(values)
    return ascending[firsts(ascending)]


def firsts(ascending: Column) -> Integers:
    """Where each distinct value begins."""
    fresh = np.ones(len(ascending), bool)
    np.not_equal(ascending[1:], ascending[:-1], out=fresh[1:])
    return np.flatnonzero(fresh)


def grouped(values: Column) -> tuple[Integers, Integers]:
    """What puts values in order, those that are equal as they are, and where in it each distinct
    one begins. Runs that ascend are merged, which takes little time."""
    order = np.argsort(values, kind="stable")
    return order, firsts(values[order])


def of_runs(first: Integers, size: int) -> Integers:
    """Of so many values in order the number of each's run, from 0. first: where each begins."""
    return np.repeat(np.arange(len(first)), np.diff(first, append=size))


def counted(values: Column) -> tuple[Column, Integers]:
    """The distinct values, ascending, and how often each occurs; sorts the values in place."""
    values.sort()
    first = firsts(values)
    # `numpy.diff` would copy them all to append the last one.
    counts = np.empty_like(first)
    np.subtract(first[1:], first[:-1], out=counts[:-1])
    counts[-1:] = len(values) - first[-1:]
    return values.take(first), counts


def summed(keys: Column, weights: Column) -> tuple[Column, Column]:
    """The distinct keys, ascending, and the sum of the weights of each."""
    if not len(keys):
        return keys, weights
    if weights.dtype.kind == "i":
        bits = int(weights.max()).bit_length()
        if int(keys.max()).bit_length() + bits < 64:
            # Both fit one integer, which sorts several times as fast.
            packed = keys << bits
            packed |= weights
            packed.sort()
            return run_sums(packed >> bits, packed & ((1 << bits) - 1))
    order = np.argsort(keys)
    return run_sums(keys[order], weights[order])


def run_sums(ascending: Column, weights: Column) -> tuple[Column, Column]:
    """As `summed`, for keys that ascend already."""
    if not len(ascending):
        return ascending, weights
    first = firsts(ascending)
    if weights.dtype.kind != "i":
        return ascending[first], np.add.reduceat(weights, first)
    # Sums of whole numbers are differences of running sums.
    ends = np.cumsum(weights)[np.append(first[1:], len(weights)) - 1]
    return ascending[first], np.diff(ends, prepend=0)


def joined(tables: Sequence[Sequence[Column]]) -> list[Column]:
    """The columns of tables one behind the other."""
    return [np.concatenate(column) for column in zip(*tables, strict=True)]


def cut(tables: Sequence[Sequence[Column]]) -> Iterator[list[list[Column]]]:
    """About `SLICE` rows of several tables at a time, by their first columns, which ascend; rows
    that are equal there stay together."""
    ascending = [columns[0] for columns in tables]
    longest = max(ascending, key=len)
    step = max(1, SLICE * len(longest) // max(1, sum(map(len, ascending))))
    values = distinct(longest[step::step])
    bounds = [[0, *np.searchsorted(each, values).tolist(), len(each)] for each in ascending]
    for begins, ends in pairwise(zip(*bounds, strict=True)):
        yield [
            [column[begin:end] for column in columns]
            for columns, begin, end in zip(tables, begins, ends, strict=True)
        ]


def apart(part: Column, parts: int) -> Iterator[Integers]:
    """The places of each part, one after the other. part: the number of each place's; in few bytes,
    as all are looked at for each part."""
    for number in range(parts):
        yield np.flatnonzero(part == number)


def narrow(column: Column) -> Column:
    """The same numbers in as few bytes as they fit, to be kept or sent."""
    if not len(column) or int(column.min()) < 0:
        return column
    return column.astype(np.min_scalar_type(int(column.max())), copy=False)


def wide(column: Column, kind: type[Any]) -> Column:
    """A narrow column as it was; any other as it is."""
    return column.astype(kind) if column.dtype.kind == "u" else column
