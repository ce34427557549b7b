"""What several rules say of one place is said once, by the rule with the strongest grounds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate

from taglint.findings import Finding
from taglint.rules import Rule, Scope


def said_once(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    """A file's findings, less those inside of one of a rule that theirs names in `unless`.

    What the corpus speaks for is only silenced by what is as sure: else asking for less confidence
    would hide it behind guesses.
    """
    every = list(findings)
    stronger = {code for item in every for code in rules[item.code].unless}
    extents = {code: _Extents(item for item in every if item.code == code) for code in stronger}
    return [item for item in every if not _is_said(item, rules, extents)]


def _is_said(item: Finding, rules: Mapping[str, Rule], extents: Mapping[str, _Extents]) -> bool:
    rule = rules[item.code]
    least = item.confidence if rule.scope is Scope.CORPUS else 0.0
    return any(extents[code].hold(item, least) for code in rule.unless)


class _Extents:
    """Where findings of one rule are."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._findings = sorted(findings, key=lambda item: (item.start, item.end))
        self._starts = [item.start for item in self._findings]
        # The furthest end of all that begin up to each.
        self._ends = list(accumulate((item.end for item in self._findings), max))

    def hold(self, item: Finding, least: float) -> bool:
        """Whether one that is so sure reaches over a finding, or stands just there."""
        before = bisect_right(self._starts, item.start)
        while before and self._ends[before - 1] >= item.end:
            before -= 1
            other = self._findings[before]
            if other.end >= item.end and other.confidence >= least:
                return True
        return False
