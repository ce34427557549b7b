"""One line a finding: `path:line:column: CODE message`."""

from __future__ import annotations

from collections.abc import Iterator

from taglint.findings import Finding
from taglint.report import Report
from taglint.reporters.base import Look, in_blocks
from taglint.reporters.display import BOLD, escaped, painted
from taglint.reporters.summary import SEVERITY_STYLES, applicable, summary
from taglint.rules import Rule


class Concise:
    name = "concise"
    title = "one line a finding"

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterator[str]:
        yield from in_blocks(line(item, look.color) for item in report.findings)
        if look.summary and report.findings:
            yield summary(report, look.color)


def line(item: Finding, color: bool) -> str:
    path = painted(escaped(item.path), BOLD, color)
    code = painted(item.code, SEVERITY_STYLES[item.severity], color)
    mark = f"[{kind}] " if (kind := applicable(item)) else ""
    return f"{path}:{item.line}:{item.column}: {code} {mark}{escaped(item.message)}\n"
