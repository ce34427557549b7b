"""Proves what fixes do: a text with them is decoded again and compared with what was.

A fix keeps the running text (the forms joined) unless its rule declares that it changes it. One
that may change it still leaves every token alone that it does not edit: in text without blanks
`,/w b/nz` less its blank would read as `,/wb`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate

from taglint.corpus.document import Document
from taglint.corpus.encoding import reads_back
from taglint.engine.loading import NotACorpus
from taglint.engine.session import Session
from taglint.findings import Edit, Fix
from taglint.formats.base import running_text

Extents = list[tuple[int, int]]


def edited(text: str, fixes: Iterable[Fix]) -> str:
    """The text with the edits of all fixes, which must not overlap."""
    pieces: list[str] = []
    at = 0
    for edit in _in_order(fixes):
        pieces += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join((*pieces, text[at:]))


def keeps_text(session: Session, document: Document, fixes: Sequence[Fix]) -> bool:
    """Whether the forms joined stay the same."""
    after = decoded_with(session, document, fixes)
    return after is not None and running_text(after) == running_text(document)


def keeps_others(session: Session, document: Document, fixes: Sequence[Fix]) -> bool:
    """Whether the tokens that no edit touches stay the same."""
    after = decoded_with(session, document, fixes)
    if after is None:
        return False
    old, new = _extents(document, _in_order(fixes))
    return _others(document, old) == _others(after, new)


def _in_order(fixes: Iterable[Fix]) -> list[Edit]:
    return sorted(edit for fix in fixes for edit in fix.edits)


def decoded_with(session: Session, document: Document, fixes: Sequence[Fix]) -> Document | None:
    """The document with the fixes, None where no format knows it any more or, written to its
    file, it would be read otherwise."""
    text = edited(document.text, fixes)
    if not reads_back(text, document.source):
        return None
    try:
        return session.loader.decode(document.path, text, document.source)
    except NotACorpus:
        return None


def _widened(document: Document, edit: Edit) -> tuple[int, int]:
    """The extent of an edit with all of the tokens that it touches."""
    first, last = document.tokens_within(edit.start, edit.end)
    if first == last:
        return edit.start, edit.end
    return min(edit.start, document.span(first).start), max(edit.end, document.span(last - 1).end)


def _extents(document: Document, edits: Sequence[Edit]) -> tuple[Extents, Extents]:
    """What the edits touch, before and after them; extents that overlap are joined."""
    old: Extents = []
    grown: list[int] = []
    for edit in edits:
        start, end = _widened(document, edit)
        more = len(edit.text) - (edit.end - edit.start)
        if old and start < old[-1][1]:
            old[-1] = (old[-1][0], max(end, old[-1][1]))
            grown[-1] += more
        else:
            old.append((start, end))
            grown.append(more)
    shifts = list(accumulate(grown, initial=0))
    new = [
        (start + shifts[index], end + shifts[index + 1]) for index, (start, end) in enumerate(old)
    ]
    return old, new


def _others(document: Document, extents: Extents) -> array[int]:
    """The types of the tokens outside all extents."""
    kept: array[int] = array("i")
    at = 0
    for start, end in extents:
        first, last = document.tokens_within(start, end)
        kept += document.ids[at : max(at, first)]
        at = max(at, last)
    return kept + document.ids[at:]
