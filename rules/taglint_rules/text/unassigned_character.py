"""Code point that Unicode has not assigned.

What it finds: code points without a character in the version of Unicode that Python has.

Why it matters: they come from damaged bytes that happened to be valid. Off by default, because a
newer Python knows more characters and so reports less.

Fix: none.

Options: none.
"""

import re
import unicodedata
from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules.text._characters import described


def check(document: Document, context: Context) -> Iterator[Problem]:
    found = "".join(filter(_unassigned, document.characters))
    for match in re.finditer(f"[{found}]+", document.text) if found else ():
        message = f"unassigned code point {described(match.group())}"
        yield Problem(message, span=match.span(), group=match.group())


def _unassigned(character: str) -> bool:
    """Noncharacters are unassigned as well, but `control-character` reports them."""
    code = ord(character)
    nothing = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return unicodedata.category(character) == "Cn" and not nothing


RULE = Rule(
    code="TXT015",
    name="unassigned-character",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    default=False,
    good=(Example("天气/n \uffff/x \ue000/x"),),
    bad=(Example("天\u0378气/n \U0009fff0\U0009fff1/x", found=("\u0378", "\U0009fff0\U0009fff1")),),
    check_document=check,
)
