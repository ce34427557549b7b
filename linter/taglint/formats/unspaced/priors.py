"""What is known of tags before a text is read: facts of annotated corpora in general.

Frequencies are per ten thousand tokens, rounded: of the PKU tags in the People's Daily of January
1998, of the HanLP tags in its output on technical documentation, news and reviews. A text of a
thousand tokens outweighs them.
"""

from __future__ import annotations

from collections.abc import Mapping

FREQUENCIES: tuple[Mapping[str, float], ...] = (
    {
        "n": 2100, "v": 1600, "w": 1500, "u": 670, "d": 430, "vn": 380, "m": 370, "p": 360,
        "a": 310, "nr": 310, "r": 290, "ns": 250, "c": 230, "q": 220, "t": 180, "f": 150, "j": 90,
        "b": 80, "ad": 50, "l": 50, "i": 40, "Ng": 40, "nt": 30, "s": 30, "an": 30, "nz": 30,
        "Vg": 20, "y": 20, "z": 10, "k": 8, "vd": 5, "Tg": 4, "nx": 4, "Ag": 3, "Dg": 1, "o": 0.6,
        "h": 0.4, "e": 0.2,
    },
    {
        "nz": 2500, "w": 1100, "v": 1100, "gi": 870, "n": 850, "ude1": 430, "d": 410, "p": 320,
        "a": 260, "x": 220, "vn": 190, "f": 170, "cc": 110, "c": 110, "vi": 100, "q": 100,
        "ule": 100, "vshi": 90, "rr": 80, "rz": 70, "qt": 70, "b": 60, "ns": 50, "t": 50,
        "mq": 40, "vyou": 40, "nis": 40, "rzv": 30, "ad": 30, "vf": 30, "nnt": 30, "m": 20,
        "r": 20, "ng": 20, "nt": 20, "nsf": 20, "nx": 20, "vd": 10, "ude2": 10, "l": 10,
        "uguo": 10, "pbei": 10, "rzs": 10, "qv": 10, "udeng": 10, "nrf": 10, "s": 10, "an": 9,
        "uzhi": 8, "j": 7, "pba": 7, "vg": 7, "usuo": 7, "y": 7, "ude3": 6, "ry": 6, "uzhe": 6,
        "nf": 6, "z": 5, "ryv": 5, "i": 5, "nr": 5, "nnd": 4, "ntc": 4, "ag": 3, "k": 3, "vl": 3,
        "uyy": 2, "tg": 2, "uls": 1, "e": 1, "dl": 0.8, "gm": 0.5, "rzt": 0.5, "u": 0.5,
        "vx": 0.4, "o": 0.4, "ntcf": 0.3, "nhd": 0.3, "ulian": 0.3, "nmc": 0.1, "bl": 0.1,
        "al": 0.1, "nrj": 0.1, "dg": 0.1, "rys": 0.1, "gp": 0.1,
    },
)  # fmt: skip

# A tag that the table lacks, by its class. Relative to the table: per ten thousand tokens.
CLASS_FREQUENCIES: Mapping[str, float] = {
    "open": 0.6, "closed": 0.3, "numeral": 0.3, "punctuation": 0.3, "foreign": 0.06,
    "morpheme": 0.03, "affix": 0.03, "idiom": 0.03, "abbreviation": 0.03, "symbol": 0.015,
    "other": 0.002,
}  # fmt: skip

