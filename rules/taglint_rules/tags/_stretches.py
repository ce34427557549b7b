"""Counts of tags in stretches of running words, to find the same words tagged differently.

A stretch is a token with `BEFORE` forms before it and `BEHIND` behind it. In its surroundings
numerals count by their shape and proper names by their tag, so that sentences that differ only
there are alike. The table has one row for each distinct stretch and tag; it is a commutative
monoid. A stretch is kept as a stable hash of 44 bits, above the tag's number in one integer: of a
hundred million stretches some three hundred share theirs with another, next to always with one of
another form, which those who compare tags can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from taglint.corpus.columns import (
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
from taglint_rules._hashing import MIX, mixed
from taglint_rules.tags._form_hashes import EDGE, NO_TAG, TypeKeys, numbered, type_keys

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from taglint.corpus.document import Document
    from taglint.tagsets import Tagset

    Hashes = NDArray[np.uint64]
    Counts = NDArray[np.int32] | NDArray[np.int64]
    Indices = NDArray[np.int32]
    Integers = NDArray[np.int64]
    Columns = tuple[Hashes, Counts, NDArray[Any]]

BEFORE, BEHIND = 3, 4
# So many tokens are hashed together: what is computed of them fits the processor's cache.
SLICE = 1 << 15
# So many rows are sorted together: what it takes besides is a few times as much.
TOGETHER = 1 << 23
# Fewer forms, or fewer forms that are neither numerals nor names, make no stretch: the edges of
# sentences and lists of names repeat everywhere.
LEAST_FORMS, LEAST_WORDS = 6, 4
TAG_BITS = np.uint64(13)
TAG_MASK = np.uint64((1 << 13) - 1)
MOST_TAGS = int(TAG_MASK)
# What is kept of a stretch's hash. While the rows of a document are sorted, the number of the type
# stands below it, from which the tag follows.
MOST_TYPES = 1 << 20
STRETCH = ~np.uint64(MOST_TYPES - 1)


@dataclass(eq=False)
class Stretches:
    """How often each stretch, and each form, has each tag.

    tags: names, ascending. rows, type_rows: hashes of stretches and of forms with the index of a
    tag in the lowest bits, ascending. counts, type_counts: tokens of each row. types: for each
    stretch the index of its token's type row. type_keys: the stable hash of each type.
    """

    tags: NDArray[np.object_]
    rows: Hashes
    counts: Counts
    types: Indices
    type_rows: Hashes
    type_counts: Counts
    type_keys: Hashes

    def __add__(self, other: Stretches) -> Stretches:
        return Stretches.merged([self, other])

    @staticmethod
    def merged(parts: Sequence[Stretches]) -> Stretches:
        """The sum of any number of tables, sorted once."""
        if len(parts) == 1:
            return parts[0]
        tags = _tags(parts)
        bearing = [part.bearing(tags) for part in parts]
        number = largest([len(part.rows) for part in bearing])
        if number is None:
            return _merged(bearing, tags)
        rest = [*bearing[:number], *bearing[number + 1 :]]
        return bearing[number]._with(_merged(rest, tags))

    def _with(self, few: Stretches) -> Stretches:
        """The sum with a small table that has the same tags, without sorting."""
        mine, theirs = ((t.type_rows, t.type_counts, t.type_keys) for t in (self, few))
        type_rows, type_counts, type_keys = _more(mine, theirs)
        types = self.types
        if len(type_rows) > len(self.type_rows):
            types = _index(type_rows, self.type_rows).take(types)
        rows, counts, types = _more(
            (self.rows, self.counts, types),
            (few.rows, few.counts, _index(type_rows, few.type_rows)[few.types]),
        )
        return Stretches(self.tags, rows, counts, types, type_rows, type_counts, type_keys)

    def exchanged(self, less: Stretches | None, more: Stretches | None) -> Stretches:
        """The sum without a part, as if it had never been added, and with another one; nothing at
        all where tags were dropped, for what they would be now is not known any more."""
        parts = [more] if more is not None else []
        if less is not None:
            gone = -less.counts, less.types, less.type_rows, -less.type_counts, less.type_keys
            parts.append(Stretches(less.tags, less.rows, *gone))
        if not parts:
            return self
        tags = _tags([self, *parts])
        if len(tags) >= MOST_TAGS:
            return self.bearing(tags[:0])
        change = _merged([part.bearing(tags) for part in parts], tags)
        return self.bearing(tags)._with(change)._without_empty()

    def _without_empty(self) -> Stretches:
        """The rows of which something is left, with their types and tags."""
        empty, types = np.flatnonzero(self.counts == 0), np.flatnonzero(self.type_counts == 0)
        rows, counts, numbers = without_rows((self.rows, self.counts, self.types), empty)
        type_rows, type_counts, type_keys = without_rows(
            (self.type_rows, self.type_counts, self.type_keys), types
        )
        if len(types):
            present = np.ones(len(self.type_rows), bool)
            present[types] = False
            numbers = (np.cumsum(present, dtype=np.int32) - np.int32(1)).take(numbers)
        # Every tag is that of some type.
        tags = self.tags[distinct(type_rows & TAG_MASK).astype(np.int64)]
        return Stretches(
            self.tags, rows, counts, numbers, type_rows, type_counts, type_keys
        ).bearing(tags)

    def bearing(self, tags: NDArray[np.object_]) -> Stretches:
        """The rows that have one of some tags, with the indices of these."""
        if np.array_equal(self.tags, tags):
            return self
        index = {name: number for number, name in enumerate(tags)}
        numbers = np.array([index.get(name, len(tags)) for name in self.tags], np.uint64)
        rows, known = _renamed(self.rows, numbers, len(tags))
        type_rows, types_known = _renamed(self.type_rows, numbers, len(tags))
        again = np.cumsum(types_known, dtype=np.int32) - np.int32(1)
        return Stretches(
            tags, rows[known], self.counts[known], again[self.types[known]],
            type_rows[types_known], self.type_counts[types_known], self.type_keys[types_known],
        )  # fmt: skip

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its columns, in few bytes."""
        return Stretches, (
            self.tags, self.rows, narrow(self.counts), narrow(self.types),
            self.type_rows, narrow(self.type_counts), self.type_keys,
        )  # fmt: skip

    def __post_init__(self) -> None:
        self.counts, self.types = wide(self.counts, np.int64), wide(self.types, np.int32)
        self.type_counts = wide(self.type_counts, np.int64)

    def __len__(self) -> int:
        return len(self.type_rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stretches) and all(
            map(np.array_equal, self._columns(), other._columns())
        )

    __hash__ = None  # type: ignore[assignment]

    def _columns(self) -> tuple[NDArray[Any], ...]:
        types = self.type_rows, self.type_counts, self.type_keys
        return self.tags, self.rows, self.counts, self.types, *types


