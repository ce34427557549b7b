"""Full and half width: which forms have both, and where half-width marks are Chinese ones."""

import re
from collections import Counter
from collections.abc import Collection, Iterator

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType
from taglint.patterns import lazy

HALF = "".join(map(chr, range(0x21, 0x7F)))
FULL = "".join(chr(ord(character) + 0xFEE0) for character in HALF)
TO_HALF = str.maketrans(FULL, HALF)
TO_FULL = str.maketrans(HALF, FULL)

# Brackets, quotes and signs belong to code and formulas as often as to the sentence.
LETTERS, OF_SENTENCES = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ", ",;:!?，；：！？"
MARKS = lazy(f"[{OF_SENTENCES}]+")
CONSIDERED = lazy(f"(?=.*[{LETTERS}])|{MARKS.pattern}$", re.DOTALL)
# What all of these have.
HINT = lazy(f"[{LETTERS}{OF_SENTENCES}]")
ANY_FULL = lazy("[！-～]")
ANY_HALF = lazy("[!-~]")
MARK, OTHER = "mark", "other"
HALF_MARKS = lazy("[,;:!?]+")
NUMERAL = lazy(r"[.,:%+-]*[0-9][0-9.,:%+-]*")
WORD = lazy("[A-Za-z]+")


def folded(form: str) -> str:
    """The half-width spelling, which all spellings of a form share."""
    # Most are: telling so takes less time than translating.
    return form.translate(TO_HALF) if ANY_FULL.search(form) else form


def other_width(form: str) -> str:
    """A form of one width in the other one."""
    return form.translate(TO_HALF if ANY_FULL.search(form) else TO_FULL)


def width(form: str) -> str:
    """`full`, `half`, or `mixed` where a form has both."""
    if not ANY_FULL.search(form):
        return "half"
    return "mixed" if ANY_HALF.search(form) else "full"


def kind(plain: str) -> str:
    """Forms of one kind and width support each other: numerals, and words of Latin letters.

    plain: the half-width spelling.
    """
    if NUMERAL.fullmatch(plain):
        return "numeral"
    return "word" if WORD.fullmatch(plain) else ""


def spellings(document: Document) -> Counter[str]:
    """How often the document has each form that could be written in the other width.

    Half-width marks count only in Chinese surroundings.
    """
    types, counts = document.vocabulary.types, Counter[str]()
    marks: list[int] = []
    for index, is_mark in _of_two_widths(document).items():
        if is_mark == MARK:
            marks.append(index)
        else:
            counts[types[index].form] += document.type_counts[index]
    counts.update(document.token(place).form for place in _chinese_places(document, marks))
    return counts


def _of_two_widths(document: Document) -> dict[int, str]:
    likely = document.vocabulary.containing(HINT)
    return document.types_where("two widths", _is_mark, likely)


def _is_mark(token: TokenType) -> str:
    """`MARK` or `OTHER`; empty for what is written in one width only."""
    if token.flaw or not CONSIDERED.match(token.form):
        return ""
    return MARK if HALF_MARKS.fullmatch(token.form) else OTHER


def places(document: Document, forms: Collection[str]) -> Iterator[int]:
    """The indices of the tokens with one of these forms that `spellings` counts."""
    types = document.vocabulary.types
    wanted = [index for index in document.type_ids if types[index].form in forms]
    marks = [index for index in wanted if HALF_MARKS.fullmatch(types[index].form)]
    yield from document.places(set(wanted) - set(marks))
    yield from _chinese_places(document, marks)


def _chinese_places(document: Document, marks: list[int]) -> Iterator[int]:
    """Where marks stand beside Chinese text, and not beside Latin letters or digits."""
    if not marks or max(document.characters) < "\u2e80":
        return
    types, ids, starts = document.vocabulary.types, document.ids, set(document.decoded.starts)
    for place in document.places(marks):
        # What stands in another sentence may stand in another file tomorrow.
        before = types[ids[place - 1]].form[-1:] if place not in starts else ""
        after = types[ids[place + 1]].form[:1] if place + 1 not in starts else ""
        chinese = before >= "\u2e80" or after >= "\u2e80"
        if chinese and not _latin(before) and not _latin(after):
            yield place


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
