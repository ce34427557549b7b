"""What several rules say of one place is said once, by the rule with the strongest grounds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate

from taglint.findings import Finding
from taglint.rules import Rule


def said_once(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    """A file's findings, less those inside of one of a rule that theirs names in `unless`."""
    every = list(findings)
    stronger = {code for item in every for code in rules[item.code].unless}
    extents = {code: _Extents(item for item in every if item.code == code) for code in stronger}
    return [
        item
        for item in every
        if not any(extents[code].hold(item) for code in rules[item.code].unless)
    ]


class _Extents:
    """Where findings of one rule are."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        places = sorted((item.start, item.end) for item in findings)
        self._starts = [start for start, _ in places]
        # The furthest end of all that begin up to each.
        self._ends = list(accumulate((end for _, end in places), max))

    def hold(self, item: Finding) -> bool:
        """Whether one of them reaches over a finding, or stands just there."""
        before = bisect_right(self._starts, item.start)
        return before > 0 and self._ends[before - 1] >= item.end
