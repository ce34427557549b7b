"""Checkstyle's XML, which many CI services and editors read."""

from __future__ import annotations

from collections.abc import Iterator

from taglint.findings import Finding, Severity
from taglint.report import FileError, Report
from taglint.reporters.base import Look, in_blocks
from taglint.reporters.exchange import by_path, headline, xml
from taglint.rules import Rule

# The version of the format, by which readers choose their parser.
VERSION = "4.3"
SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


class Checkstyle:
    name = "checkstyle"
    title = "checkstyle XML"
    suffixes = (".xml",)

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterator[str]:
        yield f'<?xml version="1.0" encoding="utf-8"?>\n<checkstyle version="{VERSION}">\n'
        yield from in_blocks(_files(report))
        yield "</checkstyle>\n"


def _files(report: Report) -> Iterator[str]:
    for path, findings, errors in by_path(report):
        yield f'  <file name="{xml(path)}">\n'
        yield from map(_failure, errors)
        yield from map(_error, findings)
        yield "  </file>\n"


def _error(item: Finding) -> str:
    return (
        f'    <error line="{item.line}" column="{item.column}" '
        f'severity="{SEVERITIES[item.severity]}" message="{xml(headline(item))}" '
        f'source="taglint.{item.code}"/>\n'
    )


def _failure(error: FileError) -> str:
    return (
        f'    <error line="1" severity="error" message="{xml(error.message)}" source="taglint"/>\n'
    )
