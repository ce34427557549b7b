"""How likely a string of Latin letters is as an English word, abbreviation or name.

`letters.txt` holds letter trigrams of the distinct words of the UD English Web Treebank and of the
names and comments in Python's standard library: a line for each pair of preceding letters (`^` for
none, then a to z, the first the slower), a character for each next letter a to z and for the end;
its code less 33 is an eighth of a nat of surprise. `latin_words.txt` holds the words that a dozen
modules or more of Python's standard library have in their names and comments: trigrams alone would
take `mage` for a better word than `image`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import exp, log
from pathlib import Path

BEFORE = "^abcdefghijklmnopqrstuvwxyz"
NEXT = "abcdefghijklmnopqrstuvwxyz$"
WORDLIKE = 0.95  # the others, such as gpu and x, are as good as any string
ANY_LETTER = -log(27)
FEW_LETTERS = -1.5
COMMON = 0.2  # share of the listed words


@cache
def _trigrams() -> dict[str, float]:
    """Log probability of the third character given two."""
    path = Path(__file__).with_name("letters.txt")
    rows = path.read_text(encoding="ascii").split("\n")
    pairs = [first + second for first in BEFORE for second in BEFORE]
    return {
        pair + letter: (33 - ord(code)) / 8
        for pair, row in zip(pairs, rows, strict=False)
        for letter, code in zip(NEXT, row, strict=True)
    }


@cache
def _common() -> frozenset[str]:
    path = Path(__file__).with_name("latin_words.txt")
    return frozenset(path.read_text(encoding="ascii").split())


@lru_cache(maxsize=1 << 16)
def letters(word: str) -> float:
    """Log probability of a word of ASCII letters among all such words."""
    known, word = _trigrams(), word.lower()
    padded = f"^^{word[:40]}$"
    wordlike = sum(known[padded[i - 2 : i + 1]] for i in range(2, len(padded)))
    string = _log_mean(WORDLIKE, wordlike, ANY_LETTER * len(word) + FEW_LETTERS)
    if word in _common():
        return _log_mean(COMMON, -log(len(_common())), string)
    return log(1 - COMMON) + string


def _log_mean(share: float, a: float, b: float) -> float:
    """ln of the mean of two probabilities, given as logarithms, the first with weight `share`."""
    high = max(a, b)
    return high + log(share * exp(a - high) + (1 - share) * exp(b - high))
