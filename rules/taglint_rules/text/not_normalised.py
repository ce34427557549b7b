"""Text that is not in Unicode's normalisation form C.

What it finds: letters followed by combining marks that have one code point together (e + U+0301
for é), marks in another order than Unicode's, and characters that always stand for another one.

Why it matters: two spellings look alike and are two words to every program that compares.
Universal Dependencies, for one, demands form C.

Fix: safe; writes form C, which means the same by definition.

Options: none.
"""

import re
import unicodedata
from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules.text._characters import described, replacement
from taglint_rules.text.compatibility_character import ALWAYS

JAMO = frozenset(map(chr, range(0x1100, 0x1200)))


def check(document: Document, context: Context) -> Iterator[Problem]:
    unstable = "".join(map(re.escape, _unstable(document.characters)))
    if not unstable:
        return
    for match in re.finditer(f"[^{unstable}]?[{unstable}]+", document.text):
        if not ALWAYS.search(match.group()):
            yield from _problem(*match.span(), match.group())


def _problem(start: int, end: int, text: str) -> Iterator[Problem]:
    composed = unicodedata.normalize("NFC", text)
    if composed == text:
        return
    if not unicodedata.combining(text[1:2] or "x") and text[0] == composed[0]:
        # The first character has no part in it.
        start, text, composed = start + 1, text[1:], composed[1:]
    message = f"{described(text)} is not normalised: form C is {described(composed)}"
    change = replacement(f"write {composed}", (start, end), composed, safe=True)
    yield Problem(message, span=(start, end), group=text, change=change)


def _unstable(characters: frozenset[str]) -> list[str]:
    """The characters that normalisation may change, alone or with their neighbours."""
    # NUL keeps the characters apart: then only those that change alone do.
    alone = not unicodedata.is_normalized("NFC", "\0".join(characters))
    joined = any(map(unicodedata.combining, characters)) or not characters.isdisjoint(JAMO)
    if not alone and not joined:
        return []
    return sorted(filter(_may_change, characters))


def _may_change(character: str) -> bool:
    return (
        unicodedata.combining(character) > 0
        or character in JAMO
        or not unicodedata.is_normalized("NFC", character)
    )


RULE = Rule(
    code="TXT011",
    name="not-normalised",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    fix=Applicability.SAFE,
    changes_text=True,
    good=(
        Example("café/n Ångström/n 天气/n", tagset=None),
        Example("q\u0331/n สู้/v \uf900/x", tagset=None),
    ),
    bad=(
        Example("cafe\u0301/n", found=("e\u0301",), fixed="café/n"),
        Example("\u1100\u1161/n \u037e/w", found=("\u1100\u1161", "\u037e"), fixed="가/n ;/w"),
        Example("q\u0307\u0323/n", found=("q\u0307\u0323",), fixed="q\u0323\u0307/n"),
    ),
    check_document=check,
)
