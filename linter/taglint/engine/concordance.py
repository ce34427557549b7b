"""Evidence from elsewhere: concordance lines (KWIC) of the tokens that a problem is about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice

from taglint.corpus.document import Document
from taglint.findings import Evidence, Finding
from taglint.rules import Like, Problem

# Lines of each side, and how many places are looked at to choose them from.
SHOWN, CONSIDERED = 3, 60
# Tokens on either side of the one shown.
AROUND = 4


@dataclass(frozen=True, slots=True)
class _Place:
    path: str
    token: int
    left: str
    right: str


@dataclass
class Concordance:
    """Looks tokens up in the documents of a run, in the order of their paths."""

    document: Callable[[str], Document]
    paths: Collection[str]
    _places: dict[tuple[str, str], list[_Place]] = field(default_factory=dict)
    _indices: dict[str, _Index] = field(default_factory=dict)
    _lines: dict[_Place, Evidence] = field(default_factory=dict)

    def lines(self, finding: Finding, problem: Problem) -> tuple[Evidence, ...]:
        """The problem's own evidence and up to three lines of each kind that it asks for."""
        found = [*problem.evidence]
        for like in problem.like:
            places = [place for place in self._known(like) if not _is_at(finding, problem, place)]
            places.sort(key=lambda place: _unlike(place, like))
            found += (self._line(place) for place in places[:SHOWN])
        return tuple(found)

    def _known(self, like: Like) -> list[_Place]:
        key = like.form, like.tag
        if key not in self._places:
            self._places[key] = list(islice(self._search(*key), CONSIDERED))
        return self._places[key]

    def _search(self, form: str, tag: str) -> Iterator[_Place]:
        for path in sorted(set(self.paths)):
            if path not in self._indices:
                self._indices[path] = _Index(self.document(path))
            tokens = self._indices[path].tokens(form, tag)
            document = self.document(path) if tokens else None
            for token in tokens:
                assert document is not None
                yield _Place(path, token, _form(document, token - 1), _form(document, token + 1))

    def _line(self, place: _Place) -> Evidence:
        known = self._lines.get(place)
        if known is None:
            known = self._lines[place] = _line(self.document(place.path), place)
        return known


class _Index:
    """Where a document has each form with each tag."""

    def __init__(self, document: Document) -> None:
        import numpy as np

        ids = np.frombuffer(document.ids, np.int32)
        self._tokens = np.argsort(ids, kind="stable").astype(np.int32)
        present, begins = np.unique(ids[self._tokens], return_index=True)
        ends = np.append(begins[1:], len(ids))[: len(begins)]
        self._extents: dict[tuple[str, str], list[tuple[int, int]]] = {}
        types = document.vocabulary.types
        for index, *extent in zip(present.tolist(), begins.tolist(), ends.tolist(), strict=True):
            if types[index].flaw:
                continue
            key = types[index].form, types[index].tag
            self._extents.setdefault(key, []).append((extent[0], extent[1]))

    def tokens(self, form: str, tag: str) -> list[int]:
        """The first places, ascending."""
        extents = self._extents.get((form, tag), ())
        found = (self._tokens[begin : min(end, begin + CONSIDERED)] for begin, end in extents)
        return sorted(token for part in found for token in part.tolist())[:CONSIDERED]


def _line(document: Document, place: _Place) -> Evidence:
    span = document.span(place.token)
    line, column = document.lines.position(span.start)
    sentence = document.sentence_tokens(document.sentence_of(place.token))
    first = max(sentence.start, place.token - AROUND)
    last = min(sentence.stop, place.token + AROUND + 1)
    text = " ".join("/".join(document.token(index)[:2]) for index in range(first, last))
    return Evidence(place.path, line, column, text)


def _form(document: Document, token: int) -> str:
    return document.token(token).form if 0 <= token < len(document) else ""


def _is_at(finding: Finding, problem: Problem, place: _Place) -> bool:
    first, last = problem.tokens or (0, 0)
    return place.path == finding.path and first <= place.token < last


def _unlike(place: _Place, like: Like) -> int:
    """How many neighbours differ; ties stay in the order of the corpus."""
    return (place.left != like.left) + (place.right != like.right)
