"""Tag that neither the shape of a rare word nor its neighbours suggest.

What it finds: a form that the corpus has seldom, with a tag that its ending, its beginning and its
neighbours speak against: a word in `-tion` tagged as an adverb between an article and a verb. The
form itself was not seen with the tag proposed, so this is weaker evidence than that of `rare-tag`.

Why it matters: rare words are most of a lexicon, and nobody looks at them twice.

Fix: unsafe; writes the tag that endings and neighbours speak for.

Options: none.

Source: taglint's own method, as for `rare-tag`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules._gathering import gather

if TYPE_CHECKING:
    from taglint.corpus.contexts import Contexts
    from taglint_rules.tags._consistency.rows import Rows
    from taglint_rules.tags._consistency.tiers import Verdict


def judge(table: Contexts, context: Context) -> Rows[Verdict]:
    from taglint_rules.tags._consistency.tiers import tier

    return tier(table, context, lambda verdict: not verdict.same_words and not verdict.seen[1])


def locate(document: Document, verdicts: Rows[Verdict], context: Context) -> Iterator[Problem]:
    from taglint_rules.tags._consistency.tiers import problems

    yield from problems(document, verdicts, context)


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
    judge=judge,
    locate=locate,
)  # fmt: skip
