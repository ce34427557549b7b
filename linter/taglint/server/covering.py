"""What covers findings in a project: suppressions, decisions and the baseline.

Suppressions and the baseline are read anew when they change; decisions also change what rules
know, so that a changed file of decisions makes a new project.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from taglint.configuration import Configuration
from taglint.decisions import Decision
from taglint.engine.baseline import BaselineFilter, read_baseline
from taglint.engine.deciding import DecidedFilter
from taglint.engine.filtering import Filter, Run, filtered
from taglint.engine.session import Session
from taglint.engine.suppressing import Suppressions
from taglint.report import Report
from taglint.server.stamps import Stamp, stamp
from taglint.suppressions import NAME


class Cover:
    def __init__(self, configuration: Configuration, decisions: Mapping[Decision, int]) -> None:
        self._decisions = decisions
        self.suppressions = Path(configuration.suppressions or configuration.root / NAME)
        self._must_exist = configuration.suppressions is not None
        self._baseline = Path(configuration.baseline) if configuration.baseline else None
        self._filters: list[Filter] = []
        self._stamp: Stamp = ()
        self.refresh()

    @property
    def files(self) -> list[Path]:
        return [self.suppressions, *([self._baseline] if self._baseline else [])]

    def refresh(self) -> bool:
        """Read again what has changed, if anything. Raises `TaglintError` where it cannot."""
        now = stamp(self.files)
        if now == self._stamp:
            return False
        there = self._must_exist or self.suppressions.is_file()
        filters: list[Filter] = [Suppressions(self.suppressions if there else None)]
        if self._decisions:
            filters.append(DecidedFilter(self._decisions))
        if self._baseline:
            filters.append(BaselineFilter(read_baseline(self._baseline)))
        self._filters, self._stamp = filters, now
        return True

    def screened(
        self, report: Report, session: Session, elsewhere: Callable[[], Report] = Report
    ) -> Report:
        """The report without what is covered. elsewhere: that of the rest of the corpus."""
        return filtered(report, self._filters, Run(session, elsewhere=elsewhere))
