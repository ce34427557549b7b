"""An additive model: each feature is bent at two points, and a logistic regression weighs them.

Its positives are errors made on purpose; its negatives are tokens as they are, some of which are
errors, too. These are found by expectation and maximisation (Elkan and Noto 2008 describe the
setting): tokens that look like errors count less in the next round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from taglint.threads import each
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
# Rows that are computed together: they fit the processor's cache, and threads share them out.
SLICE = 1 << 11
# Products of so small blocks and tiles are left to one thread: how many there are would show in
# the last digits, and they would wait for each other longer than they work.
BLOCK, TILE = 256, 32


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
        # What is sorted stands together.
        points = np.quantile(positive.T.copy(), bends, axis=1)
        parts, mean, scale = _standardised(features, points)
        # Bent features go on from the weights of straight ones.
        straight = weights[:-1] * scale[: len(scales)] / scales
        more = np.zeros(len(scale) - len(scales))
        weights, scales = np.concatenate((straight, more, weights[-1:])), scale
        for number in range(rounds):
            steps = NEXT if number else FIRST
            sides = _sides(weight * (1 - doubt), len(positive))
            for _ in range(steps):
                weights = _improved(weights, parts, sides)
            scores = np.concatenate(each(partial(_scored, weights), parts))[: len(negative)]
            doubt = np.minimum(1.0, np.exp(scores) * share)
    return Model(points, mean, scale, weights)


class _Part(NamedTuple):
    """Some rows. design: standardised, with a column of ones; blocks: the same."""

    rows: slice
    design: Floats
    blocks: Singles


def _standardised(features: Floats, points: Floats) -> tuple[list[_Part], Floats, Floats]:
    """The features, also what they exceed each point by, in parts; their means and deviations."""
    starts = range(0, len(features), SLICE)
    rows = [slice(start, min(start + SLICE, len(features))) for start in starts]
    bent = each(lambda some: _bent(features[some], points), rows)
    number = len(features)
    mean = sum(part[:, :-1].sum(axis=0) for part in bent) / number
    squares = sum(np.einsum("ij,ij->j", part[:, :-1], part[:, :-1]) for part in bent) / number
    scale = np.sqrt(np.maximum(squares - mean * mean, 0.0))
    scale[scale < 1e-6] = 1.0

    def standardised(index: int) -> _Part:
        design = bent[index]
        design[:, :-1] -= mean
        design[:, :-1] /= scale
        return _Part(rows[index], design, _blocks(design))

    return each(standardised, range(len(bent))), mean, scale


def _bent(features: Floats, points: Floats) -> Floats:
    """The features, what they exceed each point by, and a column of ones."""
    above = (np.maximum(features - point, 0.0) for point in points)
    return np.concatenate((features, *above, np.ones((len(features), 1))), axis=1)


def _sides(weight: Floats, positives: int) -> tuple[Floats, Floats]:
    """Of all rows whether they are positive, and their weights: both sides weigh the same."""
    right = np.zeros(len(weight) + positives)
    right[len(weight) :] = 1.0
    balanced = weight * (positives / max(weight.sum(), 1e-9))
    return right, np.concatenate((balanced, np.ones(positives)))


def _improved(weights: Floats, parts: Sequence[_Part], sides: tuple[Floats, Floats]) -> Floats:
    """A Newton step towards the greatest penalised likelihood. sides: as `_sides` has them."""
    ridge = np.full(len(weights), RIDGE)
    ridge[-1] = 1e-6

    def slopes(part: _Part) -> tuple[Floats, Floats]:
        right, weight = (side[part.rows] for side in sides)
        chance = 1 / (1 + np.exp(-_scored(weights, part)))
        curved = weight * chance * (1 - chance) + 1e-9
        gradient = np.einsum("ij,i->j", part.design, weight * (right - chance))
        return gradient, _gram(part.blocks, _blocks(curved[:, None]))

    gradients, curvatures = zip(*each(slopes, parts), strict=True)
    gradient = sum(gradients) - ridge * weights
    return weights + np.linalg.solve(sum(curvatures) + np.diag(ridge), gradient)


def _scored(weights: Floats, part: _Part) -> Floats:
    return np.clip(product(part.design, weights), -LIMIT, LIMIT)


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
