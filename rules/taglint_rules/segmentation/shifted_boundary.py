"""Boundary that crosses a word.

What it finds: two tokens whose boundary is a character too far to the left or to the right:
`必/d 须要/v` where the corpus has `必须/d 要/v`. With an outside lexicon also three tokens of which
one is unknown to it and tagged as unknown, and which have no boundary where words have theirs:
`内/f 存使/nz 用/p` is 内存 and 使用.

Why it matters: frequencies, dictionaries and models learn words that do not exist, and lose ones
that do.

Fix: unsafe; moves the boundary or segments the three anew, with the tags that fit best.

Options: none.
"""

from __future__ import annotations

from taglint.rules import Example
from taglint_rules.segmentation._kinds import SHIFTED
from taglint_rules.segmentation._shared import segmentation_rule

USUAL = (
    "必须/d 要/v 说/v 。/w 我们/r 必须/d 去/v 。/w 他/r 要/v 书/n 。/w 你/r 要/v 看/v 。/w "
    "不/d 必/d 说/v 。/w "
)


RULE = segmentation_rule(
    code="SEG002",
    name="shifted-boundary",
    doc=__doc__,
    wanted=lambda case: case.kind == SHIFTED and not case.same_context,
    good=(
        Example(USUAL * 5, tagset="pku98"),
    ),
    bad=(
        Example(USUAL * 5 + "这/r 必/d 须要/v 做/v", tagset="pku98", found=("必/d 须要/v",),
                fixed=USUAL * 5 + "这/r 必须/d 要/v 做/v"),
    ),
)  # fmt: skip
