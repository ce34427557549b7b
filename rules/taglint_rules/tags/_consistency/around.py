"""What stands in rows of the table and beside it, as the conditions that counts are made under."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from taglint_rules._hashing import GOLDEN, mixed
from taglint_rules.tags._consistency.view import Indices, Integers, Rows, View

# The words that a condition names.
WORDS = {
    "left word": ("left",), "right word": ("right",), "word after tag": ("middle",),
    "word before tag": ("middle",), "word after word": ("left", "middle"),
    "word before word": ("middle", "right"), "word between words": ("left", "middle", "right"),
}  # fmt: skip


class Side:
    """What stands in one place of rows, or beside it; looked up once, and when it is asked for."""

    def __init__(self, view: View, column: Indices, rows: Rows) -> None:
        self._view, self._column, self._rows = view, column, rows

    @cached_property
    def types(self) -> Indices:
        return self._column[self._rows]

    @cached_property
    def forms(self) -> Indices:
        return self._view.narrow_form.take(self.types)

    @cached_property
    def tags(self) -> Integers:
        return self._view.tag.take(self.types)


class Around:
    """Rows by what stands in them."""

    def __init__(self, view: View, rows: Rows) -> None:
        self._view = view
        self.left = Side(view, view.table.left, rows)
        self.middle = Side(view, view.table.middle, rows)
        self.right = Side(view, view.table.right, rows)

    def repeated(self, name: str) -> NDArray[np.bool_]:
        """Where a condition may hold of other tokens as well: its words, if not the edge of a
        sentence, must occur again."""
        sides = {"left": self.left, "middle": self.middle, "right": self.right}
        every = [self._view.repeated.take(sides[side].types) for side in WORDS[name]]
        found: NDArray[np.bool_] = np.logical_and.reduce(every)
        return found

    def keys(self, name: str) -> Integers:
        """The condition of each row, as an integer."""
        view, left, middle, right = self._view, self.left, self.middle, self.right
        tags, forms = len(view.tags), len(view.forms)
        keys: dict[str, Callable[[], Integers]] = {
            "left word": lambda: view.rank.take(left.forms),
            "right word": lambda: view.rank.take(right.forms),
            "word after tag": lambda: _paired(middle.forms, left.tags, tags),
            "word before tag": lambda: _paired(middle.forms, right.tags, tags),
            "word after word": lambda: _paired(left.forms, middle.forms, forms),
            "word before word": lambda: _paired(middle.forms, right.forms, forms),
            "word between words": lambda: _hashed(
                _paired(left.forms, middle.forms, forms), right.forms
            ),
        }
        return keys[name]()


def _paired(first: Indices, second: Indices | Integers, size: int) -> Integers:
    found = first.astype(np.int64)
    found *= size
    found += second
    return found


def _hashed(pair: Integers, third: Indices) -> Integers:
    """Three forms need more bits than a key has: a hash that leaves room for a tag."""
    keys = mixed(pair.astype(np.uint64) + GOLDEN * mixed(third.astype(np.uint64)))
    return (keys >> np.uint64(12)).astype(np.int64)
