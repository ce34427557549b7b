"""The tokens that are looked at to learn of a corpus how errors differ and how many there are.

In a corpus of a million tokens every sixth may be wrong, as far as its form goes, and most of those
are what they seem. Errors are tags that a form bears seldom; so many such tokens are drawn, and
fewer of the others, each of which stands for more. What is drawn depends on content alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from taglint_rules.tags._consistency.view import Floats, Integers, View

Bools = NDArray[np.bool_]

# A tag is borne seldom where at most this share of the form's other tokens bear it.
SELDOM = 0.1
# How many rows are drawn of those with such a tag, and of the others.
SELDOM_DRAWN, OTHERS_DRAWN = 10_000, 5_000
EVERY = np.uint64(0xFFFFFFFFFFFFFFFF)


@dataclass(frozen=True, eq=False)
class Draw:
    """seldom: by type whether its form bears its tag seldom. bounds: up to which hash rows are
    drawn of the others and of those; times: how many each one that is drawn stands for."""

    view: View
    seldom: Bools
    bounds: NDArray[np.uint64]
    times: Floats

    @classmethod
    def of(cls, view: View, rows: Integers) -> tuple[Draw, Bools]:
        """A draw, and which of some rows it has. rows: of the table, all that may be drawn."""
        others = view.form_count[view.form] - 1
        seldom = view.type_count - 1 <= SELDOM * others
        hashes, of_seldom = view.row_hashes(rows), seldom[view.table.middle[rows]]
        drawn = [
            _lowest(hashes[~of_seldom], OTHERS_DRAWN),
            _lowest(hashes[of_seldom], SELDOM_DRAWN),
        ]
        bounds, times = zip(*drawn, strict=True)
        draw = cls(view, seldom, np.array(bounds, np.uint64), np.array(times))
        return draw, hashes <= draw.bounds[of_seldom.astype(np.int64)]

    def has(self, rows: Integers) -> Bools:
        found: Bools = self.view.row_hashes(rows) <= self.bounds[self._kind(rows)]
        return found

    def stands_for(self, rows: Integers) -> Floats:
        """How many rows each drawn one stands for, itself with them."""
        return self.times[self._kind(rows)]

    def first(self, rows: Integers, size: int) -> Integers:
        """Of drawn rows the places of so many, those of either kind in proportion."""
        hashes = self.view.row_hashes(rows)
        alike = np.flatnonzero(hashes <= self.bounds.min())
        return alike[np.argsort(hashes[alike])[:size]]

    def _kind(self, rows: Integers) -> Integers:
        return self.seldom[self.view.table.middle[rows]].astype(np.int64)


def _lowest(hashes: NDArray[np.uint64], size: int) -> tuple[np.uint64, float]:
    """The bound of the lowest ones, and how many each stands for."""
    if len(hashes) <= size:
        return EVERY, 1.0
    return np.partition(hashes, size - 1)[size - 1], len(hashes) / size
