"""What stands in rows of the table and beside it, as the conditions that counts are made under."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from taglint.corpus.contexts import EDGE, Contexts
from taglint_rules._hashing import GOLDEN, mixed
from taglint_rules.tags._consistency.view import Indices, Integers, Rows, View

# The words that a condition names.
WORDS = {
    "left word": ("left",), "right word": ("right",), "word after tag": ("middle",),
    "word before tag": ("middle",), "word after word": ("left", "middle"),
    "word before word": ("middle", "right"), "word between words": ("left", "middle", "right"),
}  # fmt: skip
# Those on one word beside, and those on one side alone.
BESIDE = ("left word", "right word")
AFTER = ("left word", "word after tag", "word after word")
BEFORE = ("right word", "word before tag", "word before word")


class Table(Protocol):
    """Tokens in columns: the types, those on their left and right, and how often."""

    @property
    def left(self) -> Indices: ...
    @property
    def middle(self) -> Indices: ...
    @property
    def right(self) -> Indices: ...
    @property
    def counts(self) -> Integers: ...


class Part(NamedTuple):
    """Some tokens, or all with what stands on one side of them alone; then the column of the other
    side is empty."""

    left: Indices
    middle: Indices
    right: Indices
    counts: Integers


def one_sided(table: Contexts) -> tuple[Part, Part]:
    """The tokens of a table with what stands on their left, and with what stands on their right:
    there are fewer different ones than with both."""
    first, second, times = table.pairs()
    nothing = first[:0]
    # Pairs that end at an edge stand in front.
    begin = int(np.count_nonzero(second == EDGE))
    left = Part(first[begin:], second[begin:], nothing, times[begin:])
    kept = np.flatnonzero(first != EDGE)
    return left, Part(nothing, first[kept], second[kept], times[kept])


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
    """Rows by what stands in them; of other tokens than those of the view's table where these are
    named."""

    def __init__(self, view: View, rows: Rows, table: Table | None = None) -> None:
        self._view = view
        of = view.table if table is None else table
        self.left = Side(view, of.left, rows)
        self.middle = Side(view, of.middle, rows)
        self.right = Side(view, of.right, rows)

    def repeated(self, name: str) -> NDArray[np.bool_]:
        """Where a condition may hold of other tokens as well: its words, if not the edge of a
        sentence, must occur again."""
        sides = {"left": self.left, "middle": self.middle, "right": self.right}
        every = [self._view.repeated.take(sides[side].types) for side in WORDS[name]]
        found: NDArray[np.bool_] = np.logical_and.reduce(every)
        return found

    def keys(self, name: str) -> Integers:
        """The condition of each row, as an integer; where it is one word beside, the type of it."""
        view, left, middle, right = self._view, self.left, self.middle, self.right
        tags, forms = len(view.tags), len(view.forms)
        keys: dict[str, Callable[[], Integers]] = {
            "left word": lambda: left.types,
            "right word": lambda: right.types,
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
