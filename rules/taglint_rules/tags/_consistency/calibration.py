"""From scores to probabilities, fitted to the corpus.

What is known: how errors made on purpose score, and how all tokens score. Where the better part
of the made errors scores higher, next to nothing but errors is left, so that the number of tokens
there gives the rate of errors; and the chances of all tokens must add up to that many errors.
(Estimating the share of positives among unlabelled data: Elkan and Noto 2008.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from taglint_rules.tags._consistency.view import Floats

# The rate is read off where this share of the made errors scores higher: further up, made errors
# are less and less like real ones, further down there is more than errors.
TAIL = 0.62
# What a tail must hold to be believed, and what is believed otherwise.
ENOUGH, USUAL_RATE = 5, 0.001
# Odds grow more slowly than the model thinks, which saw errors that were easier to tell.
SLOPE = 0.8
BISECTIONS = 40


@dataclass(frozen=True, eq=False)
class Calibration:
    """rate: errors a token. read: whether it was read off the corpus, not assumed."""

    rate: float
    shift: float
    read: bool

    def chance(self, score: Floats) -> Floats:
        return _logistic(SLOPE * score + self.shift)


def calibrate(
    made: Floats, missed: int, score: Floats, seen: Floats, times: Floats, tokens: int
) -> Calibration:
    """made: scores of the made errors that were suspects, `missed` those that were not. score: of
    drawn suspects; seen: how often each stands in the corpus; times: how many like it there are,
    where a part was drawn. tokens: those of the corpus."""
    caught = len(made) / (len(made) + missed)
    likely, weight = score >= np.quantile(made, 1 - TAIL), seen * times
    above, read = float(weight[likely].sum()), float(seen[likely].sum()) >= ENOUGH
    rate = above / (TAIL * caught * tokens) if read else USUAL_RATE
    errors = min(rate * caught * tokens, float(weight.sum()) / 2)
    low, high = -30.0, 30.0
    for _ in range(BISECTIONS):
        shift = (low + high) / 2
        too_many = float((_logistic(SLOPE * score + shift) * weight).sum()) > errors
        low, high = (low, shift) if too_many else (shift, high)
    return Calibration(rate, low, read)


def _logistic(values: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(values, -50, 50)))
    return found
