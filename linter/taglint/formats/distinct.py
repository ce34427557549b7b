"""The pieces of a text between blanks, each distinct one looked at once.

Long texts repeat their words: NumPy finds out which pieces are equal, by a hash of 64 bits with a
salt of this process, so that the distinct ones alone become strings. That two of ten million
distinct pieces have one hash has a chance of 3 in a million, and no text can be made to.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Integers = NDArray[np.int64]
    Indices = NDArray[np.int32]

# What `str.split` splits at, by code point; all that is beyond the table is no blank.
BLANKS = np.zeros(0x3002, bool)
BLANKS[[code for code in range(len(BLANKS)) if chr(code).isspace()]] = True
SALT = np.frombuffer(os.urandom(8), "<u8")
FACTORS = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
# Bytes that are hashed at a time, and the characters from which on Python hashes a piece.
WORD, LONG = 8, 64
# The newer ids are joined to the others when they are more than this part of them.
MUCH = 8
# Of a cell in a table: the bits of its number, at most.
CELL_BITS = 17
MASKS = np.array([(1 << 8 * size) - 1 for size in range(WORD + 1)], np.uint64)


class Units(NamedTuple):
    """A text as an array of integers.

    width: bytes of each. codes: the characters. words: the eight bytes from each character on,
    with zeros behind the last.
    """

    text: str
    width: int
    codes: NDArray[Any]
    words: Hashes


def one_by_one(id_of: Callable[[str], int]) -> Callable[[list[str]], list[int]]:
    """Gives the ids of pieces that it is asked for each."""
    return lambda pieces: [*map(id_of, pieces)]


class KnownIds:
    """The ids of pieces by their hashes, with those that came last in a table of their own.

    Those that came first, which are the frequent ones, have cells besides, named by the highest
    bits of their hashes. bits: how many, so that there are about as many cells as pieces.
    """

    def __init__(self, ids_of: Callable[[list[str]], list[int]], bits: int = CELL_BITS) -> None:
        self.ids_of = ids_of
        # Hashes, and ids plus one: 0 where a cell is empty.
        self._cells = np.zeros(1 << bits, np.uint64), np.zeros(1 << bits, np.int32)
        self._shift = np.uint64(64 - bits)
        self._tables = [(np.zeros(0, np.uint64), np.zeros(0, np.int32)) for _ in range(2)]

    def guess(self, hashes: Hashes) -> Indices:
        """The ids that are in cells, -1 for all others."""
        cells = (hashes >> self._shift).astype(np.int64)
        ids = self._cells[1].take(cells)
        ids[self._cells[0].take(cells) != hashes] = 0
        ids -= 1
        return ids

    def find(self, hashes: Hashes) -> Indices:
        """The ids, -1 where none is known."""
        found = np.full(len(hashes), -1, np.int32)
        for known, ids in self._tables:
            if len(known):
                at = np.searchsorted(known, hashes)
                at[at == len(known)] = 0
                found = np.where(known[at] == hashes, ids[at], found)
        return found

    def add(self, hashes: Hashes, ids: Indices) -> None:
        old, new = self._tables
        new = _merged(new, (hashes, ids))
        if len(new[0]) * MUCH > len(old[0]):
            old, new = _merged(old, new), (new[0][:0], new[1][:0])
        self._tables = [old, new]
        cells = (hashes >> self._shift).astype(np.int64)
        empty = self._cells[1][cells] == 0
        # Where several want one cell, one and the same of them has to fill both its halves.
        self._cells[1][cells[empty]] = ids[empty] + 1
        mine = self._cells[1][cells] == ids + 1
        self._cells[0][cells[mine]] = hashes[mine]


def _merged(one: tuple[Hashes, Indices], other: tuple[Hashes, Indices]) -> tuple[Hashes, Indices]:
    hashes = np.concatenate((one[0], other[0]))
    order = np.argsort(hashes)
    return hashes[order], np.concatenate((one[1], other[1]))[order]


def type_ids(
    text: str, known: KnownIds, begins: Integers, ends: Integers
) -> tuple[Indices, Integers]:
    """The ids of all pieces in some extents of a text, and how many pieces each extent has.

    begins, ends: offsets, ascending; no extent may begin or end within a piece.
    """
    units = units_of(text)
    starts, stops = _pieces(units.codes)
    first, last = np.searchsorted(starts, begins), np.searchsorted(starts, ends)
    if int((last - first).sum()) < len(starts):
        inside = _covered(first, last, len(starts))
        starts, stops = starts[inside], stops[inside]
    return piece_ids(units, known, starts, stops), last - first


def piece_ids(units: Units, known: KnownIds, starts: Integers, stops: Integers) -> Indices:
    """The ids of some pieces of a text."""
    hashes = _hashes(units, starts, stops - starts)
    ids = known.guess(hashes)
    left = np.flatnonzero(ids < 0)
    if len(left):
        ids[left] = _looked_up(units, known, hashes[left], starts[left], stops[left])
    return ids


def _looked_up(
    units: Units, known: KnownIds, hashes: Hashes, starts: Integers, stops: Integers
) -> Indices:
    alike = _alike(hashes)
    one = np.flatnonzero(np.bincount(alike, minlength=len(alike)))
    # Looked up in order, so that what is near in the table is asked for together.
    one = one[np.argsort(hashes[one])]
    ids = np.empty(len(alike), np.int32)
    ids[one] = known.find(hashes[one])
    new = np.sort(one[ids[one] < 0])
    extents = zip(starts[new].tolist(), stops[new].tolist(), strict=True)
    ids[new] = known.ids_of([units.text[start:stop] for start, stop in extents])
    known.add(hashes[new], ids[new])
    return ids[alike]


def units_of(text: str, width: int = 2) -> Units:
    """The text as an array, of at least this width; it may hold surrogates."""
    padded = text + "\0" * (WORD // 2)
    data = padded.encode("utf-16-le", "surrogatepass")
    if width > 2 or len(data) != 2 * len(padded):
        width, data = 4, padded.encode("utf-32-le", "surrogatepass")
    codes: NDArray[Any] = np.frombuffer(data, f"<u{width}", len(text))
    return Units(text, width, codes, np.ndarray((len(text),), "<u8", data, 0, (width,)))


def _pieces(units: NDArray[Any]) -> tuple[Integers, Integers]:
    """Where pieces begin and end."""
    blank = np.ones(len(units) + 2, bool)
    BLANKS.take(units, mode="clip", out=blank[1:-1])
    edges = np.flatnonzero(blank[1:] != blank[:-1])
    return edges[::2], edges[1::2]


def _covered(first: Integers, last: Integers, size: int) -> NDArray[np.bool_]:
    """Which of so many pieces are in one of the ranges."""
    steps = np.bincount(first, minlength=size + 1) - np.bincount(last, minlength=size + 1)
    covered: NDArray[np.bool_] = np.cumsum(steps)[:size] > 0
    return covered


def _hashes(units: Units, starts: Integers, lengths: Integers) -> Hashes:
    """A hash of each piece."""
    text, width, words = units.text, units.width, units.words
    found = _mixed(lengths.astype(np.uint64) ^ SALT)
    step = WORD // width
    shortest = int(lengths.min(initial=LONG))
    for done in range(0, min(LONG, int(lengths.max(initial=0))), step):
        some: Any = np.flatnonzero(lengths > done) if done >= max(1, shortest) else slice(None)
        here = words[starts[some] + done]
        if done + step > shortest:
            here &= MASKS[np.minimum(lengths[some] - done, step) * width]
        found[some] = _mixed(found[some] ^ here)
    for index in np.flatnonzero(lengths > LONG).tolist():
        start = int(starts[index])
        piece = text[start : start + int(lengths[index])]
        found[index] = np.uint64(hash(piece) & 0xFFFF_FFFF_FFFF_FFFF)
    return found


def _mixed(values: Hashes) -> Hashes:
    mixed = values * FACTORS[0]
    mixed ^= mixed >> np.uint64(31)
    mixed *= FACTORS[1]
    mixed ^= mixed >> np.uint64(29)
    return mixed


def _alike(hashes: Hashes) -> Indices:
    """For each value the index of one that is equal, the same for all that are.

    Each value writes its index into a cell; where another value has written last, both try others.
    """
    alike = np.empty(len(hashes), np.int32)
    bits = max(1, len(hashes).bit_length())
    cells = np.empty(1 << bits, np.int32)
    left, tried = np.arange(len(hashes), dtype=np.int32), hashes
    while len(left):
        cell = (tried >> np.uint64(64 - bits)).astype(np.int64)
        cells[cell] = left
        written = cells[cell]
        same = hashes[written] == hashes[left]
        alike[left[same]] = written[same]
        left, tried = left[~same], _mixed(tried[~same])
    return alike
