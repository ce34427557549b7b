"""Unified diffs that `patch -p0` and `git apply -p0` take, for files in UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import unified_diff

NO_NEWLINE = "\\ No newline at end of file"
# What a name cannot hold as it is in a diff's head.
ODD = re.compile(r'["\\\x00-\x1f\x7f]')


def diff_lines(path: str, before: str, after: str) -> Iterator[str]:
    """The lines of a diff without their newlines; a document's lines end at newlines only."""
    name = quoted(path)
    # The heads end in newlines, too, so that only a last line without one has none.
    for line in unified_diff(_lines(before), _lines(after), name, name, lineterm="\n"):
        yield line.removesuffix("\n")
        if not line.endswith("\n"):
            yield NO_NEWLINE


def quoted(path: str) -> str:
    """A path as git writes it: in quotes with escapes where it is odd, with a tab behind blanks."""
    if ODD.search(path):
        return f'"{ODD.sub(lambda found: f"{chr(92)}{ord(found[0]):03o}", path)}"'
    return f"{path}\t" if " " in path else path


def _lines(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines
