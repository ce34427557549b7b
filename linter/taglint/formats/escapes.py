"""Text in places that bar some characters: CoNLL-U cells and comments, tables of tokens.

A blank is `\\s`, a tab `\\t`, line ends `\\n` and `\\r`, a vertical bar `\\p`, a backslash
`\\\\`; any other blank, control character or lone surrogate is `\\x{…}` with its code point.
"""

from __future__ import annotations

import re

NAMED = {" ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r", "|": "\\p", "\\": "\\\\"}
CHARACTERS = {written[1]: character for character, written in NAMED.items()}
SPECIAL = re.compile(r"[\s|\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
ESCAPE = re.compile(r"\\(?:x\{([0-9A-Fa-f]{1,6})\}|(.))")
# What a cell cannot show; blanks inside a form it can.
UNSHOWN = re.compile(r"(?:(?! )[\s\x00-\x1f\x7f-\x9f\ufeff])+|(?<= ) +")
SURROGATE = re.compile("[\ud800-\udfff]")
ROW_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def escape(text: str) -> str:
    """A text without blanks, bars and control characters."""
    return SPECIAL.sub(_escaped, text)


def unescape(text: str, name: str = "\\i") -> str:
    """The reverse of `escape`; `\\i` becomes `name`, and what is no escape stays."""
    if "\\" not in text:
        return text
    return ESCAPE.sub(lambda match: name if match[2] == "i" else _unescaped(match), text)


def shown(text: str) -> str:
    """A text as a cell or comment can show it, not always reversibly."""
    return SURROGATE.sub("\ufffd", UNSHOWN.sub(" ", text)).strip() or "_"


def shown_tag(tag: str) -> str:
    return shown(tag).replace(" ", "_")


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    return NAMED.get(character) or f"\\x{{{ord(character):X}}}"


def _unescaped(match: re.Match[str]) -> str:
    if match[1] and (code := int(match[1], 16)) <= 0x10FFFF:
        return chr(code)
    return CHARACTERS.get(match[2] or "", match.group())
