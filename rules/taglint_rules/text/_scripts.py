"""Where invisible characters belong: the scripts and sequences that need them."""

import re
import unicodedata

from taglint.patterns import lazy
from taglint_rules.text._characters import is_han

JOINERS = "\u200c\u200d"
# Arabic and its kin, the scripts of India and South-East Asia, Mongolian.
JOINING = lazy("[\u0600-\u08ff\u0900-\u0dff\u0e00-\u109f\u1780-\u18af\u1a20-\u1cff\ua800-\uabff]")
# Scripts written without blanks between words, where a zero-width one may divide them.
UNSPACED = lazy("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1a20-\u1aaf]")
RIGHT_TO_LEFT = lazy("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
MARKS = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
MARK = lazy(f"[{MARKS}]+")
SELECTOR = lazy("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
EMOJI_BASE = lazy("[#*0-9\xa9\xae\u2000-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]")
FLAG_TAG = lazy("[\U000e0020-\U000e007f]")


def belongs(text: str, start: int, end: int) -> bool:
    """Whether an invisible run is part of how the characters around it are written.

    Not decided here: marks of direction, which belong to documents with right-to-left text.
    """
    run, before, after = text[start:end], text[max(0, start - 1) : start], text[end : end + 1]
    if run == "\u200b":
        return bool(UNSPACED.match(before) or UNSPACED.match(after))
    if run in JOINERS:
        return bool(JOINING.match(before)) or (run == "\u200d" and _emoji(before) and _emoji(after))
    if run in ("\ufe0e", "\ufe0f", "\ufe0f\u200d", "\ufe0f\u20e3"):
        return bool(EMOJI_BASE.match(before))
    if FLAG_TAG.match(run):
        return before == "\U0001f3f4"
    return len(run) == 1 and bool(SELECTOR.match(run)) and _selectable(before, run)


def _emoji(character: str) -> bool:
    return bool(EMOJI_BASE.match(character)) or unicodedata.category(character or "a") == "So"


def _selectable(base: str, selector: str) -> bool:
    """Mathematical symbols, Han, Mongolian and Myanmar have variants of their own."""
    if selector == "\ufe00" and base and unicodedata.category(base) == "Sm":
        return True
    return is_han(base) or bool(re.match("[\u1000-\u109f\u1820-\u18aa\ua840-\ua877]", base))
