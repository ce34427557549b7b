"""One JSON object for the whole run, for other programs.

Lone surrogates (undecodable bytes) stay in the strings; a stream that escapes them with
backslashes makes JSON's own escapes of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from taglint import __version__
from taglint.report import Report
from taglint.reporters.base import Look, in_blocks
from taglint.reporters.exchange import json_text
from taglint.reporters.summary import fixable
from taglint.rules import Rule

# Raised when a key changes its meaning or goes; new keys do not count.
VERSION = 1


class JsonObject:
    name = "json"
    title = "one JSON object"
    suffixes = (".json",)

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterator[str]:
        yield f'{{"version": {VERSION}, "taglint": {_dump(__version__)},\n"findings": ['
        yield from in_blocks(_findings(report))
        yield f'],\n"files": {_dump([asdict(file) for file in report.files])},\n'
        yield f'"errors": {_dump([asdict(error) for error in report.errors])},\n'
        yield f'"skipped": {_dump([asdict(error) for error in report.skipped])},\n'
        yield f'"summary": {_dump(_summary(report))}}}\n'


def _findings(report: Report) -> Iterator[str]:
    mark = "\n"
    for item in report.findings:
        yield mark + _dump(item.as_json())
        mark = ",\n"


def _summary(report: Report) -> dict[str, Any]:
    safe, unsafe = fixable(report.findings)
    return {
        "findings": len(report.findings),
        "files": len(report.files),
        "tokens": report.tokens,
        "fixable": {"safe": safe, "unsafe": unsafe},
        "fixed": sum(report.fixed.values()),
        "covered": report.covered,
        "rules": dict(sorted(Counter(item.code for item in report.findings).items())),
        "severities": dict(sorted(Counter(item.severity for item in report.findings).items())),
    }


def _dump(data: Any) -> str:
    return json_text(data)