# Where a class fixes the length of its words: share of forms of one, two, ... Chinese characters.
CLASS_SHAPES: Mapping[str, Mapping[str, float]] = {
    "morpheme": {"C1": 0.95, "C2": 0.02},
    "idiom": {"C4": 0.6, "C3": 0.2, "C2": 0.1, "C5": 0.05},
}
# Share of different forms of one, two, ... five or more Chinese characters, among the Chinese forms
# of a tag: measured on the same texts, rounded.
LENGTHS: Mapping[str, int] = {"C1": 0, "C2": 1, "C3": 2, "C4": 3, "C5": 4}
TAG_LENGTHS: Mapping[str, tuple[float, ...]] = {
    "n": (0.03, 0.66, 0.26, 0.04, 0.01), "nr": (0.1, 0.6, 0.24, 0.04, 0.02),
    "nrf": (0.02, 0.4, 0.4, 0.08, 0.1), "ns": (0.02, 0.5, 0.36, 0.08, 0.04),
    "nsf": (0.02, 0.4, 0.4, 0.08, 0.1), "nt": (0.01, 0.03, 0.48, 0.24, 0.24),
    "ntcb": (0.01, 0.03, 0.2, 0.36, 0.4), "ntch": (0.01, 0.03, 0.2, 0.36, 0.4),
    "ntcf": (0.01, 0.03, 0.2, 0.36, 0.4), "nth": (0.01, 0.03, 0.2, 0.36, 0.4),
    "nto": (0.01, 0.06, 0.33, 0.3, 0.3), "nts": (0.01, 0.03, 0.2, 0.36, 0.4),
    "ntu": (0.01, 0.06, 0.2, 0.43, 0.3), "ntc": (0.01, 0.8, 0.1, 0.05, 0.04),
    "nis": (0.02, 0.54, 0.38, 0.05, 0.01), "nnt": (0.02, 0.62, 0.25, 0.1, 0.01),
    "nnd": (0.02, 0.38, 0.54, 0.05, 0.01), "nf": (0.14, 0.7, 0.13, 0.02, 0.01),
    "j": (0.2, 0.46, 0.26, 0.06, 0.02), "t": (0.02, 0.7, 0.2, 0.04, 0.04),
    "s": (0.02, 0.9, 0.06, 0.01, 0.01), "f": (0.15, 0.76, 0.07, 0.01, 0.01),
    "v": (0.12, 0.83, 0.03, 0.01, 0.01), "vi": (0.06, 0.9, 0.02, 0.01, 0.01),
    "vn": (0.02, 0.93, 0.03, 0.01, 0.01), "vd": (0.03, 0.9, 0.05, 0.01, 0.01),
    "a": (0.15, 0.82, 0.01, 0.01, 0.01), "ad": (0.1, 0.87, 0.01, 0.01, 0.01),
    "an": (0.05, 0.92, 0.01, 0.01, 0.01), "b": (0.1, 0.68, 0.2, 0.01, 0.01),
    "z": (0.02, 0.62, 0.18, 0.17, 0.01), "d": (0.17, 0.75, 0.06, 0.01, 0.01),
    "r": (0.1, 0.85, 0.03, 0.01, 0.01), "q": (0.68, 0.27, 0.03, 0.01, 0.01),
    "qt": (0.7, 0.27, 0.01, 0.01, 0.01), "qv": (0.8, 0.17, 0.01, 0.01, 0.01),
    "p": (0.54, 0.43, 0.01, 0.01, 0.01), "c": (0.15, 0.68, 0.08, 0.08, 0.01),
    "o": (0.15, 0.65, 0.03, 0.15, 0.02),
}  # fmt: skip
ELSEWHERE = 0.005  # share of any other shape in such a class

# What a form begins with ("^") and how kinds of characters follow each other in it up to its end
# ("$"): L Latin letters, D digits, C Chinese, S blanks, P other ASCII, Q the rest.
KIND_FOLLOWS: Mapping[str, Mapping[str, float]] = {
    "^": {"L": 0.15, "D": 0.1, "C": 0.55, "S": 0.03, "P": 0.07, "Q": 0.1},
    "L": {"$": 0.82, "D": 0.03, "S": 0.06, "P": 0.06, "C": 0.02, "Q": 0.005},
    "D": {"$": 0.8, "L": 0.04, "S": 0.02, "P": 0.08, "C": 0.06, "Q": 0.01},
    "C": {"$": 0.97, "L": 0.005, "D": 0.005, "S": 0.005, "P": 0.005, "Q": 0.01},
    "S": {"$": 0.5, "L": 0.3, "D": 0.1, "C": 0.02, "P": 0.05, "Q": 0.01},
    "P": {"$": 0.75, "L": 0.1, "D": 0.08, "C": 0.02, "P": 0.05, "S": 0.03, "Q": 0.01},
    "Q": {"$": 0.8, "L": 0.02, "D": 0.02, "C": 0.05, "P": 0.02, "S": 0.02, "Q": 0.1},
}
RARE_FOLLOWER = 0.005


def frequencies(classes: Mapping[str, str]) -> dict[str, float]:
    """Prior probability of each tag, given the class of each; they add up to one."""
    table = max(FREQUENCIES, key=lambda known: len(known.keys() & classes.keys()))
    weights = {
        tag: table.get(tag, 0.0) + CLASS_FREQUENCIES.get(cls, 0.002) for tag, cls in classes.items()
    }
    total = sum(weights.values()) or 1.0
    return {tag: weight / total for tag, weight in weights.items()}
