"""Word cut by a line end.

What it finds: the last token of a line and the first of the next that are one word elsewhere in
the corpus, or in the outside lexicon, while neither is as frequent alone. (A blank token inside a
word is `blank-token`, a blank inside a token `blank-in-token`.)

Why it matters: the word is lost, its halves are counted, and the sentence ends in its middle.

Fix: none; the lines have to be joined.

Options: none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from taglint.characters import is_han
from taglint.corpus.document import Document
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules._gathering import gather
from taglint_rules.segmentation._shared import judge

if TYPE_CHECKING:
    from taglint_rules.segmentation._judging import Verdicts
    from taglint_rules.segmentation._tables import Tables

# A word that occurs so often is no coincidence.
LEAST_COUNT = 3


def locate(document: Document, verdicts: Verdicts | None, context: Context) -> Iterator[Problem]:
    if verdicts is None:
        return
    for sentence in range(1, document.sentence_count):
        first = document.sentence_tokens(sentence).start
        if first and first < len(document):
            yield from _at(document, verdicts.tables, first)


def _at(document: Document, tables: Tables, first: int) -> Iterator[Problem]:
    left, right = document.token(first - 1).form, document.token(first).form
    if not (is_han(left) and is_han(right)):
        return
    whole = tables.known(left + right)
    if whole == -1 or tables.form_count[whole] < LEAST_COUNT:
        return
    parts = [tables.form_count[tables.known(form)] for form in (left, right)]
    if max(parts) < tables.form_count[whole]:
        message = f"{left} at the line end and {right} behind it are one word elsewhere"
        yield Problem(message, tokens=(first - 1, first + 1), confidence=0.7, group=left + right)


RULE = Rule(
    code="SEG007",
    name="interrupted-word",
    doc=__doc__,
    scope=Scope.CORPUS,
    good=(Example("提高/v 质量/n 。/w\n提/v 意见/n\n", tagset="pku98"),),
    bad=(
        Example("提高/v " * 5 + "要/v 提/v\n高/a 质量/n", tagset="pku98",
                found=("提/v\n高/a",)),
    ),
    gather=gather,
    judge=judge,
    locate=locate,
)  # fmt: skip
