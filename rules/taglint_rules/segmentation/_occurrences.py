"""Where patterns occur in a document."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from taglint.corpus.contexts import local_types
from taglint.corpus.document import Document
from taglint_rules.segmentation._features import Places
from taglint_rules.segmentation._patterns import Patterns
from taglint_rules.segmentation._strings import Bools, Hashes, Ints
from taglint_rules.segmentation._tables import NONE, Tables

# What a form may be in a pattern.
ALONE, FIRST, SECOND = 1, 2, 4


@dataclass(frozen=True)
class Text:
    """A document in the numbers of the corpus's tables.

    ids: the document's own, by token. types: the table's number by own id, 0 for malformed ones.
    begins: whether a sentence begins at each token, and behind the last one.
    """

    ids: Ints
    types: Ints
    begins: Bools

    def __getitem__(self, tokens: Ints) -> Ints:
        return self.types[self.ids[tokens]]

    def before(self, tokens: Ints) -> Ints:
        """The types before tokens, 0 where a sentence begins."""
        return np.where(self.begins[tokens], 0, self[tokens - 1])

    def behind(self, ends: Ints) -> Ints:
        """The types behind what ends before these tokens, 0 where a sentence ends."""
        return np.where(self.begins[ends], 0, self[np.minimum(ends, len(self.ids) - 1)])


def running(document: Document, keys: Hashes) -> Text:
    """A document in numbers; `keys` are those of the corpus's types."""
    begins = np.zeros(len(document) + 1, dtype=bool)
    begins[np.asarray(document.decoded.starts)] = True
    ids = np.frombuffer(document.ids, np.int32)
    return Text(ids, local_types(document, keys).astype(np.int64), begins)


class Finder:
    """Finds patterns in texts."""

    def __init__(self, tables: Tables, patterns: Patterns) -> None:
        self.size = len(tables.forms)
        self.form = tables.form
        first, second = patterns.own
        self.single = np.flatnonzero(second == NONE)
        self.double = np.flatnonzero(second != NONE)
        self.singles = first[self.single]
        self.doubles = first[self.double] * self.size + second[self.double]
        roles = np.zeros(self.size, dtype=np.uint8)
        roles[self.singles] |= ALONE
        roles[first[self.double]] |= FIRST
        roles[second[self.double]] |= SECOND
        self.roles = roles[tables.form]

    def occurrences(self, text: Text) -> tuple[Ints, Places]:
        """The tokens at which patterns begin, and the places themselves; a token stands once for
        each pattern."""
        roles = self.roles[text.types][text.ids]
        ones = np.flatnonzero(roles & ALONE)
        twos = np.flatnonzero((roles[:-1] & FIRST != 0) & (roles[1:] & SECOND != 0))
        twos = twos[~text.begins[twos + 1]]
        keys = self.form[text[twos]] * self.size + self.form[text[twos + 1]]
        found = (
            _expanded(self.singles, self.single, self.form[text[ones]], ones),
            _expanded(self.doubles, self.double, keys, twos),
        )
        one = len(found[0][0])
        tokens, pattern = (np.concatenate(part) for part in zip(*found, strict=True))
        last = tokens + (np.arange(len(tokens)) >= one)
        own = text[tokens], text[last]
        return tokens, Places(pattern, text.before(tokens), own, text.behind(last + 1))


def _expanded(keys: Ints, number: Ints, wanted: Ints, place: Ints) -> tuple[Ints, Ints]:
    """Each wanted key with each of the ascending keys that are the same."""
    first = np.searchsorted(keys, wanted)
    times = np.searchsorted(keys, wanted, "right") - first
    repeated = np.repeat(place, times)
    offset = np.arange(len(repeated)) - np.repeat(np.cumsum(times) - times, times)
    return repeated, number[np.repeat(first, times) + offset]
