"""Where things are: a tag in its tagset, a token's other places."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import yaml
from lsprotocol import types
from pygls.uris import from_fs_path

from taglint.findings import TaglintError
from taglint.plugins import Plugins
from taglint.server.tallies import places_of
from taglint.server.text import TextIndex
from taglint.server.view import View

MOST_PLACES = 2000


def definition(view: View, position: types.Position) -> types.Location | None:
    """The entry of a token's tag in the file of the tagset."""
    index = view.token_at(position)
    if index is None or view.document is None or view.tagset is None or not view.document.tagset:
        return None
    tag = view.tagset.find(view.document.token(index).tag)
    found = tag and _entry(view.project.plugins, view.document.tagset, tag.name)
    if not found:
        return None
    path, offset, length = found
    text = TextIndex(path.read_text("utf-8"), view.index.encoding)
    return types.Location(
        str(from_fs_path(str(path.absolute()))), text.range(offset, offset + length)
    )


def _entry(plugins: Plugins, tagset: str, tag: str) -> tuple[Path, int, int] | None:
    """File, offset and length of a tag's key, in the tagset's file or one that it extends."""
    try:
        path: Path | None = plugins.tagset_path(tagset)
    except TaglintError:
        return None
    while path is not None:
        root = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
        for key, _ in _entries(_value(root, "tags")):
            if key.value == tag:
                return path, key.start_mark.index, key.end_mark.index - key.start_mark.index
        base = _value(root, "extends")
        path = plugins.tagset_path(base.value, beside=path) if base is not None else None
    return None


def _value(node: yaml.Node | None, name: str) -> yaml.Node | None:
    return next((value for key, value in _entries(node) if key.value == name), None)


def _entries(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def references(view: View, position: types.Position, declared: bool) -> list[types.Location] | None:
    """The places of a token: on its tag those of the same form and tag, on its form those of the
    form under any tag. declared: whether the token itself is one of them."""
    here = _meant(view, position)
    if here is None or view.document is None:
        return None
    index, form, tag = here
    found = islice(places_of(view, form, tag), MOST_PLACES)
    others = [place for place in found if declared or place != (view.document, index)]
    return [
        view.location(document.path, document.span(place).start, document.span(place).end)
        for document, place in others
    ]


def highlights(view: View, position: types.Position) -> list[types.DocumentHighlight] | None:
    """As `references` within the document."""
    here = _meant(view, position)
    document = view.document
    if here is None or document is None:
        return None
    _, form, tag = here
    places = (place for other, place in places_of(view, form, tag) if other is document)
    return [
        types.DocumentHighlight(view.range(document.span(place).start, document.span(place).end))
        for place in islice(places, MOST_PLACES)
    ]


def _meant(view: View, position: types.Position) -> tuple[int, str, str | None] | None:
    """The token at a position, its form, and its tag where that is what is pointed at."""
    index = view.token_at(position)
    if index is None or view.document is None:
        return None
    token, span = view.document.token(index), view.document.span(index)
    if token.flaw:
        return None
    return index, token.form, token.tag if view.offset(position) >= span.tag_start else None
