"""What a form looks like: how forms with the same edges and shape are tagged elsewhere.

Each form counts once, by the shares of its tags, and is left out where it is itself judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np

from taglint_rules.tags._consistency.view import Floats, Integers, View

# How many forms a coarser class is worth beside a finer one.
TRUST = 2.0
LONG = 4


def _shape(form: str) -> str:
    if form[:1].isupper():
        return "A" if form.isupper() else "Aa"
    return "1" if any(map(str.isdigit, form)) else ""


def _length(form: str) -> str:
    return str(min(LONG, len(form)))


# From coarse to fine; each is estimated with the one before as prior.
ENDINGS: tuple[Callable[[str], str], ...] = (
    lambda form: form[-1:] + _length(form),
    lambda form: form[-2:] + _length(form) + _shape(form),
    lambda form: form[-3:] + _shape(form),
)
BEGINNINGS: tuple[Callable[[str], str], ...] = (lambda form: form[:1] + _length(form),)


class Shapes:
    """The tags of forms with the same ending, and of those with the same beginning."""

    def __init__(self, view: View, unigram: Floats) -> None:
        self._view = view
        self._unigram = unigram

    def ending(self, form: Integers, tag: Integers) -> Floats:
        return self._estimate(self._endings, form, tag)

    def beginning(self, form: Integers, tag: Integers) -> Floats:
        return self._estimate(self._beginnings, form, tag)

    @cached_property
    def share(self) -> Floats:
        """For each type the share of its tag in the tokens of its form."""
        view = self._view
        return view.type_count / np.maximum(view.form_count[view.form], 1)

    @cached_property
    def _endings(self) -> list[_Classes]:
        return self._classes(ENDINGS)

    @cached_property
    def _beginnings(self) -> list[_Classes]:
        return self._classes(BEGINNINGS)

    def _classes(self, names: Iterable[Callable[[str], str]]) -> list[_Classes]:
        return [_Classes(self._view, self.share, name) for name in names]

    def _estimate(self, classes: list[_Classes], form: Integers, tag: Integers) -> Floats:
        view = self._view
        own = view.of_type.of(view.type_key(form, tag)) / np.maximum(view.form_count[form], 1)
        estimate = self._unigram[tag]
        for each in classes:
            bearing, forms = each.of(form, tag)
            estimate = (bearing - own + TRUST * estimate) / (forms - 1 + TRUST)
        return np.maximum(estimate, 1e-9)


class _Classes:
    """Forms by class: how many there are, and how many of them bear each tag."""

    def __init__(self, view: View, share: Floats, name: Callable[[str], str]) -> None:
        numbers: dict[str, int] = {}
        listed = [numbers.setdefault(name(form), len(numbers)) for form in view.forms]
        self._tags = len(view.tags)
        self._class = np.array(listed, np.int64)
        size = len(numbers) * self._tags
        cells = self._class[view.form] * self._tags + view.tag
        self._bearing = np.bincount(cells[1:], share[1:], size)
        self._forms = np.bincount(self._class[1:], minlength=len(numbers))

    def of(self, form: Integers, tag: Integers) -> tuple[Floats, Integers]:
        cls = self._class[form]
        return self._bearing[cls * self._tags + tag], self._forms[cls]
