"""Forms that differ in case alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from taglint.corpus.columns import distinct
from taglint_rules._characters import Codes, Lengths, codes_at, others_than_han


def first_of_case(forms: Sequence[str], codes: Codes, lengths: Lengths) -> NDArray[np.int32]:
    """By form the first one that differs from it in case alone, often itself. codes, lengths: the
    characters of the forms."""
    first = np.arange(len(forms), dtype=np.int32)
    changed, alike = _with_case(forms, codes, lengths)
    wanted = {forms[at].casefold() for at in changed}
    known: dict[str, int] = {}
    for at in alike:
        small = forms[at].casefold()
        if small in wanted:
            first[at] = known.setdefault(small, at)
    return first


def _with_case(
    forms: Sequence[str], codes: Codes, lengths: Lengths
) -> tuple[Iterable[int], Iterable[int]]:
    """The forms that are not in small letters, and all that may be alike, ascending: those, and
    forms that begin as one of those does in small letters."""
    small = _small(codes)
    if small is None:
        changed = [at for at, form in enumerate(forms) if form != form.casefold()]
        return changed, range(len(forms))
    folded, ends = small.take(codes), np.cumsum(lengths)
    places = distinct(np.searchsorted(ends, np.flatnonzero(folded != codes), "right"))
    # The first two characters, nothing where there are fewer.
    first, second = (codes_at(folded, ends - lengths + place, lengths > place) for place in (0, 1))
    beginning = first << np.uint64(32) | second
    alike = np.isin(beginning, beginning[places])
    return places.tolist(), np.flatnonzero(alike).tolist()


def _small(codes: Codes) -> Codes | None:
    """By code point the one in small letters; None where there are more for one."""
    # Han characters have no case.
    others, size = others_than_han(codes)
    small = np.arange(size, dtype=np.uint32)
    for code in others:
        folded = chr(code).casefold()
        if len(folded) != 1:
            return None
        small[code] = ord(folded)
    return small
