"""One line a finding: `path:line:column: CODE message`."""

from __future__ import annotations

from collections.abc import Iterator

from taglint.report import Report
from taglint.reporters.base import Look
from taglint.rules import Rule


class Concise:
    name = "concise"
    title = "one line a finding"

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterator[str]:
        for item in report.findings:
            yield f"{item.path}:{item.line}:{item.column}: {item.code} {item.message}\n"
