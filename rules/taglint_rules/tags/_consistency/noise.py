"""Tags made wrong on purpose: what a model learns errors from, in the corpus at hand.

A sample of the corpus is drawn by content, so that it does not depend on the order of anything.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from taglint_rules._hashing import GOLDEN, mixed, unit
from taglint_rules.tags._consistency.view import Floats, Integers, View

# Errors are mostly another tag that the word has elsewhere, else one that is easily confused.
SEEN_ELSEWHERE = 0.7
# A tag that the form bears less often is an accident itself.
NOW_AND_THEN = 0.01


def sample(view: View, size: int) -> Integers:
    """Rows of the table, ascending: those with the smallest hashes of their types."""
    rows = len(view.table)
    if rows <= size:
        return np.arange(rows)
    # Hashes are spread evenly: twice as many as wanted are below this, never fewer in practice.
    bound = np.uint64(min(2 * size / rows, 1.0) * float((1 << 64) - (1 << 12)))
    for limit in (bound, np.uint64(0xFFFFFFFFFFFFFFFF)):
        low = np.concatenate([_below(view, some, limit) for some in view.slices])
        if len(low) >= size:
            break
    return np.sort(low[np.argpartition(view.row_hashes(low), size - 1)[:size]])


def _below(view: View, some: slice, limit: np.uint64) -> Integers:
    found: Integers = np.flatnonzero(view.row_hashes(some) <= limit) + some.start
    return found


def wrong_tags(view: View, row: Integers, never: Collection[str]) -> Integers:
    """A wrong tag for each row: a tag that its form has elsewhere, or a confusable one.

    never: tags that nobody gives by mistake.
    """
    barred = np.array([tag in never for tag in view.tags])
    draws = mixed(view.row_hashes(row) + GOLDEN)
    first, second = unit(draws), unit(mixed(draws + GOLDEN))
    types = view.table.middle[row]
    seen = _seen_elsewhere(view, types, barred, second)
    confusable = _confusable(view, view.tag[types], barred, second)
    return np.where((first < SEEN_ELSEWHERE) & (seen > 0), seen, confusable)


def _seen_elsewhere(
    view: View, types: NDArray[np.int32], barred: NDArray[np.bool_], draw: Floats
) -> Integers:
    """One of the other tags that the form bears now and then, all alike; 0 where it has none."""
    usual = view.type_count >= NOW_AND_THEN * view.form_count[view.form]
    usual &= ~barred[view.tag]
    order = view.by_form[0]
    order = order[usual[order]]
    begins = np.searchsorted(view.form[order], np.arange(len(view.forms) + 1))
    rank = np.full(len(view.form), -1)
    rank[order] = np.arange(len(order))
    begin = begins[view.form[types]]
    own = rank[types]
    others = begins[view.form[types] + 1] - begin - (own >= 0)
    chosen = begin + np.minimum((draw * others).astype(np.int64), np.maximum(others - 1, 0))
    chosen += (own >= 0) & (chosen >= own)
    return np.where(others > 0, view.tag[order[np.minimum(chosen, len(order) - 1)]], 0)


def _confusable(view: View, tag: Integers, barred: NDArray[np.bool_], draw: Floats) -> Integers:
    """Another tag, drawn by how many words it shares with the tag, and how much of them."""
    size = len(view.tags)
    shared = np.full((size, size), 1e-9)
    one, other = view.pairs
    counts = np.sqrt(np.minimum(view.type_count[one], view.type_count[other]))
    cells = view.tag[one] * size + view.tag[other]
    shared += np.bincount(cells, counts, size * size).reshape(size, size)
    np.fill_diagonal(shared, 0.0)
    shared[:, 0] = 0.0
    shared[:, barred] = 0.0
    steps = np.cumsum(shared, axis=1)
    steps /= np.maximum(steps[:, -1:], 1e-12)
    chosen: Integers = (draw[:, None] >= steps[tag]).sum(axis=1).clip(max=size - 1)
    return chosen
