"""Markdown, for job summaries and comments: counts by rule, then the findings in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from taglint.findings import Finding
from taglint.patterns import lazy
from taglint.report import Report
from taglint.reporters.base import Look
from taglint.reporters.display import escaped, shortened
from taglint.reporters.exchange import relative
from taglint.reporters.summary import counted, summary
from taglint.rules import Rule

# A job summary holds a megabyte.
MOST = 200
WIDEST = 300
SPECIAL = lazy(r"[\\`*_{}\[\]<>()#+!|~&-]")


class Markdown:
    name = "markdown"
    title = "tables for job summaries"
    suffixes = (".md",)

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterator[str]:
        yield "## taglint\n\n"
        yield plain(summary(report).strip() or "No file was checked.") + "\n"
        for error in report.errors:
            yield f"\n**{plain(relative(error.path))}**: {plain(error.message)}\n"
        if report.findings:
            yield from _rules(report)
            yield from _places(report.findings)


def plain(text: str) -> str:
    """Text in which Markdown sees no marks."""
    return SPECIAL.sub(r"\\\g<0>", escaped(text))


def _rules(report: Report) -> Iterator[str]:
    counts = Counter((item.code, item.name, item.severity.value) for item in report.findings)
    yield "\n| findings | rule | | severity |\n|---:|---|---|---|\n"
    for (code, name, severity), count in sorted(counts.items(), key=lambda pair: (-pair[1], pair)):
        yield f"| {count:,} | {code} | {plain(name)} | {severity} |\n"


def _places(findings: list[Finding]) -> Iterator[str]:
    yield "\n| place | rule | finding |\n|---|---|---|\n"
    for item in findings[:MOST]:
        place = plain(shortened(escaped(relative(item.path)), WIDEST))
        message = plain(shortened(escaped(item.message), WIDEST))
        yield f"| {place}:{item.line}:{item.column} | {item.code} | {message} |\n"
    if len(findings) > MOST:
        yield f"\n… and {counted(len(findings) - MOST, 'finding')} more\n"
