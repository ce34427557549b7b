"""The characters of many forms as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from taglint_rules._hashing import GOLDEN, mixed

Codes = NDArray[np.uint32]
Lengths = NDArray[np.int64]

# Most Han characters, of which there are many: nothing is said of a single one.
HAN = 0x4E00, 0xA000
# Hardly any form has it in it.
BETWEEN = "\0"


def code_points(forms: Sequence[str]) -> tuple[Codes, Lengths]:
    """The code points of all forms, one behind the other, and how many each form has."""
    codes = _codes(BETWEEN.join(forms))
    ends = np.flatnonzero(codes == ord(BETWEEN))
    # To ask each string takes several times as long.
    if forms and len(ends) == len(forms) - 1:
        return codes[codes != ord(BETWEEN)], np.diff(ends, prepend=-1, append=len(codes)) - 1
    return _codes("".join(forms)), np.fromiter(map(len, forms), np.int64, len(forms))


def code_hashes(codes: Codes, lengths: Lengths) -> NDArray[np.uint64]:
    """A hash of each form: the sum of a hash of each character with its place in the form."""
    ends = np.cumsum(lengths)
    place = np.arange(len(codes)) - np.repeat(ends - lengths, lengths)
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(mixed(codes + place.astype(np.uint64) * GOLDEN), out=sums[1:])
    found: NDArray[np.uint64] = mixed(sums[ends] - sums[ends - lengths] + GOLDEN)
    return found


def codes_at(
    codes: NDArray[Any], places: NDArray[Any], there: NDArray[np.bool_]
) -> NDArray[np.uint64]:
    """The codes at some places, 0 where there is none."""
    found = np.zeros(len(places), np.uint64)
    found[there] = codes[places[there]]
    return found


def others_than_han(codes: Codes) -> tuple[list[int], int]:
    """The distinct code points but Han ones, ascending, and one more than the highest."""
    present = np.zeros(int(codes.max(initial=0)) + 1, bool)
    present[codes] = True
    present[slice(*HAN)] = False
    return np.flatnonzero(present).tolist(), len(present)


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
