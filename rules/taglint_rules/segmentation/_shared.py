"""The one way in for the segmentation rules, which share counts, verdicts and places.

Each rule reports some of the same places, so that one defect is one finding; the last results
are kept, because the engine asks for them once for each rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from taglint.findings import Applicability
from taglint.rules import Change, Context, Problem

if TYPE_CHECKING:
    from taglint.corpus.document import Document
    from taglint_rules.segmentation._bigrams import Bigrams
    from taglint_rules.segmentation._judging import Verdicts
    from taglint_rules.segmentation._locating import Case

_last: dict[str, tuple[tuple[Any, ...], Any]] = {}


def gather(document: Document, context: Context) -> Bigrams:
    from taglint_rules.segmentation._bigrams import bigrams

    return _kept("gather", (document,), lambda: bigrams(document))  # type: ignore[no-any-return]


def judge(counts: Bigrams, context: Context) -> Verdicts | None:
    from taglint_rules.segmentation._judging import judge

    key = (counts.digest, context.tagset)
    return _kept("judge", key, lambda: judge(counts, context.tagset))  # type: ignore[no-any-return]


def located(document: Document, verdicts: Verdicts | None) -> list[Case]:
    from taglint_rules.segmentation._locating import cases

    if verdicts is None:
        return []
    key = (document, verdicts)
    return _kept("locate", key, lambda: cases(document, verdicts))  # type: ignore[no-any-return]


def _kept(step: str, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
    """What `make` gives, kept until another key is asked for."""
    known = _last.get(step)
    if known is None or not all(map(_same, known[0], key)):
        known = _last[step] = key, make()
    return known[1]


def _same(left: Any, right: Any) -> bool:
    return left is right or (isinstance(left, bytes) and left == right)


def report(
    document: Document, verdicts: Verdicts | None, wanted: Callable[[Case], bool]
) -> Iterator[Problem]:
    """The problems of the places that a rule wants."""
    for case in located(document, verdicts):
        if wanted(case) and not crosses_bracket(document, case):
            yield problem(case)


def problem(case: Case) -> Problem:
    old, new = _written(case.old), _written(case.new)
    change = Change(f"segment it {new}", Applicability.UNSAFE, tokens=case.new)
    return Problem(
        f"{old} should be {new}: {_counts(case)}",
        tokens=(case.first, case.last),
        confidence=case.confidence,
        group=f"{old} → {new}",
        change=change,
    )


def _written(tokens: tuple[tuple[str, str], ...]) -> str:
    return " ".join("/".join(token) for token in tokens)


def _counts(case: Case) -> str:
    """The counts in words: the corpus has 提高 943 times, 提|高 once."""
    old, new = ("|".join(form for form, _ in tokens) for tokens in (case.old, case.new))
    seen = f"the corpus has {old} {_times(case.seen_old)}, {new} {_times(case.seen_new)}"
    return f"{seen}, also between the same words" if case.same_context else seen


def _times(number: int) -> str:
    return {0: "never", 1: "once"}.get(number, f"{number} times")


def crosses_bracket(document: Document, case: Case) -> bool:
    """Whether a compound bracket opens or closes inside a place, which a change would lose."""
    types = [document.token(index) for index in range(case.first, case.last)]
    return any(item.opening for item in types[1:]) or any(item.closing for item in types[:-1])
