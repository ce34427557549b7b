"""Counts that are made once they are needed, of all documents that wait for it at once.

Sorting the tokens of several documents together takes a fraction of the time that sorting those of
each, and then merging what comes of it, does. It works within a process: types are known by their
ids, and what goes to another one is counted before.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar, cast

from taglint.corpus.document import Decoded, Document, NoLayout

Counts = TypeVar("Counts")


class Uncounted(Generic[Counts]):
    """The counts of a document, to be.

    count: gives them for a document, of which it needs no text, and whatever else it is called
    with.
    """

    def __init__(self, document: Document, count: Callable[..., Counts], *about: Any) -> None:
        # None once it is counted.
        self.document: Document | None = _bare([document])
        self.count, self.about = count, about
        self._counts: Counts | None = None

    @property
    def waits(self) -> bool:
        return self.document is not None

    @property
    def counts(self) -> Counts:
        if self.document is not None:
            self._counts, self.document = self.count(self.document, *self.about), None
        return cast(Counts, self._counts)

    def __reduce_ex__(self, protocol: Any) -> Any:
        """As what it stands for."""
        return self.counts.__reduce_ex__(protocol)


def counted(parts: Sequence[Any]) -> list[Any]:
    """Counts to be added up, made where they had to be: of documents that are counted alike those
    of all in one."""
    found: list[Any] = []
    waiting: dict[tuple[Any, ...], list[Uncounted[Any]]] = {}
    for part in parts:
        if not isinstance(part, Uncounted):
            found.append(part)
        elif part.document is None:
            found.append(part.counts)
        else:
            alike = id(part.document.vocabulary), part.count, *map(id, part.about)
            waiting.setdefault(alike, []).append(part)
    return found + [_together(alike) for alike in waiting.values()]


def _together(parts: Sequence[Uncounted[Any]]) -> Any:
    first = parts[0]
    if len(parts) == 1:
        return first.counts
    documents = [part.document for part in parts if part.document is not None]
    return first.count(_bare(documents), *first.about)


def _bare(documents: Sequence[Document]) -> Document:
    """Documents of one vocabulary as one, without text."""
    first = documents[0]
    ids, starts = first.ids, first.decoded.starts
    if len(documents) > 1:
        ids, starts = array("i"), [0]
        for document in documents:
            done = len(ids)
            starts += [done + start for start in document.decoded.starts[1:]]
            ids += document.ids
    decoded = Decoded(ids, starts, NoLayout())
    return Document(
        first.path, "", first.source, first.format, decoded, first.vocabulary, first.tagset
    )
