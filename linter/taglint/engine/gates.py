"""Gates: how many findings per 1,000 tokens a run tolerates, by rule or family."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from taglint.engine.selection import names_of
from taglint.findings import Finding
from taglint.report import Report


def exceeded(report: Report, rates: Mapping[str, float]) -> Iterator[str]:
    """A line for each gate that the findings exceed.

    They are counted in the files that were checked, the tokens in the whole corpus: a run on some
    files exceeds no gate that a run on all of them does not.
    """
    for name, most in rates.items():
        count = sum(name in names_of(item) for item in report.findings)
        # Compared as products: a rate of 0 tolerates nothing, in no tokens as well.
        if 1000 * count > most * report.corpus_tokens:
            rate = f"{1000 * count / report.corpus_tokens:.3f}" if report.corpus_tokens else "-"
            yield f"{name}: {rate} findings per 1,000 tokens, of {most:g} that are tolerated"


def intolerable(findings: list[Finding], rates: Mapping[str, float]) -> bool:
    """Whether there is a finding of which no number is tolerated."""
    return any(rates.keys().isdisjoint(names_of(item)) for item in findings)
