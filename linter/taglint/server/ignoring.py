"""Ignores a finding with a reason: in a comment above its sentence where the format has comments,
else in the file of suppressions beside the corpus."""

from __future__ import annotations

import json
import os
from pathlib import Path

from taglint.configuration.nodes import read_yaml
from taglint.corpus.files import replace_file
from taglint.findings import Edit, Finding, TaglintError
from taglint.formats.base import has_remarks
from taglint.server.view import View

NO_REASON = "set aside in the editor"


def comment(view: View, finding: Finding, reason: str) -> Edit | None:
    """The comment that ignores a finding; None where the format has none."""
    document = view.document
    assert document is not None
    format_ = view.project.plugins.formats[document.format]
    if not has_remarks(format_) or not len(document):
        return None
    first = min(document.token_at(finding.start), len(document) - 1)
    sentence = document.sentence_tokens(document.sentence_of(first))
    line, _ = document.lines.position(document.span(sentence.start).start)
    start, end = document.lines.starts[line - 1], document.lines.bounds(line)[1]
    line_end = document.text[end : end + 2] if document.text[end : end + 2] == "\r\n" else "\n"
    return Edit(start, start, f"# taglint: ignore {finding.code}: {_plain(reason)}{line_end}")


def write_entry(path: Path, finding: Finding, reason: str) -> int:
    """Add an entry for a finding to a file of suppressions, and return the line it begins on.

    Raises `TaglintError` where the file cannot take one more entry at its end.
    """
    before = _read(path)
    start = before if not before or before.endswith(b"\n") else before + b"\n"
    # A string of JSON is one of YAML.
    entry = (
        f"- rules: [{finding.code}]\n  fingerprints: [{json.dumps(finding.fingerprint)}]\n"
        f"  reason: {json.dumps(_plain(reason), ensure_ascii=False)}\n"
    )
    after = start + entry.encode("utf-8")
    if _entries(after, path) != _entries(before, path) + 1:
        raise TaglintError(f"{path}: cannot add an entry; write it by hand:\n{entry}")
    try:
        if not os.path.lexists(path):
            path.open("xb").close()
        replace_file(path, after)
    except OSError as error:
        raise TaglintError(f"{path}: cannot write: {error.strerror}") from error
    return start.count(b"\n") + 1


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise TaglintError(f"{path}: cannot read it: {error.strerror}") from error


def _entries(data: bytes, path: Path) -> int:
    """The number of entries of a file's bytes, -1 where they are no list."""
    tree = read_yaml(data, str(path))
    if tree.root is None:
        return 0 if not tree.mistakes else -1
    return len(tree.root.value) if isinstance(tree.root.value, list) else -1


def _plain(reason: str) -> str:
    """On one line, and without what a file cannot hold."""
    text = " ".join(reason.split()) or NO_REASON
    return text.encode("utf-8", "replace").decode("utf-8")
