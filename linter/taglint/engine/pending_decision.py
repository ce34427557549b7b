"""Decision that the corpus does not follow yet.

What it finds: tokens that a person decided to change, and that are still there. The decisions are
those of `taglint-decisions.yaml`. They are found by what they are about, never by path or line, and
whether or not the rule that gave rise to them still reports the place.

Why it matters: a decision is only worth its while once it is in the corpus.

Fix: the decided tokens. `taglint check --fix --select pending-decision` applies the decisions and
nothing else.

Options: `decisions`, which a run fills in from the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Option, Problem, Rule, Scope

DECISION = (
    '{"rule": "TAG001", "tokens": ["报道/vvn"], "verdict": "change", "scope": "context", '
    '"to": ["报道/vn"], "left": "记者", "right": "。", "by": "li"}'
)


def check(document: Document, context: Context) -> Iterator[Problem]:
    lines = context.options["decisions"]
    if not lines:
        return
    from taglint.decisions import Verdict
    from taglint.engine.deciding import at_places, pair

    for first, last, (decision, *_) in at_places(lines, document):
        if decision.verdict is not Verdict.CHANGE or decision.to == decision.tokens:
            continue
        change = f"{' '.join(decision.tokens)} → {' '.join(decision.to)}"
        by = f" by {decision.by}" if decision.by else ""
        yield Problem(
            f"decided{by}: {change}",
            tokens=(first, last),
            group=f"{decision.rule}:{change}",
            change=Change(change, Applicability.SAFE, tokens=tuple(map(pair, decision.to))),
        )


RULE = Rule(
    code="DEC001",
    name="pending-decision",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    fix=Applicability.SAFE,
    options={"decisions": Option([], "decisions as lines of JSON", kind="list")},
    good=(
        Example("记者/n 报道/vn 。/w", options={"decisions": [DECISION]}),
        Example("他/r 报道/vvn 。/w", options={"decisions": [DECISION]}),
    ),
    bad=(
        Example(
            "记者/n 报道/vvn 。/w",
            found=("报道/vvn",),
            fixed="记者/n 报道/vn 。/w",
            options={"decisions": [DECISION]},
        ),
    ),
    check_document=check,
)
