"""Bytes to text and back, without losing a byte.

Whatever cannot be decoded becomes lone surrogates (`surrogateescape`), so that the text always
has a place for it and writing gives the same bytes again.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from taglint.findings import TaglintError

ERRORS = "surrogateescape"
ESCAPE = "taglint-escape"

# What a configuration may call an encoding, by the codec that reads it.
CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16-le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "utf-16-be": "utf-16-be",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cp950": "cp950",
    "latin-1": "latin-1",
    "iso-8859-1": "latin-1",
}
ENCODINGS = ("auto", *CODECS)

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# The most frequent characters of modern Chinese text, simplified and traditional: text that was
# read with the wrong codec has next to none of them.
FREQUENT = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "這個們來為國說時會對過發後裡與兩當從還開關現實點種樣長經學將無動進電話間問應體見"
    "，。、"
)
SAMPLE_BYTES = 65536


@dataclass(frozen=True, slots=True)
class Source:
    """How a document's bytes were read: enough to write them back."""

    encoding: str
    bom: bytes = b""

    @property
    def label(self) -> str:
        return self.encoding + (" with byte order mark" if self.bom else "")


def _escape_first_byte(error: UnicodeError) -> tuple[str, int]:
    """Escape one byte and go on behind it: an East Asian codec may blame ASCII bytes as well,
    which `surrogateescape` refuses."""
    assert isinstance(error, UnicodeDecodeError)
    byte = error.object[error.start]
    return (chr(0xDC00 + byte) if byte >= 0x80 else chr(byte)), error.start + 1


codecs.register_error(ESCAPE, _escape_first_byte)


def read(data: bytes, encoding: str = "auto") -> tuple[str, Source]:
    """Decode bytes; `encoding` is `"auto"` or a key of `CODECS`."""
    bom, marked = _byte_order_mark(data)
    if encoding in ("auto", "utf-16"):
        codec = marked or detect(data)
    else:
        codec = CODECS[encoding]
        bom = bom if marked == codec else b""
    return _decode(data[len(bom) :], codec), Source(codec, bom)


def write(text: str, source: Source) -> bytes:
    """Encode text as its document was read.

    Raises `TaglintError` where a character has no place in the document's encoding.
    """
    try:
        return source.bom + _encode(text, source.encoding)
    except UnicodeEncodeError as error:
        character = text[error.start]
        raise TaglintError(
            f"cannot write {character!r} (U+{ord(character):04X}) in {source.encoding}; "
            "convert the file to UTF-8 first"
        ) from error


def detect(data: bytes) -> str:
    """The codec of bytes without a byte order mark: UTF-8 if valid, else the likeliest."""
    bad = _first_not_utf8(data)
    if bad is None:
        return "utf-8"
    if wide := _utf16_without_mark(data[:SAMPLE_BYTES]):
        return wide
    sample = data[max(0, bad - SAMPLE_BYTES // 2) : bad + SAMPLE_BYTES // 2]
    if _mostly_utf8(sample):
        return "utf-8"
    scored = [(_chinese_share(sample, codec), codec) for codec in ("gb18030", "big5hkscs")]
    score, codec = max(scored, key=lambda pair: pair[0])
    return codec if score > 0 else "utf-8"


def _byte_order_mark(data: bytes) -> tuple[bytes, str | None]:
    for bom, codec in BOMS:
        if data.startswith(bom):
            return bom, codec
    return b"", None


def _first_not_utf8(data: bytes) -> int | None:
    """Where the bytes stop being UTF-8, if they do."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _mostly_utf8(sample: bytes) -> bool:
    """Whether a sample is damaged UTF-8: text of another encoding forms next to no sequences."""
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    wide = sum(character > "\x7f" for character in text) - bad
    return bad * 5 <= wide


def _utf16_without_mark(sample: bytes) -> str | None:
    """Two-byte text shows NUL (ASCII) or the CJK block's high bytes on one side only."""
    if len(sample) < 4 or len(sample) % 2:
        return None
    even, odd = sample[0::2], sample[1::2]
    for codec, high in (("utf-16-be", even), ("utf-16-le", odd)):
        plain = sum(byte == 0 or 0x4E <= byte <= 0x9F or byte == 0x30 for byte in high)
        if high.count(0) > len(high) // 20 and plain > 0.9 * len(high):
            return codec
    return None


def _chinese_share(sample: bytes, codec: str) -> float:
    """Share of frequent Chinese characters among the non-ASCII ones; negative for bad bytes."""
    text = sample.decode(codec, "replace")
    wide = [character for character in text if character > "\x7f"]
    bad = text.count("\ufffd")
    if not wide or bad > max(1, len(wide) // 50):
        return -1.0
    return sum(character in FREQUENT for character in wide) / len(wide) - 0.02


def _decode(data: bytes, codec: str) -> str:
    if not codec.startswith("utf-16"):
        return data.decode(codec, ESCAPE)
    even = len(data) & ~1
    text = data[:even].decode(codec, "surrogatepass")
    return text + data[even:].decode("ascii", ERRORS)


def _encode(text: str, codec: str) -> bytes:
    if not codec.startswith("utf-16"):
        return text.encode(codec, ERRORS)
    if text and "\udc80" <= text[-1] <= "\udcff":
        tail = text[-1].encode("ascii", ERRORS)
        return text[:-1].encode(codec, "surrogatepass") + tail
    return text.encode(codec, "surrogatepass")
