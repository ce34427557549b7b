"""What the rules about CoNLL-U share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from taglint.findings import Applicability, Edit
from taglint.formats.conllu_sentences import ID, MISC, NODE, RANGE, WORD, Block, Row
from taglint.rules import Change, Example

FORMATS = ("conllu",)
SOURCE = "the format description and the validation levels 1 and 2 of Universal Dependencies"
# Nine digits at most: what is longer is no number of a word, and slow to convert.
WORD_ID = re.compile(r"[1-9][0-9]{0,8}")
RANGE_ID = re.compile(r"([1-9][0-9]{0,8})-([1-9][0-9]{0,8})")
NODE_ID = re.compile(r"(0|[1-9][0-9]{0,8})\.([1-9][0-9]{0,8})")
UPOS_TAGS = frozenset(
    ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
     "PUNCT", "SCONJ", "SYM", "VERB", "X")
)  # fmt: skip


def identifier(row: Row) -> str:
    """The id of a row, also of one with a wrong number of columns."""
    return row.cells[ID] if row.whole else row.text.split(None, 1)[0]


def restarts(rows: Sequence[Row]) -> list[int]:
    """The indices of rows whose id begins at 1 again: a blank line before them is missing."""
    found, words = [], False
    for index, row in enumerate(rows):
        name = identifier(row)
        begins = name == "1" or (row.kind != WORD and name.startswith(("1-", "0.")))
        if begins and words:
            found.append(index)
            words = False
        words = words or row.kind == WORD
    return found


def ordered(block: Block) -> bool:
    """Whether all rows have ten columns and the words are numbered 1, 2, 3: only then do ids
    say which word is meant."""
    if block.regular:
        return True
    names = [row.id for row in block.words]
    fits = all(
        row.whole and (row.kind != RANGE or RANGE_ID.fullmatch(row.id)) for row in block.rows
    )
    return bool(names) and fits and names == [str(place + 1) for place in range(len(names))]


def covered(rows: Iterable[Row]) -> frozenset[str]:
    """The ids of the words that are part of a range. Ids must be in order."""
    inside: set[str] = set()
    words = {row.id for row in rows if row.kind == WORD}
    for row in rows:
        if row.kind == RANGE:
            first, last = row.bounds
            inside.update(map(str, range(first, min(last, len(words)) + 1)))
    return frozenset(inside)


def surface(block: Block) -> list[Row]:
    """The rows whose forms make the running text: ranges, and words outside of them."""
    inside = frozenset() if block.regular else covered(block.rows)
    return [
        row
        for row in block.rows
        if row.kind != NODE and not (row.kind == WORD and row.id in inside)
    ]


def items(row: Row) -> list[str]:
    """The items of a row's MISC."""
    return row.cells[MISC].split("|")


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
