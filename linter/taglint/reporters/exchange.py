"""What the formats for other programs share: paths, text that any reader takes, single edits."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from taglint.findings import Edit, Finding, Fix
from taglint.patterns import lazy
from taglint.report import FileError, Report
from taglint.reporters.display import escaped

# What XML 1.0 cannot hold in any spelling, beyond what `escaped` takes out.
NO_XML = lazy("[\ufffe\uffff]")
ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
LONE = lazy("[\ud800-\udfff]")

# What JSON may hold as it is, but drives the terminal that it is printed on.
DRIVING = lazy("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")

Item = TypeVar("Item", Finding, FileError)


def relative(path: str) -> str:
    """A path as services want it: relative to the working directory where it is below it, with
    forward slashes."""
    if os.path.isabs(path):  # noqa: PTH117
        below = os.path.relpath(path)
        path = path if below.startswith("..") else below
    return path.replace(os.sep, "/")


def json_text(data: Any) -> str:
    """JSON in one line, with its letters as they are."""
    text = json.dumps(data, ensure_ascii=False)
    return DRIVING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def uri(path: str) -> str:
    """A path as a relative URI, or as a `file:` one where it is absolute."""
    from urllib.parse import quote

    name = relative(path)
    quoted = quote(os.fsencode(name), safe="/-._~!$&'()*+,;=@")
    return f"file://{quoted}" if name.startswith("/") else quoted.replace("//", "/")


def xml(text: str) -> str:
    """Text as XML, in elements and in attributes; what XML cannot hold is shown as an escape."""
    clean = NO_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped(text))
    return clean.translate(ENTITIES)


def whole(text: str) -> str:
    """Text without lone surrogates, which stand for undecodable bytes and which many JSON readers
    refuse: those bytes are shown as they are by the other formats."""
    return LONE.sub(lambda found: escaped(found[0]), text)


def headline(item: Finding) -> str:
    """A finding in one line: code, name and message."""
    return f"{item.code} {item.name}: {escaped(item.message)}"


def single_edit(text: str, fix: Fix) -> Edit | None:
    """A fix as one edit; None where it cannot be shown to others: where the text is not the one it
    was made for, or holds undecodable bytes there."""
    edits = sorted(fix.edits)
    if not edits or edits[-1].end > len(text):
        return None
    start, at = edits[0].start, edits[0].start
    pieces: list[str] = []
    for edit in edits:
        pieces += (text[at : edit.start], edit.text)
        at = edit.end
    new = "".join(pieces)
    return None if LONE.search(new) else Edit(start, at, new)


def by_path(report: Report) -> Iterator[tuple[str, list[Finding], list[FileError]]]:
    """Every file that was checked or could not be, with what is to be said of it."""
    findings: dict[str, list[Finding]] = {}
    errors: dict[str, list[FileError]] = {}
    _collect(report.findings, findings)
    _collect(report.errors, errors)
    for path in dict.fromkeys((*(file.path for file in report.files), *findings, *errors)):
        yield path, findings.get(path, []), errors.get(path, [])


def _collect(items: Iterable[Item], by_path: dict[str, list[Item]]) -> None:
    for item in items:
        by_path.setdefault(item.path, []).append(item)
