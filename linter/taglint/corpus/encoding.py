"""Bytes to text and back, without losing a byte.

Whatever cannot be decoded becomes lone surrogates (as Python's `surrogateescape` does it), so
that the text always has a place for it and writing gives the same bytes again. So do the second
codes of the dozen characters that Big5 has twice: they could not be told from the first ones.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from hashlib import sha256

from taglint.corpus.guessing import BIG5, guess, guess_big5, guess_utf16
from taglint.findings import TaglintError
from taglint.patterns import lazy

AUTO = "auto"
ERRORS = "surrogateescape"
ESCAPE = "taglint-escape"

# What a configuration may call an encoding, by the codec that reads it. `utf-16` and `big5` are
# settled by the bytes: there are two of each.
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
    "big5": "big5",
    "big5hkscs": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cp950": "cp950",
    "latin-1": "latin-1",
    "iso-8859-1": "latin-1",
    "cp1252": "cp1252",
    "windows-1252": "cp1252",
}
ENCODINGS = (AUTO, *CODECS)

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# What stands for bytes that could not be decoded.
ESCAPED = lazy("[\ud800-\udfff]")
# What Big5 text is made of, byte by byte.
BIG5_PIECE = re.compile(rb"[\x00-\x7f]+|[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\xff]")
# No character of an East Asian codec begins with these.
NEVER_FIRST = lazy(rb"[\x80\xff]*")


@dataclass(frozen=True, slots=True)
class Source:
    """How a document's bytes were read: enough to write them back.

    encoding: name of the codec. tail: the last byte of UTF-16 with an odd number of bytes, which
    has no place in the text.
    """

    encoding: str
    bom: bytes = b""
    tail: bytes = b""

    @property
    def label(self) -> str:
        return self.encoding + (" with byte order mark" if self.bom else "")


def digest_of(data: bytes) -> bytes:
    """Names bytes by their content, in 16 bytes.

    Processors of the last years have instructions for this hash: it takes a third of the time of
    others.
    """
    return sha256(data).digest()[:16]


def _escape(error: UnicodeError) -> tuple[str, int]:
    """Escape one byte and go on behind it: an East Asian codec may blame ASCII bytes as well,
    which `surrogateescape` refuses. Bytes that are bad in any case are escaped along with it."""
    assert isinstance(error, UnicodeDecodeError)
    first = error.start
    hopeless = NEVER_FIRST.match(error.object, first + 1)
    end = hopeless.end() if hopeless else first + 1
    return error.object[first:end].decode("ascii", ERRORS), end


codecs.register_error(ESCAPE, _escape)


def read(data: bytes, encoding: str = AUTO) -> tuple[str, Source]:
    """Decode bytes; `encoding` is `"auto"` or a key of `CODECS`. Never fails.

    A byte order mark of the encoding is kept out of the text.
    """
    marked_bom, marked = _byte_order_mark(data)
    if encoding == AUTO and marked is None:
        return _read_unmarked(data)
    codec = marked if encoding == AUTO else _configured(data, encoding, marked)
    assert codec is not None
    bom = marked_bom if codec == marked else b""
    return _decode(data[len(bom) :], codec, bom)


def write(text: str, source: Source) -> bytes:
    """Encode text as its document was read.

    Raises `TaglintError` where a character has no place in the document's encoding.
    """
    errors = "surrogatepass" if _is_utf16(source.encoding) else ERRORS
    try:
        return b"".join((source.bom, text.encode(source.encoding, errors), source.tail))
    except UnicodeEncodeError as error:
        character = text[error.start]
        raise TaglintError(
            f"cannot write {character!r} (U+{ord(character):04X}) in {source.encoding}; "
            "convert the file to UTF-8 first"
        ) from error


def reads_back(text: str, source: Source) -> bool:
    """Whether a text, once written, is read as the same text.

    A byte that could not be decoded may make a character with what comes to stand beside it.
    True for what cannot be written at all: `write` says so.
    """
    if not ESCAPED.search(text):
        return True
    try:
        data = write(text, source)
    except TaglintError:
        return True
    return _decode(data[len(source.bom) :], source.encoding)[0] == text


def detect(data: bytes) -> str:
    """The codec of bytes without a byte order mark: UTF-8 if valid, else the likeliest."""
    return _read_unmarked(data)[1].encoding


def _read_unmarked(data: bytes) -> tuple[str, Source]:
    """Nearly always UTF-8: then the bytes are decoded once and looked at no further."""
    if wide := guess_utf16(data):
        return _decode(data, wide)
    try:
        return data.decode("utf-8"), Source("utf-8")
    except UnicodeDecodeError as error:
        bad = error.start
    return _decode(data, guess(data, bad))


def _configured(data: bytes, encoding: str, marked: str | None) -> str:
    codec = CODECS[encoding]
    if codec == "utf-16":
        return marked if marked and _is_utf16(marked) else guess_utf16(data) or "utf-16-le"
    return guess_big5(data) if codec == "big5" else codec


def _byte_order_mark(data: bytes) -> tuple[bytes, str | None]:
    for bom, codec in BOMS:
        if data.startswith(bom):
            return bom, codec
    return b"", None


def _decode(data: bytes, codec: str, bom: bytes = b"") -> tuple[str, Source]:
    if _is_utf16(codec):
        even = len(data) & ~1
        text = data[:even].decode(codec, "surrogatepass")
        return text, Source(codec, bom, data[even:])
    if codec in BIG5:
        return _decode_big5(data, codec), Source(codec, bom)
    # The single-byte and UTF-8 codecs blame no ASCII bytes, and escape at the speed of C.
    errors = ESCAPE if codec == "gb18030" else ERRORS
    return data.decode(codec, errors), Source(codec, bom)


def _decode_big5(data: bytes, codec: str) -> str:
    text = data.decode(codec, ESCAPE)
    if text.encode(codec, ERRORS) == data:
        return text
    known = {piece: _exactly(piece, codec) for piece in set(BIG5_PIECE.findall(data))}
    return "".join(map(known.__getitem__, BIG5_PIECE.findall(data)))


def _exactly(piece: bytes, codec: str) -> str:
    """A piece decoded if it can be written again, else escaped."""
    text = piece.decode(codec, "ignore")
    return text if text.encode(codec) == piece else piece.decode("ascii", ERRORS)


def _is_utf16(codec: str) -> bool:
    return codec.startswith("utf-16")
