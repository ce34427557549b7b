"""Split unspaced `word/tag` text at its slashes and list how each piece may be read.

`时/qt两天/nz` falls into the chunks `时`, `qt两天`, `nz`: from the second on, a chunk is the tag
of one token and the form of the next. A text has few distinct chunks, so everything that concerns
a chunk alone is done once for each distinct one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLOCK = 1 << 17  # characters split at a time: few enough for the short strings to stay in cache
LONGEST_UNKNOWN = 8  # characters; no tagset in use has longer plain tags
NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
BLANKS = " \t\r\u3000"


class Cut(NamedTuple):
    """One reading of a chunk.

    `tag` ends the token before the slash, `rest` begins the form after it. `ends_line`: a line end
    lies between the two. `orphan`: text behind the tag on its line which no slash follows.
    `kind`: `known`, `unknown` (a tag the tagset lacks), `none` (no tag behind the slash) or `bare`
    (the slash belongs to a form that runs to the end of its line untagged).
    """

    tag: str
    rest: str
    ends_line: bool = False
    orphan: str = ""
    kind: str = "known"


class Chunks(NamedTuple):
    """`table`: the distinct chunks; `ids`: one index into it for each chunk of the text."""

    table: list[str]
    ids: NDArray[np.int32]


class _Interner(dict[str, int]):
    """Numbers strings in order of first sight."""

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        return number


def split(text: str) -> Chunks:
    """The chunks of a text; the first is what stands before the first slash."""
    import numpy as np

    numbers = _Interner()
    parts = [
        np.fromiter(map(numbers.__getitem__, block), np.int32, len(block))
        for block in _blocks(text)
    ]
    return Chunks(list(numbers), np.concatenate(parts))


def _blocks(text: str) -> Iterator[list[str]]:
    start = 0
    while True:
        end = text.find("/", start + BLOCK)
        if end < 0:
            yield text[start:].split("/")
            return
        yield text[start:end].split("/")
        start = end + 1


def cuts(chunk: str, tags: Collection[str], longest: int, last: bool) -> tuple[Cut, ...]:
    """Every reading of a chunk that follows a slash, the shortest tag first.

    `longest`: length of the longest tag, which bounds the number of readings. `last`: the chunk
    ends the text, which ends a line too. Empty: the slash before the chunk separates nothing.
    """
    if last or "\n" in chunk:
        return _cuts_at_line_end(chunk, tags, longest)
    lengths = range(1, min(longest, len(chunk)) + 1)
    found = [Cut(chunk[:n], chunk[n:]) for n in lengths if chunk[:n] in tags]
    name = NAME.match(chunk)
    if name and name[0] not in tags and _is_name_apart(chunk, name.end()):
        rest = chunk[name.end() :]
        if not found or not any(map(str.isalnum, rest)):  # letters glued to signs: hardly a form
            found.append(Cut(name[0], rest, kind="unknown"))
    return tuple(found)


def _is_name_apart(chunk: str, end: int) -> bool:
    """Whether a character that is not ASCII ends a name short enough for a tag."""
    return end <= LONGEST_UNKNOWN and end < len(chunk) and not chunk[end].isascii()


def _cuts_at_line_end(chunk: str, tags: Collection[str], longest: int) -> tuple[Cut, ...]:
    line, rest = line_parts(chunk)
    if line in tags:
        return (Cut(line, rest, True),)
    if not line:
        return (Cut("", rest, True, kind="none"),)
    found = [
        Cut(line[:n], rest, True, line[n:])
        for n in range(1, min(longest, len(line)) + 1)
        if line[:n] in tags
    ]
    if len(line) <= LONGEST_UNKNOWN and NAME.fullmatch(line):
        found.append(Cut(line, rest, True, kind="unknown"))
    return tuple(found) or (Cut("", rest, True, line, "bare"),)


def line_parts(chunk: str) -> tuple[str, str]:
    """What stands before the first line end of a chunk (without blanks there), and what stands
    behind the last."""
    first, last = chunk.find("\n"), chunk.rfind("\n")
    if first < 0:
        return chunk.rstrip(BLANKS), ""
    return chunk[:first].rstrip(BLANKS), chunk[last + 1 :]


def unknown_tags(chunks: Collection[str], tags: Collection[str]) -> set[str]:
    """Tags that the tagset lacks and the text clearly has.

    A name before three different forms that also follow known tags, none of which begins with a
    letter or digit, is one, unless it is a known tag with a form of letters or digits glued to it.
    """
    known: set[str] = set()
    followers: dict[str, set[str]] = {}
    for chunk in chunks:
        match = NAME.match(chunk)
        if not match or not _is_name_apart(chunk, match.end()):
            continue
        rest = chunk[match.end() :]
        if match[0] in tags:
            known.add(rest)
        else:
            followers.setdefault(match[0], set()).add(rest)
    names = {name for name, rests in followers.items() if len(rests & known) >= 3}
    return {name for name in names if not _is_glued(name, chunks, tags)}


def _is_glued(name: str, chunks: Collection[str], tags: Collection[str]) -> bool:
    """Whether a name is a known tag before a number, or before a word that other tags precede."""
    words = {name[n:] for n in range(1, len(name)) if name[:n] in tags}
    if any(word.isdigit() for word in words):
        return True
    before: dict[str, set[str]] = {}
    names = (match[0] for match in map(NAME.match, chunks if words else ()) if match)
    for other in names:
        for word in words:
            tag = other.removesuffix(word)
            if tag != other and tag in tags:
                before.setdefault(word, set()).add(tag)
    return any(len(found) > 1 for found in before.values())
