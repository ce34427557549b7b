"""CoNLL-U range or empty node with values in columns that belong to words.

What it finds: a range with anything but `_` in the columns from LEMMA to DEPS (`Typo=Yes` in
FEATS is allowed), and an empty node with a HEAD or DEPREL.

Why it matters: a range is a piece of text and an empty node no part of the tree; what stands in
these columns belongs to the words, where programs look for it.

Fix: none.

Options: none.

Source: validation level 2 of Universal Dependencies.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Severity
from taglint.formats.conllu_sentences import (
    COLUMNS,
    DEPREL,
    DEPS,
    FEATS,
    HEAD,
    LEMMA,
    NODE,
    RANGE,
    WORD,
    Row,
)  # fmt: skip
from taglint.rules import Context, Problem, Rule, Scope
from taglint_rules.tokens._conllu import FORMATS, example, joined

UNUSED = {RANGE: tuple(range(LEMMA, DEPS + 1)), NODE: (HEAD, DEPREL), WORD: ()}


def check(document: Document, context: Context) -> Iterator[Problem]:
    for block in document.layout.disordered():
        for column in range(LEMMA, DEPS + 1):
            for index, value in enumerate(block.values(column)):
                if value not in ("_", "") and column in UNUSED[block.kinds[index]]:
                    yield from _filled(block.rows[index], column)


def _filled(row: Row, column: int) -> Iterator[Problem]:
    kind = "a range" if row.kind == RANGE else "an empty node"
    value = row.cells[column]
    if column != FEATS or value != "Typo=Yes":
        message = f"{COLUMNS[column]} of {kind} is {value}, where _ belongs"
        yield Problem(message, span=row.span(column), group=f"{kind} {COLUMNS[column]}")


GOOD = joined(
    "1-2 al _ _ _ Typo=Yes _ _ _ Gloss=x", "1 a _ ADP _ _ 0 root 0:root _",
    "1.1 x _ X _ _ _ _ 1:dep _", "2 el _ DET _ _ 1 det 1:det _",
)  # fmt: skip

RULE = Rule(
    code="TOK113",
    name="conllu-unused-column",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    formats=FORMATS,
    good=(example(GOOD),),
    bad=(
        example(GOOD.replace("al\t_", "al\tal"), "al"),
        example(GOOD.replace("Typo=Yes", "Case=Nom"), "Case=Nom"),
        example(GOOD.replace("X\t_\t_\t_\t_", "X\t_\t_\t1\tdep"), "1", "dep"),
    ),
    check_document=check,
)
