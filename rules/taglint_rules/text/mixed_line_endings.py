"""Line ends of more than one kind in a document.

What it finds: in a document with more than one of LF, CRLF and CR, the lines that end unlike most
of the others. Lines that follow each other are one finding.

Why it matters: version control shows lines as changed that are not, and programs that know only
one kind see a stray U+000D as part of the last tag.

Fix: safe; writes the kind that most lines have.

Options: none.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from taglint.corpus.document import Document
from taglint.corpus.lines import LINE_END
from taglint.findings import Applicability, Edit
from taglint.rules import Change, Context, Example, Problem, Rule, Scope

NAMES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}
Place = tuple[int, int, str]


def check(document: Document, context: Context) -> Iterator[Problem]:
    if "\r" not in document.characters:
        return
    counts = _counts(document.text)
    usual = max(counts, key=lambda end: (counts[end], end))
    if len(counts) < 2:
        return
    ends = ((*match.span(), match.group()) for match in LINE_END.finditer(document.text))
    for kind, places in groupby(ends, key=lambda place: place[2]):
        if kind != usual:
            yield _problem(list(places), usual, counts)


def _counts(text: str) -> Counter[str]:
    both = text.count("\r\n")
    counts = {"\r\n": both, "\r": text.count("\r") - both, "\n": text.count("\n") - both}
    return +Counter(counts)


def _problem(places: list[Place], usual: str, counts: Counter[str]) -> Problem:
    start, end, kind = places[0]
    lines = f"{len(places)} lines end" if len(places) > 1 else "line ends"
    message = f"{lines} in {NAMES[kind]}, most ({counts[usual]}) in {NAMES[usual]}"
    change = Change(
        f"write {NAMES[usual]}",
        Applicability.SAFE,
        edits=tuple(Edit(first, last, usual) for first, last, _ in places),
    )
    return Problem(message, span=(start, end), group=NAMES[kind], change=change)


RULE = Rule(
    code="TXT006",
    name="mixed-line-endings",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    fix=Applicability.SAFE,
    good=(
        Example("天气/n\n好/a\n"),
        Example("天气/n\r\n好/a\r\n"),
        Example("天气/n\r好/a\r"),
    ),
    bad=(
        Example("一/m\n二/m\r\n三/m\n", found=("\r\n",), fixed="一/m\n二/m\n三/m\n"),
        Example("一/m\r\n二/m\n三/m\n四/m\r\n五/m\r\n", found=("\n",),
                fixed="一/m\r\n二/m\r\n三/m\r\n四/m\r\n五/m\r\n"),
        Example("一/m\r二/m\n三/m\n", found=("\r",), fixed="一/m\n二/m\n三/m\n"),
    ),
    check_document=check,
)  # fmt: skip
