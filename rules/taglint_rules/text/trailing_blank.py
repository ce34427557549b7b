"""Blanks at the end of a line.

What it finds: blanks and tabs before a line end, in formats where they mean nothing.

Why it matters: editors remove them, and then every line has changed. Off by default: some
corpora, the original People's Daily one among them, write blanks behind every token.

Fix: safe; removes them.

Options: none.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Severity
from taglint.patterns import lazy
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules.text._characters import BLANK_DELIMITED, replacement

# The possessive run is looked at once however long it is.
PAIRS = (" \n", "\t\n", " \r", "\t\r")
TRAILING = lazy(r"(?<![ \t])[ \t]++(?=[\r\n]|\Z)")


def check(document: Document, context: Context) -> Iterator[Problem]:
    text = document.text
    if not any(pair in text for pair in PAIRS) and not text.endswith((" ", "\t")):
        return
    for match in TRAILING.finditer(text):
        change = replacement("remove the blanks", match.span(), "", safe=True)
        yield Problem("blank at the end of the line", span=match.span(), change=change)


RULE = Rule(
    code="TXT013",
    name="trailing-blank",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.INFO,
    default=False,
    fix=Applicability.SAFE,
    formats=BLANK_DELIMITED,
    good=(Example("天气/n  好/a\n"),),
    bad=(
        Example("天气/n  好/a  \n真/d\t", found=("  ", "\t"), fixed="天气/n  好/a\n真/d"),
        Example("天气/n \r\n", found=(" ",), fixed="天气/n\r\n"),
    ),
    check_document=check,
)
