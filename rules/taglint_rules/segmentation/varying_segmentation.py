"""One string segmented in two ways in the same context.

What it finds: a string whose other segmentation occurs elsewhere behind the same word and in
front of the same word, and far more often: `勤俭建国/l` where the corpus has `坚持/v 勤俭/ad
建国/v`. Words split, words merged and boundaries shifted are all of them reported here where the
neighbours speak for it as well: identical contexts are the most convincing evidence there is.

Why it matters: one of the two is an error, or the guideline leaves the case open.

Fix: unsafe; writes the other segmentation, with the tags that fit best.

Options: none.

Source: variation n-grams, after Dickinson and Meurers, "Detecting Errors in Part-of-Speech
Annotation" (EACL 2003), with contexts as pairs of neighbours.
"""

from __future__ import annotations

from taglint.rules import Example
from taglint_rules.segmentation._shared import segmentation_rule

USUAL = (
    "新/a 的/u 世纪/n 来/v 了/y 。/w 这/r 是/v 我/r 的/u 书/n 。/w 本/r 世纪/n 好/a 。/w "
    "人类/n 的/u 世纪/n 。/w "
)


RULE = segmentation_rule(
    code="SEG004",
    name="varying-segmentation",
    doc=__doc__,
    wanted=lambda case: case.same_context,
    good=(
        Example(USUAL * 5, tagset="pku98"),
    ),
    bad=(
        Example(USUAL * 5 + "新/a 的世纪/n 来/v 了/y", tagset="pku98", found=("的世纪/n",),
                fixed=USUAL * 5 + "新/a 的/u 世纪/n 来/v 了/y"),
    ),
)  # fmt: skip
