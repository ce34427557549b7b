"""JUnit's XML: a suite for each file, a failed case for each finding or a passed one."""

from __future__ import annotations

from collections.abc import Iterator

from taglint.findings import Finding
from taglint.report import FileError, Report
from taglint.reporters.base import Look, in_blocks
from taglint.reporters.exchange import by_path, headline, xml
from taglint.rules import Rule


class JUnit:
    name = "junit"
    title = "JUnit XML"
    suffixes = (".xml",)

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterator[str]:
        files = list(by_path(report))
        cases = sum(len(findings) + len(errors) or 1 for _, findings, errors in files)
        yield '<?xml version="1.0" encoding="utf-8"?>\n'
        counts = _counts(cases, len(report.findings), len(report.errors))
        yield f'<testsuites name="taglint" {counts}>\n'
        yield from in_blocks(piece for file in files for piece in _suite(*file))
        yield "</testsuites>\n"


def _counts(cases: int, failures: int, errors: int) -> str:
    return f'tests="{cases}" failures="{failures}" errors="{errors}" time="0"'


def _suite(path: str, findings: list[Finding], errors: list[FileError]) -> Iterator[str]:
    name = xml(path)
    cases = len(findings) + len(errors) or 1
    counts = _counts(cases, len(findings), len(errors))
    yield f'  <testsuite name="{name}" {counts} skipped="0">\n'
    if not findings and not errors:
        yield f'    <testcase name="taglint" classname="{name}" time="0"/>\n'
    for error in errors:
        message = xml(error.message)
        inner = f'<error message="{message}" type="taglint"/>'
        yield f'    <testcase name="taglint" classname="{name}" time="0">{inner}</testcase>\n'
    for item in findings:
        yield _case(item, name)
    yield "  </testsuite>\n"


def _case(item: Finding, path: str) -> str:
    message = xml(headline(item))
    name = f"{item.code} {item.name} {item.line}:{item.column}"
    return (
        f'    <testcase name="{xml(name)}" classname="{path}" time="0">'
        f'<failure message="{message}" type="{item.severity}">'
        f"{path}:{item.line}:{item.column}: {message}</failure></testcase>\n"
    )
