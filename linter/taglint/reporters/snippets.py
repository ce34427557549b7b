"""The source line of a finding, cut to a window around it, and what a fix makes of it.

Everything is sliced around the finding's offsets: nothing looks at a whole line, which may be a
whole document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from taglint.findings import Edit, Finding, Fix
from taglint.reporters.display import ELLIPSIS, columns, escaped, head, line_escaped, tail

LINE_BREAK = re.compile(r"[\r\n]")
# Longer texts of fixes are not shown, longer tokens not for a change of a part of them; characters.
LONGEST_CHANGE, LONGEST_TOKEN = 200, 40
# Left and right of what a fix changes so much is shown where not all fits; characters.
AROUND = 3


@dataclass(frozen=True, slots=True)
class Window:
    """Part of a line, escaped: what stands before the finding, the finding, what stands behind."""

    before: str
    marked: str
    after: str

    @property
    def line(self) -> str:
        return self.before + self.marked + self.after

    @property
    def carets(self) -> tuple[int, int]:
        """Columns before the carets, and how many carets: at least one."""
        return columns(self.before), max(1, columns(self.marked))


def window(text: str, item: Finding, width: int) -> Window | None:
    """The part of a finding's first line that fits; none where the text does not have it."""
    start, line_start = item.start, item.start - item.column + 1
    if not text or start > len(text) or line_start < 0:
        return None
    longest = width - width // 4
    end = _line_end(text, start, min(item.end, start + longest))
    marked = line_escaped(text[start:end])
    if end - start == longest or columns(marked) > longest:
        before, _ = _sides(text, (line_start, start, start), width - longest)
        return Window(before, _cut_end(marked, longest, end < item.end), "")
    before, after = _sides(text, (line_start, start, end), width - max(1, columns(marked)))
    return Window(before, marked, after)


def _sides(text: str, place: tuple[int, int, int], room: int) -> tuple[str, str]:
    """What stands before and behind a place (offsets of line, start and end) in so many columns.

    Each side gets half of them, and what the other side leaves.
    """
    line_start, start, end = place
    right = _line_end(text, end, end + room)
    for_before = room // 2
    if right - end < for_before:
        for_before = max(for_before, room - columns(line_escaped(text[end:right])))
    left = max(line_start, start - for_before)
    before = _cut_start(line_escaped(text[left:start]), for_before, left > line_start)
    room -= columns(before)
    goes_on = right > end + room or (right == end + room and _goes_on(text, right))
    return before, _cut_end(line_escaped(text[end : min(right, end + room)]), room, goes_on)


def _line_end(text: str, start: int, end: int) -> int:
    """The offset of the first line break from `start` to before `end`, else `end`."""
    found = LINE_BREAK.search(text, start, end)
    return found.start() if found else min(end, len(text))


def _goes_on(text: str, offset: int) -> bool:
    return offset < len(text) and text[offset] not in "\r\n"


def _cut_end(text: str, limit: int, cut: bool) -> str:
    """The text in so many columns; `cut`: it was longer still."""
    if not cut and columns(text) <= limit:
        return text
    return head(text, limit - 1) + ELLIPSIS if limit > 0 else ""


def _cut_start(text: str, limit: int, cut: bool) -> str:
    if not cut and columns(text) <= limit:
        return text
    return ELLIPSIS + tail(text, limit - 1) if limit > 0 else ""


def suggestion(text: str, item: Finding, fix: Fix) -> tuple[str, str]:
    """The text a fix would change and what it would become, escaped, with whole tokens.

    Both are empty where the text does not have the place, or too long to be shown.
    """
    start, end = _extent(text, item, fix)
    if not fix.edits or end > len(text) or end - start > LONGEST_CHANGE:
        return "", ""
    pieces: list[str] = []
    at = start
    for edit in sorted(fix.edits):
        pieces += (text[at : edit.start], edit.text)
        at = edit.end
    return _visible(text[start:end], "".join((*pieces, text[at:end])))


def _extent(text: str, item: Finding, fix: Fix) -> tuple[int, int]:
    """Offsets of the edits, or of the token that holds them all.

    A token written over several columns of a table is not shown for a change in one of them.
    """
    edits: tuple[Edit, ...] = fix.edits
    start = min((edit.start for edit in edits), default=item.start)
    end = max((edit.end for edit in edits), default=item.end)
    token = item.tokens[0] if len(item.tokens) == 1 else ""
    if "\t" in token or not end - start < len(token) < LONGEST_TOKEN:
        return start, end
    first = text.find(token, max(0, end - len(token)), start + len(token))
    return (first, first + len(token)) if first >= 0 else (start, end)


def _visible(before: str, after: str) -> tuple[str, str]:
    """Quoted where blanks at the edges, or nothing at all, would not be seen."""
    if all(part and part == part.strip() for part in (before, after)):
        return escaped(before), escaped(after)
    return f'"{escaped(before)}"', f'"{escaped(after)}"'


def without_common_ends(before: str, after: str) -> tuple[str, str]:
    """The same change with most of what both have at the beginning and the end left out."""
    left = _common(before, after)
    right = _common(before[left:][::-1], after[left:][::-1])
    left, right = left - AROUND, right - AROUND
    return _inside(before, left, right), _inside(after, left, right)


def _common(left: str, right: str) -> int:
    """How many characters two texts have in common at their beginning."""
    pairs = zip(left, right, strict=False)
    differing = (index for index, (one, other) in enumerate(pairs) if one != other)
    return next(differing, min(len(left), len(right)))


def _inside(text: str, left: int, right: int) -> str:
    """The text without so many characters at each end, where an ellipsis is shorter."""
    start, end = (left if left > 1 else 0), len(text) - (right if right > 1 else 0)
    return ELLIPSIS * (start > 0) + text[start:end] + ELLIPSIS * (end < len(text))
