"""Last line without a line end.

What it finds: a document whose last line does not end in a line end.

Why it matters: files that are joined run together at this place, and `wc -l` counts a line less.
It may also be the trace of a file that was cut off. Off by default: programs that print one
document a file often leave it out.

Fix: safe; adds the line end that the document uses.

Options: none.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Severity
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules.text._characters import replacement


def check(document: Document, context: Context) -> Iterator[Problem]:
    text = document.text
    if text and text[-1] not in "\r\n":
        end = (len(text), len(text))
        change = replacement("add a line end", end, _line_end(document), safe=True)
        yield Problem("no line end at the end of the last line", span=end, change=change)


def _line_end(document: Document) -> str:
    """The one that the first line has."""
    lines = document.lines
    first = document.text[lines.bounds(1)[1] : lines.starts[1]] if len(lines.starts) > 1 else ""
    return first or "\n"


RULE = Rule(
    code="TXT012",
    name="missing-final-newline",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.INFO,
    default=False,
    fix=Applicability.SAFE,
    good=(Example("天气/n 好/a\n"), Example("天气/n\r"), Example("")),
    bad=(
        Example("天气/n\n好/a", found=("",), fixed="天气/n\n好/a\n"),
        Example("天气/n\r\n好/a", found=("",), fixed="天气/n\r\n好/a\r\n"),
        Example("天气/n", found=("",), fixed="天气/n\n"),
    ),
    check_document=check,
)
