"""What the rules about malformed tokens share."""

from __future__ import annotations

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType
from taglint.rules import Context


def torn(document: Document, context: Context) -> Iterator[tuple[int, tuple[str, str]]]:
    """Pairs of neighbouring pieces that a blank tore apart: the first token's index, and the
    token that both make together.

    `单词 /n` and `单词/ n`: the text leaves no doubt. `New York/nr` is not among them: the first
    piece may as well lack its tag.
    """
    for index in document.flawed:
        if index + 1 < len(document) and _same_sentence(document, index):
            token = _joined(document.token(index), document.token(index + 1), context)
            if token is not None:
                yield index, token


def _joined(first: TokenType, second: TokenType, context: Context) -> tuple[str, str] | None:
    """The token that two pieces make, where they leave no doubt."""
    flaws = (first.flaw, second.flaw)
    if flaws == ("missing-separator", "missing-form"):
        return first.form, second.tag
    known = context.tagset is not None and second.form in context.tagset
    if flaws == ("missing-tag", "missing-separator") and known:
        return first.form, second.form
    return None


def lone(document: Document, context: Context, flaw: str) -> Iterator[int]:
    """The tokens with a flaw that is not half of a torn token."""
    halves = {place for index, _ in torn(document, context) for place in (index, index + 1)}
    for index in document.flawed:
        if document.token(index).flaw == flaw and index not in halves:
            yield index


def _same_sentence(document: Document, index: int) -> bool:
    return document.sentence_of(index) == document.sentence_of(index + 1)
