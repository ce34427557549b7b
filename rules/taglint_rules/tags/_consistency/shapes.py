"""What a form looks like: how forms with the same edges and shape are tagged elsewhere.

Each form counts once, by the shares of its tags, and is left out where it is itself judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from taglint_rules._characters import Lengths, codes_at, others_than_han
from taglint_rules._hashing import GOLDEN, mixed
from taglint_rules.tags._consistency.view import Floats, Integers, Sums, View

Codes = NDArray[np.uint64]

# How many forms a coarser class is worth beside a finer one.
TRUST = 2.0
LONG = 4
# What a character is.
UPPER, LOWER, DIGIT = 1, 2, 4


class Shapes:
    """The tags of forms with the same ending, and of those with the same beginning."""

    def __init__(self, view: View, unigram: Floats) -> None:
        self._view = view
        self._unigram = unigram

    def ending(self, form: Integers, tag: Integers, share: Floats) -> Floats:
        """The probability of a tag; share: what part of the form's own tokens bear it."""
        return self._estimate(self._endings, form, tag, share)

    def beginning(self, form: Integers, tag: Integers, share: Floats) -> Floats:
        return self._estimate(self._beginnings, form, tag, share)

    @cached_property
    def _outlines(self) -> _Outlines:
        return _Outlines(*self._view.characters)

    @cached_property
    def _endings(self) -> list[_Classes]:
        """From coarse to fine; each is estimated with the one before as prior."""
        lines = self._outlines
        names = (
            (lines.last(1), lines.length),
            (lines.last(1), lines.last(2), lines.length, lines.shape),
            (lines.last(1), lines.last(2), lines.last(3), lines.shape),
        )
        return [_Classes(self._view, _combined(name)) for name in names]

    @cached_property
    def _beginnings(self) -> list[_Classes]:
        return [_Classes(self._view, _combined((self._outlines.first, self._outlines.length)))]

    def _estimate(
        self, classes: Sequence[_Classes], form: Integers, tag: Integers, share: Floats
    ) -> Floats:
        tag = np.broadcast_to(tag, share.shape)
        estimate = self._unigram[tag]
        for each in classes:
            # A form that is alone in its class has nothing to learn there.
            some = np.flatnonzero(each.shared.take(form))
            bearing, forms = each.of(form[some], tag[some])
            prior = TRUST * estimate[some]
            estimate[some] = (bearing - share[some] + prior) / (forms - 1 + TRUST)
        return np.maximum(estimate, 1e-9)


class _Classes:
    """Forms by class: how many there are, and how many of them bear each tag.

    shared: by form, whether others are of its class, without which nothing is known of it.
    """

    def __init__(self, view: View, names: Codes) -> None:
        _, classes, sizes = np.unique(names, return_inverse=True, return_counts=True)
        several = sizes - (np.bincount(classes[:1], minlength=len(sizes))) > 1
        self.shared: NDArray[np.bool_] = several[classes]
        self._class = (np.cumsum(several) - 1)[classes]
        self._forms = sizes[several].astype(np.float64)
        self._tags = len(view.tags)
        some = np.flatnonzero(self.shared[view.form])
        form = view.form[some]
        share = view.type_count[some] / view.form_count[form]
        cells = self._class[form] * self._tags + view.tag[some]
        self._bearing = Sums(cells, share, len(self._forms) * self._tags)

    def of(self, form: Integers, tag: Integers) -> tuple[Floats, Floats]:
        """Of forms in shared classes."""
        cls = self._class.take(form)
        return self._bearing.of(cls * self._tags + tag), self._forms.take(cls)


class _Outlines:
    """Of each form its characters at the edges, its length and its shape."""

    def __init__(self, codes: NDArray[np.uint32], lengths: Lengths) -> None:
        self.length: Codes = np.minimum(lengths, LONG).astype(np.uint64)
        # 0 is what no form has.
        self._codes = codes + np.uint32(1)
        self._ends = np.cumsum(lengths)
        self._lengths = lengths
        self.first = codes_at(self._codes, self._ends - lengths, lengths > 0)
        self.shape = self._shapes(codes)

    def last(self, number: int) -> Codes:
        """The character that stands at this place from the end."""
        return codes_at(self._codes, self._ends - number, self._lengths >= number)

    def _shapes(self, codes: NDArray[np.uint32]) -> Codes:
        """3 for forms in capitals, 2 for those with one in front, 1 for those with a digit."""
        # Han characters are none of this.
        others, size = others_than_han(codes)
        kinds = np.zeros(size, np.uint8)
        kinds[others] = [_kind(chr(code)) for code in others]
        kind = np.concatenate((kinds.take(codes), np.zeros(1, np.uint8)))
        begins = self._ends - self._lengths
        some = np.flatnonzero(self._lengths)
        any_of = np.zeros(len(begins), np.uint8)
        any_of[some] = np.bitwise_or.reduceat(kind, begins[some])
        capital = (kind[begins] & UPPER > 0) & (self._lengths > 0)
        whole = capital & (any_of & LOWER == 0)
        shape = np.where(whole, 3, np.where(capital, 2, (any_of & DIGIT > 0).astype(np.int64)))
        return shape.astype(np.uint64)


def _kind(character: str) -> int:
    lower = character.islower() or character.istitle()
    return UPPER * character.isupper() | LOWER * lower | DIGIT * character.isdigit()


def _combined(parts: Sequence[Codes]) -> Codes:
    """A hash of all parts of each."""
    found = np.zeros(len(parts[0]), np.uint64)
    for part in parts:
        found = mixed(found * GOLDEN + part + np.uint64(1))
    return found
