"""Suppression without a reason.

What it finds: comments `# taglint: ignore …` and entries of `.taglint-ignore.yaml` that do not
say why.

Why it matters: whoever reads the corpus next cannot tell a decision from an oversight.

Fix: none; write the reason behind the rules, or as `reason` of the entry.

Options: none.
"""

from collections.abc import Iterator

from taglint.rules import Context, Rule, Scope
from taglint.suppressions import Suppression
from taglint_rules.suppressions._example import example


def check(suppression: Suppression, context: Context) -> Iterator[str]:
    if not suppression.reason and not suppression.mistake:
        yield "gives no reason"


RULE = Rule(
    code="SUP002",
    name="unexplained-suppression",
    doc=__doc__,
    scope=Scope.SUPPRESSION,
    good=(example("# taglint: ignore TAG001: a tag of our own", tag="QQQ"),),
    bad=(
        example("# taglint: ignore TAG001", found=True, tag="QQQ"),
        example("# taglint: ignore-file TAG001:", found=True, tag="QQQ"),
    ),
    check_suppression=check,
)
