"""Word without separator and tag.

What it finds: a piece of text between blanks that has no separator at all, such as `天气` among
`今天/t 很/d`. A character that was typed for the separator is `wrong-separator`.

Why it matters: the word is not annotated; readers of the corpus stop there or drop it.

Fix: none; the missing tag is not in the text. Where a blank tore the token apart (`词 /n`),
`blank-in-token` mends it.

Options: none.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Severity
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules.tokens._malformed import lone
from taglint_rules.tokens.wrong_separator import split_at_lookalike


def check(document: Document, context: Context) -> Iterator[Problem]:
    for index in lone(document, context, "missing-separator"):
        form = document.token(index).form
        if split_at_lookalike(form, context) is None:
            yield Problem(f"{form} is not tagged", tokens=(index, index + 1), group="untagged")


RULE = Rule(
    code="TOK003",
    name="missing-separator",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    good=(Example("今天/t 天气/n"), Example("今天/t 天气／n")),
    bad=(
        Example("今天/t 天气 很/d 好/a", found=("天气",)),
        Example("dog_NN barks", format="underscore", tagset="penn", found=("barks",)),
    ),
    check_document=check,
)
