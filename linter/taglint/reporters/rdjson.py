"""Reviewdog's diagnostic format: one JSON object, columns in bytes of UTF-8."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from taglint.corpus.lines import LineIndex
from taglint.findings import Finding, Severity
from taglint.report import FileError, Report
from taglint.reporters.base import Look, in_blocks
from taglint.reporters.display import escaped
from taglint.reporters.exchange import headline, json_text, single_edit, whole
from taglint.rules import Rule

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


class RdJson:
    name = "rdjson"
    title = "diagnostics for reviewdog"
    suffixes = (".json",)

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterator[str]:
        yield '{"source": {"name": "taglint"}, "severity": "WARNING", "diagnostics": ['
        yield from in_blocks(_listed(report))
        yield "\n]}\n"


def _listed(report: Report) -> Iterator[str]:
    mark = "\n"
    for diagnostic in _diagnostics(report):
        yield mark + json_text(diagnostic)
        mark = ",\n"


def _diagnostics(report: Report) -> Iterator[dict[str, Any]]:
    yield from map(_failure, report.errors)
    for path, items in groupby(report.findings, lambda item: item.path):
        places = Places(report.text(path))
        yield from (_diagnostic(item, places) for item in items)


class Places:
    """Lines and UTF-8 columns of offsets in a text. Asked in order, it reads each line once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = LineIndex(text)
        self._last = (0, 0, 1)

    def position(self, offset: int) -> dict[str, int]:
        line, column = self._lines.position(min(offset, len(self.text)))
        known_line, known_offset, bytes_before = self._last
        if line != known_line or offset < known_offset:
            known_offset, bytes_before = offset - column + 1, 1
        # A lone surrogate stands for one byte that could not be decoded.
        between = self.text[known_offset:offset].encode("utf-8", "replace")
        self._last = (line, offset, bytes_before + len(between))
        return {"line": line, "column": self._last[2]}

    def range(self, start: int, end: int) -> dict[str, Any]:
        return {"start": self.position(start), "end": self.position(end)}


def _diagnostic(item: Finding, places: Places) -> dict[str, Any]:
    made: dict[str, Any] = {
        "message": headline(item),
        "location": {"path": whole(item.path), "range": places.range(item.start, item.end)},
        "severity": SEVERITIES[item.severity],
        "code": {"value": item.code},
    }
    edit = single_edit(places.text, item.fix) if item.fix else None
    if edit:
        place = places.range(edit.start, edit.end)
        made["suggestions"] = [{"range": place, "text": edit.text}]
    return made


def _failure(error: FileError) -> dict[str, Any]:
    location = {"path": whole(error.path)}
    return {"message": escaped(error.message), "location": location, "severity": "ERROR"}
