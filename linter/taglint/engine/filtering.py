"""The stage between a run's findings and its report: what is covered is not reported.

Suppressions, decisions and the baseline are filters, in this order: what one has covered the next
does not see, so that no accepted place is spent on a finding that is suppressed anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from taglint.engine.session import Session
from taglint.findings import Finding
from taglint.report import Report


@dataclass
class Run:
    """What filters may ask about a run.

    whole: whether all of the configured corpus was checked, by all of its rules; only then is it
    known what is gone. elsewhere: the report of those files of the corpus that are not checked;
    asking for it has them checked.
    """

    session: Session
    whole: bool = False
    elsewhere: Callable[[], Report] = Report


class Filter(Protocol):
    """Something that covers findings. `name` is what they are called then: `in the baseline`."""

    name: str

    def kept(self, report: Report, run: Run) -> Sequence[Finding]:
        """The findings of a report that stay, in order. May add to the report's `notes`."""


def filtered(report: Report, filters: Sequence[Filter], run: Run) -> Report:
    """The report with what stays of its findings, and the numbers of those that do not."""
    report = replace(report, covered=dict(report.covered), notes=list(report.notes))
    for index, item in enumerate(filters):
        kept = list(item.kept(report, _before(filters[:index], run)))
        if len(kept) < len(report.findings):
            report.covered[item.name] = len(report.findings) - len(kept)
        report.findings = kept
    return report


def _before(filters: Sequence[Filter], run: Run) -> Run:
    """The run as a filter sees it: other files have passed the filters before it as well."""
    if not filters:
        return run
    return replace(run, elsewhere=lambda: filtered(run.elsewhere(), filters, Run(run.session)))
