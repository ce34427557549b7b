"""Concordance lines for what varies: the same word with other tags, the same string cut otherwise.

One pass over the documents collects the lines for all words and strings at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from taglint.corpus.document import Document
from taglint.figures.variation import Split, Word

BESIDE = 8
# Pairs of neighbours shown for a word, and lines shown for each tag and each segmentation.
CONTEXTS, LINES = 3, 2

Pair = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """A concordance line: (form, tag) pairs before, at and behind the place."""

    path: str
    line: int
    before: tuple[Pair, ...]
    tokens: tuple[Pair, ...]
    after: tuple[Pair, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "line": self.line,
            "before": self.before,
            "tokens": self.tokens,
            "after": self.after,
        }


@dataclass
class Examples:
    """words: for each form lines by neighbours and tag. splits: for each string lines of the one
    token and lines of the two."""

    words: dict[str, dict[Pair, dict[str, list[Line]]]] = field(default_factory=dict)
    splits: dict[Pair, tuple[list[Line], list[Line]]] = field(default_factory=dict)

    def of_word(self, form: str) -> list[dict[str, Any]]:
        """The lines between those neighbours that have several tags, tag by tag."""
        varying = [(near, tags) for near, tags in self.words[form].items() if len(tags) > 1]
        varying.sort(key=lambda item: -sum(map(len, item[1].values())))
        return [
            {"tag": tag, **line.as_json()}
            for _, tags in varying[:CONTEXTS]
            for tag, lines in sorted(tags.items())
            for line in lines
        ]

    def of_split(self, parts: Pair) -> list[dict[str, Any]]:
        return [line.as_json() for lines in self.splits[parts] for line in lines]


def examples(
    documents: Iterable[Document], words: Sequence[Word], splits: Sequence[Split]
) -> Examples:
    found = Examples(
        {word.form: defaultdict(dict) for word in words},
        {split.parts: ([], []) for split in splits},
    )
    for document in documents:
        _add(found, document)
    return found


def _add(found: Examples, document: Document) -> None:
    wholes = {"".join(parts): parts for parts in found.splits}
    firsts: dict[str, list[Pair]] = defaultdict(list)
    for parts in found.splits:
        firsts[parts[0]].append(parts)
    for place, form in _places(document, {*found.words, *wholes, *firsts}):
        if form in found.words:
            _add_word(found.words[form], document, place)
        if form in wholes:
            _add_line(found.splits[wholes[form]][0], document, place, 1)
        for parts in firsts.get(form, ()):
            if _next_form(document, place) == parts[1]:
                _add_line(found.splits[parts][1], document, place, 2)


def _places(document: Document, forms: set[str]) -> Iterator[tuple[int, str]]:
    types = document.vocabulary.types
    wanted = {index for index in document.type_ids if types[index].form in forms}
    for place in document.places(wanted):
        yield place, document.token(place).form


def _add_word(contexts: dict[Pair, dict[str, list[Line]]], document: Document, place: int) -> None:
    home = document.sentence_tokens(document.sentence_of(place))
    left = document.token(place - 1).form if place > home.start else ""
    right = document.token(place + 1).form if place + 1 < home.stop else ""
    if left or right:
        lines = contexts[left, right].setdefault(document.token(place).tag, [])
        _add_line(lines, document, place, 1)


def _next_form(document: Document, place: int) -> str:
    home = document.sentence_tokens(document.sentence_of(place))
    return document.token(place + 1).form if place + 1 < home.stop else ""


def _add_line(lines: list[Line], document: Document, place: int, size: int) -> None:
    if len(lines) >= LINES:
        return
    home = document.sentence_tokens(document.sentence_of(place))
    line, _ = document.lines.position(document.span(place).start)
    pairs = [
        tuple(document.token(index)[:2] for index in range(start, end))
        for start, end in (
            (max(home.start, place - BESIDE), place),
            (place, place + size),
            (place + size, min(home.stop, place + size + BESIDE)),
        )
    ]
    lines.append(Line(document.path, line, *pairs))
