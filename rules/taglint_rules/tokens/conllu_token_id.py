"""CoNLL-U ids that are malformed or out of order.

What it finds: an id that is no number, range (`1-2`) or empty node (`8.1`); words that are not
numbered 1, 2, 3 in order; ranges that run backwards, overlap, do not stand before their first
word or end behind the last one; empty nodes not numbered in order behind their word, or put
between a range and its first word.

Why it matters: heads and enhanced dependencies name words by these ids.

Fix: none; a new number would have to be entered wherever the old one is meant.

Options: none.

Source: the format description and validation level 1 of Universal Dependencies.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from taglint.corpus.document import Document
from taglint.findings import Severity
from taglint.formats.conllu_sentences import ID, NODE, RANGE, WORD, Block
from taglint.rules import Context, Problem, Rule, Scope
from taglint_rules.tokens._conllu import (
    FORMATS,
    NODE_ID,
    RANGE_ID,
    WORD_ID,
    example,
    joined,
    restarts,
)  # fmt: skip


@dataclass
class Count:
    """How far a sentence has been counted: last word, empty nodes behind it, current range."""

    word: int = 0
    nodes: int = 0
    range_start: int = 0
    range_end: int = 0


def check(document: Document, context: Context) -> Iterator[Problem]:
    for block in document.layout.disordered():
        yield from _block(block)


def _block(block: Block) -> Iterator[Problem]:
    anew = set(restarts(block))
    count, open_range = Count(), -1
    for index, (name, kind) in enumerate(zip(block.names, block.kinds, strict=True)):
        if index in anew:
            yield from _unclosed(block, open_range, count)
            count, open_range = Count(), -1
        message = CHECKS[kind](name, count)
        if kind == RANGE and not message:
            open_range = index
        if message and block.rows[index].whole:
            yield Problem(message, span=block.rows[index].span(ID), group=kind)
    yield from _unclosed(block, open_range, count)


def _word(name: str, count: Count) -> str:
    if not WORD_ID.fullmatch(name):
        # Empty ids and blanks in them are other rules' business.
        blank = not name or len(name.split()) != 1 or name != name.strip()
        return "" if blank else f"{name} is no id of a word, range or empty node"
    before, count.word, count.nodes = count.word, int(name), 0
    if count.word == before + 1:
        return ""
    return f"word id {name} where {before + 1} is expected"


def _range(name: str, count: Count) -> str:
    found = RANGE_ID.fullmatch(name)
    if not found:
        return f"{name} is no range of words"
    first, last = int(found[1]), int(found[2])
    if last < first:
        return f"range {name} runs backwards"
    if first <= count.range_end:
        return f"range {name} overlaps the range {count.range_start}-{count.range_end}"
    if first != count.word + 1:
        return f"range {name} does not stand before its first word: the next is {count.word + 1}"
    count.range_start, count.range_end, count.nodes = first, last, 0
    return ""


def _node(name: str, count: Count) -> str:
    found = NODE_ID.fullmatch(name)
    if not found:
        return f"{name} is no id of an empty node"
    expected = f"{count.word}.{count.nodes + 1}"
    count.nodes = int(found[2])
    if name != expected:
        return f"empty node {name} where {expected} is expected"
    if count.range_start == count.word + 1:
        return f"empty node {name} stands behind the range that begins after its word"
    return ""


def _unclosed(block: Block, index: int, count: Count) -> Iterator[Problem]:
    """A problem where the range at this index, if any, ends behind the last word."""
    if index >= 0 and count.range_end > count.word:
        message = f"range {block.names[index]} ends behind the last word, {count.word}"
        yield Problem(message, span=block.rows[index].span(ID), group=RANGE)


CHECKS = {WORD: _word, RANGE: _range, NODE: _node}
LINES = (
    "1 vamos _ VERB _ _ 0 root _ _", "1.1 _ _ _ _ _ _ _ 1:dep _", "2-3 al _ _ _ _ _ _ _ _",
    "2 a _ ADP _ _ 4 case _ _", "3 el _ DET _ _ 4 det _ _", "4 mar _ NOUN _ _ 1 obl _ _",
)  # fmt: skip
GOOD = joined(*LINES)

RULE = Rule(
    code="TOK103",
    name="conllu-token-id",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    formats=FORMATS,
    good=(example(GOOD), example(joined("0.1 _ _ _ _ _ _ _ 0:root _", *LINES))),
    bad=(
        example(joined(*LINES[:4], *LINES[5:]), "4"),
        example(GOOD.replace("4\tmar", "5\tmar"), "5"),
        example(GOOD.replace("4\tmar", "4a\tmar"), "4a"),
        example(GOOD.replace("2-3", "3-2"), "3-2"),
        example(GOOD.replace("2-3", "2-9"), "2-9"),
        example(joined(LINES[0], LINES[2], LINES[1], *LINES[3:]), "1.1"),
        example(joined(*LINES[:4], "3-4 x _ _ _ _ _ _ _ _", *LINES[4:]), "3-4"),
        example(GOOD.replace("1.1", "1.2"), "1.2"),
        example(GOOD.replace("1.1", "01.1"), "01.1"),
    ),
    check_document=check,
)  # fmt: skip
