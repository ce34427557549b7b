"""What the numbers of a place weigh, by logistic regression on damaged text.

Each weight multiplies one of the numbers of `_features` and `_ways`; their sum, the intercept
included, is the logarithm of the odds that the place is wrong. `python
benchmarks/fit_segmentation.py CORPUS` prints them anew; those here are of the People's Daily corpus
of January 1998, whole and in parts, with damage of .1 to .5%.
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
# what two of three other segmenters have is taken for right, and with less weight to stretches and
# parts of that corpus, damaged or not, each as a corpus of its own (`--outside-lexicon jieba
# --agreed FILE`). The share is that of the output.
BY_LEXICON = {
    MERGED: Weights(
        placed={
            "": -2.89, "own": -0.30, "other_together": 0.44, "begins_words": -0.52,
            "ends_words": -0.89, "word_class": -0.11, "tags": 0.21, "attested": 0.28,
            "length": 0.81, "rarer_new": 0.33, "listed_new": 0.73, "short_new": -1.00,
        },
        bare={
            "": -2.93, "own": -0.30, "other_together": 0.69, "begins_words": -0.55,
            "ends_words": -0.95, "word_class": -0.13, "length": 0.86, "rarer_new": 0.37,
            "listed_new": 0.80, "short_new": -1.09,
        },
        share=0.546,
    ),
    SPLIT: Weights(
        placed={
            "": -3.82, "other": 0.26, "own": 0.02, "capped_gain": 0.56, "tags": 0.16,
            "attested": 0.39, "own_attested": -0.25, "own_together": 0.17, "single": -0.23,
            "in_corpus": 0.86, "begins_words": -0.34, "ends_words": 0.00, "listed_own": -0.15,
            "listed_new": 2.87, "short_own": 0.98,
        },
        bare={
            "": -4.23, "other": 0.32, "own": 0.08, "capped_gain": 0.50, "own_together": -0.05,
            "in_corpus": 1.00, "ends_words": 0.03, "listed_own": 0.32, "listed_new": 3.01,
            "short_own": 0.59,
        },
        share=0.603,
    ),
    SHIFTED: Weights(
        placed={
            "": -1.21, "gain": 0.54, "rarer_own": -0.09, "tags": 0.16, "context": 0.29,
            "in_corpus": 0.80, "listed_own": 0.60, "listed_new": 0.70, "short_own": 1.11,
            "short_new": -1.90,
        },
        bare={
            "": -1.45, "gain": 0.59, "rarer_own": -0.05, "in_corpus": 0.92, "listed_own": 0.70,
            "listed_new": 0.80, "short_own": 1.05, "short_new": -2.06,
        },
        share=0.700,
    ),
}  # fmt: skip


def odds_of(share: float) -> float:
    return float(np.log(share) - np.log1p(-share))


def probability(odds: Floats) -> Floats:
    return 1 / (1 + np.exp(-odds))
