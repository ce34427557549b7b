"""How many findings a run has, by rule, family and file, and how dense they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from taglint.findings import Finding
from taglint.report import Report
from taglint.reporters.summary import applicable

PER = 1000


def per_thousand(number: int, tokens: int) -> float:
    """Findings in a thousand tokens, to two decimals."""
    return round(PER * number / tokens, 2) if tokens else 0.0


def family(code: str) -> str:
    return code.rstrip("0123456789")


def rates(report: Report) -> dict[str, Any]:
    """The findings by rule and by file, most first; `covered` are those not reported."""
    return {
        "findings": len(report.findings),
        "per_thousand": per_thousand(len(report.findings), report.tokens),
        "covered": dict(report.covered),
        "families": dict(sorted(Counter(family(item.code) for item in report.findings).items())),
        "rules": by_rule(report.findings, report.tokens),
        "documents": by_file(report),
    }


def by_rule(findings: Iterable[Finding], tokens: int) -> list[dict[str, Any]]:
    groups: dict[str, list[Finding]] = {}
    for item in findings:
        groups.setdefault(item.code, []).append(item)
    rows = [
        {
            "code": code,
            "name": items[0].name,
            "severity": items[0].severity.value,
            "findings": len(items),
            "per_thousand": per_thousand(len(items), tokens),
            "files": len({item.path for item in items}),
            "fixable": sum(bool(applicable(item)) for item in items),
        }
        for code, items in groups.items()
    ]
    return sorted(rows, key=lambda row: (-row["findings"], row["code"]))


def by_file(report: Report) -> list[dict[str, Any]]:
    """Every file with its findings by family, worst first: most findings in a thousand tokens."""
    families: dict[str, Counter[str]] = {file.path: Counter() for file in report.files}
    for item in report.findings:
        families.setdefault(item.path, Counter())[family(item.code)] += 1
    rows = [
        {
            "path": file.path,
            "tokens": file.tokens,
            "findings": families[file.path].total(),
            "per_thousand": per_thousand(families[file.path].total(), file.tokens),
            "families": dict(sorted(families[file.path].items())),
        }
        for file in report.files
    ]
    return sorted(rows, key=lambda row: (-row["per_thousand"], -row["findings"], row["path"]))
