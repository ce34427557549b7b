"""Words that a line end may cut: of parts that end and begin lines, and rarer than themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from taglint.corpus.columns import distinct
from taglint.corpus.contexts import EDGE
from taglint.corpus.document import Document
from taglint_rules.segmentation._judging import Judged
from taglint_rules.segmentation._strings import Bools, Hashes, Ints

# A word that occurs so often is no coincidence.
LEAST_COUNT = 3


@dataclass(frozen=True, eq=False)
class Interrupted:
    """Both parts of each word, and the stable hashes of the types that are a first part."""

    parts: dict[tuple[str, str], int]
    types: Hashes

    def __len__(self) -> int:
        return len(self.parts)

    def beginnings(self, document: Document) -> list[int]:
        """The tokens of a document that begin a sentence behind what may be a first part."""
        ids = np.frombuffer(document.ids, np.int32)
        begins = distinct(document.begins)
        begins = begins[(begins > 0) & (begins < len(ids))]
        found: list[int] = begins[
            np.isin(ids[begins - 1], document.types_among(self.types))
        ].tolist()
        return found


def interrupted(judged: Judged) -> Interrupted:
    tables, counts, cut = judged.tables, judged.counts, judged.cut
    ends = _forms(judged, counts.middle[counts.right == EDGE])
    begins = _forms(judged, counts.middle[counts.left == EDGE])
    times = tables.form_count[cut.whole]
    parts = np.maximum(tables.form_count[cut.left], tables.form_count[cut.right])
    found = np.flatnonzero(
        ends[cut.left] & begins[cut.right] & (times >= LEAST_COUNT) & (parts < times)
    )
    left, right = cut.left[found], cut.right[found]
    types = np.flatnonzero(np.isin(tables.form[1 : tables.own], left))
    pairs = (
        (tables.forms[a], tables.forms[b])
        for a, b in zip(left.tolist(), right.tolist(), strict=True)
    )
    return Interrupted(dict.fromkeys(sorted(pairs), 1), counts.keys[types])


def _forms(judged: Judged, types: Ints) -> Bools:
    """Which forms these types have."""
    found = np.zeros(len(judged.tables.forms), bool)
    found[judged.tables.form[types]] = True
    return found
