"""Tag that neither the shape of a rare word nor its neighbours suggest.

What it finds: a form that the corpus has seldom, with a tag that its ending, its beginning and its
neighbours speak against: a word in `-tion` tagged as an adverb between an article and a verb. The
form itself was not seen with the tag proposed, so this is weaker evidence than that of `rare-tag`.

Why it matters: rare words are most of a lexicon, and nobody looks at them twice.

Fix: unsafe; writes the tag that endings and neighbours speak for.

Options: none.

Source: taglint's own method, as for `rare-tag`.
"""

from taglint.findings import Applicability
from taglint.rules import Example, Rule, Scope
from taglint_rules._gathering import gather
from taglint_rules.tags._tiers import judging, locate

ENDINGS = "nation", "station", "motion", "section", "option"
USUAL = "".join(f"the/DT {word}/NN ended/VBD ./.\n" for word in ENDINGS)
USUAL += "it/PRP ended/VBD slowly/RB ./.\n"

RULE = Rule(
    code="TAG018",
    name="unlikely-tag",
    doc=__doc__,
    scope=Scope.CORPUS,
    fix=Applicability.UNSAFE,
    good=(
        Example(USUAL * 12, tagset="penn"),
        Example("好/a 书/n 。/w 好/d 大/a 。/w", tagset="pku98"),
    ),
    bad=(
        Example(USUAL * 12 + "the/DT potion/RB ended/VBD ./.", tagset="penn",
                found=("RB",), fixed=USUAL * 12 + "the/DT potion/NN ended/VBD ./."),
    ),
    gather=gather,
    judge=judging(lambda verdict: not verdict.same_words and not verdict.seen[1]),
    locate=locate,
)  # fmt: skip
