"""From one format to another: exactly where the target can, else with the losses counted.

To CoNLL-U and back nothing is lost (`roundtrip`); other formats hold less (`rewriting`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from taglint.corpus.document import Document
from taglint.corpus.encoding import Source
from taglint.corpus.vocabulary import Vocabulary
from taglint.findings import TaglintError
from taglint.formats.base import Format, Settings
from taglint.formats.rewriting import Rewriting
from taglint.formats.roundtrip import Restored, from_conllu, is_carrier, to_conllu
from taglint.tagsets import Tagset

CONLLU = "conllu"


@dataclass
class Converted:
    """A text in another format and how it is to be encoded.

    lost: what the text does not hold, with counts. notes: what it holds in another way.
    """

    text: str
    source: Source
    lost: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Converter:
    """Converts between the formats given; `tagset_named` finds tagsets."""

    formats: Mapping[str, Format]
    tagset_named: Callable[[str], Tagset]

    def convert(self, document: Document, target: Format) -> Converted:
        """Raises `TaglintError` for CoNLL-U whose first comment is damaged."""
        if document.format == target.name:
            return Converted(document.text, document.source)
        if document.format == CONLLU and is_carrier(document.text):
            return self._unpack(document, target)
        if target.name == CONLLU:
            return self._pack(document)
        return self._rewrite(document, target)

    def _pack(self, document: Document) -> Converted:
        """To CoNLL-U, with the proof that the way back leads to the same text."""
        text = to_conllu(document, self._tagset(document.tagset))
        converted = Converted(text, Source("utf-8"))
        if from_conllu(text, self._tagset).text != document.text:
            converted.lost["layout of the text"] += 1
        return converted

    def _unpack(self, document: Document, target: Format) -> Converted:
        restored = from_conllu(document.text, self._tagset)
        if restored.format == target.name:
            return Converted(restored.text, restored.source, +restored.lost)
        converted = self._rewrite(self._document(restored, document), target)
        converted.lost += restored.lost
        return converted

    def _document(self, restored: Restored, carrier: Document) -> Document:
        """What a CoNLL-U file was made of, decoded."""
        format_ = self.formats.get(restored.format)
        if format_ is None:
            raise TaglintError(f"made of a format that is not installed: {restored.format!r}")
        vocabulary = Vocabulary()
        settings = Settings(self._tagset(restored.tagset))
        return Document(
            path=carrier.path,
            text=restored.text,
            source=restored.source,
            format=format_.name,
            decoded=format_.decode(restored.text, vocabulary, settings),
            vocabulary=vocabulary,
            tagset=restored.tagset,
        )

    def _rewrite(self, document: Document, target: Format) -> Converted:
        rewriting = Rewriting(document, target, Settings(self._tagset(document.tagset)))
        return Converted(rewriting.text(), document.source, +rewriting.lost, +rewriting.notes)

    def _tagset(self, name: str | None) -> Tagset | None:
        return self.tagset_named(name) if name else None
