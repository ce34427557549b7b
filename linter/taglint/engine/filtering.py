"""The stage between a run's findings and its report: what is covered is not reported.

Suppressions, decisions and the baseline are filters, in this order: what one has covered the next
does not see, so that no accepted place is spent on a finding that is suppressed anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from taglint.engine.session import Session
from taglint.findings import Finding
from taglint.report import Report


@dataclass
class Run:
    """What filters may ask about a run.

    narrowed: whether it was asked for fewer rules or findings than are configured. whole: whether
    it was not, and all of the configured corpus was checked; only then is it known what is gone.
    elsewhere: the report of those files of the corpus that are not checked;
    asking for it has them checked.
    """

    session: Session
    narrowed: bool = False
    whole: bool = False
    elsewhere: Callable[[], Report] = Report


class Screened(NamedTuple):
    """The findings that stay, in order, and what there is to say of the filter itself."""

    kept: Sequence[Finding]
    added: Sequence[Finding] = ()


class Filter(Protocol):
    """Something that covers findings. `name` is what they are called then: `in the baseline`."""

    name: str

    def screen(self, report: Report, run: Run) -> Screened:
        """What stays of a report's findings. May add to the report's `notes`."""


def filtered(report: Report, filters: Sequence[Filter], run: Run) -> Report:
    """The report with what stays of its findings, and the numbers of those that do not."""
    report = replace(report, covered=dict(report.covered), notes=list(report.notes))
    for index, item in enumerate(filters):
        kept, added = item.screen(report, _before(filters[:index], run))
        if len(kept) < len(report.findings):
            report.covered[item.name] = len(report.findings) - len(kept)
        report.findings = [*kept, *added]
        if added:
            report.findings.sort(key=Finding.sort_key)
    return report


def _before(filters: Sequence[Filter], run: Run) -> Run:
    """The run as a filter sees it: other files have passed the filters before it as well."""
    if not filters:
        return run
    return replace(run, elsewhere=lambda: filtered(run.elsewhere(), filters, Run(run.session)))
