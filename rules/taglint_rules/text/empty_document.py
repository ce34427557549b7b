"""Document without a single token.

What it finds: files that are empty, or hold nothing but blanks, comments and ids.

Why it matters: it is what a failed export or an interrupted download leaves behind.

Fix: none.

Options: none.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.rules import Context, Example, Problem, Rule, Scope


def check(document: Document, context: Context) -> Iterator[Problem]:
    if not len(document):
        yield Problem("the document has no tokens", span=(0, 0))


RULE = Rule(
    code="TXT014",
    name="empty-document",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    good=(Example("天气/n"),),
    bad=(Example("", found=("",)), Example(" \n\n", found=("",))),
    check_document=check,
)
