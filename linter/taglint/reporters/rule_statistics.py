"""How often each rule and each family found something, in how many tokens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from taglint.report import Report
from taglint.reporters.base import Look
from taglint.reporters.display import BOLD, CYAN, painted
from taglint.reporters.summary import applicable, summary
from taglint.rules import Rule

HEAD = "findings  per 1,000 tokens  safe fixes  unsafe fixes"
WIDTHS = [len(title) for title in HEAD.split("  ")]


class Statistics:
    name = "statistics"
    title = "counts per rule and family"

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterator[str]:
        if report.findings:
            names = {item.code: item.name for item in report.findings}
            yield from table("rule", names, report, look)
            families = {item.code: _family(item.code) for item in report.findings}
            yield from table("family", dict.fromkeys(families.values(), ""), report, look)
        if look.summary:
            yield summary(report, look.color)


def table(title: str, names: dict[str, str], report: Report, look: Look) -> Iterator[str]:
    """A line for each code or family in `names`, the most frequent first, and a blank line."""
    counts: Counter[str] = Counter()
    fixes: Counter[tuple[str, str]] = Counter()
    for item in report.findings:
        key = item.code if item.code in names else _family(item.code)
        counts[key] += 1
        fixes[key, applicable(item)] += 1
    yield painted(f"{HEAD}  {title}", BOLD, look.color) + "\n"
    for key, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        safe, unsafe = fixes[key, "safe"], fixes[key, "unsafe"]
        cells = (f"{count:,}", _rate(count, report.tokens), f"{safe:,}", f"{unsafe:,}")
        figures = "  ".join(f"{cell:>{width}}" for cell, width in zip(cells, WIDTHS, strict=True))
        yield f"{figures}  {painted(key, CYAN, look.color)} {names[key]}".rstrip() + "\n"
    yield "\n"


def _rate(count: int, tokens: int) -> str:
    return f"{1000 * count / tokens:.3f}" if tokens else "-"


def _family(code: str) -> str:
    return code.rstrip("0123456789")
