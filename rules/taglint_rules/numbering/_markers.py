"""List markers in one token or several: `1.` `1、` `(1)` `①` `一、` `（一）` `第一，` `a)` `A.`"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType
from taglint.patterns import lazy
from taglint.tagsets import Tagset
from taglint_rules._han import where_not_in_han
from taglint_rules._memory import kept
from taglint_rules.numbering._numerals import plain

# Characters of the longest marker that is one token, blanks around it included.
LONGEST = 12
FUSED = lazy(
    "([(\\[]?)([0-9]{1,3}|[一二三四五六七八九十]{1,3}|第[一二三四五六七八九十]{1,3}|[A-Za-z])"
    "([.)\\]、:])"
)
VALUE = lazy("[0-9]{1,3}|[一二三四五六七八九十]{1,3}|第[一二三四五六七八九十]{1,3}|[A-Za-z]")
VALUE_ALONE = "value"
SPLIT = lazy("([(（\\[]?)(.*?)([^\\w])")
ENCLOSED = lazy("[①-⑳⑴-⒇⒈-⒛㈠-㈩㊀-㊉ⓐ-ⓩ⒜-⒵]")
ENCLOSED_STARTS = ("①", "⑴", "⒈", "㈠", "㊀", "ⓐ", "⒜")
# What a marker may begin with; blanks at its edges are another rule's business.
STARTS = lazy(
    "[\\s0-9０-９一二三四五六七八九十第首其(（\\[［A-Za-zＡ-Ｚａ-ｚ\u2460-\u24ff\u3220-\u32b0]"
)
# Which closers a value may have: `A:` and `A、` are no markers, `第一.` is none either.
ALLOWED = {"digit": ".)、:]", "Han": "、).:", "ordinal": ",、:", "upper": ".)、", "lower": ".)"}
CLOSERS = frozenset("".join(ALLOWED.values()))
# Words that stand for ordinals: a list may begin with them, and they break none.
SPOKEN = {"首先": 1, "其次": 2}
DIGITS = "一二三四五六七八九"
# What may stand before an item where a document has no line of its own for each.
BEFORE = frozenset("。;!?:.)”’」』》…~")


class Marker(NamedTuple):
    """A list marker and the tokens it is made of.

    style: what kind of value in which frame, such as `digit #.`. behind: the character before it.
    begins: whether it begins a sentence. clear: whether it stands where an item may begin: at the
    beginning of a sentence or behind a mark that ends one.
    """

    first: int
    last: int
    style: str
    value: int
    sentence: int
    behind: str
    begins: bool
    clear: bool


@lru_cache(maxsize=1 << 14)
def parse(form: str) -> tuple[str, str, int] | None:
    """Frame, kind and number of a form that is a marker, or the value of one (frame empty)."""
    # Blanks at the edges are another rule's business.
    form = form.strip() if len(form) < LONGEST else ""
    if form in SPOKEN:
        return "", "ordinal", SPOKEN[form]
    if ENCLOSED.fullmatch(form):
        start = max(start for start in ENCLOSED_STARTS if start <= form)
        return start, "enclosed", ord(form) - ord(start) + 1
    spelled = plain(form)
    if VALUE.fullmatch(spelled):
        return _valued("", spelled)
    found = FUSED.fullmatch(spelled)
    if not found or bool(found[1]) > (found[3] in ")]"):
        return None
    return _valued(f"{found[1]}#{found[3]}", found[2])


def _valued(frame: str, value: str) -> tuple[str, str, int] | None:
    if value[0] == "第":
        kind, number = "ordinal", _han(value[1:])
    elif value.isdigit():
        kind, number = "digit", int(value)
    elif value.isascii():
        kind = "upper" if value.isupper() else "lower"
        number = ord(value) - ord("A" if kind == "upper" else "a") + 1
    else:
        kind, number = "Han", _han(value)
    allowed = number > 0 and (not frame or frame[-1] in ALLOWED[kind])
    return (frame, kind, number) if allowed else None


def _han(value: str) -> int:
    """The number that up to three Han digits say; 0 where they say none."""
    tens, ten, ones = value.rpartition("十")
    if len(ones) > 1 or len(tens) > 1 or "十" in tens:
        return 0
    return (10 * _digit(tens or "一") if ten else 0) + _digit(ones)


def _digit(character: str) -> int:
    return DIGITS.find(character) + 1 if character else 0


def respell(form: str, value: int) -> str:
    """A form that is a marker, or the value of one, with another number in the same spelling."""
    parsed = parse(form)
    if parsed is None or form in SPOKEN:
        return form
    kind, old = parsed[1], parsed[2]
    if kind in ("enclosed", "upper", "lower"):
        return "".join(
            chr(ord(letter) + value - old) if parse(letter) else letter for letter in form
        )
    written = str(value) if kind == "digit" else _in_han(value)
    number = re.compile("[0-9０-９]+|[一二三四五六七八九十]+")
    full = bool(re.search("[０-９]", form))
    return number.sub(written.translate(TO_FULL) if full else written, form)


TO_FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def _in_han(value: int) -> str:
    """A number below 100 in Han digits."""
    tens, ones = divmod(value, 10)
    ten = (DIGITS[tens - 1] if tens > 1 else "") + "十" if tens else ""
    return ten + (DIGITS[ones - 1] if ones else "")


def markers(document: Document) -> list[Marker]:
    """All that looks like a list marker, in order."""
    return kept("markers", (document,), lambda: _markers(document))  # type: ignore[no-any-return]


def _markers(document: Document) -> list[Marker]:
    frames = document.types_where("markers", _frame, document.vocabulary.beginning(STARTS))
    whole = {index for index, frame in frames.items() if frame != VALUE_ALONE}
    values = frames.keys() - whole
    closers = where_not_in_han(document, "marker closers", _closes)
    places = sorted([*document.places(whole), *document.followed(values, closers)])
    starts = set(document.decoded.starts)
    found = (_marker(document, place, starts) for place in places)
    return [marker for marker in found if marker]


def begins_item(document: Document, place: int) -> bool:
    """Whether a clear marker begins with a token."""
    parsed = parse(document.token(place).form)
    if not parsed:
        return False
    sentence = document.sentence_tokens(document.sentence_of(place))
    closed = place + 1 in sentence and _closes(document.token(place + 1))
    marker = _marker(document, place, {sentence.start}) if parsed[0] or closed else None
    return marker is not None and marker.first == place and marker.clear


def _frame(token: TokenType) -> str:
    """The frame of a type that is a marker, or `VALUE_ALONE` of one that is the value of one."""
    parsed = parse(token.form)
    return (parsed[0] or VALUE_ALONE) if parsed else ""


def _closes(token: TokenType) -> bool:
    return len(token.form.strip()) == 1 and _bare(token.form) in CLOSERS


def _marker(document: Document, place: int, starts: set[int]) -> Marker | None:
    parsed = parse(document.token(place).form)
    assert parsed is not None
    frame, kind, value = parsed
    first = last = place
    if not frame:
        opener, closer = _form(document, place - 1), _form(document, place + 1)
        if closer not in ALLOWED[kind]:
            return None
        bracket = opener if opener and opener in "([" and closer in ")]" else ""
        frame, first, last = f"{bracket}#{closer}", place - bool(bracket), place + 1
    begins = first in starts
    behind = _last_character(document, first - 1)
    clear = (begins or behind in BEFORE) and document.token(place).form not in SPOKEN
    sentence = document.sentence_of(first)
    return Marker(first, last + 1, f"{kind} {frame}", value, sentence, behind, begins, clear)


def _last_character(document: Document, place: int) -> str:
    """The last character of a token; blanks that are tokens do not count."""
    while place >= 0 and not _form(document, place):
        place -= 1
    return _form(document, place)[-1:]


def _form(document: Document, place: int) -> str:
    return _bare(document.token(place).form) if 0 <= place < len(document) else ""


def _bare(form: str) -> str:
    return plain(form).strip()


def by_style(found: list[Marker]) -> Iterator[list[Marker]]:
    styles: dict[str, list[Marker]] = {}
    for marker in found:
        styles.setdefault(marker.style, []).append(marker)
    yield from styles.values()


def spoken(document: Document, marker: Marker) -> bool:
    """Whether a marker is a word: `首先`."""
    return document.token(marker.first).form in SPOKEN


def value_token(document: Document, marker: Marker) -> int:
    """The index of the token that has a marker's number or letter."""
    return next(
        index for index in range(marker.first, marker.last) if parse(document.token(index).form)
    )


def pieces(form: str, tag: str, tagset: Tagset | None) -> tuple[tuple[str, str], ...]:
    """A marker in one token as several: its number, and each mark with its tag.

    Empty where the tagset has no tag for a mark.
    """
    found = SPLIT.fullmatch(form)
    marks = (
        {mark: tagset.punctuation_tag(mark) for mark in found.group(1, 3) if mark}
        if found and tagset
        else {}
    )
    if not found or None in marks.values():
        return ()
    tagged = ((piece, marks.get(piece, tag)) for piece in found.groups() if piece)
    return tuple((piece, right or tag) for piece, right in tagged)
