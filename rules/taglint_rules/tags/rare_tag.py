"""Rare tag of a word that bears another one in such surroundings.

What it finds: a token with a tag that its form seldom has, where the counts speak for one that it
has more often: `国家/d` once beside `国家/n` a thousand times. The neighbouring words and tags
decide together with the counts of the form, each without the token itself; how sure a finding is
is fitted to the corpus. A token that stands between the same two words elsewhere is
`inconsistent-in-context`'s.

Why it matters: it is the most frequent error of annotation there is, and each such tag is one
that a model learns and a search finds.

Fix: unsafe; writes the tag that the counts speak for.

Options: none.

Source: taglint's own method: leave-one-out log ratios of counts, weighed by a logistic regression
that is fitted to errors made on purpose in a sample of the corpus itself.
"""

from taglint.findings import Applicability
from taglint.rules import Example, Rule, Scope
from taglint_rules._gathering import gather
from taglint_rules.tags._tiers import judging, locate

USUAL = (
    "他/r 在/p 北京/ns 工作/v 。/w 国家/n 发展/v 很/d 快/a 。/w "
    "我们/r 爱/v 国家/n 。/w 大/a 国家/n ，/w\n"
)

RULE = Rule(
    code="TAG011",
    name="rare-tag",
    doc=__doc__,
    scope=Scope.CORPUS,
    fix=Applicability.UNSAFE,
    good=(
        Example(USUAL * 12, tagset="pku98"),
        Example("好/a 书/n 。/w 好/d 大/a 。/w", tagset="pku98"),
    ),
    bad=(
        Example(USUAL * 12 + "他/r 爱/v 国家/d ，/w", tagset="pku98", found=("d",),
                fixed=USUAL * 12 + "他/r 爱/v 国家/n ，/w"),
    ),
    gather=gather,
    judge=judging(lambda verdict: not verdict.same_words and verdict.seen[1] > 0),
    locate=locate,
)  # fmt: skip
