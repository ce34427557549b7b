"""The one way in for the segmentation rules, which share counts, verdicts and places.

Each rule reports some of the same places, so that one defect is one finding; the last results
are kept, because the engine asks for them once for each rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint_rules._gathering import gather
from taglint_rules._memory import kept

if TYPE_CHECKING:
    from taglint.corpus.contexts import Contexts
    from taglint.corpus.document import Document
    from taglint_rules.segmentation._judging import Judged
    from taglint_rules.segmentation._locating import Case
    from taglint_rules.segmentation._outside import Outside
    from taglint_rules.segmentation._verdicts import Verdicts


def judge(counts: Contexts, context: Context) -> Verdicts | None:
    from taglint_rules.segmentation._verdicts import verdicts

    known, least, types = judged(counts, context), context.min_confidence, context.types
    if known is None:
        return None
    return kept(  # type: ignore[no-any-return]
        "verdicts", (known, least, types), lambda: verdicts(known, least, types), context.shared
    )


def judged(counts: Contexts, context: Context) -> Judged | None:
    """What is known of a corpus: large, and only for the making of verdicts."""
    from taglint_rules.segmentation._judging import judge

    tagset, words = context.tagset, outside_words(context)
    key = (counts, tagset, words)
    return kept("judge", key, lambda: judge(counts, tagset, words), context.shared)  # type: ignore[no-any-return]


def outside_words(context: Context) -> Outside | None:
    """The outside lexicon, in terms of the tagset."""
    if context.outside is None:
        return None
    from taglint.outside import outside_lexicon
    from taglint_rules.segmentation._outside import outside

    lexicon, tagset = outside_lexicon(context.outside), context.tagset
    return kept("outside", (lexicon, tagset), lambda: outside(lexicon, tagset))  # type: ignore[no-any-return]


def located(document: Document, verdicts: Verdicts | None, least: float) -> list[Case]:
    from taglint_rules.segmentation._locating import cases

    if verdicts is None:
        return []
    key = (document, verdicts, least)
    return kept("locate", key, lambda: cases(document, verdicts, least))  # type: ignore[no-any-return]


def segmentation_rule(
    code: str,
    name: str,
    doc: str,
    wanted: Callable[[Case], bool],
    good: tuple[Example, ...],
    bad: tuple[Example, ...],
) -> Rule:
    """A rule that reports the wanted ones of the places that are likely segmented wrongly."""

    def locate(
        document: Document, verdicts: Verdicts | None, context: Context
    ) -> Iterator[Problem]:
        for case in located(document, verdicts, context.min_confidence):
            if wanted(case) and not crosses_bracket(document, case):
                yield problem(case)

    return Rule(
        code=code,
        name=name,
        doc=doc,
        scope=Scope.CORPUS,
        fix=Applicability.UNSAFE,
        good=good,
        bad=bad,
        gather=gather,
        judge=judge,
        locate=locate,
    )


def problem(case: Case) -> Problem:
    old, new = spelled(case.old), spelled(case.new)
    change = Change(f"segment it {new}", Applicability.UNSAFE, tokens=case.new)
    return Problem(
        f"{old} should be {new}: {_counts(case)}",
        tokens=(case.first, case.last),
        confidence=case.confidence,
        group=f"{old} → {new}",
        change=change,
    )


def spelled(tokens: tuple[tuple[str, str], ...]) -> str:
    """Tokens in words: 提/v 高/a."""
    return " ".join("/".join(token) for token in tokens)


def _counts(case: Case) -> str:
    """The counts in words: the corpus has 提高 943 times, 提|高 once."""
    old, new = ("|".join(form for form, _ in tokens) for tokens in (case.old, case.new))
    seen = f"the corpus has {old} {times(case.seen_old)}, {new} {times(case.seen_new)}"
    if case.same_context:
        return f"{seen}, also between the same words"
    if not case.seen_new and len(case.new) > 1:
        parts = zip(case.new, case.seen_parts, strict=True)
        seen += f" ({', '.join(f'{form} {times(count)}' for (form, _), count in parts)})"
    return f"{seen}; the outside lexicon has {new}" if case.listed else seen


def times(number: int) -> str:
    """A count in words: never, once, 2 times."""
    return {0: "never", 1: "once"}.get(number, f"{number} times")


def crosses_bracket(document: Document, case: Case) -> bool:
    """Whether a compound bracket opens or closes inside a place, which a change would lose."""
    types = [document.token(index) for index in range(case.first, case.last)]
    return any(item.opening for item in types[1:]) or any(item.closing for item in types[:-1])
