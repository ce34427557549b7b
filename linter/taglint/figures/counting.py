"""How large a corpus is, and how its tags are spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from taglint.corpus.document import Document


@dataclass(frozen=True)
class FileFigures:
    """One document's size. tagset is a name, None where it is unknown."""

    path: str
    format: str
    tagset: str | None
    tokens: int
    sentences: int
    types: int


@dataclass
class Figures:
    """Counts over documents. types are distinct (form, tag) pairs; malformed tokens are counted
    as tokens and left out of tags, forms and types."""

    sentences: int = 0
    tokens: int = 0
    characters: int = 0
    malformed: int = 0
    files: list[FileFigures] = field(default_factory=list)
    tags: Counter[str] = field(default_factory=Counter)
    types: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def formats(self) -> Counter[str]:
        return Counter(f"{item.format}/{item.tagset or 'unknown tagset'}" for item in self.files)

    def as_json(self) -> dict[str, Any]:
        tags_of = Counter(form for form, _ in self.types)
        return {
            "files": len(self.files),
            "sentences": self.sentences,
            "tokens": self.tokens,
            "types": len(self.types),
            "forms": len(tags_of),
            "ambiguous_forms": sum(number > 1 for number in tags_of.values()),
            "malformed": self.malformed,
            "characters": self.characters,
            "formats": dict(self.formats.most_common()),
            "tags": dict(ranked(self.tags)),
        }


def count(documents: Iterable[Document]) -> Figures:
    figures = Figures()
    for document in documents:
        add(figures, document)
    return figures


def add(figures: Figures, document: Document) -> None:
    figures.files.append(
        FileFigures(
            document.path,
            document.format,
            document.tagset,
            len(document),
            document.sentence_count,
            len(document.type_counts),
        )
    )
    figures.sentences += document.sentence_count
    figures.tokens += len(document)
    figures.characters += len(document.text)
    for index, number in document.type_counts.items():
        token = document.vocabulary.types[index]
        if token.flaw:
            figures.malformed += number
        else:
            figures.tags[token.tag] += number
            figures.types[token.form, token.tag] += number


def ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    """Most frequent first; names decide between equals, not the order of files."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
