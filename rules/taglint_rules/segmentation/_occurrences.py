"""Where patterns occur in a document."""

from __future__ import annotations

import numpy as np

from taglint_rules.segmentation._features import Places
from taglint_rules.segmentation._patterns import Patterns
from taglint_rules.segmentation._strings import Ints
from taglint_rules.segmentation._tables import NONE, Tables


def occurrences(tables: Tables, patterns: Patterns, ids: Ints) -> tuple[Ints, Places]:
    """The positions in `ids` (numbers of types, with an edge at both ends) at which patterns
    begin, and the places themselves; a position stands once for each pattern."""
    form = tables.form[ids]
    found = [_of_one(tables, patterns, form), _of_two(tables, patterns, form)]
    position, pattern = (np.concatenate(part) for part in zip(*found, strict=True))
    second = np.where(patterns.own[1][pattern] == NONE, NONE, ids[position + 1])
    behind = ids[position + 1 + (second != NONE)]
    other = patterns.other[0][pattern], patterns.other[1][pattern]
    places = Places(
        patterns.kind[pattern], ids[position - 1], (ids[position], second), behind, other
    )
    return position, places


def _of_one(tables: Tables, patterns: Patterns, form: Ints) -> tuple[Ints, Ints]:
    single = np.flatnonzero(patterns.own[1] == NONE)
    wanted = np.zeros(len(tables.forms), dtype=bool)
    wanted[patterns.own[0][single]] = True
    position = np.flatnonzero(wanted[form])
    return _expanded(patterns.own[0][single], single, form[position], position)


def _of_two(tables: Tables, patterns: Patterns, form: Ints) -> tuple[Ints, Ints]:
    double = np.flatnonzero(patterns.own[1] != NONE)
    flags = np.zeros((2, len(tables.forms)), dtype=bool)
    flags[0, patterns.own[0][double]] = True
    flags[1, patterns.own[1][double]] = True
    position = np.flatnonzero(flags[0][form[:-1]] & flags[1][form[1:]])
    size = len(tables.forms)
    keys = patterns.own[0][double] * size + patterns.own[1][double]
    return _expanded(keys, double, form[position] * size + form[position + 1], position)


def _expanded(keys: Ints, number: Ints, wanted: Ints, position: Ints) -> tuple[Ints, Ints]:
    """Each wanted key with each of the ascending keys that are the same."""
    first = np.searchsorted(keys, wanted)
    times = np.searchsorted(keys, wanted, "right") - first
    repeated = np.repeat(position, times)
    offset = np.arange(len(repeated)) - np.repeat(np.cumsum(times) - times, times)
    return repeated, number[np.repeat(first, times) + offset]
