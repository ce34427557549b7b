"""One JSON object a line, for other programs."""

from __future__ import annotations

from collections.abc import Iterator

from taglint.report import Report
from taglint.reporters.base import Look, in_blocks
from taglint.reporters.exchange import json_text
from taglint.rules import Rule


class JsonLines:
    name = "jsonl"
    title = "one JSON object a line"
    suffixes = (".jsonl",)

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterator[str]:
        yield from in_blocks(json_text(item.as_json()) + "\n" for item in report.findings)
