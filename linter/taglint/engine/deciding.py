"""Obeys decisions: what was found right is covered, what was changed stays so.

Changes are applied by the rule `pending-decision`, which finds their places by content; the
configuration carries the decisions to it as its option, so that they are part of what a result
depends on.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b

from taglint.configuration import Configuration
from taglint.corpus.document import Document
from taglint.decisions import (
    Decision,
    Scope,
    Verdict,
    contradictions,
    decision_of,
    line_of,
)
from taglint.engine.filtering import Run, Screened
from taglint.engine.loading import NotACorpus
from taglint.engine.places import surroundings
from taglint.findings import Applicability, Finding, TaglintError
from taglint.report import Report

PENDING, CONTRADICTING = "DEC001", "DEC002"
DECIDED = "as decided: "
Pair = tuple[str, str]


def pair(text: str) -> Pair:
    """`form/tag` as form and tag."""
    form, _, tag = text.rpartition("/")
    return form, tag


def spelled(document: Document, first: int, last: int) -> tuple[str, ...]:
    """Tokens as decisions name them, whatever their format."""
    tokens = (document.token(index) for index in range(first, last))
    return tuple(f"{token.form}/{token.tag}" for token in tokens)


def place_of(document: Document, first: int, last: int) -> str:
    """A hash of the letters at and around some tokens, not of tags and boundaries: a place is the
    same before and after a change."""
    text = "".join(document.token(index).form for index in range(first, last))
    near = surroundings(document, document.span(first).start, first, last)
    payload = f"{text}\0{near}".encode("utf-8", "surrogatepass")
    return blake2b(payload, digest_size=8).hexdigest()


def neighbours(document: Document, first: int, last: int) -> Pair:
    """The forms beside some tokens, empty at the edges of the sentence."""
    tokens = document.sentence_tokens(document.sentence_of(first))
    left = document.token(first - 1).form if first > tokens.start else ""
    right = document.token(last).form if last < tokens.stop else ""
    return left, right


def is_meant(decision: Decision, document: Document, first: int, last: int) -> bool:
    """Whether a decision is about this place. Its tokens are not looked at."""
    if decision.scope is Scope.EVERYWHERE:
        return True
    left, right = neighbours(document, first, last)
    if decision.scope is Scope.CONTEXT:
        return (decision.left, decision.right) == (left, right)
    # Most places of a word are told apart by the characters beside it, which cost little.
    beside = (decision.left[-1:], decision.right[:1]) == (left[-1:], right[:1])
    return beside and decision.at == place_of(document, first, last)


def with_decisions(
    configuration: Configuration, decisions: Mapping[Decision, int]
) -> Configuration:
    """The configuration with what its rules must know of the decisions."""
    if not decisions:
        return configuration
    clashing = {item for group in contradictions(decisions) for item in group}
    known = {
        PENDING: [item for item in decisions if item not in clashing],
        CONTRADICTING: clashing,
    }
    given = {
        code: {"decisions": tuple(sorted(map(line_of, items)))} for code, items in known.items()
    }
    options = configuration.options
    return replace(configuration, options=replace(options, rules={**options.rules, **given}))


class DecidedFilter:
    """Covers what was decided: findings that are right as they are, those of a rule whose decided
    change is pending at the place, and those about what was changed by decision."""

    name = "decided"

    def __init__(self, decisions: Iterable[Decision]) -> None:
        known = list(decisions)
        clashing = {item for group in contradictions(known) for item in group}
        obeyed = [item for item in known if item not in clashing]
        self._kept = {item.finding for item in obeyed if _is(item, Verdict.KEEP, Scope.PLACE)}
        self._accepted = {item.finding for item in obeyed if item.verdict is Verdict.ACCEPT}
        self._right: dict[tuple[str, tuple[str, ...]], list[Decision]] = defaultdict(list)
        for item in obeyed:
            if item.verdict is Verdict.KEEP and item.scope is not Scope.PLACE:
                self._right[item.rule, item.tokens].append(item)
            elif item.verdict is Verdict.CHANGE:
                # Before and after it is applied: also a run without that rule obeys.
                self._right[item.rule, item.tokens].append(item)
                self._right[item.rule, item.to].append(item)
        self._rules = {rule for rule, _ in self._right}

    def screen(self, report: Report, run: Run) -> Screened:
        pending = _extents(report.findings)
        return Screened(
            [
                self._with_fix(item)
                for item in report.findings
                if not self._is_covered(item, run, pending)
            ]
        )

    def _with_fix(self, item: Finding) -> Finding:
        if item.fingerprint not in self._accepted or item.fix is None:
            return item
        fix = replace(
            item.fix, applicability=Applicability.SAFE, message=DECIDED + item.fix.message
        )
        return replace(item, fix=fix)

    def _is_covered(
        self, item: Finding, run: Run, pending: Mapping[tuple[str, str], list[tuple[int, int]]]
    ) -> bool:
        if item.fingerprint in self._kept:
            return True
        extents = pending.get((item.path, item.code), ())
        if any(start < item.end and item.start < end for start, end in extents):
            return True
        return item.code in self._rules and self._is_right(item, run)

    def _is_right(self, item: Finding, run: Run) -> bool:
        try:
            document = run.session.document(item.path)
        except (OSError, NotACorpus):
            return False
        first, last = located(document, item)
        if first == last:
            return False
        known = self._right.get((item.code, spelled(document, first, last)), ())
        return any(is_meant(decision, document, first, last) for decision in known)


def _is(item: Decision, verdict: Verdict, scope: Scope) -> bool:
    return item.verdict is verdict and item.scope is scope


def _extents(findings: Iterable[Finding]) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Where changes are pending, by path and by the code of the rule they answer."""
    found: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for item in findings:
        if item.code == PENDING:
            rule = item.group.split(":")[1]
            found[item.path, rule].append((item.start, item.end))
    return found


def located(document: Document, item: Finding) -> tuple[int, int]:
    """First and one past the last token of a finding."""
    first = document.token_at(item.start)
    return first, min(first + len(item.tokens), len(document))


def at_places(lines: Iterable[str], document: Document) -> dict[tuple[int, int], list[Decision]]:
    """The decisions about tokens of a document, by first and one past the last token."""
    by_first: dict[Pair, list[Decision]] = defaultdict(list)
    for decision in map(decided, lines):
        if decision.tokens:
            by_first[pair(decision.tokens[0])].append(decision)
    types = document.vocabulary.types
    wanted = {index for index in document.type_ids if types[index][:2] in by_first}
    found: dict[tuple[int, int], list[Decision]] = defaultdict(list)
    for first in document.places(wanted):
        for decision in by_first[document.token(first)[:2]]:
            last = first + len(decision.tokens)
            if _stands(decision, document, first, last):
                found[first, last].append(decision)
    return found


def _stands(decision: Decision, document: Document, first: int, last: int) -> bool:
    return (
        last <= len(document)
        and spelled(document, first, last) == decision.tokens
        and is_meant(decision, document, first, last)
    )


def narrowest(lines: Iterable[str], document: Document) -> Iterator[tuple[int, int, Decision]]:
    """The decision that counts at each place: one for the place before one for its context."""
    order = list(Scope)
    for (first, last), decisions in at_places(lines, document).items():
        yield first, last, min(decisions, key=lambda item: order.index(item.scope))


def decided(line: str) -> Decision:
    """A decision from a line of JSON. Raises `TaglintError`."""
    try:
        return decision_of(json.loads(line))
    except ValueError as error:
        raise TaglintError(f"no decision: {error}") from error
