"""Semantic tokens: words coloured by the class of their tag."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from taglint.server.view import View
from taglint.tagsets import Tag

# Types that every client and theme knows, by universal tag or, without one, by class of tag.
BY_UPOS = {
    "NOUN": "variable", "PROPN": "class", "VERB": "function", "AUX": "function",
    "ADJ": "property", "ADV": "decorator", "NUM": "number", "PUNCT": "operator",
    "PRON": "parameter", "DET": "parameter", "ADP": "keyword", "CCONJ": "keyword",
    "SCONJ": "keyword", "PART": "keyword", "INTJ": "event", "SYM": "operator",
}  # fmt: skip
BY_CLASS = {
    "closed": "keyword", "numeral": "number", "punctuation": "operator", "symbol": "operator",
    "foreign": "string", "abbreviation": "class", "idiom": "macro", "morpheme": "type",
    "affix": "type", "open": "variable", "other": "variable",
}  # fmt: skip
TAG = "comment"
TYPES = sorted({*BY_UPOS.values(), *BY_CLASS.values(), TAG})
LEGEND = types.SemanticTokensLegend(TYPES, [])
NUMBERS = {name: number for number, name in enumerate(TYPES)}


def semantic_tokens(view: View, range_: types.Range | None = None) -> types.SemanticTokens:
    """The colours of a document or of the tokens in a range."""
    data: list[int] = []
    line = start = 0
    for at_line, at, length, kind in _coloured(view, range_):
        data += (at_line - line, at - start if at_line == line else at, length, kind, 0)
        line, start = at_line, at
    return types.SemanticTokens(data)


def _coloured(view: View, range_: types.Range | None) -> Iterator[tuple[int, int, int, int]]:
    """Line, start, length and type number of each form and tag, in order."""
    document = view.document
    if document is None:
        return
    first, last = 0, len(document)
    if range_ is not None:
        first, last = document.tokens_within(*view.index.extent(range_))
    kinds = _Kinds(view)
    tag_kind = NUMBERS[TAG]
    for index, span in enumerate(document.spans(first, last), first):
        kind = kinds[document.ids[index]]
        for start, end, number in (
            (span.form_start, span.form_end, kind),
            (span.tag_start, span.tag_end, tag_kind),
        ):
            if start < end and number is not None:
                yield from _piece(view, start, end, number)


def _piece(view: View, start: int, end: int, kind: int) -> Iterator[tuple[int, int, int, int]]:
    """A stretch of characters, unless a line end is in it, which most clients do not allow."""
    left, right = view.index.position(start), view.index.position(end)
    if left.line == right.line:
        yield left.line, left.character, right.character - left.character, kind


class _Kinds(dict[int, int | None]):
    """The type number of each token type; None for malformed ones, which have findings."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view

    def __missing__(self, index: int) -> int | None:
        assert self._view.document is not None
        token = self._view.document.vocabulary.types[index]
        tag = self._view.tagset.find(token.tag) if self._view.tagset else None
        kind = None if token.flaw or tag is None else NUMBERS[type_of(tag)]
        self[index] = kind
        return kind


def type_of(tag: Tag) -> str:
    # Names of people and places have universal tags that their class does not tell.
    return BY_UPOS.get(tag.upos or "") or BY_CLASS.get(tag.cls, "variable")
