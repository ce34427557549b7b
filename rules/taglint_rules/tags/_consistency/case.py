"""Forms that differ in case alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from taglint.corpus.columns import distinct
from taglint_rules._characters import Codes, Lengths, code_hashes, others_than_han
from taglint_rules._index import Index


def first_of_case(forms: Sequence[str], codes: Codes, lengths: Lengths) -> NDArray[np.int32]:
    """By form the first one that differs from it in case alone, often itself. codes, lengths: the
    characters of the forms."""
    first = np.arange(len(forms), dtype=np.int32)
    known: dict[str, int] = {}
    for at in _with_case(forms, codes, lengths):
        first[at] = known.setdefault(forms[at].casefold(), at)
    return first


def _with_case(forms: Sequence[str], codes: Codes, lengths: Lengths) -> Iterable[int]:
    """The forms that are not in small letters, and those that are the same in small letters,
    ascending."""
    small = _small(codes)
    if small is None:
        return range(len(forms))
    folded = small.take(codes)
    changed = np.searchsorted(np.cumsum(lengths), np.flatnonzero(folded != codes), "right")
    hashes = code_hashes(folded, lengths)
    alike, _ = Index(distinct(hashes[changed])).known(hashes)
    return alike.tolist()  # type: ignore[no-any-return]


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
