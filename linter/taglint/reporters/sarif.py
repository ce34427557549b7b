"""SARIF 2.1.0, for code scanning services and editors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from taglint import __version__
from taglint.corpus.lines import LINE_END, LineIndex
from taglint.findings import Edit, Evidence, Finding, Fix, Severity
from taglint.report import FileError, Report
from taglint.reporters.base import Look, in_blocks
from taglint.reporters.display import escaped
from taglint.reporters.exchange import json_text, single_edit, uri, whole
from taglint.rules import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# Services take so many results of a run at most, and few people read a thousand of one kind.
MOST_OF_A_RULE, MOST = 1_000, 25_000
# Characters: of findings that are quoted, and beside them.
LONGEST, AROUND = 500, 60
ROOT = "%SRCROOT%"


class Sarif:
    name = "sarif"
    title = "SARIF 2.1.0"
    suffixes = (".sarif", ".json")

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterator[str]:
        shown, left_out = capped(report.findings)
        codes = sorted({item.code for item in shown})
        driver = {
            "name": "taglint",
            "version": __version__,
            "semanticVersion": __version__,
            "rules": [_rule(rules[code]) for code in codes if code in rules],
        }
        yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{\n'
        yield f'"tool": {{"driver": {_dump(driver)}}},\n'
        yield '"columnKind": "unicodeCodePoints",\n'
        yield f'"invocations": [{_dump(_invocation(report, left_out))}],\n'
        yield '"results": ['
        yield from in_blocks(_listed(report, shown, codes))
        yield "\n]}]}\n"


def capped(findings: Iterable[Finding]) -> tuple[list[Finding], Counter[str]]:
    """The findings that are listed, and how many of each rule are not."""
    counts: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    shown: list[Finding] = []
    for item in findings:
        counts[item.code] += 1
        if counts[item.code] > MOST_OF_A_RULE or len(shown) >= MOST:
            left_out[item.code] += 1
        else:
            shown.append(item)
    return shown, left_out


def _rule(rule: Rule) -> dict[str, Any]:
    words = (word.capitalize() for word in rule.name.split("-"))
    summary = rule.summary.rstrip(".") + "."
    return {
        "id": rule.code,
        "name": "".join(words),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": rule.doc.strip(), "markdown": rule.doc.strip()},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": ["corpus", rule.family]},
    }


def _invocation(report: Report, left_out: Counter[str]) -> dict[str, Any]:
    notes = [
        _note(f"{code}: {number:,} more findings are not listed")
        for code, number in sorted(left_out.items())
    ]
    return {
        "executionSuccessful": not report.errors,
        "toolExecutionNotifications": [*map(_failure, report.errors), *notes],
    }


def _note(text: str) -> dict[str, Any]:
    return {"level": "note", "message": {"text": text}}


def _failure(error: FileError) -> dict[str, Any]:
    place = {"physicalLocation": {"artifactLocation": _artifact(error.path)}}
    message = {"text": escaped(error.message)}
    return {"level": "error", "message": message, "locations": [place]}


def _listed(report: Report, findings: Iterable[Finding], codes: list[str]) -> Iterator[str]:
    mark = "\n"
    for path, items in groupby(findings, lambda item: item.path):
        lines = LineIndex(report.text(path))
        for item in items:
            yield mark + _dump(_result(item, lines, codes.index(item.code)))
            mark = ",\n"


def _result(item: Finding, lines: LineIndex, rule: int) -> dict[str, Any]:
    text = lines.text
    result: dict[str, Any] = {
        "ruleId": item.code,
        "ruleIndex": rule,
        "level": LEVELS[item.severity],
        "message": {"text": escaped(item.message)},
        "locations": [{"physicalLocation": _place(item, text)}],
        "partialFingerprints": {"taglint/v1": item.fingerprint},
        "properties": {"confidence": item.confidence, "tokens": [whole(t) for t in item.tokens]},
    }
    if item.evidence:
        result["relatedLocations"] = [_related(place) for place in item.evidence]
    edit = single_edit(text, item.fix) if item.fix else None
    if item.fix and edit:
        result["fixes"] = [_fix(item.path, item.fix, edit, lines)]
    return result


def _artifact(path: str) -> dict[str, Any]:
    name = uri(path)
    return {"uri": name} if ":" in name else {"uri": name, "uriBaseId": ROOT}


def _place(item: Finding, text: str) -> dict[str, Any]:
    region = _region((item.line, item.column), (item.end_line, item.end_column))
    place = {"artifactLocation": _artifact(item.path), "region": region}
    line_start = item.start - item.column + 1
    if item.line != item.end_line or item.end > len(text) or item.end - item.start > LONGEST:
        return place
    # A line may be a whole document: what stands beside the finding is its context.
    start = max(line_start, item.start - AROUND)
    end = item.end + len(LINE_END.split(text[item.end : item.end + AROUND], maxsplit=1)[0])
    columns = start - line_start + 1, end - line_start + 1
    around = _region((item.line, columns[0]), (item.line, columns[1]))
    region["snippet"] = {"text": whole(text[item.start : item.end])}
    if (start, end) == (item.start, item.end):
        return place
    around["snippet"] = {"text": whole(text[start:end])}
    return place | {"contextRegion": around}


def _region(start: tuple[int, int], end: tuple[int, int]) -> dict[str, Any]:
    """A region of lines and columns."""
    names = ("startLine", "startColumn", "endLine", "endColumn")
    return dict(zip(names, (*start, *end), strict=True))


def _related(evidence: Evidence) -> dict[str, Any]:
    region = {"startLine": evidence.line, "startColumn": evidence.column}
    place = {"artifactLocation": _artifact(evidence.path), "region": region}
    return {"physicalLocation": place, "message": {"text": escaped(evidence.text)}}


def _fix(path: str, fix: Fix, edit: Edit, lines: LineIndex) -> dict[str, Any]:
    deleted = _region(lines.position(edit.start), lines.position(edit.end))
    replacement = {"deletedRegion": deleted, "insertedContent": {"text": edit.text}}
    change = {"artifactLocation": _artifact(path), "replacements": [replacement]}
    text = f"{escaped(fix.message)} ({fix.applicability})"
    return {"description": {"text": text}, "artifactChanges": [change]}


def _dump(data: Any) -> str:
    return json_text(data)
