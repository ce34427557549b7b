"""Compound bracket that is not balanced.

What it finds: an opening `[` of a compound that is not closed in its sentence, or a closing
`]tag` that nothing opened.

Why it matters: readers of the corpus lose the compound, or take everything up to the next
bracket for one.

Fix: none; where the compound ends is not in the text.

Options: none.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Severity
from taglint.rules import Context, Example, Problem, Rule, Scope


def check(document: Document, context: Context) -> Iterator[Problem]:
    wanted = document.types_where(
        "compound", lambda token: token.opening or token.closing, document.vocabulary.irregular()
    )
    sentence, open_at = -1, list[int]()
    for index in document.places(wanted):
        if document.sentence_of(index) != sentence:
            yield from map(unclosed, open_at)
            sentence, open_at = document.sentence_of(index), []
        token = document.token(index)
        open_at += [index] * len(token.opening)
        for _ in range(token.closing.count("]")):
            if open_at:
                open_at.pop()
            else:
                yield Problem("] closes no [", tokens=(index, index + 1), group="unopened")
    yield from map(unclosed, open_at)


def unclosed(index: int) -> Problem:
    return Problem("[ is not closed in its sentence", tokens=(index, index + 1), group="unclosed")


RULE = Rule(
    code="TOK008",
    name="compound-bracket",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    formats=("slash",),
    good=(
        Example("[中央/n 电台/n]nt 报道/v"),
        Example("[中央/n [人民/n 广播/vn]nt 电台/n]/nt"),
        Example("[/w 注/n ]/w"),
    ),
    bad=(
        Example("[中央/n 电台/n 报道/v", found=("中央/n",)),
        Example("中央/n 电台/n]nt\n[新/a 书/n]n", found=("电台/n",)),
    ),
    check_document=check,
)
