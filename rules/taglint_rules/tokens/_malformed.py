"""What the rules about malformed tokens share."""

from __future__ import annotations

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.rules import Context

BROKEN = ("missing-form", "missing-tag", "missing-separator")


def torn(document: Document, context: Context) -> Iterator[tuple[int, tuple[str, str]]]:
    """Pairs of neighbouring pieces that a blank tore apart: the first token's index, and the
    token that both make together.

    `单词 /n` and `单词/ n`: the text leaves no doubt. `New York/nr` is not among them: the first
    piece may as well lack its tag.
    """
    for index in document.flawed:
        if index + 1 < len(document) and _same_sentence(document, index):
            first, second = document.token(index), document.token(index + 1)
            if first.flaw == "missing-separator" and second.flaw == "missing-form":
                yield index, (first.form, second.tag)
            elif first.flaw == "missing-tag" and second.flaw == "missing-separator":
                if context.tagset and second.form in context.tagset:
                    yield index, (first.form, second.form)


def lone(document: Document, context: Context, flaw: str) -> Iterator[int]:
    """The tokens with a flaw that is not half of a torn token."""
    halves = {place for index, _ in torn(document, context) for place in (index, index + 1)}
    for index in document.flawed:
        if document.token(index).flaw == flaw and index not in halves:
            yield index


def _same_sentence(document: Document, index: int) -> bool:
    return document.sentence_of(index) == document.sentence_of(index + 1)
