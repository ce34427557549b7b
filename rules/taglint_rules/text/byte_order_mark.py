"""Byte order mark where it is of no use.

What it finds: U+FEFF inside the text; with the option, the mark at the start of a UTF-8 document
as well.

Why it matters: a mark inside the text comes from files that were joined as they were. It is not
to be seen and becomes part of the next form. At the start of UTF-8 it says nothing that a reader
needs, but does no harm here: it is read and written back as it is.

Fix: the mark at the beginning of a line is removed as layout (safe), any other one is removed
from the text (unsafe). The mark at the start of a document is not touched.

Options: `initial` reports the mark at the start of UTF-8 documents too.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Context, Example, Option, Problem, Rule, Scope
from taglint_rules.text._characters import replacement, runs

MARK = "\ufeff"


def check(document: Document, context: Context) -> Iterator[Problem]:
    source = document.source
    if context.options["initial"] and source.bom and source.encoding == "utf-8":
        yield Problem("byte order mark at the start of UTF-8", span=(0, 0), group="initial")
    for match in runs(document, MARK):
        start = match.start()
        first = not start or document.text[start - 1] in "\r\n"
        where = "at the beginning of a line" if first else "inside a line"
        change = replacement("remove the mark", match.span(), "", safe=first)
        yield Problem(f"byte order mark {where}", span=match.span(), group="inside", change=change)


RULE = Rule(
    code="TXT005",
    name="byte-order-mark",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    fix=Applicability.SAFE,
    changes_text=True,
    options={"initial": Option(False, "report the mark at the start of UTF-8", kind="bool")},
    good=(
        Example("天气/n 好/a"),
        Example("天气/n", data=b"\xef\xbb\xbf" + "天气/n".encode()),
    ),
    bad=(
        Example("天气/n\n\ufeff好/a", found=("\ufeff",), fixed="天气/n\n好/a"),
        Example("天\ufeff气/n", found=("\ufeff",), fixed="天气/n"),
        Example(
            "天气/n",
            found=("",),
            options={"initial": True},
            data=b"\xef\xbb\xbf" + "天气/n".encode(),
        ),
    ),
    check_document=check,
)
