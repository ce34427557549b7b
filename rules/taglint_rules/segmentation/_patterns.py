"""Which forms of a corpus may be segmented otherwise: the patterns that are then weighed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from taglint_rules.segmentation._cuts import LONGEST_WORD, Cuts
from taglint_rules.segmentation._kinds import MERGED, SHIFTED, SPLIT
from taglint_rules.segmentation._strings import Bools, Floats, Ints
from taglint_rules.segmentation._tables import NONE, Tables

# A pattern is worth weighing where the other segmentation is at least so frequent, as a share of
# this one, or so likely by the frequencies of its forms alone.
LEAST_SHARE = 0.15
LEAST_SHARE_OF_FEW = 0.03
LEAST_EXPECTED = 3e-4
LEAST_GAIN = -0.5
SMALL = 0.2


@dataclass(frozen=True)
class Patterns:
    """Forms as they stand and as they may be: `own` and `other` are pairs of form numbers, with
    `NONE` in place of a second form that there is not. Ordered by `own`."""

    kind: Ints
    own: tuple[Ints, Ints]
    other: tuple[Ints, Ints]

    def __len__(self) -> int:
        return len(self.kind)


def patterns(tables: Tables, cut: Cuts) -> Patterns:
    """All patterns; `cut` are the cuts of the corpus's own forms."""
    found = [_merged(tables, cut), *_of_pairs(tables)]
    kind = np.concatenate([np.full(len(part[1]), part[0]) for part in found])
    columns = [np.concatenate([part[index] for part in found]) for index in range(1, 5)]
    order = np.lexsort((columns[1], columns[0]))
    first, second, left, right = (column[order] for column in columns)
    return Patterns(kind[order], (first, second), (left, right))


Found = tuple[int, Ints, Ints, Ints, Ints]


def _merged(tables: Tables, cut: Cuts) -> Found:
    count = tables.form_count
    apart = tables.neighbours(cut.left, cut.right)
    expected = count[cut.left] * count[cut.right] / tables.total
    kept = (apart > 0) | (expected > LEAST_EXPECTED)
    if tables.outside is None:
        kept &= share(apart, count[cut.whole]) > LEAST_SHARE
    else:
        # A small corpus need not have the words apart that it has in one token some times.
        kept &= share(apart, tables.evidence[cut.whole]) > LEAST_SHARE_OF_FEW
    cut = cut[kept]
    return MERGED, cut.whole, np.full(len(cut.whole), NONE), cut.left, cut.right


def share(other: Floats, own: Floats) -> Floats:
    """How often the other segmentation occurs for each occurrence of this one but the first."""
    return (other + SMALL) / (np.maximum(own - 1, 0) + SMALL)  # type: ignore[no-any-return]


def _of_pairs(tables: Tables) -> list[Found]:
    left, right, together = _han_pairs(tables)
    known, whole = tables.index.known(tables.strings.joined(left, right))
    kept = share(tables.form_count[whole], together[known]) > LEAST_SHARE
    known, whole = known[kept], whole[kept]
    found: list[Found] = [(SPLIT, left[known], right[known], whole, np.full(len(known), NONE))]
    moves = (
        (tables.strings.moved_right, tables.strings.length[left] > 1),
        (tables.strings.moved_left, tables.strings.length[right] > 1),
    )
    for move, possible in moves:
        rows = np.flatnonzero(possible)
        kept, a, b = tables.index.known_pairs(*move(left[rows], right[rows]))
        rows = rows[kept]
        found.append(_shifted(tables, left[rows], right[rows], together[rows], a, b))
    return found


def _han_pairs(tables: Tables) -> tuple[Ints, Ints, Floats]:
    left, right = tables.neighbours.first, tables.neighbours.second
    strings = tables.strings
    kept: Bools = strings.han.take(left) & strings.han.take(right)
    kept &= strings.length.take(left) + strings.length.take(right) <= LONGEST_WORD
    left, right = left[kept], right[kept]
    together = tables.neighbours.count[kept]
    if tables.outside is not None:
        together = np.minimum(together, np.minimum(tables.evidence[left], tables.evidence[right]))
    return left, right, together


def _shifted(tables: Tables, left: Ints, right: Ints, together: Floats, a: Ints, b: Ints) -> Found:
    count, own_count, total = tables.form_count, tables.evidence, tables.total
    other = count[a] * count[b] / total + tables.neighbours(a, b) + 0.05
    own = (own_count[left] - 1) * (own_count[right] - 1) / total + together - 1 + 0.05
    kept = np.log(other) - np.log(own) > LEAST_GAIN
    return SHIFTED, left[kept], right[kept], a[kept], b[kept]
