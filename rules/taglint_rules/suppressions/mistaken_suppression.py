"""Suppression that says nothing taglint understands.

What it finds: comments `# taglint: …` with another word than `ignore` or `ignore-file`, or with
names of rules that there are not.

Why it matters: it suppresses nothing.

Fix: none.

Options: none.
"""

from collections.abc import Iterator

from taglint.findings import Severity
from taglint.rules import Context, Rule, Scope
from taglint.suppressions import Suppression
from taglint_rules.suppressions._example import example


def check(suppression: Suppression, context: Context) -> Iterator[str]:
    if suppression.mistake:
        yield suppression.mistake


RULE = Rule(
    code="SUP003",
    name="mistaken-suppression",
    doc=__doc__,
    scope=Scope.SUPPRESSION,
    severity=Severity.ERROR,
    good=(example("# taglint: ignore unknown-tag: a tag of our own", tag="QQQ"),),
    bad=(
        example("# taglint: ignroe TAG001: a tag of our own", found=True),
        example("# taglint: ignore TAG01: a tag of our own", found=True),
    ),
    check_suppression=check,
)
