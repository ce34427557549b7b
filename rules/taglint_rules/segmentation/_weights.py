"""What the numbers of a place weigh, by logistic regression on damaged text.

Each weight multiplies one of the numbers of `_features`; their sum, the intercept included, is
the logarithm of the odds that the place is wrong. `python benchmarks/segmentation.py --fit
CORPUS` prints them anew; those here are of the People's Daily corpus of January 1998, whole and in
parts, with damage of .1 to .5%.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from taglint_rules.segmentation._kinds import MERGED, SHIFTED, SPLIT
from taglint_rules.segmentation._strings import Floats


@dataclass(frozen=True)
class Weights:
    """`placed` weighs a place with its context, `bare` a pattern without one; `share` is the
    share of wrong places in the text that both were fitted to."""

    placed: Mapping[str, float]
    bare: Mapping[str, float]
    share: float


BY_COUNTS = {
    MERGED: Weights(
        placed={
            "": -12.24, "own": -1.30, "other_together": 0.96, "begins": -0.76, "ends": -0.74,
            "word_class": -0.38, "tags": 0.42, "attested": 0.38, "own_attested": -0.64,
            "length": 0.75,
        },
        bare={
            "": -12.12, "own": -1.48, "other_together": 1.08, "begins": -0.82, "ends": -0.79,
            "word_class": -0.40, "length": 0.71,
        },
        share=0.049,
    ),
    SPLIT: Weights(
        placed={
            "": -9.19, "other": 1.20, "own": -0.09, "capped_gain": 0.98, "tags": 0.58,
            "attested": 0.60, "own_attested": -0.69, "own_together": -0.76, "single": -0.68,
        },
        bare={
            "": -10.92, "other": 1.35, "own": -0.34, "capped_gain": 1.18, "own_together": -0.57,
        },
        share=0.128,
    ),
    SHIFTED: Weights(
        placed={
            "": -2.93, "gain": 0.51, "rarer_own": -1.00, "tags": 0.36, "context": 0.47,
            "own": -0.04,
        },
        bare={"": -2.54, "gain": 0.58, "rarer_own": -1.13, "own": 0.04},
        share=0.175,
    ),
}  # fmt: skip

# With an outside lexicon, fitted to the output of a tagger on 25 documents of several kinds, where
# what two of three other segmenters have is taken for right, and with less weight to stretches of
# that corpus, damaged at random or not, each as a corpus of its own.
BY_LEXICON = {
    MERGED: Weights(
        placed={
            "": -3.90, "own": -0.32, "other_together": 0.54, "begins_words": -0.54,
            "ends_words": -0.91, "word_class": -0.17, "tags": 0.21, "attested": 0.27,
            "length": 0.88, "rarer_new": 0.37, "listed_new": 0.78, "short_new": -0.87,
        },
        bare={
            "": -3.92, "own": -0.32, "other_together": 0.78, "begins_words": -0.57,
            "ends_words": -0.98, "word_class": -0.19, "length": 0.94, "rarer_new": 0.41,
            "listed_new": 0.81, "short_new": -0.95,
        },
        share=0.540,
    ),
    SPLIT: Weights(
        placed={
            "": -4.93, "other": 0.25, "own": -0.10, "capped_gain": 0.51, "tags": 0.17,
            "attested": 0.41, "own_attested": -0.23, "own_together": 0.23, "single": -0.26,
            "in_corpus": 0.82, "begins_words": -0.32, "ends_words": -0.02, "listed_own": 0.40,
            "listed_new": 2.69, "short_own": 0.94,
        },
        bare={
            "": -5.31, "other": 0.31, "own": -0.06, "capped_gain": 0.45, "own_together": 0.03,
            "in_corpus": 0.98, "ends_words": 0.01, "listed_own": 0.83, "listed_new": 2.84,
            "short_own": 0.57,
        },
        share=0.598,
    ),
    SHIFTED: Weights(
        placed={
            "": -1.02, "gain": 0.54, "rarer_own": -0.09, "tags": 0.16, "context": 0.28,
            "in_corpus": 0.82, "listed_own": 0.53, "listed_new": 0.69, "short_own": 1.13,
            "short_new": -1.88,
        },
        bare={
            "": -1.27, "gain": 0.58, "rarer_own": -0.06, "in_corpus": 0.93, "listed_own": 0.62,
            "listed_new": 0.79, "short_own": 1.07, "short_new": -2.03,
        },
        share=0.700,
    ),
}  # fmt: skip


def odds_of(share: float) -> float:
    return float(np.log(share) - np.log1p(-share))


def probability(odds: Floats) -> Floats:
    return 1 / (1 + np.exp(-odds))
