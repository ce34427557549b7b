"""From counts of stretches to the tokens that are tagged unlike the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from taglint.corpus.columns import among, firsts
from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Change, Context, Problem
from taglint_rules._memory import kept
from taglint_rules.tags._allowed import may_bear
from taglint_rules.tags._form_hashes import type_keys
from taglint_rules.tags._neighbours import likes
from taglint_rules.tags._openness import Usual, openness
from taglint_rules.tags._practice import Pairs, chances, fitted
from taglint_rules.tags._stretches import TAG_BITS, TAG_MASK, Stretches, stretches_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from taglint.tagsets import Tagset

    Hashes = NDArray[np.uint64]
    Integers = NDArray[np.int64]
    Floats = NDArray[np.float64]

# Where nothing speaks for either side, the names of the tags decide which one is reported.
EVEN = 0.01
# Which of two tags that are practice is better given up: what speaks for this one, in nats, are
# the counts in the stretch, and those of the form everywhere.
BY_STRETCH, BY_FORM = 2.0, 1.0
MOST_BY_FORM = 4.0
# The share of such practice that its authors would mend when they see it.
MENDED = 0.75
# What is less likely is not worth a place in a report, whatever is asked for.
LEAST = 0.05
# Stretches that are looked at together: what is computed of them fits the processor's cache.
SLICE = 1 << 16


@dataclass(frozen=True, slots=True)
class Case:
    """Tokens of a stretch that bears another tag elsewhere.

    right: the other tag with the marks of the own one. seen, seen_other: tokens of the stretch
    with its own tag and with the other. total, total_other: as many of its form in the whole
    corpus. error: the probability that the tag is an error. practice: that both tags are what
    annotators do, and this one is to be given up. likelier: whether of the two this one is to be
    changed; were both, they would change places.
    """

    other: str
    right: str
    seen: int
    seen_other: int
    total: int
    total_other: int
    error: float
    practice: float
    likelier: bool


@dataclass(frozen=True)
class Verdicts:
    """The cases by the stretch and the stable hash of the type that stands in it."""

    cases: dict[tuple[int, int], Case]

    def __len__(self) -> int:
        return len(self.cases)

    @cached_property
    def types(self) -> Hashes:
        """The types of which one stands wherever something is found."""
        return np.array(sorted({key for _, key in self.cases}), np.uint64)

    @cached_property
    def _of_type(self) -> dict[int, list[tuple[tuple[int, int], Case]]]:
        found: dict[int, list[tuple[tuple[int, int], Case]]] = {}
        for item in self.cases.items():
            found.setdefault(item[0][1], []).append(item)
        return found

    def of_types(self, types: Hashes) -> list[tuple[tuple[int, int], Case]]:
        wanted = self.types[among(self.types, types)].tolist()
        return [item for each in wanted for item in self._of_type[each]]


def errors(counts: Stretches, context: Context) -> Verdicts:
    """The cases that are so likely errors."""
    return _sure(counts, context, lambda case: case.error)


def practice(counts: Stretches, context: Context) -> Verdicts:
    """The cases that are rather practice than errors, and so likely to be given up."""
    return _sure(counts, context, lambda case: case.practice * (case.practice > case.error))


def _sure(counts: Stretches, context: Context, chance: Callable[[Case], float]) -> Verdicts:
    least, tagset = max(context.min_confidence, LEAST), context.tagset
    cases: dict[tuple[int, int], Case] = kept(
        "variation", (counts, tagset), lambda: dict(variation(counts, tagset)), context.shared
    )
    return Verdicts({key: case for key, case in cases.items() if chance(case) >= least})


def variation(
    counts: Stretches, tagset: Tagset | None = None
) -> Iterator[tuple[tuple[int, int], Case]]:
    """By stretch and stable hash of the type all tokens whose stretch has another tag at least as
    often, one that differs in more than marks."""
    names: list[str] = counts.tags.tolist()
    plain = np.array([tagset.unmarked(name) if tagset else name for name in names], object)
    stretches = counts.rows >> TAG_BITS
    alike = _alike(stretches)
    rows, others = _varying(counts, stretches, alike)
    unlike = plain[_tags(counts.rows[rows])] != plain[_tags(counts.rows[others])]
    unlike &= _forms(counts, rows) == _forms(counts, others)
    rows, others = rows[unlike], others[unlike]
    types, other_types = counts.types[rows], counts.types[others]
    seen, seen_other = counts.counts[rows], counts.counts[others]
    total, total_other = counts.type_counts[types], counts.type_counts[other_types]
    tags, other_tags = _tags(counts.rows[rows]), _tags(counts.rows[others])
    own, other = counts.tags[tags], counts.tags[other_tags]
    usual = Usual(counts)
    columns = (column.astype(np.float64) for column in (seen, seen_other, total, total_other))
    pairs = _pairs(usual.of_pairs(tags, other_tags), *columns)
    often = np.flatnonzero(alike | (counts.counts > 1))
    rates = fitted(pairs, *_repeated(counts, stretches, often, usual))
    error, _, open_ = chances(pairs, rates)
    side = _log_odds(pairs)
    likelier = (side > 0) | ((side == 0) & (own < other))
    even = (side == 0) & ~likelier
    given_up = open_ * MENDED / (1 + np.exp(-side))
    keys = zip(stretches[rows].tolist(), counts.type_keys[types].tolist(), strict=True)
    bases = zip(own.tolist(), plain[tags].tolist(), plain[other_tags].tolist(), strict=True)
    right = [f"{base}{name[len(its) :]}" for name, its, base in bases]
    said = map(
        Case, other.tolist(), right, seen.tolist(), seen_other.tolist(), total.tolist(),
        total_other.tolist(), _stepped(error - EVEN * even), _stepped(given_up - EVEN * even),
        likelier.tolist(),
    )  # fmt: skip
    yield from zip(keys, said, strict=True)


def _stepped(chance: Floats) -> list[float]:
    """In steps, so that a token more elsewhere does not change what is said."""
    steps: list[float] = chance.round(2).tolist()
    return steps


def _alike(stretches: Hashes) -> NDArray[np.bool_]:
    """Which rows have the stretch of another row; the stretches ascend."""
    found = np.zeros(len(stretches), bool)
    same = stretches[1:] == stretches[:-1]
    found[1:] = same
    found[:-1] |= same
    return found


def _varying(
    counts: Stretches, stretches: Hashes, alike: NDArray[np.bool_]
) -> tuple[Integers, Integers]:
    """The rows whose stretch has another tag at least as often, and the rows with that tag."""
    varying = np.flatnonzero(alike)
    seen = counts.counts[varying]
    first = firsts(stretches[varying])
    group = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(varying))))
    # The most frequent tag of each stretch, and the one after it; names decide between equals.
    order = np.lexsort((counts.rows[varying], -seen, group))
    best, second = order[first], order[first + 1]
    other = np.where(best[group] == np.arange(len(varying)), second[group], best[group])
    wanted = np.flatnonzero(seen[other] >= seen)
    return varying[wanted], varying[other[wanted]]


def _forms(counts: Stretches, rows: Integers) -> Hashes:
    """The hashes of the forms of some rows."""
    return counts.type_rows[counts.types[rows]] >> TAG_BITS


def _tags(rows: Hashes) -> Integers:
    return (rows & TAG_MASK).astype(np.int64)


def _pairs(usual: Floats, seen: Floats, other: Floats, total: Floats, total_other: Floats) -> Pairs:
    elsewhere, other_elsewhere = total - seen, total_other - other
    open_ = openness(elsewhere, other_elsewhere, usual)
    weight = np.where(seen == other, 0.5, 1.0)
    return Pairs(seen, other, elsewhere, other_elsewhere, weight, open_)


def _repeated(
    counts: Stretches, stretches: Hashes, rows: Integers, usual: Usual
) -> tuple[float, float]:
    """The tokens in stretches that occur more than once, which are those of some rows, and how open
    these are in sum."""
    first = firsts(stretches[rows])
    tokens = np.add.reduceat(counts.counts[rows], first) if len(first) else counts.counts[:0]
    types = counts.types[rows[first]]
    of_form = _totals_of_forms(counts)
    of_tag = usual.of_tags(_tags(counts.type_rows))
    open_ = 0.0
    for start in range(0, len(types), SLICE):
        some, here = types[start : start + SLICE], tokens[start : start + SLICE]
        own = counts.type_counts.take(some)
        elsewhere, others = np.maximum(own - here, 0).astype(float), of_form.take(some) - own
        open_ += float(openness(elsewhere, others.astype(float), of_tag.take(some)).sum())
    return float(tokens.sum()), open_


def _totals_of_forms(counts: Stretches) -> Integers:
    """By type the number of tokens of its form."""
    first = firsts(counts.type_rows >> TAG_BITS)
    if not len(first):
        return np.zeros(0, np.int64)
    sizes = np.diff(np.append(first, len(counts.type_rows)))
    return np.repeat(np.add.reduceat(counts.type_counts, first), sizes)


def _log_odds(pairs: Pairs) -> Floats:
    """What speaks for giving up the first of two tags of a stretch rather than the second."""
    by_stretch = np.log((pairs.other + 0.5) / (pairs.seen + 0.5))
    by_form = np.log((pairs.other_elsewhere + 0.5) / (pairs.elsewhere + 0.5))
    return BY_STRETCH * by_stretch + BY_FORM * np.clip(by_form, -MOST_BY_FORM, MOST_BY_FORM)


def cases(
    document: Document, tagset: Tagset | None, verdicts: Verdicts
) -> Iterator[tuple[int, Case]]:
    """The tokens of a document that the verdicts are about, in order, with their cases."""
    hashes = np.frombuffer(document.vocabulary.keys(), np.uint64)
    tokens = np.array(document.places(document.types_among(verdicts.types)), np.int64)
    stretch = stretches_at(document, type_keys(document.vocabulary, tagset), tokens)
    known = np.array([each for each, _ in verdicts.cases], np.uint64)
    for place in np.flatnonzero(np.isin(stretch, known)).tolist():
        token = int(tokens[place])
        key = int(hashes[document.ids[token]])
        case = verdicts.cases.get((int(stretch[place]), key))
        if case is not None:
            yield token, case


def problems(
    document: Document, verdicts: Verdicts, context: Context, chance: Callable[[Case], float]
) -> Iterator[Problem]:
    for token, case in cases(document, context.tagset, verdicts):
        form, tag = document.token(token)[:2]
        if all(may_bear(form, each, context.tagset) for each in (tag, case.right)):
            yield _problem(document, token, case, chance(case))


def _problem(document: Document, token: int, case: Case, confidence: float) -> Problem:
    form, tag = document.token(token)[:2]
    applicability = Applicability.UNSAFE if case.likelier else Applicability.DISPLAY
    return Problem(
        f"{form} is tagged {tag}; among the same words it is {_counts(case, tag)}",
        tokens=(token, token + 1),
        part="tag",
        confidence=confidence,
        group=f"{form}: {' ~ '.join(sorted((tag, case.other)))}",
        change=Change(f"write {case.right}", applicability, tokens=((form, case.right),)),
        like=likes(document, token, case.other, tag),
    )


def _counts(case: Case, tag: str) -> str:
    """The counts in words; those of the whole corpus where the stretch does not decide."""
    counts = f"{case.other} {_times(case.seen_other)}, {tag} {_times(case.seen)}"
    if case.seen_other > case.seen:
        return counts
    return f"{counts}; anywhere {case.other} {_times(case.total_other)}, {tag} {_times(case.total)}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")
