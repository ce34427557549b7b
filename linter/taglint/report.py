"""What a run found: the data that reporters print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from taglint.findings import Finding


@dataclass(frozen=True, slots=True)
class FileSummary:
    """A file that was checked. format and tagset are names; reason says why this format."""

    path: str
    format: str
    tagset: str | None
    encoding: str
    tokens: int
    sentences: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FileError:
    """A file that was not checked, or not fixed, and why, in one line."""

    path: str
    message: str


@dataclass
class Report:
    """The outcome of a run.

    findings are in the order of `Finding.sort_key`. skipped: discovered files that are no tagged
    corpora. fixed: number of fixes applied per path. covered: numbers of findings that are not
    reported, by what covers them. notes: what else the user should know, a line each. text: gives
    the text of a path as it was checked, for snippets. corpus_tokens: those of all files that
    counted, checked or not.
    """

    findings: list[Finding] = field(default_factory=list)
    files: list[FileSummary] = field(default_factory=list)
    errors: list[FileError] = field(default_factory=list)
    skipped: list[FileError] = field(default_factory=list)
    fixed: dict[str, int] = field(default_factory=dict)
    covered: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    corpus_tokens: int = 0
    text: Callable[[str], str] = field(default=lambda path: "")

    @property
    def tokens(self) -> int:
        return sum(file.tokens for file in self.files)
