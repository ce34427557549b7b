"""What a reporter is: it turns a run's report into text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from taglint.report import Report
from taglint.rules import Rule


@dataclass(frozen=True, slots=True)
class Look:
    """How output may look.

    color: ANSI colours or none. width: columns of a line. summary: whether formats for people
    end with a line of totals.
    """

    color: bool = False
    width: int = 100
    summary: bool = True


class Reporter(Protocol):
    """An output format. `title` says what it is for, in a few words. It may have `suffixes`: those
    of the files it is usually written to, as `(".xml",)`."""

    name: str
    title: str

    def report(self, report: Report, rules: dict[str, Rule], look: Look) -> Iterable[str]:
        """The output in pieces, line ends included. `rules` are all rules by code."""


def suffixes(reporter: Reporter) -> tuple[str, ...]:
    """The suffixes of files that a reporter is usually written to."""
    return tuple(getattr(reporter, "suffixes", ()))


def in_blocks(pieces: Iterable[str], size: int = 500) -> Iterator[str]:
    """The same text in few large pieces, which cost less to write than many small ones."""
    block: list[str] = []
    for piece in pieces:
        block.append(piece)
        if len(block) >= size:
            yield "".join(block)
            block.clear()
    yield "".join(block)
