"""By file, then by rule, in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from taglint.findings import Finding
from taglint.report import Report
from taglint.reporters.base import Look, in_blocks
from taglint.reporters.display import BOLD, CYAN, FAINT, escaped, padded, painted
from taglint.reporters.summary import SEVERITY_STYLES, applicable, counted, summary
from taglint.rules import Rule


class Grouped:
    name = "grouped"
    title = "findings by file, then by rule"

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterator[str]:
        for path, found in groupby(report.findings, lambda item: item.path):
            yield from in_blocks(_file(path, list(found), look.color))
        if look.summary:
            yield summary(report, look.color)


def _file(path: str, items: Sequence[Finding], color: bool) -> Iterator[str]:
    yield f"{painted(escaped(path), BOLD, color)}: {counted(len(items), 'finding')}\n"
    for _, found in groupby(sorted(items, key=_by_rule), _by_rule):
        yield from _rule(list(found), color)
    yield "\n"


def _by_rule(item: Finding) -> tuple[str, str]:
    return item.code, item.severity


def _rule(items: Sequence[Finding], color: bool) -> Iterator[str]:
    first = items[0]
    code = painted(first.code, CYAN, color)
    severity = painted(first.severity, SEVERITY_STYLES[first.severity], color)
    yield f"  {code} {first.name} {severity}: {len(items):,}\n"
    places = [f"{item.line}:{item.column}" for item in items]
    fixes = [applicable(item) for item in items]
    wide, fix_wide = max(map(len, places)), max(map(len, fixes))
    for item, place, fix in zip(items, places, fixes, strict=True):
        column = painted(padded(fix, fix_wide), FAINT, color) + "  " if fix_wide else ""
        yield f"    {place:<{wide}}  {column}{escaped(item.message)}\n"
