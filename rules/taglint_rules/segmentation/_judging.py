"""From counts to verdicts: which patterns there are, and how often such patterns are wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from taglint.characters import is_han
from taglint.corpus.contexts import Contexts
from taglint.tagsets import Tagset
from taglint_rules.segmentation._bigrams import Type, bigrams
from taglint_rules.segmentation._exemptions import exemptions
from taglint_rules.segmentation._features import Affixes, Fit, Places
from taglint_rules.segmentation._kinds import MERGED, SHIFTED, SPLIT
from taglint_rules.segmentation._outside import Outside
from taglint_rules.segmentation._patterns import Patterns, patterns
from taglint_rules.segmentation._strings import Floats, Ints
from taglint_rules.segmentation._tables import NONE, Tables, cuts
from taglint_rules.segmentation._weights import BY_COUNTS, BY_LEXICON, by_kind, odds_of, probability

# The share of wrong places is estimated in so many rounds; the share of the text that the weights
# were fitted to counts as much as so many places.
ROUNDS = 50
PRIOR_PLACES = 100
# A corpus of so many tokens knows its own words; a lexicon of another guideline would only disturb.
LARGE = 200_000


@dataclass(frozen=True)
class Verdicts:
    """What `locate` needs: the counts in tables, the patterns, and for each kind by how much the
    odds differ from those of the text that the weights were fitted to."""

    tables: Tables
    affixes: Affixes
    patterns: Patterns
    number: dict[Type, int]
    offsets: dict[int, float]


def judge(
    counts: Contexts, tagset: Tagset | None = None, outside: Outside | None = None
) -> Verdicts | None:
    """The verdicts on a corpus, None where it has no Han characters: only their words are not told
    apart by blanks."""
    if not any(map(is_han, {form[:1] for form in counts.forms.tolist()})):
        return None
    if counts.counts.sum() >= LARGE:
        outside = None
    tables = Tables(bigrams(counts), tagset, outside)
    own = np.arange(len(tables.forms)) < tables.own_forms
    cut = cuts(tables, own)
    found = patterns(tables, cut)
    affixes = Affixes(tables, cut if outside is None else cuts(tables, np.ones_like(own)))
    number = {type_: index for index, type_ in enumerate(tables.types)}
    return Verdicts(tables, affixes, found, number, offsets(tables, affixes, found))


def offsets(tables: Tables, affixes: Affixes, found: Patterns) -> dict[int, float]:
    """How the odds of each kind differ from those that the weights assume.

    The share of wrong places is found by expectation maximisation from the patterns alone (after
    Saerens, Latinne and Decaestecker, "Adjusting the outputs of a classifier to new a priori
    probabilities", Neural Computation 14, 2002).
    """
    places = _without_context(tables, found)
    fit = Fit(tables, affixes, places)
    weights = BY_COUNTS if tables.outside is None else BY_LEXICON
    odds = by_kind(found.kind, {kind: weights[kind].bare for kind in weights}, fit.numbers)
    odds -= exemptions(tables, places, fit)
    times = np.where(
        found.own[1] == NONE, tables.form_count[found.own[0]], tables.neighbours(*found.own)
    )
    return {
        kind: _offset(odds[found.kind == kind], times[found.kind == kind], weights[kind].share)
        for kind in (MERGED, SPLIT, SHIFTED)
    }


def _without_context(tables: Tables, found: Patterns) -> Places:
    first, second = found.own
    own = tables.likely[first, 0], np.where(second == NONE, NONE, tables.likely[second, 0])
    return bare_places(tables, Places(found.kind, first, own, first, found.other))


def bare_places(tables: Tables, places: Places) -> Places:
    """Places without their contexts."""
    edge = np.zeros(len(places.kind), dtype=np.int64)
    return Places(places.kind, edge, places.own, edge, places.other)


def _offset(odds: Floats, times: Ints | Floats, assumed: float) -> float:
    share = assumed
    for _ in range(ROUNDS):
        likely = probability(odds + odds_of(share) - odds_of(assumed))
        wrong = float((likely * times).sum()) + PRIOR_PLACES * assumed
        share = wrong / (float(times.sum()) + PRIOR_PLACES)
    return odds_of(share) - odds_of(assumed)
