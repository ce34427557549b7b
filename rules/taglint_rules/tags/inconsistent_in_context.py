"""Word tagged differently between the same two words.

What it finds: a token whose form stands between the same neighbours elsewhere, most times with
another tag: `新/a 发展/v 阶段/n` where the corpus has `新/a 发展/vn 阶段/n`. Such variation nuclei,
with context on both sides, are the most convincing evidence of an error there is. How sure a
finding is depends on all the counts of the word and its neighbours, each without the token itself,
and is fitted to the corpus.

Marks that say something else than what a word is, such as Brown's `-tl` for words in titles, are
not compared, here and in the other rules on inconsistent tags.

Why it matters: a model cannot learn what the corpus does not agree on, and a search by tag misses
part of what it looks for.

Fix: unsafe; writes the tag of the other places.

Options: none.

Source: Dickinson and Meurers: Detecting Errors in Part-of-Speech Annotation, EACL 2003 (variation
n-grams); the confidence is taglint's own method.
"""

from taglint.findings import Applicability
from taglint.rules import Example, Rule, Scope
from taglint_rules._gathering import gather
from taglint_rules.tags._tiers import judging, locate

USUAL = (
    "他/r 在/p 北京/ns 工作/v 。/w 新/a 发展/vn 阶段/n 。/w "
    "我们/r 努力/ad 工作/v 。/w 好/a 书/n 。/w\n"
)
ENGLISH = "the/at house/nn is/bez old/jj ./.\nwe/ppss see/vb an/at old/jj tree/nn ./.\n" * 12

RULE = Rule(
    code="TAG010",
    name="inconsistent-in-context",
    doc=__doc__,
    scope=Scope.CORPUS,
    fix=Applicability.UNSAFE,
    good=(
        Example(USUAL * 12, tagset="pku98"),
        Example("好/a 书/n 。/w 好/d 大/a 。/w", tagset="pku98"),
        Example(ENGLISH + "the/at-tl house/nn-tl is/bez old/jj ./.-hl", tagset="brown"),
    ),
    bad=(
        Example(USUAL * 12 + "新/a 发展/v 阶段/n 。/w", tagset="pku98", found=("v",),
                fixed=USUAL * 12 + "新/a 发展/vn 阶段/n 。/w"),
        Example(ENGLISH + "the/at-tl house/vb-tl is/bez old/jj ./.", tagset="brown",
                found=("vb-tl",), fixed=ENGLISH + "the/at-tl house/nn-tl is/bez old/jj ./."),
    ),
    gather=gather,
    judge=judging(lambda verdict: verdict.same_words),
    locate=locate,
)  # fmt: skip
