"""Changes of text as the protocol's edits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from lsprotocol import types

from taglint.findings import Edit
from taglint.formats.delimited import split_keeping_ends
from taglint.server.carrying import common
from taglint.server.text import TextIndex
from taglint.server.view import View

# Characters that mark a place in two versions of a text.
PROBE = 24


def text_edits(index: TextIndex, edits: Iterable[Edit]) -> list[types.TextEdit]:
    return [_text_edit(index, edit) for edit in edits]


def _text_edit(index: TextIndex, edit: Edit) -> types.TextEdit:
    """An edit between the halves of a line end takes in both: there is no position between."""
    start, end, text = edit.start, edit.end, edit.text
    if index.text[start - 1 : start + 1] == "\r\n" and start:
        start, text = start - 1, "\r" + text
    if index.text[end - 1 : end + 1] == "\r\n" and end > start:
        end, text = end + 1, text + "\n"
    return types.TextEdit(index.range(start, end), text)


def difference(before: str, after: str) -> list[Edit]:
    """Edits that make one text of another: by lines where they correspond, else by pieces."""
    old, new = split_keeping_ends(before), split_keeping_ends(after)
    if len(old) != len(new):
        return list(_pieces(before, after, 0))
    starts = accumulate(map(len, old), initial=0)
    lines = zip(old, new, starts, strict=False)
    return [edit for left, right, start in lines for edit in _pieces(left, right, start)]


def _pieces(before: str, after: str, offset: int) -> Iterator[Edit]:
    """Edits without the characters that both texts begin and end with. What is left is cut where
    both have the same stretch once, which stays as it is: changes are few and small as a rule."""
    start = common(before, after)
    same = common(before[start:][::-1], after[start:][::-1])
    before, after = before[start : len(before) - same], after[start : len(after) - same]
    offset += start
    probe = _shared(before, after)
    if probe:
        left, right = before.index(probe), after.index(probe)
        yield from _pieces(before[:left], after[:right], offset)
        yield from _pieces(before[left:], after[right:], offset + left)
    elif before or after:
        yield Edit(offset, offset + len(before), after)


def _shared(before: str, after: str) -> str:
    """A stretch near the middle that each of two texts has once; empty where none was found."""
    if len(before) < 3 * PROBE:
        return ""
    for eighth in (4, 3, 5, 2, 6, 1, 7):
        start = len(before) * eighth // 8
        probe = before[start : start + PROBE]
        if before.count(probe) == 1 == after.count(probe):
            return probe
    return ""


def workspace_edit(
    view: View, by_path: dict[str, list[Edit]], versioned: bool
) -> types.WorkspaceEdit:
    """Edits of one or more files. versioned: whether the client knows versions of documents."""
    edits = {path: text_edits(view.index_of(path), found) for path, found in by_path.items()}
    if not versioned:
        return types.WorkspaceEdit({view.uri_of(path): found for path, found in edits.items()})
    return types.WorkspaceEdit(document_changes=list(_document_changes(view, edits)))


def _document_changes(
    view: View, edits: dict[str, list[types.TextEdit]]
) -> Iterator[types.TextDocumentEdit]:
    for path, found in edits.items():
        version = view.version if path == view.path else None
        known = types.OptionalVersionedTextDocumentIdentifier(view.uri_of(path), version)
        yield types.TextDocumentEdit(known, list(found))
