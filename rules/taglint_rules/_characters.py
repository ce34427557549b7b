"""The characters of many forms as numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Lengths = NDArray[np.int64]

# Most Han characters; there is nothing to say of one of them.
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


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
