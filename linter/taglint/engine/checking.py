"""Checks one document: rules that see types, and rules that see the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType, Vocabulary
from taglint.engine.places import finding
from taglint.engine.selection import Active, ActiveRules
from taglint.findings import Finding
from taglint.formats.base import Format
from taglint.rules import Problem, Scope

Verdict = list[tuple[Active, Problem]]


class TypeVerdicts:
    """What the type rules of one context say of each type; a type is judged once a process."""

    def __init__(self, active: Iterable[Active], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._judged: set[int] = set()
        self._flagged: dict[int, Verdict] = {}
        self._plain: list[Active] = []
        self._by_flaw: dict[str, list[Active]] = {}
        for item in active:
            if not item.rule.flaws:
                self._plain.append(item)
            for flaw in item.rule.flaws:
                self._by_flaw.setdefault(flaw, []).append(item)

    def flagged(self, type_ids: Iterable[int]) -> dict[int, Verdict]:
        """The verdicts of those types that a rule objects to."""
        wanted = set(type_ids)
        types = self._vocabulary.types
        for index in wanted - self._judged:
            verdict = self._judge(types[index])
            if verdict:
                self._flagged[index] = verdict
        self._judged |= wanted
        return {index: self._flagged[index] for index in wanted & self._flagged.keys()}

    def _judge(self, token: TokenType) -> Verdict:
        rules = self._by_flaw.get(token.flaw, ()) if token.flaw else self._plain
        verdict: Verdict = []
        for item in rules:
            problem = item.rule.check_type(token, item.context)  # type: ignore[misc]
            if problem is not None:
                verdict.append((item, problem))
        return verdict


def check_document(
    document: Document, format_: Format, rules: ActiveRules, verdicts: TypeVerdicts
) -> list[Finding]:
    """The findings of type and document rules."""
    problems = [*_type_problems(document, verdicts), *_document_problems(document, rules.document)]
    return [finding(document, format_, active, problem) for active, problem in problems]


def _type_problems(document: Document, verdicts: TypeVerdicts) -> Iterator[tuple[Active, Problem]]:
    flagged = verdicts.flagged(document.type_ids)
    ids = document.ids
    for place in document.places(flagged):
        for active, problem in flagged[ids[place]]:
            yield active, replace(problem, tokens=(place, place + 1))


def _document_problems(
    document: Document, rules: Iterable[Active]
) -> Iterator[tuple[Active, Problem]]:
    for active in rules:
        assert active.rule.scope is Scope.DOCUMENT and active.rule.check_document
        for problem in active.rule.check_document(document, active.context):
            yield active, problem
