"""One JSON object a line, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from taglint.report import Report
from taglint.reporters.base import Look
from taglint.rules import Rule


class JsonLines:
    name = "jsonl"
    title = "one JSON object a line"

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterator[str]:
        for item in report.findings:
            yield json.dumps(item.as_json(), ensure_ascii=False) + "\n"
