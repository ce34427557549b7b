"""A reporter: findings as tab-separated values."""

from collections.abc import Iterator

from taglint.report import Report
from taglint.reporters.base import Look
from taglint.rules import Rule


class Tsv:
    name = "tsv"
    title = "tab-separated values"

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterator[str]:
        yield "path\tline\tcolumn\tcode\tmessage\n"
        for item in report.findings:
            yield f"{item.path}\t{item.line}\t{item.column}\t{item.code}\t{item.message}\n"
