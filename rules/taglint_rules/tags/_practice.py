"""Of running words with two tags: how likely one is an error, and how likely both are practice.

Three things may have happened to a stretch of words that bears one tag here and another there: the
one tag is an error, or the other, or the guideline leaves the form open and annotators go either
way. How often errors and open forms are is fitted to the corpus by expectation and maximisation
over its varying stretches, as a mixture of the three; which of them it was follows from how often
the stretch has each tag, and the form everywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import lgamma
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# Of the errors in a form, the share that makes it this one other tag.
SAME_ERROR = 0.5
# What is believed before anything is seen, with what it is worth: errors a token, in tokens, and
# stretches that vary where the form is open, in such stretches.
ERRORS, TOKENS = 0.005, 200.0
PRACTICE, STRETCHES = 0.015, 10.0
ROUNDS = 40
# In steps of a tenth, so that what changes in one document does not move what is said of others.
STEP = 10


@dataclass(frozen=True)
class Pairs:
    """Float columns, one item for each tag of a stretch with the other one that it is compared to.

    seen, other: tokens of the stretch with the tag and with the other. elsewhere, other_elsewhere:
    tokens of the form with each outside of it. weight: 0.5 where the same two tags are also
    compared the other way round, else 1. open: how open the form is to both tags.
    """

    seen: Floats
    other: Floats
    elsewhere: Floats
    other_elsewhere: Floats
    weight: Floats
    open: Floats

    @cached_property
    def ways(self) -> Floats:
        """The log of the number of orders in which the tokens may have come."""
        return (
            _log_factorial(self.seen + self.other)
            - _log_factorial(self.seen)
            - _log_factorial(self.other)
        )


@dataclass(frozen=True)
class Rates:
    """errors: a token. practice: varying stretches, of those whose form is open."""

    errors: float
    practice: float


def fitted(pairs: Pairs, tokens: float, open_stretches: float) -> Rates:
    """The rates of a corpus.

    tokens: in stretches that occur more than once. open_stretches: the sum of the openness of
    these stretches.
    """
    errors, practice = ERRORS, PRACTICE
    for _ in range(ROUNDS):
        own, other, open_ = chances(pairs, Rates(errors, practice))
        wrong = float((pairs.weight * (own * pairs.seen + other * pairs.other)).sum())
        varying = float((pairs.weight * open_).sum())
        errors = (wrong + ERRORS * TOKENS) / (tokens + TOKENS)
        practice = (varying + PRACTICE * STRETCHES) / (open_stretches + STRETCHES)
    return Rates(_stepped(errors), _stepped(practice))


def chances(pairs: Pairs, rates: Rates) -> tuple[Floats, Floats, Floats]:
    """Of each pair the probability that the tag is an error, that the other one is, and that both
    are practice."""
    share = (pairs.elsewhere + 0.5) / (pairs.elsewhere + pairs.other_elsewhere + 1)
    error = np.log(rates.errors * SAME_ERROR)
    splits = np.maximum(pairs.seen + pairs.other - 1, 1)
    logs = np.stack((
        np.log(1 - share) + pairs.ways + pairs.seen * error,
        np.log(share) + pairs.ways + pairs.other * error,
        np.log(rates.practice * pairs.open / splits),
    ))  # fmt: skip
    each = np.exp(logs - logs.max(axis=0)) if logs.size else logs
    own, other, practice = each / each.sum(axis=0)
    return own, other, practice


def _log_factorial(values: Floats) -> Floats:
    return np.fromiter((lgamma(value + 1) for value in values.tolist()), np.float64, len(values))


def _stepped(rate: float) -> float:
    return float(np.exp(np.round(np.log(rate) * STEP) / STEP))
