"""Damages a seed: bytes, characters, tokens, lines, encodings, line ends."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import replace
from random import Random

from taglint.configuration import AUTO
from taglint.configuration.model import DEFAULT_MIN_CONFIDENCE
from tests.fuzz.seeds import Seed
from tests.laws.laws import FORMATS, Reading

PIECES = (
    "/", "／", "_", "\t", " ", "\u3000", "\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028",
    "\ufeff", "\u200b", "\u200d", "\ufffd", "\xa0", "\0", "\x1b[31m", "\u202e", "[", "]", "]nt",
    "/w", "/n", "//", "(", "）", "“", "《", "。", "，", ",", ".", "1", "１", "一", "①", "1.",
    "（1）", "%", "年", "个", "a", "Ａ", "é", "e\u0301", "ﬁ", "㎡", "\ue000", "𠮷", "😀", "&amp;",
    "&#x4e2d;", "ä¸\xad", "锟斤拷", "的/u", "# sent_id = 1\n", "# taglint: ignore TAG001\n",
    "1-2\t_\t_", "1.1\t", "_\t_\t_", "\n\n", "19980101-01-001-001/m  ", "B-", "E", "<s>", "</s>",
    "=", "|", "\udcff", "\udc80", "\ud800", "-LRB-", "/m  、/w  二/m", "gpu/gi", "#",
)  # fmt: skip
RAW = (b"\xff", b"\x00", b"\x80", b"\xe4\xb8", b"\xc0\xaf", b"\xed\xa0\x80", b"\x81\x30\x81\x30",
       b"\x84\x31\x95\x33", *(bom for bom in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE)))  # fmt: skip
TARGETS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030", "big5", "latin-1")


def mutated(seed: Seed, other: Seed, chance: Random) -> Seed:
    """A seed with one to six kinds of damage; `other` is what pieces are taken from."""
    data = seed.data
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        data = mutated_bytes(data, other.data, chance)
    return Seed(data[:8_000], read_otherwise(seed, chance))


def mutated_bytes(data: bytes, other: bytes, chance: Random) -> bytes:
    return chance.choice(MUTATIONS)(data, other, chance)


def read_otherwise(seed: Seed, chance: Random) -> Reading:
    """Mostly as the seed is read, sometimes as what it is not."""
    reading = seed.reading
    if chance.random() < 0.5:
        reading = replace(reading, confidence=DEFAULT_MIN_CONFIDENCE)
    if chance.random() < 0.15:
        reading = replace(reading, format=chance.choice((AUTO, *FORMATS)))
    if chance.random() < 0.1:
        reading = replace(reading, tagset=chance.choice((AUTO, "hanlp", "pku98", "ctb", "upos")))
    if chance.random() < 0.1:
        reading = replace(reading, encoding=chance.choice(("utf-8", "gb18030", "utf-16", "big5")))
    return reading


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _at(text: str | bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(text) + 1)
    return start, min(len(text), start + chance.choice((0, 1, 2, 5, 20)))


def _put_piece(data: bytes, other: bytes, chance: Random) -> bytes:
    text = _text(data)
    start, end = _at(text, chance)
    piece = chance.choice(PIECES) * chance.choice((1, 1, 1, 1, 2, 9))
    return _bytes(text[:start] + piece + text[chance.choice((start, end)) :])


def _put_raw(data: bytes, other: bytes, chance: Random) -> bytes:
    start, end = _at(data, chance)
    return data[:start] + chance.choice(RAW) + data[chance.choice((start, end)) :]


def _put_other(data: bytes, other: bytes, chance: Random) -> bytes:
    start, end = _at(data, chance)
    first, last = sorted(chance.randrange(len(other) + 1) for _ in "ab")
    return data[:start] + other[first : min(last, first + 300)] + data[end:]


def _take_out(data: bytes, other: bytes, chance: Random) -> bytes:
    text = _text(data)
    start, end = _at(text, chance)
    return _bytes(text[:start] + text[end:])


def _cut(data: bytes, other: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return chance.choice((data[:at], data[at:]))


def _repeat(data: bytes, other: bytes, chance: Random) -> bytes:
    start, end = _at(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 30)) + data[end:]


def _shuffle_lines(data: bytes, other: bytes, chance: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines + lines[: chance.choice((0, 0, 2))])


def _shuffle_tokens(data: bytes, other: bytes, chance: Random) -> bytes:
    pieces = _text(data).split(" ")
    first, second = chance.randrange(len(pieces)), chance.randrange(len(pieces))
    pieces[first], pieces[second] = pieces[second], pieces[first]
    return _bytes(" ".join(pieces))


def _other_line_ends(data: bytes, other: bytes, chance: Random) -> bytes:
    return data.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\n", b"")))


def _other_encoding(data: bytes, other: bytes, chance: Random) -> bytes:
    return _text(data).encode(chance.choice(TARGETS), "replace")


Mutation = Callable[[bytes, bytes, Random], bytes]
MUTATIONS: tuple[Mutation, ...] = (
    _put_piece, _put_piece, _put_piece, _put_piece, _put_raw, _put_other, _put_other, _take_out,
    _take_out, _cut, _repeat, _shuffle_lines, _shuffle_tokens, _other_line_ends, _other_encoding,
)  # fmt: skip
