"""Token without a form.

What it finds: a separator and tag with no word before them, such as ` /n `.

Why it matters: a word is lost, or a stray tag is counted as a token by everything that reads
the corpus.

Fix: none; the missing word is not in the text. Where a blank tore the token apart (`词 /n`),
`blank-in-token` mends it.

Options: none.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Severity
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules.tokens._malformed import lone


def check(document: Document, context: Context) -> Iterator[Problem]:
    for index in lone(document, context, "missing-form"):
        tag = document.token(index).tag
        yield Problem(f"tag {tag} without a word", tokens=(index, index + 1), group="missing")


RULE = Rule(
    code="TOK001",
    name="missing-form",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    good=(Example("今天/t //w 好/a"), Example("dog_NN __SYM", format="underscore", tagset="ctb")),
    bad=(Example("今天/t 很/d /n 好/a", found=("/n",)), Example("/w 好/a", found=("/w",))),
    check_document=check,
)
