"""The tag that a token might bear instead, and how the two compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from taglint.threads import each
from taglint_rules.tags._consistency.conditions import Question
from taglint_rules.tags._consistency.evidence import CHOICE, Evidence
from taglint_rules.tags._consistency.glance import FREQUENT, SLICE, Glance
from taglint_rules.tags._consistency.logistic import product
from taglint_rules.tags._consistency.view import Floats, Integers

# At first sight a rival may be this far behind the own tag, and behind the best rival.
FAR_BEHIND, BEHIND_BEST = -1.0, 3.0
# The common tags that forms seen rarely may bear besides those that they were seen with.
COMMON = 16


@dataclass(frozen=True, eq=False)
class Tokens:
    """row: of the table. removed: the tag that stands in the corpus there, which is the own one
    unless that was made wrong on purpose. own: the tag."""

    row: Integers
    removed: Integers
    own: Integers

    def __len__(self) -> int:
        return len(self.row)

    def at(self, chosen: Any) -> Tokens:
        return Tokens(self.row[chosen], self.removed[chosen], self.own[chosen])

    def asking(self, index: Integers, tag: Integers) -> Question:
        """About some of the tokens, each with another tag."""
        return Question(self.row[index], self.removed[index], tag)


@dataclass(frozen=True, eq=False)
class Rivals:
    """Of tokens the few other tags that suit each best at first sight: the index of the token,
    ascending, and the tag."""

    tokens: Tokens
    index: Integers
    tag: Integers


@dataclass(frozen=True, eq=False)
class Compared:
    """Tokens with the tag they bear and the best other one; the columns are aligned.

    row: of the table. own, other: tags. own_seen, other_seen: how often the form bears them
    elsewhere. features: float matrix, what a model weighs, with a column of zeros for one more.
    """

    row: Integers
    own: Integers
    other: Integers
    own_seen: Floats
    other_seen: Floats
    features: Floats

    def at(self, chosen: Integers) -> Compared:
        return Compared(
            self.row[chosen], self.own[chosen], self.other[chosen],
            self.own_seen[chosen], self.other_seen[chosen], self.features[chosen],
        )  # fmt: skip


def rivals(glance: Glance, tokens: Tokens, far: float = FAR_BEHIND) -> Rivals:
    """far: how far a rival may be behind at first sight."""

    def of_slice(start: int) -> tuple[Integers, Integers]:
        index, tag = _rivals(glance, tokens.at(slice(start, start + SLICE)), far)
        return index + start, tag

    # Before threads share the work: each would have to wait for it, or do it as well.
    glance.know(glance.view.middle(tokens.row))
    parts = each(of_slice, range(0, max(1, len(tokens)), SLICE))
    index, tag = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Rivals(tokens, index, tag)


def _rivals(glance: Glance, tokens: Tokens, far: float) -> tuple[Integers, Integers]:
    view = glance.view
    least = far + _own_chance(glance, tokens)
    parts = [_seen_tags(glance, tokens), _common_tags(glance, tokens, least)]
    index, tag, chance = (np.concatenate(column) for column in zip(*parts, strict=True))
    best = np.full(len(tokens), -np.inf)
    np.maximum.at(best, index, chance)
    kept = chance > np.maximum(least, best - BEHIND_BEST)[index]
    index, tag = index[kept], tag[kept]
    order = np.argsort(index * len(view.tags) + tag)
    return index[order], tag[order]


def _own_chance(glance: Glance, tokens: Tokens) -> Floats:
    """How the own tags suit at first sight."""
    view, question = glance.view, Question(tokens.row, tokens.removed, tokens.own)
    if (tokens.own == tokens.removed).all():
        return glance.chance_of_types(view.table.middle[tokens.row], question)
    return glance.chance(question, view.seen(view.middle(tokens.row), tokens.own))


def _seen_tags(glance: Glance, tokens: Tokens) -> tuple[Integers, Integers, Floats]:
    """The other tags that the form bears elsewhere, and how they suit at first sight."""
    view = glance.view
    order, begins = view.by_form
    form = view.middle(tokens.row)
    sizes = begins[form + 1] - begins[form]
    index = np.repeat(np.arange(len(tokens)), sizes)
    within = np.arange(len(index)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    types = order[begins[form[index]] + within]
    tag = view.tag[types]
    elsewhere = view.type_count[types] > (tag == tokens.removed[index])
    kept = np.flatnonzero(elsewhere & (tag != tokens.own[index]))
    index, tag = index[kept], tag[kept]
    return index, tag, glance.chance_of_types(types[kept], tokens.asking(index, tag))


def _common_tags(
    glance: Glance, tokens: Tokens, least: Floats
) -> tuple[Integers, Integers, Floats]:
    """Of the common tags that forms seen rarely do not bear elsewhere those that suit better than
    the least that is asked of each token."""
    view = glance.view
    rare = np.flatnonzero(view.form_count[view.middle(tokens.row)] <= FREQUENT)
    common = np.sort(np.argsort(-view.tag_count, kind="stable")[:COMMON])
    # Each token, down, with each tag, across: where the neighbours leave no hope the form has none.
    row, removed, own = tokens.row[rare, None], tokens.removed[rare, None], tokens.own[rare, None]
    hopeful = glance.between(Question(row, removed, common)) > np.exp(least[rare, None])
    index, which = np.nonzero(hopeful & (common != own))
    index, tag = rare[index], common[which]
    borne = view.seen(view.middle(tokens.row[index]), tag)
    chance = glance.chance(tokens.asking(index, tag), borne)
    unseen = borne <= (tag == tokens.removed[index])
    kept = np.flatnonzero(unseen & (chance > least[index]))
    return index[kept], tag[kept], chance[kept]


def compare(evidence: Evidence, found: Rivals) -> Compared:
    """Compare the own tags of tokens with the best others; tokens without a rival are left out."""
    starts = np.arange(0, max(1, len(found.tokens)), SLICE)
    ends = np.searchsorted(found.index, starts + SLICE).tolist()
    slices = [slice(first, last) for first, last in zip([0, *ends], ends, strict=False)]
    columns = each(lambda some: _compared(evidence, found, some), slices)
    return Compared(*(np.concatenate(column) for column in zip(*columns, strict=True)))


def _compared(evidence: Evidence, found: Rivals, some: slice) -> tuple[NDArray[Any], ...]:
    """The columns of `Compared`."""
    index, tag = found.index[some], found.tag[some]
    terms, seen = evidence.terms(found.tokens.asking(index, tag))
    mistaken = evidence.glance.mistaken[tag, found.tokens.own[index]]
    best = _first_best(index, product(terms, CHOICE) + mistaken)
    other, terms, seen = tag[best], terms[best], seen[best]
    tokens = found.tokens.at(index[best])
    row, own = tokens.row, tokens.own
    own_terms, own_seen = evidence.terms(Question(row, tokens.removed, own))
    glance = evidence.glance
    total = glance.view.form_count[glance.view.middle(row)]
    dispersal, unigram = np.log(glance.dispersal + 1e-3), np.log(glance.unigram)
    more = (
        np.log(total), np.log1p(own_seen), np.log1p(seen), unigram[own], unigram[other],
        dispersal[own], dispersal[other], np.zeros(len(row)),
    )  # fmt: skip
    features = np.concatenate((own_terms, terms, np.stack(more, axis=1)), axis=1)
    return row, own, other, own_seen, seen, features


def _first_best(group: Integers, score: Floats) -> Integers:
    """The position of the first best score of each group; the groups are ascending."""
    if not len(group):
        return group
    begins = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1])))
    sizes = np.diff(np.append(begins, len(group)))
    best = np.flatnonzero(score == np.repeat(np.maximum.reduceat(score, begins), sizes))
    return best[np.concatenate(([True], group[best][1:] != group[best][:-1]))]
