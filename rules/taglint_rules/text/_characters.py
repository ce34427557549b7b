"""What the rules about characters share: the cheap gate, and how characters are named."""

import re
import unicodedata
from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Edit
from taglint.rules import Change

# Formats in which every blank, of whatever kind, ends a token.
BLANK_DELIMITED = ("slash", "underscore")


def present(document: Document, pattern: re.Pattern[str]) -> list[str]:
    """The document's distinct characters that match a pattern of one character.

    Costs the same for a page and for a gigabyte, once the document's characters are known.
    """
    return pattern.findall("".join(document.characters))


def runs(document: Document, characters: str) -> Iterator[re.Match[str]]:
    """The runs of characters of a class, written as between brackets in a regular expression."""
    if present(document, character_class(characters)):
        yield from re.finditer(f"[{characters}]+", document.text)


def character_class(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{characters}]")


def described(text: str, most: int = 3) -> str:
    """Code points with their names: `U+200B ZERO WIDTH SPACE`; of many the first few."""
    distinct = list(dict.fromkeys(text))
    more = f" and {len(distinct) - most} more" if len(distinct) > most else ""
    return ", ".join(map(_named, distinct[:most])) + more


def replacement(message: str, span: tuple[int, int], text: str, safe: bool = False) -> Change:
    """The change that writes other text for a span."""
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE
    return Change(message, applicability, edits=(Edit(*span, text),))


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one; false for an empty string."""
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" {name}" if name else "")
