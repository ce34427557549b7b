"""Name cut apart.

What it finds: a name cut into two tokens that the corpus or the outside lexicon has as one:
`泽/nr 东/nr` where it has `泽东/nr`. A name beside another name is left alone, and so is a name
whose parts may be names.

Why it matters: names are counted by their pieces, and those who look for the whole name do not
find it.

Fix: unsafe; joins the name, with the tag that it has elsewhere.

Options: none.
"""

from __future__ import annotations

from taglint.rules import Example
from taglint_rules.segmentation._kinds import SPLIT
from taglint_rules.segmentation._shared import segmentation_rule

USUAL = "张/nr 晓明/nr 说/v ，/w 晓明/nr 去/v 。/w 天/n 晓/v 了/y 。/w 天/n 明/a 了/y 。/w "


RULE = segmentation_rule(
    code="SEG005",
    name="split-name",
    doc=__doc__,
    wanted=lambda case: case.kind == SPLIT and case.name and not case.same_context,
    good=(Example(USUAL * 5, tagset="pku98"),),
    bad=(
        Example(USUAL * 5 + "张/nr 晓/v 明/a 看/v", tagset="pku98", found=("晓/v 明/a",),
                fixed=USUAL * 5 + "张/nr 晓明/nr 看/v"),
    ),
)  # fmt: skip
