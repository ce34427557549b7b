"""Findings, fixes and edits: the plain data that rules produce and reporters print.

Offsets are 0-based code points into the decoded text without the byte order mark; lines and
columns are 1-based code points.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Any


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Applicability(StrEnum):
    """How far a fix may be trusted.

    `SAFE` changes layout or restores what the text already determines, `UNSAFE` changes an
    annotation on evidence, `DISPLAY` is shown only.
    """

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the characters from `start` to before `end` by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    applicability: Applicability
    message: str
    edits: tuple[Edit, ...]

    def as_json(self) -> dict[str, Any]:
        # `asdict` would copy every value: ten times as slow for a report of many findings.
        edits = [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in self.edits]
        return {"applicability": self.applicability, "message": self.message, "edits": edits}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place elsewhere that supports a finding: one concordance line."""

    path: str
    line: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One reported problem. The field order is the sort order: by place, then by code."""

    path: str
    start: int
    end: int
    code: str
    name: str
    severity: Severity
    message: str
    line: int
    column: int
    end_line: int
    end_column: int
    sentence: str
    token: int
    tokens: tuple[str, ...]
    confidence: float
    fingerprint: str
    group: str
    fix: Fix | None = None
    evidence: tuple[Evidence, ...] = ()

    def sort_key(self) -> tuple[str, int, int, str, str]:
        return (self.path, self.start, self.end, self.code, self.message)

    def as_json(self) -> dict[str, Any]:
        """The finding in the key order of the `jsonl` contract."""
        data = {key: getattr(self, key) for key in JSON_KEYS}
        data["fix"] = self.fix.as_json() if self.fix else None
        data["evidence"] = [asdict(item) for item in self.evidence]
        return data


JSON_KEYS = (
    "path", "code", "name", "severity", "message", "line", "column", "end_line", "end_column",
    "start", "end", "sentence", "tokens", "token", "confidence", "fingerprint", "group", "fix",
    "evidence",
)  # fmt: skip


def fingerprint(code: str, tokens: tuple[str, ...], context: str) -> str:
    """Name a finding by its content, never by its place, as 16 hexadecimal digits."""
    payload = "\0".join((code, *tokens, context)).encode("utf-8", "surrogatepass")
    return blake2b(payload, digest_size=8).hexdigest()


class TaglintError(Exception):
    """The run itself cannot go on; the message is one line that says what to do."""


def cause(error: BaseException) -> str:
    """An unforeseen error in one line, for messages that name what failed."""
    return " ".join(f"{type(error).__name__}: {error}".split())
