"""Decisions about the same place that contradict each other.

What it finds: a place for which `taglint-decisions.yaml` has decisions with different outcomes, as
two people make them on two branches, or decisions that would change it there and back.

Why it matters: none of them is obeyed until one of them is taken out.

Fix: none. Decide anew with `taglint review`, or take the wrong line out of the file.

Options: `decisions`, which a run fills in from the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Severity
from taglint.rules import Context, Example, Option, Problem, Rule, Scope

KEEP = (
    '{"rule": "TAG001", "tokens": ["报道/vvn"], "verdict": "keep", "scope": "context", '
    '"left": "记者", "right": "。", "by": "wang"}'
)
CHANGE = (
    '{"rule": "TAG001", "tokens": ["报道/vvn"], "verdict": "change", "scope": "context", '
    '"to": ["报道/vn"], "left": "记者", "right": "。", "by": "li"}'
)


def check(document: Document, context: Context) -> Iterator[Problem]:
    lines = context.options["decisions"]
    if not lines:
        return
    from taglint.engine.deciding import at_places

    for first, last, decisions in at_places(lines, document):
        outcomes = sorted(
            f"{' '.join(item.to) or 'right as it is'}{f' ({item.by})' if item.by else ''}"
            for item in decisions
        )
        yield Problem(
            f"decisions contradict: {'; '.join(outcomes)}",
            tokens=(first, last),
            group=f"{decisions[0].rule}:{' '.join(decisions[0].tokens)}",
        )


RULE = Rule(
    code="DEC002",
    name="contradicting-decisions",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    options={"decisions": Option([], "decisions as lines of JSON", kind="list")},
    good=(Example("他/r 报道/vvn 。/w", options={"decisions": [KEEP, CHANGE]}),),
    bad=(
        Example(
            "记者/n 报道/vvn 。/w",
            found=("报道/vvn",),
            options={"decisions": [KEEP, CHANGE]},
        ),
    ),
    check_document=check,
)
