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

# With an outside lexicon, fitted to many short stretches of that corpus, each as a corpus of its
# own, half of them damaged wherever the same words occur. The intercepts of `placed` are raised by
# 0.8, 1.7 and 1.8: what was found in the output of taggers and read was right so much more often.
BY_LEXICON = {
    MERGED: Weights(
        placed={
            "": -6.50, "own": -0.51, "other_together": 0.92, "begins_words": -0.57,
            "ends_words": -0.77, "word_class": -0.22, "tags": 0.27, "attested": 0.39,
            "own_attested": -0.06, "length": 1.48, "rarer_new": 0.27,
        },
        bare={
            "": -7.59, "own": -0.50, "other_together": 1.21, "begins_words": -0.60,
            "ends_words": -0.80, "word_class": -0.26, "length": 1.55, "rarer_new": 0.34,
        },
        share=0.228,
    ),
    SPLIT: Weights(
        placed={
            "": -5.46, "other": 0.79, "capped_gain": 0.72, "tags": 0.56, "attested": 0.28,
            "own_attested": -0.15, "own_together": 0.21, "single": -0.17, "in_corpus": 1.13,
            "begins_words": 0.04, "ends_words": 0.69,
        },
        bare={
            "": -6.87, "other": 0.70, "capped_gain": 0.72, "own_together": 0.04,
            "in_corpus": 1.44, "ends_words": 0.55,
        },
        share=0.085,
    ),
    SHIFTED: Weights(
        placed={
            "": 0.54, "gain": 0.42, "rarer_own": -0.37, "tags": 0.38, "context": 0.49,
            "in_corpus": 0.76,
        },
        bare={"": -1.02, "gain": 0.43, "rarer_own": -0.42, "in_corpus": 0.99},
        share=0.200,
    ),
}  # fmt: skip


def odds_of(share: float) -> float:
    return float(np.log(share) - np.log1p(-share))


def probability(odds: Floats) -> Floats:
    return 1 / (1 + np.exp(-odds))
