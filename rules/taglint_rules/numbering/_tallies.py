"""How often a corpus treats its numbers in which way, and with which tokens.

So a verdict on a treatment can say in which documents it has anything to find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType
from taglint.rules import Context
from taglint_rules.numbering._numerals import SOME, kind, numerals_where

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Counts by treatment and by the stable hash of a type that stands wherever it is treated so, 0
# where all that stands there is malformed.
Tally = Counter[tuple[str, int]]
Verdict = TypeVar("Verdict")


@dataclass(frozen=True)
class Verdicts(Generic[Verdict]):
    """Verdicts by treatment. types: stable hashes of types, ascending, of which one stands in
    every document that has such a treatment; None where that cannot be said."""

    of: Mapping[str, Verdict]
    types: NDArray[np.uint64] | None = None

    def __len__(self) -> int:
        return len(self.of)


def tally(document: Document, first: int, last: int) -> int:
    """The hash of the first well-formed token in a range that is not empty."""
    keys, ids = document.vocabulary.keys(), document.ids
    return next((keys[ids[index]] for index in range(first, last) if keys[ids[index]]), 0)


def gather_numerals(document: Document, context: Context) -> Tally:
    """How often numerals of each kind bear which tag."""
    counts, keys = Tally(), document.vocabulary.keys()
    for index, treatment in treated(document).items():
        counts[treatment, keys[index]] += document.type_counts[index]
    return counts


def treated(document: Document) -> dict[int, str]:
    """The types that are numerals, each with its kind and its tag."""
    return numerals_where(document, "treatment", _treatment)


def _treatment(token: TokenType) -> str:
    """Of a numeral: its kind, of which `几` is one by itself, and its tag."""
    if token.flaw or not kind(token.form):
        return ""
    return f"{SOME if token.form == SOME else kind(token.form)}\t{token.tag}"


def by_treatment(counts: Tally) -> Counter[str]:
    found = Counter[str]()
    for (treatment, _), count in counts.items():
        found[treatment] += count
    return found


def types_of(counts: Tally, treatments: Collection[str]) -> NDArray[np.uint64] | None:
    """The types that stand where a corpus has some treatments."""
    found = sorted({key for treatment, key in counts if treatment in treatments})
    if 0 in found:
        return None
    import numpy as np

    return np.array(found, np.uint64)
