"""Finds what two running texts share, in bounded time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

# Texts are compared piece by piece, a piece up to a mark that ends a clause.
PIECE = re.compile(r"[^。！？；，.!?;,]*[。！？；，.!?;,]?")
# Pieces that differ are compared by character up to this many pairs of characters.
MOST_PAIRS = 1_000_000

Block = tuple[int, int, int]


def shared(old: str, new: str) -> list[Block]:
    """The stretches that both texts have, in order, as (start in old, start in new, length)."""
    if old == new:
        return [(0, 0, len(old))] if old else []
    return list(_joined(_blocks(old, new)))


def _blocks(old: str, new: str) -> Iterator[Block]:
    left, right = _pieces(old), _pieces(new)
    at, other = 0, 0
    for kind, first, last, start, end in SequenceMatcher(None, left, right).get_opcodes():
        a, b = "".join(left[first:last]), "".join(right[start:end])
        if kind == "equal":
            yield at, other, len(a)
        elif kind == "replace" and len(a) * len(b) <= MOST_PAIRS:
            for match in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
                yield at + match.a, other + match.b, match.size
        at, other = at + len(a), other + len(b)


def _pieces(text: str) -> list[str]:
    return [piece for piece in PIECE.findall(text) if piece]


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Blocks that follow each other directly are one."""
    known: Block | None = None
    for block in blocks:
        if not block[2]:
            continue
        if known and (known[0] + known[2], known[1] + known[2]) == block[:2]:
            known = (known[0], known[1], known[2] + block[2])
            continue
        if known:
            yield known
        known = block
    if known:
        yield known
