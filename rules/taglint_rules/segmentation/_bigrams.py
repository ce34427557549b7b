"""What the segmentation rules count: distinct tokens and how often two of them are neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

import numpy as np

from taglint.characters import is_han
from taglint.corpus.document import Document
from taglint_rules.segmentation._strings import Ints

Type = tuple[str, str]
# The neighbour of the first and of the last token of a sentence.
EDGE: Type = ("", "")


@dataclass(frozen=True)
class Bigrams:
    """Pairs of neighbours: `first` and `second` are indices into `types`, whose first entry is
    the edge of a sentence; each pair stands once, with its count. A commutative monoid."""

    types: tuple[Type, ...]
    first: Ints
    second: Ints
    count: Ints

    def __add__(self, other: Bigrams) -> Bigrams:
        types = dict.fromkeys(self.types)
        types.update(dict.fromkeys(other.types))
        number = {type_: index for index, type_ in enumerate(types)}
        both = [(part, _numbers(part.types, number)) for part in (self, other)]
        first = np.concatenate([numbers[part.first] for part, numbers in both])
        second = np.concatenate([numbers[part.second] for part, numbers in both])
        return summed(tuple(types), first, second, np.concatenate([self.count, other.count]))

    @cached_property
    def digest(self) -> bytes:
        """Tells apart counts that differ; equal ones may differ in digest if added otherwise."""
        content = blake2b("\0".join(map("/".join, self.types)).encode("utf-8", "surrogatepass"))
        for part in (self.first, self.second, self.count):
            content.update(part.tobytes())
        return content.digest()


def _numbers(types: Sequence[Type], number: dict[Type, int]) -> Ints:
    return np.fromiter((number[item] for item in types), dtype=np.int64, count=len(types))


def summed(types: tuple[Type, ...], first: Ints, second: Ints, count: Ints) -> Bigrams:
    """Counts of pairs that may stand more than once."""
    keys, places = np.unique(first * len(types) + second, return_inverse=True)
    totals = np.bincount(places, count, minlength=len(keys)).astype(np.int64)
    return Bigrams(types, keys // len(types), keys % len(types), totals)


@dataclass(frozen=True)
class Running:
    """A document as numbers of its own types, each sentence with an edge before and behind it.

    tokens: the index in the document of each entry, -1 for an edge.
    """

    types: tuple[Type, ...]
    ids: Ints
    tokens: Ints


def running(document: Document) -> Running:
    raw = np.frombuffer(document.ids, dtype=np.int32).astype(np.int64)
    present = np.fromiter(document.type_ids, dtype=np.int64)
    known = document.vocabulary.types
    number: dict[Type, int] = {EDGE: 0}
    local = np.zeros(int(present.max(initial=0)) + 1, dtype=np.int64)
    for id_ in present.tolist():
        item = known[id_]
        local[id_] = number.setdefault((item.form, item.tag), len(number))
    starts = np.unique(np.asarray(document.decoded.starts, dtype=np.int64))
    ids = np.insert(local[raw], starts, 0)
    tokens = np.insert(np.arange(len(raw)), starts, -1)
    return Running(tuple(number), ids, tokens)


NOTHING = Bigrams((EDGE,), *(np.zeros(0, dtype=np.int64) for _ in range(3)))


def bigrams(document: Document) -> Bigrams:
    """The counts of one document; nothing where it has no Han characters, whose words are not
    told apart by blanks."""
    if not any(map(is_han, document.characters)):
        return NOTHING
    text = running(document)
    size = len(text.types)
    keys, count = np.unique(text.ids[:-1] * size + text.ids[1:], return_counts=True)
    return Bigrams(text.types, keys // size, keys % size, count.astype(np.int64))