def tag_array(names: Sequence[str]) -> NDArray[np.object_]:
    """As many of the tags, ascending, as there are numbers: the first ones, in any order of
    adding. No tagset comes near; a corpus that does is damaged, and its other rows are dropped."""
    kept = names[:MOST_TAGS]
    found = np.empty(len(kept), object)
    found[:] = kept
    return found


def _tags(parts: Sequence[Stretches]) -> NDArray[np.object_]:
    return tag_array(sorted(set().union(*(part.tags.tolist() for part in parts))))


def _renamed(rows: Hashes, numbers: Hashes, tags: int) -> tuple[Hashes, NDArray[np.bool_]]:
    """Rows with other indices of tags, and which of them have one."""
    number = numbers[(rows & TAG_MASK).astype(np.int64)]
    return rows & ~TAG_MASK | number, number < tags


def _merged(parts: Sequence[Stretches], tags: NDArray[np.object_]) -> Stretches:
    """The sum of tables that have the same tags."""
    type_rows, type_counts, type_keys = _summed(
        [(part.type_rows, part.type_counts, part.type_keys) for part in parts]
    )
    numbered_rows = [
        (part.rows, part.counts, _index(type_rows, part.type_rows)[part.types]) for part in parts
    ]
    rows, counts, types = _summed(numbered_rows)
    return Stretches(tags, rows, counts, types, type_rows, type_counts, type_keys)


def _index(rows: Hashes, wanted: Hashes) -> Indices:
    return np.searchsorted(rows, wanted).astype(np.int32)


