"""Which encoding bytes without a byte order mark are in, judged by samples of bounded size.

The guesses rest on what text of an encoding looks like when it is read rightly: UTF-16 has NUL
bytes on one side of its pairs, Chinese consists of the characters of everyday use.
"""

from __future__ import annotations

import re

from taglint.patterns import lazy

SAMPLE_BYTES = 65536
CHINESE = ("gb18030", "cp950", "big5hkscs")
BIG5 = CHINESE[1:]

# The most frequent characters of modern Chinese text, simplified and traditional: text that was
# read with the wrong codec has next to none of them.
FREQUENT = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "這個們來為國說時會對過發後裡與兩當從還開關現實點種樣長經學將無動進電話間問應體見"
    "，。、"
)
# Pairs of bytes by codec that spell the common characters and the punctuation: level 1 of
# GB 2312 and of Big5. The other codec's text falls on the rare ones.
COMMON = {
    "gb18030": re.compile(rb"[\xa1-\xa9\xb0-\xd7][\xa1-\xfe]"),
    "cp950": re.compile(rb"[\xa1-\xc6][\x40-\x7e\xa1-\xfe]"),
    "big5hkscs": re.compile(rb"[\xa1-\xc6][\x40-\x7e\xa1-\xfe]"),
}
# Letters and marks of Western European text in Latin-1, which seldom stand side by side.
WESTERN = lazy(rb"(?<![\x80-\xff])[\xa7\xa9\xab\xb0\xbb\xbf-\xd6\xd8-\xf6\xf8-\xfd](?![\x80-\xff])")
LEAST_WESTERN = 3
LEAST_SCORE = 0.4
MANY_DISTINCT = 60
PLAIN_BYTE = lazy(rb"[\x00-\x2f]")
CONTROLS = lazy("[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def guess(data: bytes, bad: int) -> str:
    """The codec of bytes that are not UTF-8 from offset `bad` on: UTF-8 itself where they look
    like damaged UTF-8, or like nothing known."""
    sample = _sample(data, bad)
    if _mostly_utf8(sample):
        return "utf-8"
    scores = {codec: chinese_score(sample, codec) for codec in CHINESE}
    best = max(scores, key=lambda codec: scores[codec])
    if scores[best] >= LEAST_SCORE:
        return best
    return "latin-1" if _western(sample) else "utf-8"


def guess_big5(data: bytes) -> str:
    """Microsoft's Big5 or the one of Hong Kong, whichever reads the bytes better."""
    sample = _sample(data, 0)
    return max(BIG5, key=lambda codec: chinese_score(sample, codec))


def guess_utf16(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: ASCII, of which tagged text has much in any language,
    shows as NUL bytes on one side of the pairs only."""
    sample = data[: SAMPLE_BYTES & ~1]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even = sample[: len(sample) & ~1]
    zeros = {"utf-16-be": even[0::2].count(0), "utf-16-le": even[1::2].count(0)}
    codec = max(zeros, key=lambda name: zeros[name])
    most, least = zeros[codec], min(zeros.values())
    if most * 40 < len(even) or least * 10 > most:
        return None
    text = even.decode(codec, "surrogatepass")
    return codec if len(CONTROLS.findall(text)) * 20 <= len(text) else None


def chinese_score(sample: bytes, codec: str) -> float:
    """How much like Chinese a sample reads in a codec, from below 0 to 2: the share of common
    characters and of the most frequent ones among those outside ASCII, less the bad bytes."""
    text = sample.decode(codec, "replace")
    wide = [character for character in text if character > "\x7f"]
    if not wide:
        return 0.0
    frequent = sum(character in FREQUENT for character in wide) / len(wide)
    if frequent < 0.05 and len(set(wide)) >= MANY_DISTINCT:
        # Common characters of all kinds and no frequent ones: Korean in a similar layout.
        return 0.0
    common = len(COMMON[codec].findall(sample)) / len(wide)
    return min(common, 1.0) + frequent - 5 * text.count("\ufffd") / len(wide)


def _sample(data: bytes, around: int) -> bytes:
    """Bytes around an offset, cut before ASCII bytes that are never part of a character."""
    start = max(0, around - SAMPLE_BYTES // 2)
    if start:
        plain = PLAIN_BYTE.search(data, start, around)
        start = plain.start() if plain else start
    sample = data[start : start + SAMPLE_BYTES]
    if start + SAMPLE_BYTES < len(data):
        ends = [match.end() for match in PLAIN_BYTE.finditer(sample, len(sample) - 200)]
        sample = sample[: ends[-1]] if ends else sample
    return sample


def _mostly_utf8(sample: bytes) -> bool:
    """Whether a sample is damaged UTF-8: text of another encoding forms next to no sequences."""
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    wide = sum(character > "\x7f" for character in text) - bad
    return bad * 2 <= wide


def _western(sample: bytes) -> bool:
    """Whether all bytes outside ASCII, and not only one or two, are single letters and marks."""
    letters = len(WESTERN.findall(sample))
    others = len(sample) - len(sample.translate(None, bytes(range(0x80, 0x100))))
    return letters >= LEAST_WESTERN and letters * 20 >= others * 19
