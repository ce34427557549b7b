"""From counts to what is known of a corpus: its patterns, and how often such patterns are wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from taglint.corpus.contexts import Contexts
from taglint.tagsets import Tagset
from taglint_rules.segmentation._cuts import Cuts, cuts
from taglint_rules.segmentation._exemptions import (
    TERM,
    Chosen,
    exemptions,
    name_exemptions,
    two_names,
)
from taglint_rules.segmentation._features import Typed, best, choices, side
from taglint_rules.segmentation._kinds import MERGED, SHIFTED, SPLIT
from taglint_rules.segmentation._outside import Outside
from taglint_rules.segmentation._patterns import Patterns, patterns
from taglint_rules.segmentation._strings import Floats, Ints
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
# With an outside lexicon corpora differ more: what programs segment has wrong places everywhere,
# what people segment has few, and there the same numbers say less. So the shares of all kinds go
# down together where they are below `USUAL`, what they are in the output of taggers, and by a
# multiple of what is estimated.
PRIOR_PLACES_OUTSIDE = 10
USUAL = -0.75
STEEPNESS = 6.0
# By how much a pattern is less likely whose proposal is suspected more than itself.
CONTRADICTED = 5.0
# A corpus of so many tokens knows its own words; a lexicon of another guideline would only disturb.
LARGE = 200_000


@dataclass(frozen=True)
class Judged:
    """A corpus: its counts, also in tables, how its words are made of others, its patterns, and
    for each the part of its odds that does not hang on the place."""

    counts: Contexts
    tables: Tables
    cut: Cuts
    patterns: Patterns
    ways: Ways
    weights: Mapping[int, Weights]
    odds: Floats


def judge(
    counts: Contexts, tagset: Tagset | None = None, outside: Outside | None = None
) -> Judged | None:
    """What is known of a corpus, None where it has no Han characters: only their words are not
    told apart by blanks."""
    if not len(counts):
        return None
    if counts.counts.sum() >= LARGE:
        outside = None
    tables = Tables(counts, tagset, outside)
    if not (tables.strings.han & tables.own_forms).any():
        return None
    own = cuts(tables, tables.own_forms)
    found = patterns(tables, own)
    cut = cuts(tables, ~tables.own_forms, own) if outside else own
    ways = Ways(tables, Affixes(tables, cut), found)
    weights = BY_COUNTS if outside is None else BY_LEXICON
    odds = ways.odds({kind: weights[kind].placed for kind in weights})
    less = without_context(ways)
    for kind, offset in offsets(ways, found, weights, less).items():
        odds[found.kind == kind] += offset
    odds[contradicted(tables, found, odds - less)] -= CONTRADICTED
    return Judged(counts, tables, cut, found, ways, weights, odds)


def contradicted(tables: Tables, found: Patterns, odds: Floats) -> Ints:
    """Of two patterns that propose what the other one suspects, the less likely one, so that no
    fix undoes another."""
    size = len(tables.forms)
    merged, split = (np.flatnonzero(found.kind == kind) for kind in (MERGED, SPLIT))
    if not len(split):
        return split
    wanted = found.other[0][merged] * size + found.other[1][merged]
    keys = found.own[0][split] * size + found.own[1][split]
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    # Two forms joined are one word, so that there is one pattern for each two.
    both = keys[place] == wanted
    merged, split = merged[both], split[place[both]]
    return np.asarray(np.where(odds[merged] < odds[split], merged, split))


def offsets(
    ways: Ways, found: Patterns, weights: Mapping[int, Weights], less: Floats
) -> dict[int, float]:
    """How the odds of each kind differ from those that the weights assume.

    The share of wrong places is found by expectation maximisation from the patterns alone (after
    Saerens, Latinne and Decaestecker, "Adjusting the outputs of a classifier to new a priori
    probabilities", Neural Computation 14, 2002).
    """
    tables = ways.tables
    odds = ways.odds({kind: weights[kind].bare for kind in weights}) - less
    times = np.where(
        found.own[1] == NONE, tables.own_count[found.own[0]], tables.neighbours(*found.own)
    )
    if tables.outside is not None:
        kept = less <= TERM
        return _common_offset(odds[kept], times[kept], found.kind[kept], weights)
    return {
        kind: _offset(odds[of_kind], times[of_kind], weights[kind].share, PRIOR_PLACES)
        for kind in (MERGED, SPLIT, SHIFTED)
        for of_kind in [found.kind == kind]
    }


def _common_offset(
    odds: Floats, times: Floats, kinds: Ints, weights: Mapping[int, Weights]
) -> dict[int, float]:
    prior = PRIOR_PLACES_OUTSIDE
    places = {kind: float(times[kinds == kind].sum()) + prior for kind in weights}
    wrong = sum(weights[kind].share * places[kind] for kind in weights)
    offset = _offset(odds, times, wrong / sum(places.values()), prior * len(places))
    return dict.fromkeys(weights, STEEPNESS * min(offset - USUAL, 0.0))


def without_context(ways: Ways) -> Floats:
    """The exemptions of all patterns, with their likeliest tags, as if each were a sentence of its
    own."""
    likely = ways.tables.likely
    own = (likely[ways.forms[0], 0], likely[ways.forms[1], 0])
    typed = Typed(np.arange(len(ways.kind)), own)
    edge = np.zeros(len(typed.pattern), dtype=np.int64)
    before, behind = side(ways, typed, edge, False), side(ways, typed, edge, True)
    new = chosen_types(ways, typed.pattern, before.fits, behind.fits)
    chosen = Chosen(ways, typed, new)
    names = name_exemptions(chosen) * two_names(ways, typed)
    return np.asarray(exemptions(chosen) + names)


def chosen_types(ways: Ways, pattern: Ints, before: Floats, behind: Floats) -> tuple[Ints, Ints]:
    """The types of the new forms that fit best."""
    first, second = best(ways.fits[pattern], before, behind)
    every = np.arange(len(pattern))
    a, b = choices(ways, pattern)
    return a[every, first, second], b[every, first, second]


def _offset(odds: Floats, times: Ints | Floats, assumed: float, prior: int) -> float:
    share = assumed
    for _ in range(ROUNDS):
        likely = probability(odds + odds_of(share) - odds_of(assumed))
        wrong = float((likely * times).sum()) + prior * assumed
        share = wrong / (float(times.sum()) + prior)
    return odds_of(share) - odds_of(assumed)
