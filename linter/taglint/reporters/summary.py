"""The last line for people: how much was found, in how much, and what of it can be fixed."""

from __future__ import annotations

from collections.abc import Iterable

from taglint.findings import Applicability, Finding, Severity
from taglint.report import Report
from taglint.reporters.display import BLUE, BOLD, RED, YELLOW, painted

SEVERITY_STYLES = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.INFO: BLUE}


def counted(number: int, noun: str) -> str:
    """`1 file`, `1,200 files`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def applicable(item: Finding) -> str:
    """`safe` or `unsafe` where a finding has a fix that can be applied, else nothing."""
    if item.fix is None or item.fix.applicability is Applicability.DISPLAY:
        return ""
    return item.fix.applicability.value


def fixable(findings: Iterable[Finding]) -> tuple[int, int]:
    """How many findings have a safe fix, and how many an unsafe one."""
    kinds = [applicable(item) for item in findings]
    return kinds.count("safe"), kinds.count("unsafe")


def summary(report: Report, color: bool = False) -> str:
    """The line of totals; empty where no file was checked."""
    if not report.files and not report.findings:
        return ""
    found = counted(len(report.findings), "finding")
    found = painted(f"Found {found}" if report.findings else "No findings", BOLD, color)
    covered = (f"{number:,} {name}" for name, number in report.covered.items())
    found += f" ({', '.join(covered)})" if report.covered else ""
    files, tokens = counted(len(report.files), "file"), counted(report.tokens, "token")
    return f"{found} in {files}, {tokens}{_remedies(report)}\n"


def _remedies(report: Report) -> str:
    safe, unsafe = fixable(report.findings)
    parts = [f"{safe:,} fixable with --fix"] if safe else []
    if unsafe:
        more = " more" if safe else " fixable"
        parts.append(f"{unsafe:,}{more} with --fix --unsafe-fixes")
    return "; " + ", ".join(parts) if parts else ""
