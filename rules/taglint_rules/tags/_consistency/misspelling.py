"""Misspelled words that are tagged as what was meant: the tag is right, the form is not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from string import ascii_lowercase

import numpy as np

from taglint.patterns import lazy
from taglint_rules.tags._consistency.candidates import Compared
from taglint_rules.tags._consistency.evidence import NAMES
from taglint_rules.tags._consistency.view import Floats, Integers, View

WORD = lazy("[A-Za-z]{2,12}")
# The terms on the neighbours alone, of the own tag and, as far behind it, of the other one.
AROUND = [NAMES.index(name) for name in ("tags", "left word", "right word")]
# A form is meant if it bears the tag in most of this many tokens or more.
MOST, KNOWN = 0.5, 5
# What is left of the chance that the tag is wrong.
LEFT = 0.3


class Misspellings:
    def __init__(self, view: View) -> None:
        self._view = view

    def discounted(self, compared: Compared, chance: Floats, least: float) -> Floats:
        """The chances, less where the neighbours suit the own tag and a form one letter away is
        usually tagged so."""
        own = compared.features[:, AROUND].sum(axis=1)
        other = compared.features[:, [index + len(NAMES) for index in AROUND]].sum(axis=1)
        doubted = np.flatnonzero((chance >= least) & (own > other))
        forms = self._view.form[self._view.table.middle[compared.row[doubted]]]
        found = chance.copy()
        for place, form, tag in zip(
            doubted.tolist(), forms.tolist(), compared.own[doubted].tolist(), strict=True
        ):
            if self._is_meant(self._view.forms[form], tag):
                found[place] *= LEFT
        return found

    def _is_meant(self, form: str, tag: int) -> bool:
        if not WORD.fullmatch(form):
            return False
        known = self._usual
        return any(known.get(near) == tag for near in one_letter_away(form.lower()))

    @cached_property
    def _usual(self) -> dict[str, int]:
        """The tag that most tokens of a form bear."""
        view = self._view
        total = view.form_count[view.form]
        usual: Integers = np.flatnonzero((total >= KNOWN) & (view.type_count > MOST * total))
        return {view.forms[view.form[index]]: int(view.tag[index]) for index in usual.tolist()}


def one_letter_away(word: str) -> Iterator[str]:
    """All words with a letter more, less, other, or with two neighbours exchanged."""
    for at in range(len(word) + 1):
        before, behind = word[:at], word[at:]
        if behind:
            yield before + behind[1:]
        if len(behind) > 1:
            yield before + behind[1] + behind[0] + behind[2:]
        for letter in ascii_lowercase:
            yield before + letter + behind
            if behind:
                yield before + letter + behind[1:]
