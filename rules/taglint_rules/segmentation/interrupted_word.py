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
from taglint_rules.segmentation._shared import judge

if TYPE_CHECKING:
    from taglint_rules.segmentation._judging import Verdicts

# A word that occurs so often is no coincidence.
LEAST_COUNT = 3


def locate(document: Document, verdicts: Verdicts | None, context: Context) -> Iterator[Problem]:
    if verdicts is None or document.sentence_count < 2:
        return
    for first in cut_words(document, verdicts):
        left, right = document.token(first - 1).form, document.token(first).form
        message = f"{left} at the line end and {right} behind it are one word elsewhere"
        yield Problem(message, tokens=(first - 1, first + 1), confidence=0.7, group=left + right)


def cut_words(document: Document, verdicts: Verdicts) -> list[int]:
    """The tokens that begin a sentence and go on with the last word of the one before."""
    import numpy as np

    from taglint_rules.segmentation._occurrences import running

    tables, text = verdicts.tables, running(document, verdicts.keys)
    first = np.flatnonzero(text.begins[:-1])[1:]
    left, right = tables.form[text[first - 1]], tables.form[text[first]]
    whole = tables.index.find(tables.strings.joined(left, right))
    times = np.where(whole < 0, 0, tables.form_count[whole])
    parts = np.maximum(tables.form_count[left], tables.form_count[right])
    cut = tables.strings.han[left] & tables.strings.han[right]
    return first[cut & (times >= LEAST_COUNT) & (parts < times)].tolist()  # type: ignore[no-any-return]


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
