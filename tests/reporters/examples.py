"""Small findings for the tests of reporters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from taglint.findings import Applicability, Edit, Finding, Fix, Severity
from taglint.plugins import installed
from taglint.report import FileSummary, Report
from taglint.reporters.base import Look

TEXT = "今天/t 天气／n 很/d 好/a ,/n\n完/v\n"


def finding(text: str, start: int, end: int, **fields: Any) -> Finding:
    """A finding on a span of a text; fields that are not given are plain."""
    line_start = text.rfind("\n", 0, start) + 1
    values: dict[str, Any] = {
        "path": "a.txt",
        "code": "TOK004",
        "name": "wrong-separator",
        "severity": Severity.ERROR,
        "message": "／ stands for the separator",
        "line": text.count("\n", 0, start) + 1,
        "column": start - line_start + 1,
        "end_line": text.count("\n", 0, end) + 1,
        "end_column": end - text.rfind("\n", 0, end),
        "sentence": "1",
        "token": 1,
        "tokens": (text[start:end],),
        "confidence": 1.0,
        "fingerprint": "0123456789abcdef",
        "group": "",
    }
    return Finding(start=start, end=end, **{**values, **fields})


def separator() -> Finding:
    fix = Fix(Applicability.SAFE, "write the separator", (Edit(5, 9, "天气/n"),))
    return finding(TEXT, 5, 9, fix=fix)


def comma() -> Finding:
    return finding(
        TEXT,
        18,
        21,
        code="TAG003",
        name="punctuation-as-word",
        severity=Severity.WARNING,
        message="punctuation mark , is tagged n (noun)",
        confidence=0.95,
        fix=Fix(Applicability.UNSAFE, "tag it w", (Edit(20, 21, "w"),)),
    )


def report(findings: Sequence[Finding], text: str = TEXT, tokens: int = 6) -> Report:
    paths = sorted({item.path for item in findings}) or ["a.txt"]
    files = [FileSummary(path, "slash", "hanlp", "utf-8", tokens, 2) for path in paths]
    return Report(list(findings), files, text=lambda path: text)


def printed(name: str, report: Report, look: Look = Look(width=60)) -> str:  # noqa: B008
    """What a reporter makes of a report."""
    return "".join(installed().reporters[name].report(report, installed().rules, look))
