"""Processor time of each reporter for 20,000 findings on one line of Chinese text.

    python benchmarks/reporters.py [FINDINGS]

The last column has every finding in a group of its own, so that `full` prints all of them.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from taglint.findings import Applicability, Edit, Finding, Fix, Severity
from taglint.plugins import installed
from taglint.report import FileSummary, Report
from taglint.reporters.base import Look

TOKEN = "深度学习/gi "


def findings(number: int, groups: int) -> Iterator[Finding]:
    """One finding a token, in so many groups."""
    for index in range(number):
        start = index * len(TOKEN)
        end = start + len(TOKEN) - 1
        fix = Fix(Applicability.UNSAFE, "tag it n", (Edit(end - 2, end, "n"),))
        yield Finding(
            path="line.txt", start=start, end=end, code="TAG001", name="unknown-tag",
            severity=Severity.WARNING, message="tag gi is not in the tagset pku98", line=1,
            column=start + 1, end_line=1, end_column=end + 1, sentence="1", token=index + 1,
            tokens=(TOKEN.strip(),), confidence=0.9, fingerprint="0" * 16,
            group=f"TAG001:{index % groups}", fix=fix,
        )  # fmt: skip


def seconds(name: str, report: Report) -> float:
    reporter = installed().reporters[name]
    began = time.process_time()
    size = sum(map(len, reporter.report(report, {}, Look())))
    assert size
    return time.process_time() - began


def main(number: int) -> None:
    text = TOKEN * number
    files = [FileSummary("line.txt", "slash", "pku98", "utf-8", number, 1)]
    few, many = (
        Report(list(findings(number, groups)), files, text=lambda path: text)
        for groups in (100, number)
    )
    print(f"{'reporter':12}{'100 groups, s':>16}{f'{number:,} groups, s':>20}")
    reporters = installed().reporters
    for name in reporters:
        print(f"{name:12}{seconds(name, few):>16.3f}{seconds(name, many):>20.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
