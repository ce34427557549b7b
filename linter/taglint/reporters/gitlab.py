"""GitLab's code quality report: one JSON array of issues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from taglint.findings import Finding, Severity
from taglint.report import FileError, Report
from taglint.reporters.base import Look, in_blocks
from taglint.reporters.display import escaped
from taglint.reporters.exchange import headline, json_text, relative, whole
from taglint.rules import Rule

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


class GitLab:
    name = "gitlab"
    title = "code quality report for GitLab"
    suffixes = (".json",)

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterator[str]:
        yield "["
        yield from in_blocks(_listed(report))
        yield "\n]\n"


def _listed(report: Report) -> Iterator[str]:
    mark = "\n"
    for issue in _issues(report):
        yield mark + json_text(issue)
        mark = ",\n"


def _issues(report: Report) -> Iterator[dict[str, Any]]:
    yield from map(_failure, report.errors)
    seen: Counter[str] = Counter()
    for item in report.findings:
        seen[item.fingerprint] += 1
        yield _issue(item, seen[item.fingerprint])


def _issue(item: Finding, number: int) -> dict[str, Any]:
    """`number`: GitLab keeps one issue of each fingerprint, so that places alike are numbered."""
    begin = {"line": item.line, "column": item.column}
    end = {"line": item.end_line, "column": item.end_column}
    return {
        "type": "issue",
        "check_name": item.code,
        "description": headline(item),
        "categories": ["Style"],
        "severity": SEVERITIES[item.severity],
        "fingerprint": item.fingerprint if number == 1 else f"{item.fingerprint}-{number}",
        "location": {
            "path": whole(relative(item.path)),
            "lines": {"begin": item.line, "end": item.end_line},
            "positions": {"begin": begin, "end": end},
        },
    }


def _failure(error: FileError) -> dict[str, Any]:
    text = f"{error.path}\0{error.message}".encode("utf-8", "surrogatepass")
    return {
        "type": "issue",
        "check_name": "taglint",
        "description": escaped(error.message),
        "categories": ["Bug Risk"],
        "severity": "critical",
        "fingerprint": blake2b(text, digest_size=8).hexdigest(),
        "location": {"path": whole(relative(error.path)), "lines": {"begin": 1}},
    }