def _summed(parts: Sequence[Columns]) -> Columns:
    """The distinct rows, ascending, the sums of their counts, and what else is said of each."""
    rows, counts, said = joined([_added(few) for few in cut(parts)])
    return rows, counts, said


def _added(parts: Sequence[Sequence[NDArray[Any]]]) -> Columns:
    """As `_summed`, of few rows."""
    rows, counts, said = joined(parts)
    # Tables are sorted already.
    return _of_groups(rows, counts, said, *grouped(rows))


def _of_groups(
    rows: Hashes, counts: Counts, said: NDArray[Any], order: Integers, first: Integers
) -> Columns:
    if not len(rows):
        return rows, counts, said
    # It is the same of equal rows, but where hashes collide, and must not depend on their order.
    least = np.minimum.reduceat(said[order], first)
    return rows[order[first]], np.add.reduceat(counts[order], first), least


def _more(mine: Columns, theirs: Columns) -> Columns:
    """As `_summed`, of a large table and a small one."""
    rows, counts, said = mine
    more, numbers, other = theirs
    found = placed(rows, more)
    at, known = found.at[found.known], found.known
    counts, said = counts.copy(), said.copy()
    counts[at] += numbers[known]
    said[at] = np.minimum(said[at], other[known])
    rows, counts, said = with_rows((rows, counts, said), (more, numbers, other), found)
    return rows, counts, said


def stretches(document: Document, tagset: Tagset | None) -> Stretches:
    """The counts of one document."""
    keys = type_keys(document.vocabulary, tagset)
    present, of_type = document.type_table
    names = list(keys.names)
    own = distinct(keys.tag[present])
    tags = tag_array(sorted(names[index] for index in own.tolist() if index != NO_TAG))
    number = numbered(keys, tags)
    known = number[present] < len(tags)
    present, numbers = present[known], of_type[known].astype(np.int32)
    form_rows = keys.form[present] & ~TAG_MASK | number[present].astype(np.uint64)
    hashes = np.frombuffer(document.vocabulary.keys(), np.uint64)[present]
    order, first = grouped(form_rows)
    type_rows, type_counts, type_keys_ = _of_groups(form_rows, numbers, hashes, order, first)
    of_id = np.zeros(len(keys.form), np.int32)
    of_id[present[order]] = of_runs(first, len(order))
    found = _stretches(document, keys, number < len(tags))
    rows, counts, types = joined([*_distinct(found, of_id, type_rows & TAG_MASK)])
    return Stretches(tags, rows, counts, types, type_rows, type_counts, type_keys_)


def _distinct(
    found: Iterable[tuple[Hashes, Integers]], of_id: Indices, tags: Hashes
) -> Iterator[Columns]:
    """The distinct rows, ascending, how often each occurs, and the type; those of some hashes at a
    time where there are many.

    found: stretches with type ids. of_id: the type of each. tags: by type.
    """
    nothing = np.zeros(0, np.uint64)
    if len(tags) > MOST_TYPES:
        parts = [(nothing, of_id[:0]), *((rows, of_id.take(own)) for rows, own in found)]
        rows, types = (np.concatenate(column) for column in zip(*parts, strict=True))
        for own in _together(rows):
            some = rows[own] | tags[types[own]]
            yield _added([(some, np.ones(len(some), np.int32), types[own])])
        return
    # Numbered by their tags, types sort as these do.
    by_tag = np.argsort(tags, kind="stable").astype(np.int32)
    number = np.zeros(len(tags) + 1, np.uint64)
    number[by_tag] = np.arange(len(tags), dtype=np.uint64)
    number, ascending = number[of_id], tags[by_tag]
    rows = np.concatenate([nothing, *(rows | number.take(own) for rows, own in found)])
    for own in _together(rows):
        yield _counted(rows[own], by_tag, ascending)


