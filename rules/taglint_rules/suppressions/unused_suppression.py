"""Suppression of findings that are not there.

What it finds: comments `# taglint: ignore …` and entries of `.taglint-ignore.yaml` that suppress
nothing, or name a rule of which they suppress nothing. Comments are judged wherever their file is
checked. Entries are judged only in runs on all of the corpus that the configuration names by
`corpus`: a run on some files does not know what an entry suppresses in others. So without that key
they are never judged. Nor is either where `--select`, `--ignore`, `--extend-select`,
`--min-confidence` or `--outside-lexicon` changes what a run finds.

Why it matters: it would hide the next finding, and nobody would know.

Fix: none; take it out, or the name out of it.

Options: none.
"""

from collections.abc import Iterator

from taglint.rules import Context, Rule, Scope
from taglint.suppressions import Suppression
from taglint_rules.suppressions._example import example


def check(suppression: Suppression, context: Context) -> Iterator[str]:
    if suppression.unused:
        yield f"suppresses nothing of {', '.join(suppression.unused)}"


RULE = Rule(
    code="SUP001",
    name="unused-suppression",
    doc=__doc__,
    scope=Scope.SUPPRESSION,
    good=(example("# taglint: ignore TAG001: a tag of our own", tag="QQQ"),),
    bad=(
        example("# taglint: ignore TAG001: was fixed", found=True),
        example("# taglint: ignore TAG001, TXT: a tag of our own", found=True, tag="QQQ"),
    ),
    check_suppression=check,
)
