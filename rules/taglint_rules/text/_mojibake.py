"""Undoes wrong decodings: UTF-8 that was read as Windows-1252 or as GBK.

What is restored counts only if it is text that people write: characters of the blocks below.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from taglint.patterns import lazy

# What the bytes 80 to 9F become in Windows-1252, and the undefined ones in Latin-1.
WINDOWS = {bytes((byte,)).decode("cp1252", "replace"): byte for byte in range(0x80, 0x100)}
WINDOWS.pop("\ufffd")
BYTES = {**{chr(byte): byte for byte in range(0x80, 0x100)}, **WINDOWS}


class Restored(NamedTuple):
    """A garbled stretch of a text and what it was; `whole` if every byte of it is accounted for."""

    start: int
    end: int
    text: str
    whole: bool


def _class(first: int, last: int) -> str:
    """A character class for bytes, as Windows-1252 or Latin-1 shows them."""
    return "[" + "".join(re.escape(c) for c, byte in BYTES.items() if first <= byte <= last) + "]"


NEXT = _class(0x80, 0xBF)
# A single garbled letter is taken for one only behind Â and Ã, which are rare otherwise.
WESTERN = lazy(
    f"(?:[ÂÃ]{NEXT}|{_class(0xE0, 0xEF)}{NEXT}{{2}}|{_class(0xF0, 0xF4)}{NEXT}{{3}}"
    f"|(?:{_class(0xC4, 0xDF)}{NEXT}){{2,}})+"
)
# A letter before a closing quotation mark, spaced as in French, could be bytes of one character.
TYPOGRAPHY = lazy("[à-ï][\xa0«»“”‘’„‚…–—‹›]{2}")
WESTERN_LEAD = lazy("[Â-ô]")
PLAUSIBLE = lazy(
    "[\xa0-\u024f\u0370-\u04ff\u05d0-\u05ea\u0621-\u064a\u0e01-\u0e5b\u1e00-\u1eff\u2010-\u2026"
    "\u2030-\u203a\u20ac\u2103\u2122\u2190-\u2193\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e"
    "\U0001f300-\U0001faff]+"
)
LOST = lazy("[\ufffd?]+")
ASCII = lazy("[\x00-\x7f]")
CHINESE = lazy("[“”‘’—…·\u3000-\u3011\u4e00-\u9fff\uff01-\uff5e]+")


def western(text: str, leads: str) -> Iterator[Restored]:
    """`Ã©` for é, `â€œ` for “. leads: the letters of `WESTERN_LEAD` in the text."""
    floor = 0
    for pair in re.finditer(f"[{leads}]{NEXT}", text):
        match = WESTERN.match(text, pair.start()) if pair.start() >= floor else None
        if match is None:
            continue
        floor = match.end()
        restored = bytes(map(BYTES.__getitem__, match.group())).decode("utf-8", "replace")
        if PLAUSIBLE.fullmatch(restored) and not TYPOGRAPHY.fullmatch(match.group()):
            yield Restored(*match.span(), restored, True)


@cache
def gbk_heads() -> str:
    """The characters that GBK shows for the first two bytes of Chinese in UTF-8 and that GB 2312,
    which has those in use, lacks."""
    leads = (0xE2, 0xE3, *range(0xE4, 0xEA), 0xEF)
    pairs = (bytes((lead, trail)) for lead in leads for trail in range(0x80, 0xA1))
    shown = (pair.decode("gb18030", "ignore") for pair in pairs)
    return "".join(c for c in shown if len(c) == 1 and "\u4e00" <= c <= "\u9fff") + "锛"


def chinese(text: str, heads: str) -> Iterator[Restored]:
    """`鍒嗚瘝` for 分词. heads: those of `gbk_heads` that the text has."""
    floor = 0
    for match in re.finditer(f"[{heads}]", text):
        if match.start() < floor:
            continue
        start = match.start()
        while start > floor and text[start - 1] > "\x7f":
            start -= 1
        plain = ASCII.search(text, match.end())
        floor = plain.start() if plain else len(text)
        found = _from_gbk(text, start, floor)
        if found:
            yield found


def _from_gbk(text: str, start: int, end: int) -> Restored | None:
    """Three bytes of UTF-8 are one and a half characters of GBK, so that halves may be lost: what
    can be read must be Chinese and more than what cannot."""
    data = text[start:end].replace("\ufffd", "?").encode("gb18030", "replace")
    restored = LOST.sub("\ufffd", data.decode("utf-8", "replace"))
    pieces = restored.split("\ufffd")
    readable, lost = len(restored) - len(pieces) + 1, len(pieces) - 1
    if readable < 2 or lost > readable // 2 or not CHINESE.fullmatch("".join(pieces)):
        return None
    return Restored(start, end, restored, lost == 0)
