"""Control character or noncharacter.

What it finds: the control characters of ASCII but for tab and line ends, DEL, those of Latin-1
(U+0080 to U+009F) but for the line end U+0085, and the code points that Unicode guarantees never
to be characters.

Why it matters: they are what terminals, converters and copying leave behind. They are not to be
seen, make the forms they stand in other forms, and U+001C to U+001F even separate tokens for
programs that split at blanks.

Fix: unsafe; removes it, or writes the mark that Windows has at its place where text of Windows
was read as Latin-1 (U+0093 is “).

Options: none.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Severity
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules.text._characters import described, replacement, runs

PLANES = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
CONTROLS = "\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef" + PLANES


def check(document: Document, context: Context) -> Iterator[Problem]:
    for match in runs(document, CONTROLS):
        text, span = match.group(), match.span()
        windows = _as_windows(text)
        what = f"write {windows}" if windows else "remove it"
        hint = f", in Windows-1252 {windows}" if windows else ""
        yield Problem(
            f"control character {described(text)}{hint}",
            span=span,
            group=text,
            change=replacement(what, span, windows),
        )


def _as_windows(text: str) -> str:
    """The characters that Windows-1252 has for a run of Latin-1 controls, if it has all."""
    try:
        shown = text.encode("latin-1").decode("cp1252")
    except UnicodeError:
        return ""
    return shown if shown.isprintable() else ""


RULE = Rule(
    code="TXT003",
    name="control-character",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    fix=Applicability.UNSAFE,
    changes_text=True,
    good=(Example("天气/n\t好/a\r\n真/d 好/a\n"),),
    bad=(
        Example("天\x08气/n 好/a", found=("\x08",), fixed="天气/n 好/a"),
        Example("\x93/w 好/a \x94/w", found=("\x93", "\x94"), fixed="“/w 好/a ”/w"),
        Example("天气\uffff\x7f/n", found=("\uffff\x7f",), fixed="天气/n"),
    ),
    check_document=check,
)
