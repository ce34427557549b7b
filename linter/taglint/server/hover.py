"""Hover: what a tag means, how else its word is tagged in the corpus, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lsprotocol import types

from taglint.reporters.display import escaped
from taglint.server.tallies import Place, concordance, places_of, tags_of
from taglint.server.view import View
from taglint.tagsets import Tag

LINES = 3
MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&])")


def hover(view: View, position: types.Position, markdown: bool = True) -> types.Hover | None:
    index = view.token_at(position)
    if index is None or view.document is None:
        return None
    span = view.document.span(index)
    blocks = list(_blocks(view, index))
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    text = "\n\n".join(blocks)
    content = types.MarkupContent(kind, text if markdown else _plain(text))
    return types.Hover(content, view.range(span.start, span.end))


def _blocks(view: View, index: int) -> Iterator[str]:
    assert view.document is not None
    token = view.document.token(index)
    if token.flaw:
        span = view.document.span(index)
        text = view.document.text[span.start : span.end]
        yield f"**{quoted(text)}**: {token.flaw.replace('-', ' ')}"
        return
    yield f"**{quoted(token.form)}** / **{quoted(token.tag)}**{described(view, token.tag)}"
    counts = tags_of(view, token.form)
    shares = ", ".join(f"{quoted(tag)} {count}" for tag, count in counts.most_common())
    yield f"{quoted(token.form)} here: {shares}"
    lines = [_line(view, place) for place in _elsewhere(view, index)]
    if lines:
        yield "\n".join(lines)


def described(view: View, name: str) -> str:
    """A tag's gloss in Chinese and English and its class, with a colon before it."""
    tag = view.tagset.find(name) if view.tagset else None
    if tag is None:
        return ": not in the tagset" if view.tagset else ""
    return f": {quoted(gloss(tag))} ({tag.cls})"


def gloss(tag: Tag) -> str:
    return " · ".join(filter(None, (tag.zh, tag.en)))


def _elsewhere(view: View, index: int) -> list[Place]:
    """A few other places of the form: of the tags it bears elsewhere as well."""
    assert view.document is not None
    form = view.document.token(index).form
    found: list[Place] = []
    for tag, _ in tags_of(view, form).most_common(LINES):
        others = (place for place in places_of(view, form, tag) if place != (view.document, index))
        found += islice(others, LINES)
    firsts = _first_of_each(found)
    return (firsts + [place for place in found if place not in firsts])[:LINES]


def _first_of_each(places: list[Place]) -> list[Place]:
    seen: dict[str, Place] = {}
    for document, index in places:
        seen.setdefault(document.token(index).tag, (document, index))
    return list(seen.values())


def _line(view: View, place: Place) -> str:
    document, index = place
    before, here, behind = concordance(place)
    start = document.span(index).start
    line, column = document.lines.position(start)
    link = f"[{line}:{column}]({view.uri_of(document.path)}#L{line})"
    return f"- {quoted(before)} **{quoted(here)}** {quoted(behind)} {link}"


def quoted(text: str) -> str:
    """Text in which nothing is markup."""
    return MARKUP.sub(r"\\\1", escaped(text))


def _plain(text: str) -> str:
    """The same for a client that shows no markup."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("**", "")
    return re.sub(r"\\([^\w\s])", r"\1", text)
