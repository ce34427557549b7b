"""Findings as the protocol's diagnostics."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types

from taglint.configuration.nodes import Mistake
from taglint.findings import Evidence, Finding, Severity
from taglint.reporters.display import escaped
from taglint.rules import Rule
from taglint.server.view import View

SOURCE = "taglint"
SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
RANKS = list(SEVERITIES)


def diagnostics(view: View) -> list[types.Diagnostic]:
    """The diagnostics of a document: the worst ones, and a note where some are left out."""
    most = view.settings.most_findings
    findings = view.findings
    if len(findings) <= most:
        return [diagnostic(view, item) for item in findings]
    worst = sorted(findings, key=lambda item: RANKS.index(item.severity))[:most]
    shown = [diagnostic(view, item) for item in sorted(worst, key=Finding.sort_key)]
    return [*shown, _note(view, len(findings) - most)]


def diagnostic(view: View, finding: Finding) -> types.Diagnostic:
    return types.Diagnostic(
        range=view.range(finding.start, finding.end),
        message=message(finding),
        severity=SEVERITIES[finding.severity],
        code=finding.code,
        code_description=_link(view.project.plugins.rules[finding.code]),
        source=SOURCE,
        related_information=[_related(view, item) for item in finding.evidence] or None,
        data=finding.fingerprint,
    )


def message(finding: Finding) -> str:
    sure = "" if finding.confidence == 1 else f" (confidence {finding.confidence:.2f})"
    return escaped(finding.message) + sure


def mistakes(found: Iterable[Mistake]) -> list[types.Diagnostic]:
    """The mistakes of a configuration file, for the file itself."""
    return [
        types.Diagnostic(
            types.Range(_start(item), _start(item)),
            item.message,
            severity=types.DiagnosticSeverity.Error,
            source=SOURCE,
        )
        for item in found
    ]


def _start(mistake: Mistake) -> types.Position:
    return types.Position(max(0, mistake.place.line - 1), max(0, mistake.place.column - 1))


def _note(view: View, count: int) -> types.Diagnostic:
    end = len(view.index.text)
    return types.Diagnostic(
        view.range(end, end),
        f"{count} more findings are not shown; `taglint check` lists them all",
        severity=types.DiagnosticSeverity.Information,
        source=SOURCE,
    )


def _related(view: View, evidence: Evidence) -> types.DiagnosticRelatedInformation:
    index = view.index_of(evidence.path)
    start = index.line_start(evidence.line) + evidence.column - 1
    location = types.Location(view.uri_of(evidence.path), index.range(start, start))
    return types.DiagnosticRelatedInformation(location, escaped(evidence.text))


def _link(rule: Rule) -> types.CodeDescription | None:
    """The module of the rule, which begins with its manual."""
    function = rule.check_type or rule.check_document or rule.locate
    path = inspect.getsourcefile(function) if function else None
    return types.CodeDescription(Path(path).absolute().as_uri()) if path else None
