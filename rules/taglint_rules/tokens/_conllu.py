"""What the rules about CoNLL-U share."""

from __future__ import annotations

from typing import Any

from taglint.findings import Applicability, Edit
from taglint.formats.conllu_sentences import ID, RANGE, WORD, Block, Row, kind_of
from taglint.patterns import lazy
from taglint.rules import Change, Example
from taglint.tagsets import UPOS

FORMATS = ("conllu",)
SOURCE = "the format description and the validation levels 1 and 2 of Universal Dependencies"
# Nine digits at most: what is longer is no number of a word, and slow to convert.
WORD_ID = lazy(r"[1-9][0-9]{0,8}")
RANGE_ID = lazy(r"([1-9][0-9]{0,8})-([1-9][0-9]{0,8})")
NODE_ID = lazy(r"(0|[1-9][0-9]{0,8})\.([1-9][0-9]{0,8})")
UPOS_TAGS = frozenset(UPOS)


def restarts(block: Block) -> list[int]:
    """The indices of rows whose id begins at 1 again: a blank line before them is missing."""
    found, words = [], False
    for index, (name, kind) in enumerate(zip(block.names, block.kinds, strict=True)):
        begins = name == "1" or (kind != WORD and name.startswith(("1-", "0.")))
        if begins and words:
            found.append(index)
            words = False
        words = words or kind == WORD
    return found


def ordered(block: Block) -> bool:
    """Whether all rows have ten columns and the words are numbered 1, 2, 3: only then do ids
    say which word is meant."""
    if block.regular or not block.names:
        return block.regular
    if not block.uniform and not all(row.whole for row in block.rows):
        return False
    ids = block.word_column(ID)
    ranges = [name for name in block.names if kind_of(name) == RANGE]
    return ids == [str(place + 1) for place in range(len(ids))] and all(
        map(RANGE_ID.fullmatch, ranges)
    )


def covered(block: Block) -> frozenset[str]:
    """The ids of the words that are part of a range. Ids must be in order."""
    words = block.kinds.count(WORD)
    inside: set[str] = set()
    for name, kind in zip(block.names, block.kinds, strict=True):
        if kind == RANGE:
            first, _, last = name.partition("-")
            inside.update(map(str, range(int(first), min(int(last), words) + 1)))
    return frozenset(inside)


def surface(block: Block) -> list[int]:
    """The indices of the rows whose forms make the running text: ranges, and words outside of
    them. Ids must be in order."""
    if block.regular:
        return list(range(len(block.names)))
    inside = covered(block)
    return [
        index
        for index, (name, kind) in enumerate(zip(block.names, block.kinds, strict=True))
        if kind == RANGE or (kind == WORD and name not in inside)
    ]


def first_line(block: Block, text: str) -> tuple[int, int]:
    """The offsets of a block's first line."""
    start = block.start
    ends = [
        at
        for at in (text.find("\n", start, block.end), text.find("\r", start, block.end))
        if at > 0
    ]
    return start, min(ends, default=block.end)


def rewrite(row: Row, column: int, text: str, message: str) -> Change:
    """The safe change of one cell."""
    return Change(message, Applicability.SAFE, edits=(Edit(*row.span(column), text),))


def joined(*lines: str) -> str:
    """One sentence for an example, blank line included: blanks of word lines become tabs."""
    rows = (line if line.startswith("#") else "\t".join(line.split(" ")) for line in lines)
    return "\n".join(rows) + "\n\n"


def example(
    text: str, *found: str, fixed: str | None = None, options: dict[str, Any] | None = None
) -> Example:
    return Example(text, found, fixed, "conllu", "upos", options or {})
