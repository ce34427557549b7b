"""From counts of stretches to the tokens that are tagged unlike the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

import numpy as np

from taglint.corpus.document import Document
from taglint_rules.tags._form_hashes import numbered, type_keys
from taglint_rules.tags._stretches import TAG_BITS, TAG_MASK, Stretches, stretch_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from taglint.tagsets import Tagset

    Counts = NDArray[np.int32]
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


@dataclass(frozen=True)
class Case:
    """A token whose stretch bears another tag elsewhere.

    seen, seen_other: tokens of the stretch with its own tag, itself included, and with the other.
    total, total_other: as many of its form in the whole corpus.
    likelier: whether of the two this one is to be changed; were both, they would change places.
    """

    token: int
    other: str
    seen: int
    seen_other: int
    total: int
    total_other: int
    confidence: float
    likelier: bool


@dataclass(frozen=True, eq=False)
class Verdicts:
    """The stretches and tags that are outnumbered or balanced.

    rows: as in `Stretches`, ascending. others: the index of the tag that is more frequent, or as
    frequent. seen, seen_other: how often the stretch has each. varying: the number of stretches
    with more than one tag.
    """

    counts: Stretches
    rows: Hashes
    others: Integers
    seen: Counts
    seen_other: Counts
    varying: int


def variation(counts: Stretches) -> Verdicts | None:
    """The rows whose stretch has another tag at least as often, None where there is none."""
    stretch = counts.rows >> TAG_BITS
    again = np.concatenate(([False], stretch[1:] == stretch[:-1]))[: len(stretch)]
    varying = np.flatnonzero(again | np.append(again[1:], False)[: len(stretch)])
    if not len(varying):
        return None
    rows, seen = counts.rows[varying], counts.counts[varying]
    first = np.flatnonzero(np.diff(stretch[varying], prepend=np.uint64(0)))
    group = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(rows))))
    # The most frequent tag of each stretch, and the one after it; names decide between equals.
    order = np.lexsort((rows, -seen, group))
    best, second = order[first], order[first + 1]
    other = np.where(best[group] == np.arange(len(rows)), second[group], best[group])
    wanted = np.flatnonzero(seen[other] >= seen)
    others = (rows[other] & TAG_MASK).astype(np.int64)
    return Verdicts(
        counts, rows[wanted], others[wanted], seen[wanted], seen[other][wanted], len(first)
    )


def cases(document: Document, tagset: Tagset | None, verdicts: Verdicts) -> Iterator[Case]:
    """The tokens of a document that the verdicts are about, in order."""
    tags = verdicts.counts.tags
    keys = type_keys(document.vocabulary, tagset)
    number = numbered(keys, tags)
    rows, tokens = stretch_rows(document, keys, number, len(tags))
    index = np.searchsorted(verdicts.rows, rows)
    index[index == len(verdicts.rows)] = 0
    for place in np.flatnonzero(verdicts.rows[index] == rows).tolist():
        token, row = int(tokens[place]), int(index[place])
        type_id = document.ids[token]
        own, other = int(number[type_id]), int(verdicts.others[row])
        seen, seen_other = int(verdicts.seen[row]), int(verdicts.seen_other[row])
        total, total_other = (
            _total(verdicts.counts, keys.form[type_id], tag) for tag in (own, other)
        )
        odds = log_odds(seen, seen_other, total, total_other)
        likelier = odds > 0 or (odds == 0 and own < other)
        even = odds == 0 and not likelier
        confidence = probability(odds, verdicts.varying) - (EVEN if even else 0)
        yield Case(token, tags[other], seen, seen_other, total, total_other, confidence, likelier)


def _total(counts: Stretches, form: np.uint64, tag: int) -> int:
    """How often the corpus has a form with a tag."""
    row = form & ~TAG_MASK | np.uint64(tag)
    index = int(np.searchsorted(counts.type_rows, row))
    found = index < len(counts.type_rows) and counts.type_rows[index] == row
    return int(counts.type_counts[index]) if found else 0


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
    doubt = DOUBT * max(0, varying - FEW) / max(1, varying)
    return 1 / (1 + exp(doubt - odds))
