"""For reading: each finding with its source line, its fix and its evidence.

Findings with one cause are shown as one: the first places in full, the others in a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from taglint.findings import Evidence, Finding
from taglint.report import Report
from taglint.reporters.base import Look, in_blocks
from taglint.reporters.display import (
    BOLD,
    CYAN,
    ELLIPSIS,
    FAINT,
    GREEN,
    columns,
    escaped,
    fits,
    painted,
    shortened,
)
from taglint.reporters.snippets import suggestion, window, without_common_ends
from taglint.reporters.summary import SEVERITY_STYLES, counted, summary
from taglint.rules import Rule

# Places of a group, and evidence of a finding, that are shown in full.
PLACES = 3
EVIDENCE = 5
# Texts of files kept at hand: a group goes through several files.
TEXTS = 16


class Full:
    name = "full"
    title = "findings with source lines, fixes and evidence"

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterator[str]:
        page = Page(lru_cache(TEXTS)(report.text), look)
        yield from in_blocks(page.cause(items) for items in causes(report.findings))
        if look.summary:
            yield summary(report, look.color)


def causes(findings: Iterable[Finding]) -> Iterable[list[Finding]]:
    """The findings by cause, in order of each cause's first place."""
    groups: dict[str, list[Finding]] = {}
    for item in findings:
        key = item.group or f"\0{len(groups)}"
        groups.setdefault(key, []).append(item)
    return groups.values()


class Page:
    """Lays findings out; `text` gives the text of a path."""

    def __init__(self, text: Callable[[str], str], look: Look) -> None:
        self.text = text
        self.look = look

    def paint(self, text: str, style: str) -> str:
        return painted(text, style, self.look.color)

    def cause(self, items: list[Finding]) -> str:
        """One cause: its first places in full, the others in one line, and a blank line."""
        lines: list[str] = []
        evidence: tuple[Evidence, ...] = ()
        for item in items[:PLACES]:
            lines += self.finding(item)
            if item.evidence != evidence:
                lines += self.evidence(item.evidence)
                evidence = item.evidence
        if len(items) > PLACES:
            lines.append(self.others(items[:PLACES], items[PLACES:]))
        return "\n".join((*lines, "", ""))

    def finding(self, item: Finding) -> Iterator[str]:
        yield self.header(item)
        text = self.text(item.path)
        yield from self.snippet(text, item)
        if item.fix is not None:
            yield self.fix(text, item)

    def header(self, item: Finding) -> str:
        place = self.paint(escaped(item.path), BOLD) + f":{item.line}:{item.column}:"
        severity = self.paint(item.severity, SEVERITY_STYLES[item.severity])
        name = f"{self.paint(item.code, CYAN)} {item.name} {severity}:"
        # .997 is not certain, and must not be shown as 1.00.
        sure = f" (confidence {min(item.confidence, 0.99):.2f})" if item.confidence < 1 else ""
        return f"{place} {name} {escaped(item.message)}{sure}"

    def snippet(self, text: str, item: Finding) -> Iterator[str]:
        number = f"{item.line:>5} | "
        shown = window(text, item, self.look.width - len(number))
        if shown is None:
            return
        before, carets = shown.carets
        yield self.paint(number, FAINT) + shown.line
        gutter = self.paint(" " * (len(number) - 2) + "| ", FAINT)
        yield gutter + " " * before + self.paint("^" * carets, SEVERITY_STYLES[item.severity])

    def fix(self, text: str, item: Finding) -> str:
        assert item.fix is not None
        label = f"fix ({item.fix.applicability}):"
        room = self.look.width - 7 - len(label)
        shown = _change(item.fix.message, suggestion(text, item, item.fix), room)
        return f"      {self.paint(label, GREEN)} {shown}"

    def evidence(self, lines: tuple[Evidence, ...]) -> Iterator[str]:
        for line in lines[:EVIDENCE]:
            place = f"{escaped(line.path)}:{line.line}:{line.column}:"
            room = max(20, self.look.width - 12 - columns(place))
            text = shortened(escaped(line.text), room)
            yield f"      {self.paint('see', FAINT)} {self.paint(place, FAINT)} {text}"
        if len(lines) > EVIDENCE:
            yield f"      {ELLIPSIS} and {len(lines) - EVIDENCE:,} more"

    def others(self, shown: list[Finding], items: list[Finding]) -> str:
        """Places that are not shown in full, in one line; with their tokens where those differ."""
        line = f"{ELLIPSIS} and {counted(len(items), 'more place')}:"
        tokens = {item.tokens for item in shown}
        path = shown[-1].path
        for item in items:
            place = f"{item.line}:{item.column}"
            if item.path != path:
                path = item.path
                place = f"{escaped(path)}:{place}"
            if item.tokens not in tokens or len(tokens) > 1:
                place += f" {shortened(escaped(_named(item.tokens)), 20)}"
            if columns(line) + columns(place) + 4 > self.look.width:
                return f"{line} {ELLIPSIS}"
            line += f" {place},"
        return line.removesuffix(",")


def _change(message: str, change: tuple[str, str], room: int) -> str:
    """What a fix does, and the text before and after it as far as it fits."""
    if not change[0]:
        return shortened(escaped(message), room)
    line = f"{escaped(message)}: {change[0]} → {change[1]}"
    if not fits(line, room):
        before, after = without_common_ends(*change)
        line = f"{escaped(message)}: {before} → {after}"
    return shortened(line, room)


def _named(tokens: tuple[str, ...]) -> str:
    """Tokens in short: of those in columns the first two, which are number or form, and tag."""
    return " ".join(" ".join(token.split("\t")[:2]) for token in tokens[:5])
