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

from taglint.corpus.document import Document
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules._gathering import gather
from taglint_rules.segmentation._shared import judged

if TYPE_CHECKING:
    from taglint.corpus.contexts import Contexts
    from taglint_rules.segmentation._interrupted import Interrupted


def judge(counts: Contexts, context: Context) -> Interrupted | None:
    known = judged(counts, context)
    if known is None:
        return None
    from taglint_rules.segmentation._interrupted import interrupted

    return interrupted(known)


def locate(document: Document, verdicts: Interrupted | None, context: Context) -> Iterator[Problem]:
    if verdicts is None:
        return
    types, ids = document.vocabulary.types, document.ids
    for first in verdicts.beginnings(document):
        left, right = types[ids[first - 1]].form, types[ids[first]].form
        if (left, right) in verdicts.parts:
            yield _problem(left, right, first)


def _problem(left: str, right: str, first: int) -> Problem:
    message = f"{left} at the line end and {right} behind it are one word elsewhere"
    return Problem(message, tokens=(first - 1, first + 1), confidence=0.7, group=left + right)


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
