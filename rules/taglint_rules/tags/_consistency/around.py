"""What stands in rows of the table and beside it, as the conditions that counts are made under."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from taglint_rules.tags._consistency.view import Indices, Integers, Rows, View
from taglint_rules.tags._hashing import GOLDEN, mixed

# The words that a condition names.
WORDS = {
    "left word": ("left",), "right word": ("right",), "word after tag": ("middle",),
    "word before tag": ("middle",), "word after word": ("left", "middle"),
    "word before word": ("middle", "right"), "word between words": ("left", "middle", "right"),
}  # fmt: skip


class Around:
    """Rows by what stands in them; all is looked up once, and when it is asked for.

    left, middle, right: types.
    """

    def __init__(self, view: View, rows: Rows) -> None:
        self._view = view
        table = view.table
        self.left, self.middle, self.right = table.left[rows], table.middle[rows], table.right[rows]

    @cached_property
    def forms(self) -> Indices:
        """In the middle."""
        return self._view.narrow_form.take(self.middle)

    @cached_property
    def own(self) -> Integers:
        """The tags in the middle."""
        return self._view.tag.take(self.middle)

    @cached_property
    def left_tags(self) -> Integers:
        return self._view.tag.take(self.left)

    @cached_property
    def right_tags(self) -> Integers:
        return self._view.tag.take(self.right)

    @cached_property
    def _left_forms(self) -> Indices:
        return self._view.narrow_form.take(self.left)

    @cached_property
    def _right_forms(self) -> Indices:
        return self._view.narrow_form.take(self.right)

    def repeated(self, name: str) -> NDArray[np.bool_]:
        """Where a condition may hold of other tokens as well: its words, if not the edge of a
        sentence, must occur again."""
        sides = {"left": self.left, "middle": self.middle, "right": self.right}
        every = [self._view.repeated.take(sides[side]) for side in WORDS[name]]
        found: NDArray[np.bool_] = np.logical_and.reduce(every)
        return found

    def keys(self, name: str) -> Integers:
        """The condition of each row, as an integer."""
        view, tags, forms = self._view, len(self._view.tags), len(self._view.forms)
        keys: dict[str, Callable[[], Integers]] = {
            "left word": lambda: view.rank.take(self._left_forms),
            "right word": lambda: view.rank.take(self._right_forms),
            "word after tag": lambda: _paired(self.forms, self.left_tags, tags),
            "word before tag": lambda: _paired(self.forms, self.right_tags, tags),
            "word after word": lambda: _paired(self._left_forms, self.forms, forms),
            "word before word": lambda: _paired(self.forms, self._right_forms, forms),
            "word between words": lambda: _hashed(
                _paired(self._left_forms, self.forms, forms), self._right_forms
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
