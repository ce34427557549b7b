"""CoNLL-U column that is empty or has blanks where none belong.

What it finds: an empty column (an unknown value is written `_`); blanks in a column that cannot
have any (all but FORM, LEMMA and MISC; in ranges FORM and LEMMA as well); blanks at the edges of
a column, or two in a row.

Why it matters: a value with a blank at its edge is another value than the same without it, and
an empty column looks like a missing one.

Fix: blanks at the edges are removed and an empty LEMMA, XPOS, FEATS, DEPS or MISC becomes `_`;
forms are left as they are.

Options: none.

Source: the format description and validation level 1 of Universal Dependencies.
"""

import re
from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Severity
from taglint.formats.conllu_sentences import (
    COLUMNS,
    DEPS,
    FEATS,
    FORM,
    ID,
    LEMMA,
    MISC,
    RANGE,
    WORD,
    XPOS,
    ConlluLayout,
    Row,
    kind_of,
)  # fmt: skip
from taglint.rules import Change, Context, Problem, Rule, Scope
from taglint_rules.tokens._conllu import FORMATS, example, joined, rewrite

BLANK = re.compile(r"\s")
REPEATED = re.compile(r"\s\s")
MAY_HAVE_BLANKS = (FORM, LEMMA, MISC)
UNKNOWN_ALLOWED = (LEMMA, XPOS, FEATS, DEPS, MISC)


def check(document: Document, context: Context) -> Iterator[Problem]:
    layout: ConlluLayout = document.layout
    for column, values in enumerate(layout.values):
        blanks = bool(BLANK.search("".join(values)))
        if not blanks and "" not in values:
            continue
        bad = {value: fault for value in values if (fault := fault_of(value, column))}
        for row in layout.rows_with(column, bad):
            yield _problem(row, column, bad[row.cells[column]])
        if column in (FORM, LEMMA) and blanks:
            yield from _ranges(layout, column)


def fault_of(value: str, column: int) -> str:
    """What is wrong about a value of a column, if anything."""
    if not value:
        return "is empty"
    if not BLANK.search(value):
        return ""
    if value != value.strip():
        return "has blanks at its edge"
    if column not in MAY_HAVE_BLANKS:
        return "has a blank in it"
    return "has several blanks in a row" if REPEATED.search(value) else ""


def _ranges(layout: ConlluLayout, column: int) -> Iterator[Problem]:
    for block in layout.disordered():
        for row in block.rows:
            value = row.cells[column] if row.whole and row.kind == RANGE else ""
            if BLANK.search(value) and not fault_of(value, column):
                yield _problem(row, column, "of a range has a blank in it")


def _problem(row: Row, column: int, fault: str) -> Problem:
    span = row.span(column) if row.cells[column] else (row.start, row.end)
    message = f"{COLUMNS[column]} {fault}"
    return Problem(message, span=span, group=message, change=_change(row, column))


def _change(row: Row, column: int) -> Change | None:
    value = row.cells[column]
    if not value and column in UNKNOWN_ALLOWED:
        return rewrite(row, column, "_", "write _ for an unknown value")
    bare = value.strip()
    if column == FORM or not bare or bare == value:
        return None
    if column == ID and (row.kind != WORD or kind_of(bare) != WORD):
        return None
    return rewrite(row, column, bare, "remove the blanks")


GOOD = joined("1 Dogs dog NOUN _ _ 2 nsubj _ Gloss=a|b", "2 bark bark VERB _ _ 0 root _ _")
INSIDE = GOOD.replace("\tGloss=a", "\tGloss=a dog")
RANGED = joined(
    "1-2 cannot _ _ _ _ _ _ _ _", "1 can can AUX _ _ 0 root _ _", "2 not not PART _ _ 1 advmod _ _"
)

RULE = Rule(
    code="TOK102",
    name="conllu-blank",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    fix=Applicability.SAFE,
    formats=FORMATS,
    good=(example(GOOD), example(INSIDE), example(GOOD.replace("dog\t", "a dog\t")),
          example(RANGED)),
    bad=(
        example(GOOD.replace("dog\t", " dog\t"), " dog", fixed=GOOD),
        example(GOOD.replace("VERB\t_", "VERB\t"), "2\tbark\tbark\tVERB\t\t_\t0\troot\t_\t_",
                fixed=GOOD),
        example(GOOD.replace("Dogs", "Dogs "), "Dogs "),
        example(GOOD.replace("nsubj", "n subj"), "n subj"),
        example(INSIDE.replace("a dog", "a  dog"), "Gloss=a  dog|b"),
        example(RANGED.replace("cannot", "can not"), "can not"),
    ),
    check_document=check,
)  # fmt: skip
