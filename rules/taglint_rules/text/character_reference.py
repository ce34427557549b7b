"""Character reference of HTML or XML left in the text.

What it finds: `&amp;`, `&nbsp;`, `&#x4E2D;` and the like.

Why it matters: the text was taken from a web page or an XML file without being decoded; the
reference is tokenised and tagged as if it were words.

Fix: unsafe; writes the character. None where that would be a blank or cannot be seen.

Options: none.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.patterns import lazy
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules.text._characters import described, replacement

REFERENCE = lazy(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8}\d{0,2});")


def check(document: Document, context: Context) -> Iterator[Problem]:
    if not {"&", ";"} <= document.characters:
        return
    from html import unescape

    for match in REFERENCE.finditer(document.text):
        written = match.group()
        meant = unescape(written)
        # What was escaped twice needs it twice.
        meant = unescape(meant) if meant != written else meant
        if ";" in meant and meant != ";":
            continue
        visible = meant.isprintable() and not meant.isspace()
        change = replacement(f"write {meant}", match.span(), meant) if visible else None
        message = f"character reference {written} for {meant if visible else described(meant)}"
        yield Problem(message, span=match.span(), group=written, change=change)


RULE = Rule(
    code="TXT017",
    name="character-reference",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    fix=Applicability.UNSAFE,
    changes_text=True,
    good=(Example("AT&T/n &/w ;/w a&b;c/x &nosuch;/x"),),
    bad=(
        Example("R&amp;D/n &#20013;/n", found=("&amp;", "&#20013;"), fixed="R&D/n 中/n"),
        Example("&nbsp;/w &amp;lt;/w", found=("&nbsp;", "&amp;lt;"), fixed="&nbsp;/w </w"),
    ),
    check_document=check,
)
