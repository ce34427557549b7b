"""An additive model: each feature is bent at two points, and a logistic regression weighs them.

Its positives are errors made on purpose; its negatives are tokens as they are, some of which are
errors, too. These are found by expectation and maximisation (Elkan and Noto 2008 describe the
setting): tokens that look like errors count less in the next round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from taglint_rules.tags._consistency.view import Floats

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Singles = NDArray[np.float32]

# Where features bend, as quantiles of the positives.
BENDS = (0.3, 0.7)
# Of a standardised feature, in observations.
RIDGE = 100.0
# Rounds with straight features, and then with bent ones.
STRAIGHT, BENT = 3, 4
# Newton steps at the beginning, and when a round goes on from the one before.
FIRST, NEXT = 4, 2
LIMIT = 30.0
# Products of so small blocks and tiles are left to one thread: how many there are would show in
# the last digits, and they would wait for each other longer than they work.
BLOCK, TILE = 256, 32
# Rows that are scored together.
SLICE = 1 << 12


@dataclass(frozen=True, eq=False)
class Model:
    bends: Floats
    mean: Floats
    scale: Floats
    weights: Floats

    def score(self, features: Floats) -> Floats:
        """Log odds, where errors are as many as the tokens that they are told from."""
        # As with a design, without making it.
        slopes = (self.weights[:-1] / self.scale).reshape(len(self.bends) + 1, -1)
        found = np.full(len(features), self.weights[-1] - float((self.mean * slopes.ravel()).sum()))
        for start in range(0, len(features), SLICE):
            some = slice(start, start + SLICE)
            found[some] += product(features[some], slopes[0])
            for point, slope in zip(self.bends, slopes[1:], strict=True):
                found[some] += product(np.maximum(features[some] - point, 0.0), slope)
        return found


def fit(negative: Floats, weight: Floats, positive: Floats, share: float) -> Model:
    """What tells the positives from the negatives, of which a share are in truth positive.

    negative, positive: float matrices of the same columns; weight: of the negatives.
    """
    features = np.concatenate((negative, positive))
    weights, scales = np.zeros(features.shape[1] + 1), np.ones(features.shape[1])
    doubt = np.zeros(len(negative))
    for bends, rounds in (((), STRAIGHT), (BENDS, BENT)):
        points = np.quantile(positive, bends, axis=0)
        design = _bent(features, points)
        bent = design[:, :-1]
        mean = bent.mean(axis=0)
        squares = np.einsum("ij,ij->j", bent, bent) / len(bent) - mean * mean
        scale = np.sqrt(np.maximum(squares, 0.0))
        scale[scale < 1e-6] = 1.0
        bent -= mean
        bent /= scale
        blocks = _blocks(design)
        # Bent features go on from the weights of straight ones.
        straight = weights[:-1] * scale[: len(scales)] / scales
        more = np.zeros(len(scale) - len(scales))
        weights, scales = np.concatenate((straight, more, weights[-1:])), scale
        for number in range(rounds):
            steps = NEXT if number else FIRST
            weights = _improved(weights, design, blocks, weight * (1 - doubt), len(positive), steps)
            scores = np.clip(product(design[: len(negative)], weights), -LIMIT, LIMIT)
            doubt = np.minimum(1.0, np.exp(scores) * share)
    return Model(points, mean, scale, weights)


def _bent(features: Floats, points: Floats) -> Floats:
    """The features, what they exceed each point by, and a column of ones."""
    width = features.shape[1]
    bent = np.empty((len(features), width * (len(points) + 1) + 1))
    bent[:, :width] = features
    bent[:, -1] = 1.0
    for number, point in enumerate(points, 1):
        above = bent[:, number * width : (number + 1) * width]
        np.subtract(features, point, out=above)
        np.maximum(above, 0.0, out=above)
    return bent


def _improved(
    weights: Floats,
    design: Floats,
    blocks: Singles,
    weight: Floats,
    positives: int,
    steps: int,
) -> Floats:
    """Newton steps towards the greatest penalised likelihood; both sides weigh the same. blocks: of
    the design."""
    right = np.zeros(len(design))
    right[len(weight) :] = 1.0
    each = np.ones(len(design))
    each[: len(weight)] = weight * (positives / max(weight.sum(), 1e-9))
    ridge = np.full(design.shape[1], RIDGE)
    ridge[-1] = 1e-6
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-np.clip(product(design, weights), -LIMIT, LIMIT)))
        gradient = np.einsum("ij,i->j", design, each * (right - chance)) - ridge * weights
        curved = each * chance * (1 - chance) + 1e-9
        curvature = _gram(blocks, _blocks(curved[:, None]))
        weights = weights + np.linalg.solve(curvature + np.diag(ridge), gradient)
    return weights


def product(matrix: Floats, vector: Floats) -> Floats:
    """Matrix by vector in one thread."""
    found: Floats = np.einsum("ij,j->i", matrix, vector)
    return found


def _blocks(rows: Floats) -> Singles:
    """The rows in blocks, the last one filled up with zeros."""
    filled = np.empty((-(-len(rows) // BLOCK) * BLOCK, rows.shape[1]), np.float32)
    filled[: len(rows)] = rows
    filled[len(rows) :] = 0.0
    return filled.reshape(-1, BLOCK, rows.shape[1])


def _gram(blocks: Singles, weight: Singles) -> Floats:
    """The sum over all rows of weight times outer product. Single precision is enough for the
    curvature, which tells how far to go and not where to."""
    size = blocks.shape[2]
    weighed = (blocks * weight).transpose(0, 2, 1)
    found = np.empty((size, size))
    for one in range(0, size, TILE):
        for other in range(one, size, TILE):
            tile = np.matmul(weighed[:, one : one + TILE], blocks[:, :, other : other + TILE])
            total = tile.sum(axis=0, dtype=np.float64)
            found[one : one + TILE, other : other + TILE] = total
            found[other : other + TILE, one : one + TILE] = total.T
    return found
