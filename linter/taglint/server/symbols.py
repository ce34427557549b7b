"""Document symbols: the sentences, by their ids or numbers and their first words."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from taglint.corpus.document import Document
from taglint.reporters.display import ELLIPSIS, escaped
from taglint.server.view import View

WORDS = 12


def symbols(view: View, nested: bool) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    """nested: whether the client takes symbols with an extent of their own."""
    found = list(_sentences(view))
    if nested:
        return [
            types.DocumentSymbol(name, types.SymbolKind.String, range_, range_)
            for name, range_ in found
        ]
    return [
        types.SymbolInformation(types.Location(view.uri, range_), name, types.SymbolKind.String)
        for name, range_ in found
    ]


def _sentences(view: View) -> Iterator[tuple[str, types.Range]]:
    document = view.document
    for number in range(document.sentence_count if document else 0):
        assert document is not None
        tokens = document.sentence_tokens(number)
        if tokens:
            start, end = document.span(tokens[0]).start, document.span(tokens[-1]).end
            yield _name(document, number, tokens), view.range(start, end)


def _name(document: Document, number: int, tokens: range) -> str:
    forms = [document.token(index).form for index in tokens[:WORDS]]
    between = " " if all(form.isascii() for form in forms) else ""
    more = ELLIPSIS if len(tokens) > WORDS else ""
    return escaped(f"{document.sentence_name(number)} {between.join(forms)}{more}")
