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
        self.slots = np.zeros(1 << int(64 - self.shift), np.int32)
        slots = self._slots(values)
        numbers = np.arange(len(values), dtype=np.int32)
        self.slots[slots] = numbers
        # Most slots have none, and a byte to say so stays in the processor's cache.
        self.filled, self.shared = np.zeros((2, len(self.slots)), bool)
        self.filled[slots] = True
        self.shared[slots[self.slots[slots] != numbers]] = True

    def find(self, values: Values) -> Ints:
        """The numbers of some integers, -1 for those that have none."""
        found = np.full(len(values), -1)
        places, numbers = self.known(values)
        found[places] = numbers
        return found

    def known(self, values: Values) -> tuple[Ints, Ints]:
        """Which of some integers have numbers, ascending, and these."""
        slots = self._slots(values)
        some = np.flatnonzero(self.filled.take(slots))
        if not len(some):
            return some, some
        wanted, slots = values[some], slots[some]
        numbers = self.slots.take(slots)
        same = self.values.take(numbers) == wanted
        other = np.flatnonzero(~same)
        other = other[self.shared.take(slots[other])]
        if len(other):
            places = np.searchsorted(self.values, wanted[other])
            places[places == len(self.values)] = 0
            same[other] = self.values[places] == wanted[other]
            numbers[other] = places
        kept = np.flatnonzero(same)
        return some[kept], numbers[kept].astype(np.int64)

    def known_pairs(self, first: Values, second: Values) -> tuple[Ints, Ints, Ints]:
        """Which pairs have numbers both, and these."""
        kept, a = self.known(first)
        both, b = self.known(second[kept])
        return kept[both], a[both], b

    def _slots(self, values: Values) -> Ints:
        return (values * GOLDEN >> self.shift).view(np.int64)
