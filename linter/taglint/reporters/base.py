"""What a reporter is: it turns a run's report into text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from taglint.report import Report
from taglint.rules import Rule


@dataclass(frozen=True, slots=True)
class Look:
    """How output may look: with colours or not, and how many columns a line has."""

    color: bool = False
    width: int = 100


class Reporter(Protocol):
    """An output format. `title` says what it is for, in a few words."""

    name: str
    title: str

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterable[str]:
        """The output in pieces, line ends included. `rules` are all rules by code."""
