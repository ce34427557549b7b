"""Two words merged into one token.

What it finds: a token that is two words everywhere else: `的世纪/n`, `是一些/m`. Besides the
counts of both segmentations it weighs how readily the parts and their tags join into words in
this corpus, so that compounds are left alone. Set phrases are reported only if their parts occur
side by side elsewhere. With an outside lexicon also a token that is three words or more.

Why it matters: frequencies, dictionaries and models learn words that do not exist, and lose ones
that do.

Fix: unsafe; cuts the token, with the tags that fit best.

Options: none.
"""

from __future__ import annotations

from taglint.rules import Example
from taglint_rules.segmentation._kinds import MERGED
from taglint_rules.segmentation._shared import segmentation_rule

USUAL = (
    "新/a 的/u 世纪/n 来/v 了/y 。/w 这/r 是/v 我/r 的/u 书/n 。/w 本/r 世纪/n 好/a 。/w "
    "人类/n 的/u 世纪/n 。/w "
)


RULE = segmentation_rule(
    code="SEG003",
    name="merged-words",
    doc=__doc__,
    wanted=lambda case: case.kind == MERGED and not case.same_context,
    good=(
        Example(USUAL * 5, tagset="pku98"),
    ),
    bad=(
        Example(USUAL * 5 + "旧/a 的世纪/n 走/v 了/y", tagset="pku98", found=("的世纪/n",),
                fixed=USUAL * 5 + "旧/a 的/u 世纪/n 走/v 了/y"),
    ),
)  # fmt: skip
