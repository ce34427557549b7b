"""Inlay hints: behind tokens, what a fix proposes, or the gloss of every tag."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from taglint.reporters.display import escaped
from taglint.server.fixes import is_applicable, proposed
from taglint.server.hover import gloss
from taglint.server.view import View


def hints(view: View, range_: types.Range) -> list[types.InlayHint]:
    start, end = view.index.extent(range_)
    if view.settings.inlay_hints == "glosses":
        return list(_glosses(view, start, end))
    if view.settings.inlay_hints == "fixes":
        return list(_proposals(view, start, end))
    return []


def _proposals(view: View, start: int, end: int) -> Iterator[types.InlayHint]:
    for item in view.findings:
        if start <= item.end <= end and is_applicable(item):
            yield _hint(view, item.end, f"→ {proposed(view, item)}", item.message)


def _glosses(view: View, start: int, end: int) -> Iterator[types.InlayHint]:
    document, tagset = view.document, view.tagset
    if document is None or tagset is None:
        return
    first, last = document.tokens_within(start, end)
    for index, span in enumerate(document.spans(first, last), first):
        tag = tagset.find(document.token(index).tag)
        if tag is not None and span.tag_start < span.tag_end:
            yield _hint(view, span.tag_end, tag.zh or tag.en, gloss(tag))


def _hint(view: View, offset: int, label: str, tooltip: str) -> types.InlayHint:
    return types.InlayHint(
        view.index.position(offset), label, tooltip=escaped(tooltip), padding_left=True
    )
