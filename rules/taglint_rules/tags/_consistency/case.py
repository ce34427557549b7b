"""Forms that differ in case alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from taglint.corpus.columns import distinct

Codes = NDArray[np.uint32]
Places = NDArray[np.int64]
BETWEEN = "\0"
NOTHING = np.zeros(2, np.uint32)


def first_of_case(forms: Sequence[str]) -> NDArray[np.int32]:
    """By form the first one that differs from it in case alone, often itself."""
    first = np.arange(len(forms), dtype=np.int32)
    changed, alike = _with_case(forms)
    wanted = {forms[at].casefold() for at in changed}
    known: dict[str, int] = {}
    for at in alike:
        small = forms[at].casefold()
        if small in wanted:
            first[at] = known.setdefault(small, at)
    return first


def _with_case(forms: Sequence[str]) -> tuple[Iterable[int], Iterable[int]]:
    """The forms that are not in small letters, and all that may be alike, ascending: those, and
    forms that begin as one of those does in small letters."""
    text = BETWEEN.join(forms)
    small = text.casefold()
    if len(small) != len(text) or text.count(BETWEEN) != len(forms) - 1:
        changed = [at for at, form in enumerate(forms) if form != form.casefold()]
        return changed, range(len(forms))
    codes, small_codes = _codes(text), _codes(small)
    ends = np.flatnonzero(codes == 0)
    places: Places = distinct(np.searchsorted(ends, np.flatnonzero(codes != small_codes)))
    # The first two characters, with what stands behind them where there are fewer.
    begins, padded = np.concatenate(([0], ends + 1)), np.append(small_codes, NOTHING)
    beginning = padded[begins].astype(np.uint64) << np.uint64(32) | padded[begins + 1]
    alike = np.isin(beginning, beginning[places])
    return places.tolist(), np.flatnonzero(alike).tolist()


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
