"""Tokens and their right neighbours: what the segmentation rules need of a corpus's counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from taglint.corpus.contexts import EDGE, Contexts
from taglint.corpus.document import Document
from taglint_rules.segmentation._strings import Ints

Type = tuple[str, str]
NO_TOKEN: Type = ("", "")


@dataclass(frozen=True)
class Bigrams:
    """Pairs of neighbours: `first` and `second` are indices into `types`, whose first entry is
    the edge of a sentence; each pair stands once, with its count."""

    types: tuple[Type, ...]
    first: Ints
    second: Ints
    count: Ints


def bigrams(counts: Contexts) -> Bigrams:
    """The pairs of neighbours of a corpus, from its tokens between their neighbours."""
    types = (NO_TOKEN, *zip(counts.forms.tolist(), counts.tags.tolist(), strict=True))
    opening = counts.left == EDGE
    first = np.concatenate((counts.middle, np.zeros(int(opening.sum()), np.int32)))
    second = np.concatenate((counts.right, counts.middle[opening]))
    number = np.concatenate((counts.counts, counts.counts[opening]))
    keys, places = np.unique(first.astype(np.int64) * len(types) + second, return_inverse=True)
    totals = np.bincount(places, number, minlength=len(keys))
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
    number: dict[Type, int] = {NO_TOKEN: EDGE}
    local = np.zeros(int(present.max(initial=0)) + 1, dtype=np.int64)
    for id_ in present.tolist():
        item = known[id_]
        if not item.flaw:
            local[id_] = number.setdefault((item.form, item.tag), len(number))
    starts = np.unique(np.asarray(document.decoded.starts, dtype=np.int64))
    ids = np.insert(local[raw], starts, EDGE)
    tokens = np.insert(np.arange(len(raw)), starts, -1)
    return Running(tuple(number), ids, tokens)
