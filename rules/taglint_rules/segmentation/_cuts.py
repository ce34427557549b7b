"""How forms are made of other forms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from taglint_rules.segmentation._strings import BASE, POWERS, Bools, Hashes, Ints
from taglint_rules.segmentation._tables import Tables

LONGEST_WORD = 8


@dataclass(frozen=True)
class Cuts:
    """The ways to cut a form into two known ones: numbers of the whole, left and right form."""

    whole: Ints
    left: Ints
    right: Ints

    def __getitem__(self, kept: Bools) -> Cuts:
        return Cuts(self.whole[kept], self.left[kept], self.right[kept])


def cuts(tables: Tables, wanted: Bools, others: Cuts | None = None) -> Cuts:
    """All cuts of the wanted forms, and those of others, by whole form."""
    strings = tables.strings
    chosen = np.flatnonzero(wanted & strings.han & (strings.length > 1))
    chosen = chosen[strings.length[chosen] <= LONGEST_WORD]
    left = np.zeros(len(chosen), dtype=np.uint64)
    found = [(others.whole, others.left, others.right)] if others else []
    for place in range(1, LONGEST_WORD):
        longer = strings.length[chosen] > place
        chosen, left = chosen[longer], left[longer]
        left = left * np.uint64(BASE) + strings.codes[strings.start[chosen] + place - 1]
        found.append(_cuts_at(tables, chosen, left, place))
    parts = [np.concatenate(part) for part in zip(*found, strict=True)]
    order = np.argsort(parts[0], kind="stable")
    return Cuts(*(part[order] for part in parts))


def _cuts_at(tables: Tables, whole: Ints, left: Hashes, place: int) -> tuple[Ints, Ints, Ints]:
    strings = tables.strings
    right = strings.hash[whole] - left * POWERS[strings.length[whole] - place]
    known, a, b = tables.index.known_pairs(left, right)
    return whole[known], a, b
