"""From counts of stretches to the tokens that are tagged unlike the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

import numpy as np

from taglint.corpus.document import Document
from taglint_rules.tags._form_hashes import type_keys
from taglint_rules.tags._stretches import TAG_BITS, TAG_MASK, Stretches, stretches_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from taglint.tagsets import Tagset

    Hashes = NDArray[np.uint64]
    Integers = NDArray[np.int64]

# One of two tags is wrong: what speaks for its being this one, in nats, are the counts in the
# stretch, and those of the form everywhere. Fitted to the People's Daily corpus of January 1998
# with 0.3, 1 and 3% of the tags replaced, and to reading what is found there without that.
BY_STRETCH, BY_FORM = 2.0, 1.0
MOST_BY_FORM = 4.0
# Where more than a few stretches vary, the guideline leaves some open, and neither tag is wrong.
DOUBT, FEW = 1.0, 20
# Where nothing speaks for either side, the names of the tags decide which one is reported.
EVEN = 0.01


# What is less likely is not worth a place in a report, whatever is asked for.
LEAST = 0.05


@dataclass(frozen=True, slots=True)
class Case:
    """Tokens of a stretch that bears another tag elsewhere.

    seen, seen_other: tokens of the stretch with its own tag and with the other. total,
    total_other: as many of its form in the whole corpus. likelier: whether of the two this one is
    to be changed; were both, they would change places.
    """

    other: str
    seen: int
    seen_other: int
    total: int
    total_other: int
    confidence: float
    likelier: bool


@dataclass(frozen=True)
class Verdicts:
    """The cases by the stretch and the stable hash of the type that stands in it."""

    cases: dict[tuple[int, int], Case]

    def __len__(self) -> int:
        return len(self.cases)

    @property
    def types(self) -> Hashes:
        """The types of which one stands wherever something is found."""
        return np.array(sorted({key for _, key in self.cases}), np.uint64)

    def of_types(self, types: Hashes) -> list[tuple[tuple[int, int], Case]]:
        wanted = set(types.tolist())
        return [item for item in self.cases.items() if item[0][1] in wanted]


def variation(counts: Stretches, least: float = 0.0) -> Verdicts:
    """The rows whose stretch has another tag at least as often, and which are so likely wrong."""
    stretch = counts.rows >> TAG_BITS
    again = np.concatenate(([False], stretch[1:] == stretch[:-1]))[: len(stretch)]
    varying = np.flatnonzero(again | np.append(again[1:], False)[: len(stretch)])
    seen = counts.counts[varying]
    first = np.flatnonzero(np.diff(stretch[varying], prepend=np.uint64(0)))
    group = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(varying))))
    # The most frequent tag of each stretch, and the one after it; names decide between equals.
    order = np.lexsort((counts.rows[varying], -seen, group))
    best, second = order[first], order[first + 1]
    other = np.where(best[group] == np.arange(len(varying)), second[group], best[group])
    wanted = np.flatnonzero(seen[other] >= seen)
    return Verdicts(_cases(counts, varying[wanted], varying[other[wanted]], len(first), least))


def _cases(
    counts: Stretches, rows: Integers, others: Integers, varying: int, least: float
) -> dict[tuple[int, int], Case]:
    """For each row of a stretch and the one with the other tag, if it is so likely wrong.

    varying: the number of stretches with more than one tag.
    """
    types, other_types = counts.types[rows], counts.types[others]
    columns = (
        counts.rows[rows] >> TAG_BITS, counts.type_keys[types],
        counts.tags[(counts.rows[rows] & TAG_MASK).astype(np.int64)],
        counts.tags[(counts.rows[others] & TAG_MASK).astype(np.int64)],
        counts.counts[rows], counts.counts[others],
        counts.type_counts[types], counts.type_counts[other_types],
    )  # fmt: skip
    found = {}
    for stretch, key, own, other, seen, seen_other, total, total_other in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        odds = log_odds(seen, seen_other, total, total_other)
        likelier = odds > 0 or (odds == 0 and own < other)
        even = odds == 0 and not likelier
        confidence = probability(odds, varying) - (EVEN if even else 0)
        if confidence >= max(least, LEAST):
            found[stretch, key] = Case(
                other, seen, seen_other, total, total_other, confidence, likelier
            )
    return found


def cases(
    document: Document, tagset: Tagset | None, verdicts: Verdicts
) -> Iterator[tuple[int, Case]]:
    """The tokens of a document that the verdicts are about, in order, with their cases."""
    hashes = np.frombuffer(document.vocabulary.keys(), np.uint64)
    present, _ = document.type_table
    about = present[np.isin(hashes[present], verdicts.types)]
    tokens = np.array(document.places(about.tolist()), np.int64)
    stretch = stretches_at(document, type_keys(document.vocabulary, tagset), tokens)
    known = np.array([each for each, _ in verdicts.cases], np.uint64)
    for place in np.flatnonzero(np.isin(stretch, known)).tolist():
        token = int(tokens[place])
        key = int(hashes[document.ids[token]])
        case = verdicts.cases.get((int(stretch[place]), key))
        if case is not None:
            yield token, case


def log_odds(seen: int, seen_other: int, total: int, total_other: int) -> float:
    """What speaks for the first of two tags of a stretch being wrong rather than the second.

    Totals are those of the form everywhere, this stretch included.
    """
    by_stretch = log((seen_other + 0.5) / (seen + 0.5))
    by_form = log((total_other - seen_other + 0.5) / (total - seen + 0.5))
    by_form = max(-MOST_BY_FORM, min(MOST_BY_FORM, by_form))
    return BY_STRETCH * by_stretch + BY_FORM * by_form


def probability(odds: float, varying: int) -> float:
    """How likely a tag is wrong in a corpus where so many stretches vary."""
    # In steps, so that what changes in one document does not move what is said of all others.
    doubt = round(DOUBT * max(0, varying - FEW) / max(1, varying), 1)
    return 1 / (1 + exp(doubt - odds))
