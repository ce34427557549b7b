"""Same running words tagged in two ways as a matter of practice.

What it finds: what `inconsistent-sentences` finds, a token in a stretch of eight forms that occurs
elsewhere with another tag, where both tags are so usual for the form that neither is likely a slip:
`改革/v 开放/vn` here and `改革/vn 开放/vn` there. Reported is the tag that the stretch, or else
the form, has less often.

Why it matters: the guideline leaves a form open, or is read in two ways. Deciding on one of them
mends many places at once, and until then no model and no search can tell the two apart.

How sure: how likely it is practice and not an error, and that the other tag is the better one to
keep, by the counts of both in the stretch and of the form everywhere.

Fix: unsafe; writes the other tag. Of two places that balance only the likelier one is changed.

Options: none.

Source: taglint's own method, as for `inconsistent-sentences`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from taglint.corpus.document import Document
from taglint.findings import Applicability, Severity
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules._gathering import gather_stretches

if TYPE_CHECKING:
    from taglint_rules.tags._stretches import Stretches
    from taglint_rules.tags._variation import Verdicts


def judge(counts: Stretches, context: Context) -> Verdicts:
    from taglint_rules.tags._variation import practice

    return practice(counts, context)


def locate(document: Document, verdicts: Verdicts, context: Context) -> Iterator[Problem]:
    from taglint_rules.tags._variation import problems

    yield from problems(document, verdicts, context, lambda case: case.practice)


USUAL = "我们/r 要/v 努力/ad 推进/v 和平/n 统一/vn 进程/n 。/w\n"
OTHER = USUAL.replace("统一/vn", "统一/v")
OPEN = "统一/vn 。/w\n" * 90 + "统一/v 。/w\n" * 30

RULE = Rule(
    code="TAG019",
    name="varying-practice",
    doc=__doc__,
    scope=Scope.CORPUS,
    severity=Severity.INFO,
    fix=Applicability.UNSAFE,
    unless=("TAG010", "TAG011", "TAG012", "TAG013", "TAG018"),
    good=(
        Example(OPEN + USUAL * 3, tagset="pku98"),
        # An error, and `inconsistent-sentences`'s.
        Example(USUAL * 2 + OTHER, tagset="pku98"),
    ),
    bad=(
        Example(OPEN + USUAL * 2 + OTHER, tagset="pku98", found=("v",), fixed=OPEN + USUAL * 3),
    ),
    gather=gather_stretches,
    judge=judge,
    locate=locate,
)  # fmt: skip
