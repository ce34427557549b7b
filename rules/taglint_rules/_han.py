"""Which forms begin with a Han character: of nearly all Chinese forms that is all to be asked."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType
from taglint.patterns import lazy

# The unified ideographs, and those that were added to them first.
NOT_HAN = lazy("[^\u4e00-\u9fff\u3400-\u4dbf]")


def not_in_han(document: Document) -> dict[int, Any]:
    """The types whose form does not begin with a Han character."""
    return document.types_in(document.vocabulary.beginning(NOT_HAN))


def where_not_in_han(
    document: Document, name: Hashable, judge: Callable[[TokenType], Any]
) -> dict[int, Any]:
    """As `Document.types_where`, of those types alone."""
    return document.types_where(name, judge, document.vocabulary.beginning(NOT_HAN))
