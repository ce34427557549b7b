"""From counts to verdicts: which patterns there are, and how often such patterns are wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from taglint.corpus.contexts import Contexts
from taglint.tagsets import Tagset
from taglint_rules.segmentation._cuts import cuts
from taglint_rules.segmentation._exemptions import exemptions
from taglint_rules.segmentation._features import Fit, Places
from taglint_rules.segmentation._kinds import MERGED, SHIFTED, SPLIT
from taglint_rules.segmentation._occurrences import Finder
from taglint_rules.segmentation._outside import Outside
from taglint_rules.segmentation._patterns import Patterns, patterns
from taglint_rules.segmentation._strings import Floats, Hashes, Ints
from taglint_rules.segmentation._tables import NONE, Tables
from taglint_rules.segmentation._ways import Affixes, Ways
from taglint_rules.segmentation._weights import (
    BY_COUNTS,
    BY_LEXICON,
    Weights,
    odds_of,
    probability,
)

# The share of wrong places is estimated in so many rounds; the share of the text that the weights
# were fitted to counts as much as so many places.
ROUNDS = 50
PRIOR_PLACES = 100
# A corpus of so many tokens knows its own words; a lexicon of another guideline would only disturb.
LARGE = 200_000


@dataclass(frozen=True)
class Verdicts:
    """What `locate` needs: the keys of the corpus's types, its counts in tables, the patterns, and
    for each the part of its odds that does not hang on the place."""

    keys: Hashes
    tables: Tables
    patterns: Patterns
    ways: Ways
    weights: Mapping[int, Weights]
    odds: Floats
    finder: Finder


def judge(
    counts: Contexts, tagset: Tagset | None = None, outside: Outside | None = None
) -> Verdicts | None:
    """The verdicts on a corpus, None where it has no Han characters: only their words are not told
    apart by blanks."""
    if not len(counts):
        return None
    if counts.counts.sum() >= LARGE:
        outside = None
    tables = Tables(counts, tagset, outside)
    if not (tables.strings.han & tables.own_forms).any():
        return None
    cut = cuts(tables, tables.own_forms)
    found = patterns(tables, cut)
    affixes = Affixes(tables, cuts(tables, ~tables.own_forms, cut) if outside else cut)
    ways = Ways(tables, affixes, found)
    weights = BY_COUNTS if outside is None else BY_LEXICON
    odds = ways.odds({kind: weights[kind].placed for kind in weights})
    for kind, offset in offsets(ways, found, weights).items():
        odds[found.kind == kind] += offset
    return Verdicts(counts.keys, tables, found, ways, weights, odds, Finder(tables, found))


def offsets(ways: Ways, found: Patterns, weights: Mapping[int, Weights]) -> dict[int, float]:
    """How the odds of each kind differ from those that the weights assume.

    The share of wrong places is found by expectation maximisation from the patterns alone (after
    Saerens, Latinne and Decaestecker, "Adjusting the outputs of a classifier to new a priori
    probabilities", Neural Computation 14, 2002).
    """
    tables = ways.tables
    own = tuple(tables.likely[form, 0] for form in ways.forms)
    fit = Fit(ways, without_context(np.arange(len(found)), (own[0], own[1])))
    odds = ways.odds({kind: weights[kind].bare for kind in weights}) - exemptions(fit)
    times = np.where(
        found.own[1] == NONE, tables.form_count[found.own[0]], tables.neighbours(*found.own)
    )
    return {
        kind: _offset(odds[found.kind == kind], times[found.kind == kind], weights[kind].share)
        for kind in (MERGED, SPLIT, SHIFTED)
    }


def without_context(pattern: Ints, own: tuple[Ints, Ints]) -> Places:
    """Places as if each were a sentence of its own."""
    edge = np.zeros(len(pattern), dtype=np.int64)
    return Places(pattern, edge, own, edge)


def _offset(odds: Floats, times: Ints | Floats, assumed: float) -> float:
    share = assumed
    for _ in range(ROUNDS):
        likely = probability(odds + odds_of(share) - odds_of(assumed))
        wrong = float((likely * times).sum()) + PRIOR_PLACES * assumed
        share = wrong / (float(times.sum()) + PRIOR_PLACES)
    return odds_of(share) - odds_of(assumed)
