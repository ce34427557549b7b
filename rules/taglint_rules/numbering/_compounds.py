"""Numbers written with marks, as one token or split at them: 1.8, 50%, 10:30, 2.5亿."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType
from taglint.patterns import lazy, one_of
from taglint_rules._memory import kept
from taglint_rules.numbering._markers import begins_item
from taglint_rules.numbering._numerals import WIDE, kind, numerals_where, plain
from taglint_rules.numbering._tallies import Tally, tally

DIGITS = lazy("[0-9]+(?:\\.[0-9]+)?")
MOST_TOKENS = 5
# What a number may be split at, and the kind of the whole.
MARKS = {
    ".": frozenset(("decimal",)),
    ",": frozenset(("thousands",)),
    "%": frozenset(("percentage",)),
    "‰": frozenset(("percentage",)),
    ":": frozenset(("clock time",)),
    "/": frozenset(("calendar date", "fraction")),
    "-": frozenset(("calendar date",)),
} | {unit: frozenset(("mixed numeral",)) for unit in ("百", "千", "万", "亿", "百万", "千万")}
MARKING = one_of({mark[0] for mark in MARKS} | {wide for wide in WIDE if plain(wide) in MARKS})
# Marks that rows of numbers are written with as well.
ROWS = frozenset(".,:/-")
KINDS = frozenset().union(*MARKS.values())
CLOCK = lazy("(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?")


class Split(NamedTuple):
    """A number that is several tokens: the first, one past the last, and the kind of number."""

    first: int
    last: int
    kind: str


def split_numbers(document: Document) -> list[Split]:
    """All numbers that are split at a mark, in order."""
    return kept("numbers", (document,), lambda: _split_numbers(document))  # type: ignore[no-any-return]


def _split_numbers(document: Document) -> list[Split]:
    found, end = list[Split](), 0
    digits = numerals_where(
        document, DIGITS, lambda token: DIGITS.fullmatch(plain(token.form)) is not None
    )
    marks = document.types_where("number marks", _is_mark, document.vocabulary.beginning(MARKING))
    for place in document.followed(digits, marks):
        split = _longest(document, place) if place >= end else None
        if split and not _goes_on(document, split, digits) and not begins_item(document, place):
            found.append(split)
            end = split.last
    return found


def _is_mark(token: TokenType) -> bool:
    form = token.form
    # Only marks of one character have other widths.
    return form in MARKS or (len(form) == 1 and plain(form) in MARKS)


def _form(document: Document, place: int) -> str:
    return plain(document.token(place).form) if 0 <= place < len(document) else ""


def _goes_on(document: Document, split: Split, digits: Container[int]) -> bool:
    """Whether a number is part of a longer row, such as a version, an address or a list.

    `April 6, 648` is none of thousands either.
    """
    mark = _form(document, split.first + 1)
    sides = ((split.first - 1, split.first - 2), (split.last, split.last + 1))
    for beside, beyond in sides if mark in ROWS else ():
        inside = 0 <= beyond < len(document)
        if inside and _form(document, beside) == mark and document.ids[beyond] in digits:
            return True
    before = _form(document, split.first - 1)
    return split.kind == "thousands" and before.isascii() and before.isalpha()


def _longest(document: Document, first: int) -> Split | None:
    """The longest number that begins with this token, if any."""
    end = min(first + MOST_TOKENS, document.sentence_tokens(document.sentence_of(first)).stop)
    forms = [plain(document.token(index).form) for index in range(first, end)]
    for count in range(len(forms), 1, -1):
        name = kind("".join(forms[:count]))
        inner = forms[1:count:2]
        if name in KINDS and all(name in MARKS.get(form, ()) for form in inner):
            clock = name != "clock time" or CLOCK.fullmatch("".join(forms[:count]))
            return Split(first, first + count, name) if clock else None
    return None


def treatments(document: Document) -> Tally:
    """How often numbers of each kind are one token (`decimal whole`) or several."""
    counts = Tally()
    for first, last, name in split_numbers(document):
        counts[f"{name}\tsplit", tally(document, first, last)] += 1
    keys = document.vocabulary.keys()
    for index, name in _wholes(document).items():
        counts[f"{name}\twhole", keys[index]] += document.type_counts[index]
    return counts


def whole_numbers(document: Document, kinds: frozenset[str]) -> Iterator[int]:
    """The indices of the tokens that are whole numbers of these kinds."""
    wanted = {index for index, name in _wholes(document).items() if name in kinds}
    yield from document.places(wanted)


def _wholes(document: Document) -> dict[int, str]:
    """The types that are whole numbers, with their kinds."""
    return numerals_where(document, KINDS, _kind_of_whole)


def _kind_of_whole(token: TokenType) -> str:
    name = kind(token.form)
    return name if name in KINDS else ""
