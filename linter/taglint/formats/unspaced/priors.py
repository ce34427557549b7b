"""What is known of tags before a text is read: facts of annotated corpora in general.

Frequencies are per ten thousand tokens, rounded; they are means over the People's Daily of January
1998 (PKU tags) and HanLP's output on technical documentation, news and reviews. A text of a few
hundred tokens outweighs them.
"""

from __future__ import annotations

from collections.abc import Mapping

FREQUENCIES: Mapping[str, float] = {
    "nz": 1000, "n": 1000, "v": 1000, "w": 1000, "gi": 400, "d": 400, "vn": 300, "u": 300,
    "a": 300, "p": 300, "m": 200, "c": 200, "r": 200, "ude1": 200, "f": 200, "nr": 200, "q": 200,
    "x": 100, "t": 100, "ns": 100, "b": 70, "vi": 50, "j": 50, "cc": 50, "ule": 50, "vshi": 40,
    "rr": 40, "rz": 40, "ad": 40, "nt": 30, "l": 30, "qt": 30, "Ng": 20, "i": 20, "nnt": 20,
    "vf": 20, "mq": 20, "nis": 20, "vyou": 20, "s": 20, "an": 20, "y": 10, "rzv": 10, "nx": 10,
    "vd": 9, "z": 9, "nsf": 9, "ng": 8, "Vg": 8, "udeng": 7, "pbei": 7, "rzs": 6, "uguo": 6,
    "qv": 6, "k": 6, "nrf": 5, "ude2": 5, "usuo": 4, "uzhi": 4, "pba": 3, "ry": 3, "uzhe": 3,
    "nf": 3, "ude3": 3, "ryv": 3, "vg": 3, "nnd": 2, "ag": 2, "ntc": 2, "Tg": 2, "Ag": 1, "tg": 1,
    "uyy": 1, "vl": 1, "uls": 0.7, "e": 0.7, "Dg": 0.6, "o": 0.5, "dl": 0.4, "gm": 0.3,
    "rzt": 0.3, "vx": 0.2, "h": 0.2, "ntcf": 0.1, "ulian": 0.1, "nhd": 0.1, "dg": 0.06,
    "nmc": 0.06, "al": 0.06, "gp": 0.06, "rys": 0.06, "nrj": 0.06, "bl": 0.06,
}  # fmt: skip

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
    weights = {
        tag: FREQUENCIES.get(tag, 0.0) + CLASS_FREQUENCIES.get(cls, 0.002)
        for tag, cls in classes.items()
    }
    total = sum(weights.values()) or 1.0
    return {tag: weight / total for tag, weight in weights.items()}
