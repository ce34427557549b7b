"""Blanks between tokens that differ from the rest of the document.

What it finds: runs of blanks between two tokens of a line that are not what most of the
document has there (one blank, two blanks, a tab).

Why it matters: nothing is lost, but files differ without cause, and simple scripts that split
at the usual blank stumble.

Fix: safe; writes the document's usual blank.

Options: none.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from taglint.corpus.document import Document
from taglint.findings import Applicability, Edit
from taglint.rules import Change, Context, Example, Problem, Rule, Scope


def check(document: Document, context: Context) -> Iterator[Problem]:
    usual = usual_blank(document)
    for start, end in gaps(document):
        gap = document.text[start:end]
        if gap != usual:
            change = Change(
                "write the usual blank", Applicability.SAFE, edits=(Edit(start, end, usual),)
            )
            message = f"{gap!r} between tokens where the document has {usual!r}"
            yield Problem(message, span=(start, end), group=repr(gap), change=change)


def gaps(document: Document) -> Iterator[tuple[int, int]]:
    """Start and end of the blanks and tabs between the tokens of each sentence. Other blanks are
    for `unusual-blank` to mend first."""
    for sentence in range(document.sentence_count):
        for left, right in pairwise(document.sentence_spans(sentence)):
            gap = document.text[left.end : right.start]
            if gap and not gap.strip(" \t"):
                yield left.end, right.start


def usual_blank(document: Document) -> str:
    counts = Counter(document.text[start:end] for start, end in gaps(document))
    return max(counts, key=lambda gap: (counts[gap], gap), default=" ")


RULE = Rule(
    code="TOK015",
    name="irregular-blank",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    default=False,
    fix=Applicability.SAFE,
    formats=("slash", "underscore"),
    good=(Example("今天/t  天气/n  好/a"), Example("今天/t 天气/n [很/d 好/a]n")),
    bad=(Example("今天/t 天气/n 很/d  好/a", found=("  ",), fixed="今天/t 天气/n 很/d 好/a"),),
    check_document=check,
)
