"""The filter of suppressions: in a text's comments, and in a file beside the corpus.

What the suppressions are like is judged by rules, too: one that covers nothing, or gives no
reason, is a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from taglint.corpus.document import Document
from taglint.corpus.lines import LineIndex
from taglint.engine.checking import failed
from taglint.engine.filtering import Run, Screened
from taglint.engine.places import finding
from taglint.engine.selection import Active, activate, names_of, select, specificity
from taglint.engine.session import Session
from taglint.findings import Finding, fingerprint
from taglint.formats.base import has_remarks
from taglint.report import FileSummary, Report
from taglint.rules import Problem, Rule, Scope
from taglint.suppressions import FILE, Suppression, parse

if TYPE_CHECKING:
    from taglint.configuration.ignoring import Entry

ANYTHING = "anything"


@dataclass
class InText:
    """A suppression in a comment. extent: offsets of the text it is about."""

    document: Document
    start: int
    end: int
    extent: tuple[int, int]
    given: Suppression
    used: set[str] = field(default_factory=set)

    def covers(self, item: Finding, session: Session) -> bool:
        first, last = self.extent
        return not self.given.mistake and first <= item.start <= last and item.start != self.start


@dataclass
class Beside:
    """A suppression in the file beside the corpus."""

    entry: Entry
    given: Suppression
    used: set[str] = field(default_factory=set)

    def covers(self, item: Finding, session: Session) -> bool:
        entry = self.entry
        if entry.fingerprints and item.fingerprint not in entry.fingerprints:
            return False
        return not entry.forms or not _forms(item, session).isdisjoint(entry.forms)


class Suppressions:
    """Covers what comments and the file `path` say; there need be no such file."""

    name = "suppressed"

    def __init__(self, path: Path | None = None) -> None:
        self.path = path

    def screen(self, report: Report, run: Run) -> Screened:
        session = run.session
        text, beside = self._beside(session)
        inside = {file.path: _in_text(file, session) for file in report.files}
        kept = []
        for path, items in _by_path(report.findings):
            about = [item for item in beside if item.entry.is_about(path)]
            kept += [
                item for item in items if not _cover(item, inside.get(path, ()), about, session)
            ]
        added = [item for found in inside.values() for each in found for item in _judged(each, run)]
        if beside:
            added += _judged_beside(beside, self._shown(), text, run)
        return Screened(kept, added)

    def _beside(self, session: Session) -> tuple[str, list[Beside]]:
        """The text of the file beside the corpus, and its suppressions."""
        if self.path is None:
            return "", []
        # Most corpora have none: what reads it is loaded only then.
        from taglint.configuration.ignoring import read_ignored

        text, entries = read_ignored(self.path, session.plugins)
        return text, [Beside(item, Suppression(item.rules, item.reason)) for item in entries]

    def _shown(self) -> str:
        from taglint.configuration.reading import display

        return display(self.path) if self.path else ""


def _by_path(findings: Iterable[Finding]) -> Iterable[tuple[str, list[Finding]]]:
    found: dict[str, list[Finding]] = {}
    for item in findings:
        found.setdefault(item.path, []).append(item)
    return found.items()


def _in_text(file: FileSummary, session: Session) -> list[InText]:
    """The suppressions in a document's comments."""
    format_ = session.plugins.formats[file.format]
    if not has_remarks(format_) or not session.may_suppress(file.path):
        return []
    document = session.document(file.path)
    found = []
    for remark in format_.remarks(document):
        parsed = parse(remark.text)
        if parsed:
            scope, given = parsed
            extent = (0, len(document.text)) if scope == FILE else remark.extent
            end = remark.start + len(remark.text)
            given = _checked(given, session.plugins.rules.values())
            found.append(InText(document, remark.start, end, extent, given))
    return found


def _checked(given: Suppression, rules: Iterable[Rule]) -> Suppression:
    """A suppression that names what there is not suppresses nothing."""
    from taglint.configuration.shapes import selector_names
    from taglint.configuration.validation import hint

    known = selector_names(rules)
    for name in given.rules:
        if name not in known:
            return replace(given, mistake=f"unknown rule or family '{name}'{hint(name, known)}")
    return given


def _cover(
    item: Finding, inside: Sequence[InText], beside: Sequence[Beside], session: Session
) -> bool:
    """Whether anything covers a finding; all that does is used."""
    names = names_of(item)
    covered = False
    everything: list[InText | Beside] = [*inside, *beside]
    for each in everything:
        named = names.intersection(each.given.rules) if each.given.rules else {ANYTHING}
        if named and each.covers(item, session):
            each.used |= named
            covered = True
    return covered


def _forms(item: Finding, session: Session) -> set[str]:
    document = session.document(item.path)
    first, last = document.tokens_within(item.start, max(item.end, item.start + 1))
    return {document.token(index).form for index in range(first, last)}


def _judged(item: InText, run: Run) -> Iterator[Finding]:
    """What the rules about suppressions say of one in a text."""
    session, document = run.session, item.document
    format_ = session.plugins.formats[document.format]
    options = session.configuration.options_for(document.path)
    checked = [r for r in select(session.plugins.rules, options) if r.applies_to(format_.name)]
    given = item.given
    if not run.narrowed and not given.mistake:
        given = replace(given, unused=_unused(given.rules, item.used, checked))
    rules, _ = session.rules_for(document)
    for active in rules.suppression:
        for message in _messages(active, given, document.path):
            problem = Problem(message, span=(item.start, item.end))
            yield finding(document, format_, active, problem)


def _unused(
    names: Iterable[str], used: set[str], checked: Sequence[Rule], nameless: bool = False
) -> tuple[str, ...]:
    """The names of which nothing was covered, of those whose rules were checked at all."""
    if nameless:
        return () if used else (ANYTHING,)
    return tuple(
        name
        for name in names
        if name not in used and any(specificity(rule, (name,)) for rule in checked)
    )


def _messages(active: Active, given: Suppression, path: str) -> list[str]:
    assert active.rule.check_suppression is not None
    try:
        return list(active.rule.check_suppression(given, active.context))
    except Exception as error:
        raise failed(active.rule, f"in {path}", error) from error


def _judged_beside(items: Sequence[Beside], path: str, text: str, run: Run) -> Iterator[Finding]:
    """What they say of the file beside the corpus. What is unused is known of a whole corpus."""
    configuration, rules = run.session.configuration, run.session.plugins.rules
    options = configuration.options_for(path)
    checked = list(select(rules, options))
    chosen = [
        activate(rule, options, "", None) for rule in checked if rule.scope is Scope.SUPPRESSION
    ]
    lines = LineIndex(text)
    for item in items:
        given = item.given
        if run.whole:
            unused = _unused(given.rules, item.used, checked, nameless=not given.rules)
            given = replace(given, unused=unused)
        for active in chosen:
            for message in _messages(active, given, path):
                yield _finding_beside(active, message, item.entry, path, lines)


def _finding_beside(
    active: Active, message: str, entry: Entry, path: str, lines: LineIndex
) -> Finding:
    start = lines.starts[entry.line - 1] + entry.column - 1
    _, end = lines.bounds(entry.line)
    content = (*entry.rules, *entry.paths, *entry.forms, *entry.fingerprints)
    return Finding(
        path=path,
        start=start,
        end=end,
        code=active.rule.code,
        name=active.rule.name,
        severity=active.severity,
        message=message,
        line=entry.line,
        column=entry.column,
        end_line=entry.line,
        end_column=entry.column + end - start,
        sentence="",
        token=0,
        tokens=(),
        confidence=1.0,
        fingerprint=fingerprint(active.rule.code, content, ""),
        group="",
    )
