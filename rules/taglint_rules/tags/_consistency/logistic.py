"""An additive model: each feature is bent at two points, and a logistic regression weighs them.

Its positives are errors made on purpose; its negatives are tokens as they are, some of which are
errors, too. These are found by expectation and maximisation (Elkan and Noto 2008 describe the
setting): tokens that look like errors count less in the next round.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from taglint_rules.tags._consistency.view import Floats

# Where features bend, as quantiles of the positives.
BENDS = (0.3, 0.7)
# Of a standardised feature, in observations.
RIDGE = 100.0
# Rounds with straight features, and then with bent ones.
STRAIGHT, BENT = 3, 4
# Newton steps at the beginning, and when a round goes on from the one before.
FIRST, NEXT = 6, 2
LIMIT = 30.0


@dataclass(frozen=True, eq=False)
class Model:
    bends: Floats
    mean: Floats
    scale: Floats
    weights: Floats

    def score(self, features: Floats) -> Floats:
        """Log odds, where errors are as many as the tokens that they are told from."""
        return _design(features, self.bends, self.mean, self.scale) @ self.weights


def fit(negative: Floats, weight: Floats, positive: Floats, share: float) -> Model:
    """What tells the positives from the negatives, of which a share are in truth positive.

    negative, positive: float matrices of the same columns; weight: of the negatives.
    """
    features = np.concatenate((negative, positive))
    weights = np.zeros(0)
    doubt = np.zeros(len(negative))
    for bends, rounds in (((), STRAIGHT), (BENDS, BENT)):
        points = np.quantile(positive, bends, axis=0)
        bent = _bent(features, points)
        mean, scale = bent.mean(axis=0), bent.std(axis=0)
        scale[scale < 1e-9] = 1.0
        design = _design(features, points, mean, scale)
        weights = np.zeros(design.shape[1])
        for number in range(rounds):
            steps = NEXT if number else FIRST
            weights = _improved(weights, design, weight * (1 - doubt), len(positive), steps)
            scores = np.clip(design[: len(negative)] @ weights, -LIMIT, LIMIT)
            doubt = np.minimum(1.0, np.exp(scores) * share)
    return Model(points, mean, scale, weights)


def _bent(features: Floats, points: Floats) -> Floats:
    return np.concatenate(
        [features, *(np.maximum(features - point, 0.0) for point in points)], axis=1
    )


def _design(features: Floats, points: Floats, mean: Floats, scale: Floats) -> Floats:
    bent = (_bent(features, points) - mean) / scale
    return np.concatenate((bent, np.ones((len(features), 1))), axis=1)


def _improved(
    weights: Floats, design: Floats, weight: Floats, positives: int, steps: int
) -> Floats:
    """Newton steps towards the greatest penalised likelihood; both sides weigh the same."""
    right = np.zeros(len(design))
    right[len(weight) :] = 1.0
    each = np.ones(len(design))
    each[: len(weight)] = weight * (positives / max(weight.sum(), 1e-9))
    ridge = np.full(design.shape[1], RIDGE)
    ridge[-1] = 1e-6
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-np.clip(design @ weights, -LIMIT, LIMIT)))
        gradient = design.T @ (each * (right - chance)) - ridge * weights
        curvature = (design * (each * chance * (1 - chance) + 1e-9)[:, None]).T @ design
        weights = weights + np.linalg.solve(curvature + np.diag(ridge), gradient)
    return weights
