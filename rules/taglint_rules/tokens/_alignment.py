"""Compares the text of a CoNLL-U sentence with its forms."""

from __future__ import annotations

from collections.abc import Iterator

from taglint.findings import Applicability, Edit
from taglint.formats.conllu_sentences import FORM, MISC, Block, Row
from taglint.rules import Change, Problem
from taglint_rules.tokens._conllu import ordered, surface

NO_SPACE = "SpaceAfter=No"
SHOWN = 20


def difference(block: Block, text: str) -> Iterator[Problem]:
    """A problem at the first place where text and forms differ, if they do."""
    if not ordered(block) or _agrees(block, text):
        return
    at, closed, unmarked = 0, False, []
    rows = [block.rows[index] for index in surface(block)]
    for row in rows:
        form = row.cells[FORM]
        if not text.startswith(form, at):
            yield _mismatch(row, text[at:], closed)
            return
        at += len(form)
        closed = NO_SPACE in _items(row)
        if not closed and at < len(text):
            if not text[at].isspace():
                unmarked.append(row)
            at = len(text) - len(text[at:].lstrip())
    if at < len(text) and rows:
        rest = text[at : at + SHOWN]
        yield Problem(f"behind the last form the text goes on: {rest}",
                      span=rows[-1].span(FORM), group="longer")  # fmt: skip
    elif unmarked:
        yield _unmarked(unmarked)


def _agrees(block: Block, text: str) -> bool:
    """Whether a sentence is its text to the letter: quick, and the usual case."""
    forms, misc = block.column(FORM), block.column(MISC)
    pieces = [
        forms[index] if NO_SPACE in misc[index].split("|") else forms[index] + " "
        for index in surface(block)
    ]
    return "".join(pieces).rstrip(" ") == text


def _mismatch(row: Row, rest: str, closed: bool) -> Problem:
    form, shown = row.cells[FORM], rest[:SHOWN]
    if not rest:
        message = f"the text ends before {form}"
    elif closed and rest.lstrip().startswith(form):
        message = f"the text has a blank before {form}, the word before has {NO_SPACE}"
    else:
        message = f"the text goes on with {shown}, the forms with {form}"
    return Problem(message, span=row.span(FORM), group="differs")


def _unmarked(rows: list[Row]) -> Problem:
    free = all(not item.startswith("SpaceAfter=") for row in rows for item in _items(row))
    edits = [Edit(*row.span(MISC), _closed(row.cells[MISC])) for row in rows]
    change = Change(f"enter {NO_SPACE}", Applicability.SAFE, edits=tuple(edits)) if free else None
    message = f"the text has no blank behind {rows[0].cells[FORM]}, which lacks {NO_SPACE}"
    return Problem(message, span=rows[0].span(MISC), group="unmarked", change=change)


def _items(row: Row) -> list[str]:
    return row.cells[MISC].split("|")


def _closed(misc: str) -> str:
    return NO_SPACE if misc in ("_", "") else f"{misc}|{NO_SPACE}"
