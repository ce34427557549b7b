"""From a form to its token types."""

from __future__ import annotations

from taglint.corpus.vocabulary import Vocabulary


class FormIndex:
    """The types of each form of a vocabulary; follows it as it grows."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._types: dict[str, list[int]] = {}
        self._seen = 0

    def types_of(self, form: str) -> list[int]:
        types = self._vocabulary.types
        for index in range(self._seen, len(types)):
            if not types[index].flaw:
                self._types.setdefault(types[index].form, []).append(index)
        self._seen = len(types)
        return self._types.get(form, [])
