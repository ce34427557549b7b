"""Token without a tag.

What it finds: a word and separator with nothing behind them, such as `天气/ `.

Why it matters: readers of the corpus either stop there or invent a tag.

Fix: none; where a blank tore the token apart (`词/ n`), `blank-in-token` mends it.

Options: none.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Severity
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules.tokens._malformed import lone


def check(document: Document, context: Context) -> Iterator[Problem]:
    for index in lone(document, context, "missing-tag"):
        form = document.token(index).form
        yield Problem(f"{form} has no tag", tokens=(index, index + 1), group="missing")


RULE = Rule(
    code="TOK002",
    name="missing-tag",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    good=(Example("今天/t 天气/n"),),
    bad=(Example("今天/t 天气/ 很/d 好/a", found=("天气/",)),),
    check_document=check,
)
