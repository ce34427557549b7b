"""The tag that a token might bear instead, and how the two compare."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from taglint_rules.tags._consistency.evidence import CHOICE, FREQUENT, Evidence, Question
from taglint_rules.tags._consistency.view import Floats, Integers

# At first sight a rival may be this far behind the own tag, and behind the best rival.
FAR_BEHIND, BEHIND_BEST = -1.0, 3.0
# The common tags that forms seen rarely may bear besides those that they were seen with.
COMMON = 16


@dataclass(frozen=True, eq=False)
class Compared:
    """Tokens with the tag they bear and the best other one; the columns are aligned.

    row: of the table. own, other: tags. own_seen, other_seen: how often the form bears them
    elsewhere. features: float matrix, what a model weighs.
    """

    row: Integers
    own: Integers
    other: Integers
    own_seen: Integers
    other_seen: Integers
    features: Floats


def compare(
    evidence: Evidence,
    row: Integers,
    removed: Integers,
    own: Integers,
    far: float = FAR_BEHIND,
) -> Compared:
    """Compare the own tags of tokens with others; tokens without a rival are left out.

    removed: the tags that stand in the corpus there, which are the own ones unless these were
    made wrong on purpose. far: how far a rival may be behind at first sight.
    """
    index, other = _shortlist(evidence, row, removed, own, far)
    terms, seen = evidence.terms(Question(row[index], removed[index], other))
    best = _first_best(index, terms @ CHOICE)
    index, other, terms, seen = index[best], other[best], terms[best], seen[best]
    row, removed, own = row[index], removed[index], own[index]
    own_terms, own_seen = evidence.terms(Question(row, removed, own))
    total = evidence.view.form_count[evidence.view.form[evidence.view.table.middle[row]]]
    dispersal = np.log(evidence.dispersal + 1e-3)
    unigram = np.log(evidence.unigram)
    more = (
        np.log(total), np.log1p(own_seen), np.log1p(seen), unigram[own], unigram[other],
        dispersal[own], dispersal[other],
    )  # fmt: skip
    features = np.concatenate((own_terms, terms, np.stack(more, axis=1)), axis=1)
    return Compared(row, own, other, own_seen, seen, features)


def _shortlist(
    evidence: Evidence, row: Integers, removed: Integers, own: Integers, far: float
) -> tuple[Integers, Integers]:
    """For each token the few other tags that suit it best at first sight: index and tag."""
    index, tag = _seen_tags(evidence, row, removed)
    more_index, more_tag = _common_tags(evidence, row)
    index, tag = np.concatenate((index, more_index)), np.concatenate((tag, more_tag))
    rival = tag != own[index]
    index, tag = _distinct(index[rival], tag[rival], len(evidence.view.tags))
    ahead = evidence.glance(Question(row[index], removed[index], tag))
    ahead -= evidence.glance(Question(row, removed, own))[index]
    kept = ahead > np.maximum(far, _best(index, ahead) - BEHIND_BEST)
    return index[kept], tag[kept]


def _seen_tags(evidence: Evidence, row: Integers, removed: Integers) -> tuple[Integers, Integers]:
    """The tags that the form bears elsewhere."""
    view = evidence.view
    order, begins = view.by_form
    form = view.form[view.table.middle[row]]
    sizes = begins[form + 1] - begins[form]
    index = np.repeat(np.arange(len(row)), sizes)
    within = np.arange(len(index)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    types = order[begins[form[index]] + within]
    tag = view.tag[types]
    elsewhere = view.type_count[types] > (tag == removed[index])
    return index[elsewhere], tag[elsewhere]


def _common_tags(evidence: Evidence, row: Integers) -> tuple[Integers, Integers]:
    """The common tags for forms seen rarely."""
    view = evidence.view
    rare = np.flatnonzero(view.form_count[view.form[view.table.middle[row]]] <= FREQUENT)
    common = np.sort(np.argsort(-view.tag_count, kind="stable")[:COMMON])
    return np.repeat(rare, len(common)), np.tile(common, len(rare))


def _distinct(index: Integers, tag: Integers, tags: int) -> tuple[Integers, Integers]:
    packed = np.sort(index * tags + tag)
    packed = packed[np.concatenate(([True], packed[1:] != packed[:-1]))[: len(packed)]]
    return packed // tags, packed % tags


def _best(group: Integers, score: Floats) -> Floats:
    """For each the best score of its group; the groups are ascending."""
    if not len(group):
        return score
    begins = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1])))
    sizes = np.diff(np.concatenate((begins, [len(group)])))
    return np.repeat(np.maximum.reduceat(score, begins), sizes)


def _first_best(group: Integers, score: Floats) -> Integers:
    """The position of the first best score of each group; the groups are ascending."""
    best = np.flatnonzero(score == _best(group, score))
    again = np.concatenate(([False], group[best][1:] == group[best][:-1]))
    return best[~again[: len(best)]]
