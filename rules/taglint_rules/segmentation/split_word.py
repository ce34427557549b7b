"""Word split over two tokens.

What it finds: two tokens that are one word everywhere else: `提/v 高/v` in a corpus that has
`提高/v` hundreds of times. The counts of both segmentations, of the parts, of the neighbouring
words and of the tags decide, each without the place itself; two words that only look like one
(`有/v 关/nr` before a given name) keep their boundary.

Why it matters: frequencies, dictionaries and models learn words that do not exist, and lose ones
that do.

Fix: unsafe; joins them, with the tag of the word that fits the neighbours best.

Options: none.
"""

from __future__ import annotations

from taglint.rules import Example
from taglint_rules.segmentation._kinds import SPLIT
from taglint_rules.segmentation._shared import segmentation_rule

# A corpus in small: what is usual is repeated.
USUAL = (
    "要/v 提高/v 水平/n 。/w 提高/v 质量/n 。/w 大家/r 提高/v 认识/vn 。/w 高/a ，/w "
    "提/v 意见/n 。/w "
)
NAMED = "有关/p 部门/n 。/w 有关/p 问题/n 。/w 有/v 书/n 。/w 关/nr 小明/nr 说/v 。/w "


RULE = segmentation_rule(
    code="SEG001",
    name="split-word",
    doc=__doc__,
    wanted=lambda case: case.kind == SPLIT and not case.name and not case.same_context,
    good=(
        Example(USUAL * 5 + "提/v 意见/n 。/w", tagset="pku98"),
        Example(NAMED * 5 + "他/r 说/v 有/v 关/nr 小明/nr 。/w", tagset="pku98"),
        Example("the/at dog/nn", tagset="brown"),
    ),
    bad=(
        Example(USUAL * 5 + "能/v 提/v 高/a 效率/n", tagset="pku98", found=("提/v 高/a",),
                fixed=USUAL * 5 + "能/v 提高/v 效率/n"),
    ),
)  # fmt: skip
