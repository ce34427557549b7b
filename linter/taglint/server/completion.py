"""Completion: tags behind a separator, those that the word bears in the corpus first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lsprotocol import types

from taglint.corpus.document import Document
from taglint.server.hover import gloss
from taglint.server.tallies import tag_counts, tags_of
from taglint.server.view import View
from taglint.tagsets import Tag

TRIGGERS = ("/", "_", "\t")
# A word, a separator and the beginning of a tag before the cursor, in text that is half typed.
HALF_TYPED = re.compile(r"(?P<form>[^\s/_]*)[/_](?P<tag>[A-Za-z0-9]*)$")
# Where tokens are not separated, the tag before a word looks like its beginning.
TAG_BEFORE = re.compile(r"^[A-Za-z0-9]+(?=.)")


@dataclass(frozen=True)
class Wanted:
    """The word whose tag is being typed, and the extent that the tag takes."""

    form: str
    start: int
    end: int


def complete(view: View, position: types.Position) -> types.CompletionList | None:
    document = view.document
    if document is None:
        return None
    offset = view.offset(position)
    wanted = _tag_under(document, offset) or _half_typed(view, offset)
    if wanted is None:
        return None
    return types.CompletionList(False, list(_items(view, wanted)))


def _tag_under(document: Document, offset: int) -> Wanted | None:
    """A decoded token with the cursor in its tag."""
    index = min(document.token_at(max(0, offset - 1)), len(document) - 1)
    if index < 0:
        return None
    span, token = document.span(index), document.token(index)
    if span.tag_end == span.tag_start or not span.tag_start <= offset <= span.tag_end:
        return None
    return Wanted(token.form, span.tag_start, offset) if span.form_end < offset else None


def _half_typed(view: View, offset: int) -> Wanted | None:
    """The text before the cursor where no token was made of it yet."""
    found = HALF_TYPED.search(view.index.text[max(0, offset - 100) : offset])
    if found is None or not found["form"]:
        return None
    form = found["form"]
    shorter = TAG_BEFORE.sub("", form)
    if shorter != form and (tags_of(view, shorter) or not tags_of(view, form)):
        form = shorter
    return Wanted(form.lstrip("["), offset - len(found["tag"]), offset)


def _items(view: View, wanted: Wanted) -> Iterator[types.CompletionItem]:
    assert view.document is not None
    of_form, of_all = tags_of(view, wanted.form), tag_counts(view)
    tags = dict(view.tagset.tags) if view.tagset else {}
    for name in (*of_form, *of_all):
        if name not in tags and (not view.tagset or name in view.tagset):
            tags[name] = Tag(name)
    order = sorted(tags, key=lambda name: (-of_form[name], -of_all[name]))
    range_ = view.range(wanted.start, wanted.end)
    for rank, name in enumerate(order):
        yield _item(tags[name], rank, range_, of_form)


def _item(tag: Tag, rank: int, range_: types.Range, of_form: Counter[str]) -> types.CompletionItem:
    count = of_form[tag.name]
    return types.CompletionItem(
        tag.name,
        detail=gloss(tag) or None,
        label_details=types.CompletionItemLabelDetails(
            description=f"{count} ×" if count else None, detail=f" {tag.zh}" if tag.zh else None
        ),
        kind=types.CompletionItemKind.EnumMember,
        sort_text=f"{rank:05}",
        filter_text=tag.name,
        preselect=(rank == 0 and count > 0) or None,
        text_edit=types.TextEdit(range_, tag.name),
    )
