"""Findings of an earlier text where they stand in a later one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from taglint.findings import Edit, Finding, Fix


def carried(findings: Iterable[Finding], before: str, after: str) -> list[Finding]:
    """The findings that lie outside of what has changed, moved along with their fixes."""
    start = common(before, after)
    end = len(before) - common(before[start:][::-1], after[start:][::-1])
    shift = len(after) - len(before)
    kept = (item for item in findings if _reach(item)[1] <= start or _reach(item)[0] >= end)
    return [_moved(item, shift if _reach(item)[0] >= end else 0) for item in kept]


def common(left: str, right: str) -> int:
    """How many characters two texts begin with alike: halves are compared, not characters."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _reach(finding: Finding) -> tuple[int, int]:
    """The extent of a finding and its fix."""
    edits: tuple[Edit, ...] = finding.fix.edits if finding.fix else ()
    starts, ends = [edit.start for edit in edits], [edit.end for edit in edits]
    return min(finding.start, *starts, finding.end), max(finding.end, *ends, finding.start)


def _moved(finding: Finding, shift: int) -> Finding:
    """Lines and columns stay what they were: the server tells places by their offsets."""
    if not shift:
        return finding
    fix = finding.fix and Fix(
        finding.fix.applicability,
        finding.fix.message,
        tuple(Edit(item.start + shift, item.end + shift, item.text) for item in finding.fix.edits),
    )
    return replace(finding, start=finding.start + shift, end=finding.end + shift, fix=fix)
