"""GitHub Actions: workflow commands, which annotate the lines of a pull request.

GitHub shows ten annotations of each level a step; the findings beyond are lines of the log. A job
summary is written in Markdown where the runner asks for one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b

from taglint.findings import Finding, Severity
from taglint.report import FileError, Report
from taglint.reporters.base import Look
from taglint.reporters.concise import line
from taglint.reporters.display import escaped
from taglint.reporters.exchange import relative
from taglint.reporters.summary import summary
from taglint.rules import Rule

MOST = 10
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


class GitHub:
    name = "github"
    title = "annotations for GitHub Actions"

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterator[str]:
        left = Counter(dict.fromkeys(LEVELS.values(), MOST))
        others: list[str] = []
        for error in report.errors:
            left["error"] -= 1
            yield _failure(error)
        for item in _gravest_first(report.findings):
            level = LEVELS[item.severity]
            left[level] -= 1
            if left[level] >= 0:
                yield _annotation(item, level)
            else:
                others.append(line(item, color=False))
        yield from _inert(others)
        if look.summary and report.findings:
            yield summary(report)


def _gravest_first(findings: list[Finding]) -> list[Finding]:
    """The surest of each severity, as only some are shown at their lines."""
    order = list(Severity)
    return sorted(findings, key=lambda item: (order.index(item.severity), -item.confidence))


def _annotation(item: Finding, level: str) -> str:
    place: dict[str, object] = {
        "file": relative(item.path),
        "line": item.line,
        "endLine": item.end_line,
    }
    if item.line == item.end_line:
        place |= {"col": item.column, "endColumn": item.end_column}
    return _command(level, place | {"title": f"{item.code} {item.name}"}, escaped(item.message))


def _failure(error: FileError) -> str:
    place: dict[str, object] = {"file": relative(error.path), "title": "taglint"}
    return _command("error", place, escaped(error.message))


def _command(name: str, properties: dict[str, object], message: str) -> str:
    given = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {given}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(escaped(text)).replace(":", "%3A").replace(",", "%2C")


def _inert(lines: list[str]) -> Iterator[str]:
    """Lines in which the runner looks for no commands, whatever the corpus has."""
    if lines:
        token = f"taglint-{blake2b(''.join(lines).encode('utf-8', 'replace')).hexdigest()[:16]}"
        yield f"::stop-commands::{token}\n"
        yield from lines
        yield f"::{token}::\n"
