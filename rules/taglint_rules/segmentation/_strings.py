"""Forms as numbers, so that joining and cutting millions of pairs of forms is arithmetic.

A form's hash is the polynomial of its code points modulo 2⁶⁴; that of two forms joined, or of a
form without its first or last character, follows from the hashes alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from taglint_rules._characters import code_points, codes_at

# What the entries are; NumPy's own types are too narrow for counts that may be either.
Ints = npt.NDArray[Any]
Floats = npt.NDArray[Any]
Bools = npt.NDArray[Any]
Hashes = npt.NDArray[Any]

BASE = 0x9E3779B97F4A7C15
INVERSE = pow(BASE, -1, 1 << 64)
LONGEST = 64
POWERS = np.array([pow(BASE, power, 1 << 64) for power in range(LONGEST + 1)], dtype=np.uint64)
# Han characters: the same blocks as `taglint.characters.HAN`.
HAN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
HAN_MARKS = (0x3005, 0x3007)


@dataclass(frozen=True)
class Strings:
    """Forms by number: hash, length in characters, first and last character, and whether all
    characters are Han. A form's characters are those of `codes` from `start` on."""

    hash: Hashes
    length: Ints
    first: Hashes
    last: Hashes
    han: Bools
    start: Ints
    codes: Hashes

    def __getitem__(self, chosen: Ints) -> Strings:
        hash_, length, han = self.hash[chosen], self.length[chosen], self.han[chosen]
        first, last, start = self.first[chosen], self.last[chosen], self.start[chosen]
        return Strings(hash_, length, first, last, han, start, self.codes)

    def joined(self, left: Ints, right: Ints) -> Hashes:
        """The hashes of pairs of forms, joined."""
        hashes = self.hash.take(left) * POWERS.take(self.length.take(right))
        return np.asarray(hashes + self.hash.take(right))

    def moved_right(self, left: Ints, right: Ints) -> tuple[Hashes, Hashes]:
        """The hashes of pairs once the last character of the left form is moved to the right."""
        moved = self.last.take(left)
        rest = (self.hash.take(left) - moved) * np.uint64(INVERSE)
        return rest, moved * POWERS.take(self.length.take(right)) + self.hash.take(right)

    def moved_left(self, left: Ints, right: Ints) -> tuple[Hashes, Hashes]:
        """The hashes of pairs once the first character of the right form is moved to the left."""
        moved = self.first.take(right)
        lengths = np.maximum(self.length.take(right) - 1, 0)
        rest = self.hash.take(right) - moved * POWERS.take(lengths)
        return self.hash.take(left) * np.uint64(BASE) + moved, rest


def strings(forms: Sequence[str]) -> Strings:
    """The numbers of forms; a form longer than `LONGEST` is never Han."""
    characters, lengths = code_points(forms)
    codes = characters.astype(np.uint64)
    ends = np.cumsum(lengths)
    starts = ends - lengths
    owner = np.repeat(np.arange(len(forms)), lengths)
    places = np.minimum(ends[owner] - 1 - np.arange(len(codes)), LONGEST)
    filled = lengths > 0
    hashes = np.zeros(len(forms), dtype=np.uint64)
    if filled.any():
        hashes[filled] = np.add.reduceat(codes * POWERS[places], starts[filled])
    first = codes_at(codes, starts, filled)
    last = codes_at(codes, ends - 1, filled)
    foreign = np.bincount(owner, ~_is_han(codes), minlength=len(forms))
    han = filled & (foreign == 0) & (lengths < LONGEST)
    return Strings(hashes, np.minimum(lengths, LONGEST), first, last, han, starts, codes)


def _is_han(codes: Hashes) -> Bools:
    found = np.isin(codes, np.array(HAN_MARKS, dtype=np.uint64))
    for low, high in HAN_BLOCKS:
        found |= (codes >= low) & (codes <= high)
    return found
