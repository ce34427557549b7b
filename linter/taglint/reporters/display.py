"""What a terminal makes of text: columns, characters that must be escaped, colours.

Columns are terminal cells: Chinese and full-width characters take two, combining characters
none. Characters of ambiguous width count as one, as nearly all terminals draw them.
"""

from __future__ import annotations

import re
from unicodedata import category, east_asian_width

from taglint.patterns import lazy

ELLIPSIS = "…"
TAB = "    "
RED, YELLOW, BLUE, CYAN, GREEN = "31;1", "33;1", "34;1", "36", "32"
BOLD, FAINT = "1", "2"

# Controls, what turns the writing direction, what cannot be seen and lone surrogates. The
# joiners U+200C and U+200D belong to the spelling of some scripts and stay.
DANGEROUS = lazy(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def escaped(text: str) -> str:
    """The text on one line, with nothing left in it that could drive a terminal.

    A byte that could not be decoded is shown as that byte, `\\xff`.
    """
    return text if text.isprintable() else DANGEROUS.sub(_escape, text)


def line_escaped(text: str) -> str:
    """As `escaped`, with tabs as blanks of a fixed width, for source lines."""
    return escaped(text.replace("\t", TAB))


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    code = ord(character)
    if character in NAMED:
        return NAMED[character]
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


# ASCII, Han, CJK and full-width punctuation, of which the columns can be had at once.
PLAIN = lazy(f"[ -~\u4e00-\u9fff\uff01-\uff60\u3000-\u3029{ELLIPSIS}]*")
# Columns by character, filled by `columns` as characters turn up.
WIDTHS: dict[str, int] = {}
_known_width = WIDTHS.__getitem__


def _width(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf") or _is_joined_jamo(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _is_joined_jamo(character: str) -> bool:
    """Vowels and finals of decomposed Hangul are drawn into the syllable's first letter."""
    return "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff"


def columns(text: str) -> int:
    """How many columns an escaped text takes."""
    if text.isascii():
        return len(text)
    if PLAIN.fullmatch(text):
        # One byte or three in UTF-8, one column or two, but for the ellipsis.
        return (len(text) + len(text.encode())) // 2 - text.count(ELLIPSIS)
    return _sum_of_columns(text)


def _sum_of_columns(text: str) -> int:
    try:
        return sum(map(_known_width, text))
    except KeyError:
        for character in text:
            WIDTHS[character] = _width(character)
        return sum(map(_known_width, text))


def head(text: str, limit: int) -> str:
    """The longest beginning of an escaped text that takes at most `limit` columns."""
    at, room = 0, limit
    while at < len(text):
        step = max(1, room // 2)  # no character takes more than two
        taken = columns(text[at : at + step])
        if taken > room:
            break
        at, room = at + step, room - taken
    return text[:at]


def tail(text: str, limit: int) -> str:
    """The longest end of an escaped text that takes at most `limit` columns.

    It never begins with a combining character whose base was cut off.
    """
    at, room = len(text), limit
    while at > 0:
        step = min(at, max(1, room // 2))
        taken = columns(text[at - step : at])
        if taken > room:
            break
        at, room = at - step, room - taken
    while 0 < at < len(text) and not columns(text[at]):
        at += 1
    return text[at:]


def fits(text: str, limit: int) -> bool:
    """Whether an escaped text takes at most `limit` columns."""
    return 2 * len(text) <= limit or columns(text) <= limit


def shortened(text: str, limit: int) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    if fits(text, limit):
        return text
    return head(text, max(0, limit - 1)) + ELLIPSIS


def padded(text: str, width: int) -> str:
    """The text with blanks behind it up to so many columns."""
    return text + " " * (width - columns(text))


def painted(text: str, style: str, color: bool) -> str:
    """The text in a style (the numbers of an ANSI sequence) where colours are wanted."""
    return f"\x1b[{style}m{text}\x1b[0m" if color else text
