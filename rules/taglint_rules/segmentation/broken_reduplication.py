"""Reduplicated word that is cut apart.

What it finds: words of the form AABB in pieces, `模模/nz 糊/v 糊/v`, where AB or AABB is a word
of the corpus or of the outside lexicon. Two words that are reduplicated each (`弟弟/n 妹妹/n`) are
left alone.

Why it matters: the pieces are no words, or others.

Fix: unsafe; joins the word, with its own tag, else that of stative words, else that of AB.

Options: none.
"""

from __future__ import annotations

from taglint.rules import Example
from taglint_rules.segmentation._kinds import REDUPLICATED
from taglint_rules.segmentation._shared import segmentation_rule

RULE = segmentation_rule(
    code="SEG006",
    name="broken-reduplication",
    doc=__doc__,
    wanted=lambda case: case.kind == REDUPLICATED,
    good=(
        Example("我们/rr 高兴/a ，/w 高高兴兴/z 地/ude2 去/v", tagset="hanlp"),
        Example("弟弟/n 妹妹/n 弟弟/n 妹妹/n 弟妹/n", tagset="hanlp"),
    ),
    bad=(
        Example("模糊/a ，/w 模模/nz 糊/v 糊/v", found=("模模/nz 糊/v 糊/v",),
                fixed="模糊/a ，/w 模模糊糊/z"),
    ),
)  # fmt: skip
