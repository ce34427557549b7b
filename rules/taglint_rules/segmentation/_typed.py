"""Where patterns stand in a corpus: with which tags, and between which neighbours.

What stands before two tokens and what stands behind them are found apart, in the rows of the
first token and in those of the second.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from taglint.corpus.columns import distinct
from taglint.corpus.contexts import Contexts
from taglint_rules.segmentation._features import Typed
from taglint_rules.segmentation._patterns import Patterns
from taglint_rules.segmentation._strings import Ints
from taglint_rules.segmentation._tables import NONE, Tables

# What a form may be in a pattern.
ALONE, FIRST, SECOND = 1, 2, 4


class Around(NamedTuple):
    """Neighbours of typed patterns: the number of the typed pattern, and the neighbour's type."""

    typed: Ints
    neighbour: Ints

    def taken(self, chosen: Ints) -> Around:
        return Around(self.typed[chosen], self.neighbour[chosen])


def standing(tables: Tables, patterns: Patterns, counts: Contexts) -> tuple[Typed, Around, Around]:
    """All typed patterns of a corpus, by pattern, and what stands before and behind them; a
    neighbour may stand there several times."""
    size = len(tables.form)
    before, behind = _rows(tables, patterns, counts)
    keys = distinct(before[0])
    key, pattern = _patterned(tables, patterns, keys)
    order = np.lexsort((key, pattern))
    key, pattern = key[order], pattern[order]
    first, second = np.divmod(key, size)
    typed = Typed(pattern, (first, np.where(second, second, first)))
    by_key = np.argsort(key, kind="stable")
    around = (expanded(key[by_key], by_key, *rows) for rows in (before, behind))
    return (typed, *(Around(number, neighbour) for neighbour, number in around))  # type: ignore[return-value]


Rows = tuple[Ints, Ints]


def _rows(tables: Tables, patterns: Patterns, counts: Contexts) -> tuple[Rows, Rows]:
    """The rows of types that may be those of patterns, as keys of one type or of two, and of
    which neighbour: before and behind."""
    size = len(tables.form)
    roles = _roles(patterns, len(tables.forms))[tables.form]
    middle, left, right = counts.middle, counts.left, counts.right
    role = roles[middle]
    alone = np.flatnonzero(role & ALONE)
    first = np.flatnonzero((role & FIRST) & (roles[right] & SECOND) // 2)
    second = np.flatnonzero((role & SECOND) & (roles[left] & FIRST) * 2)
    one = middle[alone].astype(np.int64) * size
    before = middle[first].astype(np.int64) * size + right[first]
    behind = left[second].astype(np.int64) * size + middle[second]
    return (
        (np.concatenate((one, before)), np.concatenate((left[alone], left[first]))),
        (np.concatenate((one, behind)), np.concatenate((right[alone], right[second]))),
    )


def _roles(patterns: Patterns, forms: int) -> Ints:
    first, second = patterns.own
    two = second != NONE
    roles = np.zeros(forms, np.uint8)
    roles[first[~two]] |= ALONE
    roles[first[two]] |= FIRST
    roles[second[two]] |= SECOND
    return roles


def _patterned(tables: Tables, patterns: Patterns, keys: Ints) -> tuple[Ints, Ints]:
    """Each key with each pattern of its forms."""
    forms = len(tables.forms) + 1
    first, second = np.divmod(keys, len(tables.form))
    wanted = tables.form[first] * forms + np.where(second, tables.form[second] + 1, 0)
    own = patterns.own[0] * forms + patterns.own[1] + 1
    return expanded(own, np.arange(len(own)), wanted, keys)


def expanded(keys: Ints, number: Ints, wanted: Ints, place: Ints) -> tuple[Ints, Ints]:
    """Each place with the number of each of the ascending keys that are the wanted one."""
    if not len(keys):
        return place[:0], number[:0]
    first = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    known = np.flatnonzero(keys[first] == wanted)
    first, place = first[known], place[known]
    times = np.searchsorted(keys, wanted[known], "right") - first
    repeated = np.repeat(place, times)
    offset = np.arange(len(repeated)) - np.repeat(np.cumsum(times) - times, times)
    return repeated, number[np.repeat(first, times) + offset]
