"""Blank inside a token.

What it finds: a blank between word and separator (`天气 /n`) or between separator and tag
(`天气/ n`), in formats where a blank ends the token.

Why it matters: one token becomes two malformed ones.

Fix: safe; takes the blank out.

Options: none.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Severity
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint_rules.tokens._malformed import torn


def check(document: Document, context: Context) -> Iterator[Problem]:
    for index, (form, tag) in torn(document, context):
        change = Change("take out the blank", Applicability.SAFE, tokens=((form, tag),))
        message = f"blank inside the token {form}/{tag}"
        yield Problem(message, tokens=(index, index + 2), group="blank", change=change)


RULE = Rule(
    code="TOK005",
    name="blank-in-token",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    fix=Applicability.SAFE,
    changes_text=True,
    formats=("slash", "underscore"),
    good=(Example("今天/t 天气/n"), Example("天气\n/n"), Example("天气/ 不好/a")),
    bad=(
        Example("今天/t 天气 /n 好/a", found=("天气 /n",), fixed="今天/t 天气/n 好/a"),
        Example("今天/t 天气/ n 好/a", found=("天气/ n",), fixed="今天/t 天气/n 好/a"),
    ),
    check_document=check,
)
