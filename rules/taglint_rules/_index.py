"""Numbers 64-bit integers, such as hashes, and finds the numbers of millions of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from taglint_rules._hashing import GOLDEN

Ints = NDArray[Any]
Values = NDArray[np.uint64]

# By how many bits a table of slots is larger than what is in it, so that few share one.
SPARE_BITS = 2


class Index:
    """Numbers distinct integers, which ascend.

    A table of slots has the number of the last one that falls into each. Only for those that share
    a slot is it necessary to search.
    """

    def __init__(self, values: Values) -> None:
        self.values = values
        self.shift = np.uint64(64 - max(len(values).bit_length() + SPARE_BITS, 8))
        # An empty slot has the first number, which belongs elsewhere.
        self.slots = np.zeros(1 << int(64 - self.shift), np.int32)
        slots = self._slots(values)
        numbers = np.arange(len(values), dtype=np.int32)
        self.slots[slots] = numbers
        self.shared = np.zeros(len(self.slots), bool)
        self.shared[slots[self.slots[slots] != numbers]] = True

    def find(self, values: Values) -> Ints:
        """The numbers of some integers, -1 for those that have none."""
        if not len(self.values):
            return np.full(len(values), -1)
        slots = self._slots(values)
        found = self.slots.take(slots).astype(np.int64)
        other = np.flatnonzero(self.values.take(found) != values)
        shared = other[self.shared.take(slots[other])]
        found[other] = -1
        if len(shared):
            places = np.searchsorted(self.values, values[shared])
            places[places == len(self.values)] = 0
            hit = self.values[places] == values[shared]
            found[shared[hit]] = places[hit]
        return found

    def find_pairs(self, first: Values, second: Values) -> tuple[Ints, Ints, Ints]:
        """Which pairs have numbers both, and these."""
        a = self.find(first)
        kept = np.flatnonzero(a >= 0)
        b = self.find(second[kept])
        both = np.flatnonzero(b >= 0)
        kept = kept[both]
        return kept, a[kept], b[both]

    def _slots(self, values: Values) -> Ints:
        return (values * GOLDEN >> self.shift).view(np.int64)
