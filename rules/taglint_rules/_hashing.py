"""Stable pseudo-random integers: what is drawn depends on content alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""
    values = values ^ (values >> np.uint64(30))
    values *= MIX[0]
    values ^= values >> np.uint64(27)
    values *= MIX[1]
    values ^= values >> np.uint64(31)
    return values


def unit(values: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Between 0 and 1, 1 excluded."""
    return (values >> np.uint64(11)).astype(np.float64) / float(1 << 53)
