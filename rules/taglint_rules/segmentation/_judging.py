"""From counts to verdicts: which patterns there are, and how often such patterns are wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from taglint.tagsets import Tagset
from taglint_rules.segmentation._bigrams import EDGE, Bigrams, Type
from taglint_rules.segmentation._features import Affixes, Fit, Places
from taglint_rules.segmentation._kinds import MERGED, SHIFTED, SPLIT
from taglint_rules.segmentation._patterns import Patterns, patterns
from taglint_rules.segmentation._strings import Floats, Ints
from taglint_rules.segmentation._tables import NONE, Outside, Tables, cuts
from taglint_rules.segmentation._weights import BY_COUNTS, by_kind, odds_of, probability

# The share of wrong places is estimated in so many rounds; the share of the text that the weights
# were fitted to counts as much as so many places.
ROUNDS = 50
PRIOR_PLACES = 100


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
    counts: Bigrams, tagset: Tagset | None = None, outside: Outside | None = None
) -> Verdicts | None:
    """The verdicts on a corpus, None where no word of it could be segmented otherwise."""
    tables = Tables(counts, tagset, outside)
    own = np.arange(len(tables.forms)) < tables.own_forms
    cut = cuts(tables, own)
    found = patterns(tables, cut)
    if not len(found):
        return None
    affixes = Affixes(tables, cut if outside is None else cuts(tables, np.ones_like(own)))
    number = {type_: index for index, type_ in enumerate(tables.types)}
    return Verdicts(tables, affixes, found, number, offsets(tables, affixes, found))


def offsets(tables: Tables, affixes: Affixes, found: Patterns) -> dict[int, float]:
    """How the odds of each kind differ from those that the weights assume.

    The share of wrong places is found by expectation maximisation from the patterns alone (after
    Saerens, Latinne and Decaestecker, "Adjusting the outputs of a classifier to new a priori
    probabilities", Neural Computation 14, 2002).
    """
    numbers = Fit(tables, affixes, _bare(tables, found)).numbers
    odds = by_kind(found.kind, {kind: BY_COUNTS[kind].bare for kind in BY_COUNTS}, numbers)
    times = np.where(
        found.own[1] == NONE, tables.form_count[found.own[0]], tables.neighbours(*found.own)
    )
    return {
        kind: _offset(odds[found.kind == kind], times[found.kind == kind], BY_COUNTS[kind].share)
        for kind in (MERGED, SPLIT, SHIFTED)
    }


def _bare(tables: Tables, found: Patterns) -> Places:
    edge = np.full(len(found), tables.types.index(EDGE))
    first, second = found.own
    own = tables.likely[first, 0], np.where(second == NONE, NONE, tables.likely[second, 0])
    return Places(found.kind, edge, own, edge, found.other)


def _offset(odds: Floats, times: Ints | Floats, assumed: float) -> float:
    share = assumed
    for _ in range(ROUNDS):
        likely = probability(odds + odds_of(share) - odds_of(assumed))
        wrong = float((likely * times).sum()) + PRIOR_PLACES * assumed
        share = wrong / (float(times.sum()) + PRIOR_PLACES)
    return odds_of(share) - odds_of(assumed)
