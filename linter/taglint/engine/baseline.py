"""The baseline: findings that are accepted as they are for now.

An entry is a fingerprint and how many places have it. A fingerprint is made of content, never of
path or line, so the entries hold when files are moved, renamed, split, merged and sorted. Places
with one fingerprint (one error in sentences that are alike) are told apart by nothing, so they
are counted: where the corpus has more of them than were accepted, the surplus is reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from taglint.corpus.lines import split_lines
from taglint.corpus.written import BASELINE
from taglint.engine.filtering import Run, Screened
from taglint.findings import Finding, TaglintError
from taglint.report import Report

NAME = ".taglint-baseline.tsv"
HEAD = (
    f"{BASELINE}findings that are accepted for now. `taglint baseline` writes it.\n"
    "# fingerprint, number of places, rule, tokens (the first two columns count)\n"
)
ENTRY = re.compile(r"([0-9a-f]{16})\t([1-9][0-9]*)(?:\t.*)?")
SHOWN = 60


@dataclass(frozen=True)
class Entry:
    """How many places have a fingerprint; what their rule and tokens are is for readers."""

    count: int
    label: str = ""


@dataclass
class Baseline:
    """The accepted findings by fingerprint."""

    entries: dict[str, Entry] = field(default_factory=dict)

    @property
    def counts(self) -> Counter[str]:
        return Counter({key: entry.count for key, entry in self.entries.items()})

    @property
    def total(self) -> int:
        return self.counts.total()


def baseline_of(findings: Iterable[Finding]) -> Baseline:
    """The baseline that accepts exactly these findings."""
    labels: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for item in findings:
        counts[item.fingerprint] += 1
        labels.setdefault(item.fingerprint, _label(item))
    return Baseline({key: Entry(count, labels[key]) for key, count in counts.items()})


def pruned(baseline: Baseline, found: Mapping[str, int]) -> Baseline:
    """The baseline without the places that are not found any more."""
    left = {key: min(entry.count, found.get(key, 0)) for key, entry in baseline.entries.items()}
    return Baseline(
        {key: Entry(count, baseline.entries[key].label) for key, count in left.items() if count}
    )


def _label(item: Finding) -> str:
    from taglint.reporters.display import escaped

    tokens = escaped(" ".join(" ".join(item.tokens).split()))
    return f"{item.code}\t{tokens[:SHOWN].strip()}".rstrip()


def written(baseline: Baseline) -> str:
    """A line an entry, by rule and fingerprint: additions spread out and merge in git."""
    entries = sorted(
        baseline.entries.items(), key=lambda pair: (pair[1].label.split("\t")[0], pair[0])
    )
    lines = (f"{key}\t{entry.count}\t{entry.label}".rstrip() for key, entry in entries)
    return HEAD + "".join(f"{line}\n" for line in lines)


def read_baseline(path: Path) -> Baseline:
    """Raises `TaglintError` for a file that is missing or no baseline."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError as error:
        raise TaglintError(
            f"{path}: there is no such baseline; taglint baseline writes one"
        ) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not UTF-8"
        raise TaglintError(f"{path}: cannot read the baseline: {why}") from error
    return Baseline(dict(_entries(text, path)))


def _entries(text: str, path: Path) -> Iterator[tuple[str, Entry]]:
    """Of two lines with one fingerprint, as a union of two branches has them, the larger counts."""
    known: dict[str, Entry] = {}
    for number, line in enumerate(split_lines(text), 1):
        if not line or line.startswith("#"):
            continue
        found = ENTRY.fullmatch(line)
        if not found:
            raise TaglintError(
                f"{path}:{number}: no entry of a baseline; resolve the conflict, or write the file "
                "anew with taglint baseline --update"
            )
        entry = Entry(int(found[2]), line.split("\t", 2)[2] if line.count("\t") > 1 else "")
        known[found[1]] = max(entry, known.get(found[1], entry), key=lambda item: item.count)
    yield from known.items()


class BaselineFilter:
    """Covers as many findings of each fingerprint as the baseline accepts."""

    name = "in the baseline"

    def __init__(self, baseline: Baseline) -> None:
        self._accepted = baseline.counts

    def screen(self, report: Report, run: Run) -> Screened:
        found = Counter(item.fingerprint for item in report.findings)
        if run.whole:
            self._say_gone(found, report)
        if not found & self._accepted:
            return Screened(report.findings)
        # A place elsewhere uses up what is accepted as well as one here does.
        others = Counter(item.fingerprint for item in run.elsewhere().findings)
        return Screened(_last(report.findings, found & (found + others - self._accepted)))

    def _say_gone(self, found: Counter[str], report: Report) -> None:
        from taglint.reporters.summary import counted

        gone = (self._accepted - found).total()
        if gone:
            report.notes.append(
                f"{counted(gone, 'finding')} of the baseline not found any more; "
                "taglint baseline --prune takes them out"
            )


def _last(findings: Sequence[Finding], surplus: Mapping[str, int]) -> list[Finding]:
    """Of the findings of each fingerprint so many, the last ones."""
    left = dict(surplus)
    kept: list[Finding] = []
    for item in reversed(findings):
        if left.get(item.fingerprint, 0) > 0:
            left[item.fingerprint] -= 1
            kept.append(item)
    return kept[::-1]
