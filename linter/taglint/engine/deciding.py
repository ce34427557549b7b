"""Obeys decisions: what was found right is covered, what was changed stays so.

Changes are applied by the rule `pending-decision`, which finds their places by content; the
configuration carries the decisions to it as its option, so that they are part of what a result
depends on.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
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


class Rulings:
    """Decisions about the same tokens, by where they hold."""

    def __init__(self) -> None:
        self._everywhere: list[Decision] = []
        self._contexts: dict[Pair, list[Decision]] = defaultdict(list)
        # By the characters beside the place, which cost little, then by the place.
        self._places: dict[Pair, dict[str, list[Decision]]] = defaultdict(dict)

    def add(self, item: Decision) -> None:
        if item.scope is Scope.EVERYWHERE:
            self._everywhere.append(item)
        elif item.scope is Scope.CONTEXT:
            self._contexts[item.left, item.right].append(item)
        else:
            places = self._places[item.left[-1:], item.right[:1]]
            places.setdefault(item.at, []).append(item)

    def about(self, document: Document, first: int, last: int) -> list[Decision]:
        """Those that hold for these tokens of a document, the narrowest first."""
        left, right = neighbours(document, first, last)
        places = self._places.get((left[-1:], right[:1]))
        found = places.get(place_of(document, first, last), ()) if places else ()
        return [*found, *self._contexts.get((left, right), ()), *self._everywhere]


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
        self._right: dict[tuple[str, tuple[str, ...]], Rulings] = defaultdict(Rulings)
        for item in obeyed:
            if item.verdict is Verdict.KEEP and item.scope is not Scope.PLACE:
                self._right[item.rule, item.tokens].add(item)
            elif item.verdict is Verdict.CHANGE:
                # Before and after it is applied: also a run without that rule obeys.
                self._right[item.rule, item.tokens].add(item)
                self._right[item.rule, item.to].add(item)
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
        self, item: Finding, run: Run, pending: Mapping[tuple[str, str], Extents]
    ) -> bool:
        if item.fingerprint in self._kept:
            return True
        extents = pending.get((item.path, item.code))
        if extents and extents.touch(item.start, item.end):
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
        known = self._right.get((item.code, spelled(document, first, last)))
        return bool(known and known.about(document, first, last))


def _is(item: Decision, verdict: Verdict, scope: Scope) -> bool:
    return item.verdict is verdict and item.scope is scope


class Extents:
    """Stretches of a text, added in the order of their starts."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        # The furthest end of this stretch and those before it.
        self._ends: list[int] = []

    def add(self, start: int, end: int) -> None:
        self._starts.append(start)
        self._ends.append(max(end, self._ends[-1] if self._ends else 0))

    def touch(self, start: int, end: int) -> bool:
        """Whether any of them overlaps this one."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._ends[before - 1] > start


def _extents(findings: Iterable[Finding]) -> dict[tuple[str, str], Extents]:
    """Where changes are pending, by path and by the code of the rule they answer."""
    found: dict[tuple[str, str], Extents] = defaultdict(Extents)
    for item in findings:
        if item.code == PENDING:
            found[item.path, item.group.split(":")[1]].add(item.start, item.end)
    return found


def located(document: Document, item: Finding) -> tuple[int, int]:
    """First and one past the last token of a finding."""
    first = document.token_at(item.start)
    return first, min(first + len(item.tokens), len(document))


def at_places(
    lines: Sequence[str], document: Document
) -> Iterator[tuple[int, int, list[Decision]]]:
    """The decisions about tokens of a document: first and one past the last token, and those that
    hold there, the narrowest first."""
    index = _index(tuple(lines))
    types = document.vocabulary.types
    wanted = {number for number in document.type_ids if types[number][:2] in index}
    for first in document.places(wanted):
        for tokens, rulings in index[document.token(first)[:2]].items():
            last = first + len(tokens)
            if last <= len(document) and spelled(document, first, last) == tokens:
                found = rulings.about(document, first, last)
                if found:
                    yield first, last, found


@lru_cache(maxsize=4)
def _index(lines: tuple[str, ...]) -> dict[Pair, dict[tuple[str, ...], Rulings]]:
    """Decisions by their first token, then by all of them. Raises `TaglintError`."""
    index: dict[Pair, dict[tuple[str, ...], Rulings]] = defaultdict(dict)
    for line in lines:
        try:
            item = decision_of(json.loads(line))
        except ValueError as error:
            raise TaglintError(f"no decision: {error}") from error
        if item.tokens:
            index[pair(item.tokens[0])].setdefault(item.tokens, Rulings()).add(item)
    return index