def _together(rows: Hashes) -> Iterator[Integers | slice]:
    """Those that are sorted together, of ascending stretches."""
    bits = (len(rows) // TOGETHER).bit_length()
    yield from apart(_highest(rows, bits), 1 << bits) if bits else [slice(None)]


def _counted(rows: Hashes, by_tag: Indices, tags: Hashes) -> Columns:
    """The rows of stretches with numbers of types, which are sorted here. by_tag, tags: the type
    and the tag of each number."""
    rows, counts = counted(rows)
    number = (rows & ~STRETCH).astype(np.int64)
    rows &= STRETCH
    rows |= tags.take(number)
    found = rows, counts.astype(np.int32), by_tag.take(number)
    # Two types may share the hash of a stretch, and the tag.
    return found if len(firsts(rows)) == len(rows) else _added([found])


def _highest(rows: Hashes, bits: int) -> NDArray[np.uint16]:
    """The highest bits of each row, in few bytes."""
    found = np.empty(len(rows), np.uint16)
    np.right_shift(rows, np.uint64(64 - bits), out=found, casting="unsafe")
    return found


def _stretches(
    document: Document, keys: TypeKeys, bearing: NDArray[np.bool_]
) -> Iterator[tuple[Hashes, Integers]]:
    """The stretches around a document's tokens that have enough around them, without a tag, and the
    type ids of these, so many at a time.

    bearing: by type id, whether it has a tag to be counted.
    """
    padded, _ = _padded(document, _ids(document), len(keys.form))
    around, weight = np.append(keys.around, EDGE), np.append(keys.weight, np.uint8(0))
    bearing = np.append(bearing, False)
    for start in range(0, len(padded) - BEHIND - BEFORE, SLICE):
        some = padded[start : start + SLICE + BEFORE + BEHIND].astype(np.int64)
        own = some[BEFORE : len(some) - BEHIND]
        there = np.flatnonzero(_weighty(weight.take(some)) & bearing.take(own))
        own = own[there]
        found = _around(around.take(some))[there]
        found ^= keys.form.take(own)
        yield mixed(found) & STRETCH, own


def stretches_at(document: Document, keys: TypeKeys, tokens: Integers) -> Hashes:
    """The stretches of some tokens, without a tag."""
    ids = _ids(document)
    padded, inner = _padded(document, ids, len(keys.form))
    places = np.flatnonzero(inner)[tokens]
    windows = padded[places[:, None] + np.arange(-BEFORE, BEHIND + 1)]
    around = np.append(keys.around, EDGE)[windows.ravel()]
    hashes = _around(around)[:: BEFORE + BEHIND + 1] if len(tokens) else around
    return (mixed(hashes ^ keys.form[ids[tokens]]) & STRETCH) >> TAG_BITS


def _ids(document: Document) -> Indices:
    return np.frombuffer(document.ids, np.int32)


def _padded(document: Document, ids: Indices, edge: int) -> tuple[Counts, NDArray[np.bool_]]:
    """The type ids with edges between the sentences and at both ends, and where there are none."""
    wide = max(BEFORE, BEHIND)
    starts = document.begins
    inner = np.ones(len(ids) + wide * len(starts), bool)
    edges = starts + wide * np.arange(len(starts))
    for offset in range(wide):
        inner[edges + offset] = False
    padded = np.full(len(inner), edge, np.int32)
    padded[inner] = ids
    return padded, inner


def _weighty(weight: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Whether enough forms and words stand around each that has its neighbours in the slice."""
    total = np.zeros(len(weight) - BEFORE - BEHIND, np.uint8)
    for offset in range(BEFORE + BEHIND + 1):
        total += weight[offset : offset + len(total)]
    found: NDArray[np.bool_] = (total & 15 >= LEAST_FORMS) & (total >> 4 >= LEAST_WORDS)
    return found


def _around(forms: Hashes) -> Hashes:
    """A hash of the `BEFORE` forms before and `BEHIND` behind each, of pairs, then of pairs of
    those."""
    pairs = _joined(forms[:-1], forms[1:])
    size = len(forms) - BEFORE - BEHIND
    before = _joined(pairs[:size], forms[BEFORE - 1 : BEFORE - 1 + size])
    behind = _joined(pairs[BEFORE + 1 : BEFORE + 1 + size], pairs[BEFORE + 3 : BEFORE + 3 + size])
    return _joined(before, behind)


def _joined(first: Hashes, second: Hashes) -> Hashes:
    found = first * MIX[0]
    found ^= found >> np.uint64(29)
    found += second
    found *= MIX[1]
    found ^= found >> np.uint64(31)
    return found
