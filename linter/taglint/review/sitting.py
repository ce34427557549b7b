"""A sitting: the findings to go through, grouped by cause, and what was decided so far.

Every decision is in the file before the next one can be made; undo takes it out again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from taglint.corpus.document import Document
from taglint.decisions import Decision, Scope, Verdict, read_decisions, revise
from taglint.engine.deciding import CONTRADICTING, DECIDED, PENDING, located, neighbours, spelled
from taglint.engine.rulings import Who, accept, change, keep
from taglint.engine.session import Session
from taglint.findings import Finding, TaglintError
from taglint.reporters.summary import applicable

# `form/tag form/tag`: a form may hold blanks and slashes, a tag neither.
TOKEN = re.compile(r"(.+?/[^\s/]+)(?: |$)")
GROUP = "group"
SCOPES = (*map(str, Scope), GROUP)


@dataclass
class Group:
    """Findings with one cause, most certain first; items are their numbers."""

    title: str
    items: list[int]


@dataclass
class Step:
    """What one decision added to the file and took out, and the findings that it settled."""

    added: list[Decision]
    replaced: list[Decision]
    settled: list[int]


@dataclass
class Sitting:
    """findings by number; groups in the order to go through; decided are numbers of findings."""

    session: Session
    findings: list[Finding]
    path: Path
    who: Who = field(default_factory=Who)
    decided: set[int] = field(default_factory=set)
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        # What is decided already waits to be applied; a contradiction is told with its finding.
        self.findings = [item for item in self.findings if not _is_decided(item)]
        self.groups = grouped(self.findings)
        self.group_of = {number: group for group in self.groups for number in group.items}

    def decide(self, number: int, verdict: str, scope: str, to: str = "") -> list[int]:
        """Rule about a finding, and about those like it; gives the findings that are settled now.

        verdict: of `Verdict`. scope: one of `SCOPES`. to: `form/tag form/tag` for a change.
        Raises `TaglintError` where that cannot be decided; then nothing is.
        """
        if verdict not in set(Verdict) or scope not in SCOPES:
            raise TaglintError(f"there is no verdict {verdict!r} for {scope!r}")
        ruling, settled = Verdict(verdict), self.alike(number, scope)
        if scope == GROUP:
            # Place by place: what the group has in common may be more than a decision can say.
            settled = [one for one in settled if ruling is not Verdict.ACCEPT or self._fixable(one)]
            added = [self._ruled(one, ruling, Scope.PLACE, to) for one in settled]
        else:
            added = [self._ruled(number, ruling, Scope(scope), to)]
            settled = settled if added[0].scope == scope else [number]
        replaced = self._replaced(number, added)
        revise(self.path, added, replaced)
        self.decided |= set(settled)
        self.steps.append(Step(added, replaced, settled))
        return settled

    def undo(self) -> list[int]:
        """Take the last decision back; gives the findings that are open again."""
        if not self.steps:
            return []
        step = self.steps.pop()
        revise(self.path, step.replaced, step.added)
        self.decided -= set(step.settled)
        return step.settled

    def alike(self, number: int, scope: str) -> list[int]:
        """The undecided findings that a decision reaches, the one decided about first."""
        if scope == Scope.PLACE:
            return [number]
        others = [one for one in self.group_of[number].items if one not in self.decided]
        if scope != GROUP:
            others = self._same(number, scope)
        return [number, *(one for one in others if one != number)]

    def _fixable(self, number: int) -> bool:
        return bool(applicable(self.findings[number]))

    def _same(self, number: int, scope: str) -> list[int]:
        item = self.findings[number]
        wanted = self._key(item, scope)
        return [
            other
            for other, known in enumerate(self.findings)
            if other not in self.decided
            and (known.code, known.tokens) == (item.code, item.tokens)
            and self._key(known, scope) == wanted
        ]

    def _key(self, item: Finding, scope: str) -> tuple[object, ...]:
        if scope == Scope.EVERYWHERE:
            return ()
        document = self.session.document(item.path)
        first, last = located(document, item)
        if first == last:
            return (item.fingerprint,)
        return (spelled(document, first, last), neighbours(document, first, last))

    def _ruled(self, number: int, verdict: Verdict, scope: Scope, to: str) -> Decision:
        item = self.findings[number]
        if verdict is Verdict.KEEP:
            return keep(self.session, item, scope, self.who)
        if scope is Scope.EVERYWHERE:
            raise TaglintError("everywhere is for what is right as it is")
        if verdict is Verdict.ACCEPT:
            return accept(self.session, item, scope, self.who)
        return change(self.session, item, tokens_of(to), scope, self.who)

    def _replaced(self, number: int, added: Iterable[Decision]) -> list[Decision]:
        """What was decided about the same before, in this sitting or another: it is ruled anew."""
        subjects = {item.subject for item in added}
        earlier = [item for step in self.steps if step.settled[0] == number for item in step.added]
        known = [item for item in read_decisions(self.path) if item.subject in subjects]
        return list(dict.fromkeys([*earlier, *known]))


def _is_decided(item: Finding) -> bool:
    accepted = item.fix is not None and item.fix.message.startswith(DECIDED)
    return accepted or item.code in (PENDING, CONTRADICTING)


def tokens_of(text: str) -> list[str]:
    """`form/tag form/tag` as a list. Raises `TaglintError`."""
    text = text.rstrip()
    found, at = [], 0
    while match := TOKEN.match(text, at):
        found.append(match[1])
        at = match.end()
    if not found or at < len(text):
        raise TaglintError("write each token as form/tag, with one blank between tokens")
    return found


def grouped(findings: Sequence[Finding]) -> list[Group]:
    """Findings with one cause together; the most certain groups first, the larger of equals."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(findings):
        groups[item.group or f"{item.code}:{' '.join(item.tokens)}"].append(number)
    made = [
        Group(
            _title(name, findings[items[0]]), sorted(items, key=lambda one: _certain(findings[one]))
        )
        for name, items in groups.items()
    ]
    return sorted(
        made, key=lambda one: (-findings[one.items[0]].confidence, -len(one.items), one.items[0])
    )


def _certain(item: Finding) -> tuple[object, ...]:
    return (-item.confidence, *item.sort_key())


def _title(name: str, item: Finding) -> str:
    return name.partition(":")[2] or " ".join(item.tokens) or item.name


def tag_counts(documents: Iterable[Document]) -> dict[str, Counter[str]]:
    """How often each form bears each tag."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        for index, number in document.type_counts.items():
            token = document.vocabulary.types[index]
            if not token.flaw:
                counts[token.form][token.tag] += number
    return counts
