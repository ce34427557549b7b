"""Counts of the faults that the tests injected, and of those that nothing was lost by: all tests
print them at their end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

WRITING = "killed, or told to stop, at a step of writing a fix"
FAILING = "disk full, failing or read-only while a fix is written"
MEANWHILE = "file changed or removed by another program meanwhile"
DAMAGED = "cache with damaged bytes"
CUT = "cache or its log cut off, killed while writing it, on a full disk"
FOREIGN = "cache of another kind, version, program or content, or hostile"
INTERRUPTED = "interrupted, or told to stop, at any moment"
WORKERS = "workers killed, stopped, or killed by a file"

injected: Counter[str] = Counter()
survived: Counter[str] = Counter()


@contextmanager
def fault(kind: str, times: int = 1) -> Iterator[None]:
    """Around the injection of a fault, or of several at once, and what must hold after it."""
    injected[kind] += times
    yield
    survived[kind] += times


def counts() -> dict[str, list[int]]:
    """What was counted in this process, for another one to add."""
    return {kind: [times, survived[kind]] for kind, times in injected.items()}


def add(others: dict[str, list[int]]) -> None:
    for kind, (times, well) in others.items():
        injected[kind] += times
        survived[kind] += well


def lines() -> Iterator[str]:
    """The table of what was counted so far."""
    width = max(map(len, injected), default=0)
    yield f"{'fault':{width}}  injected  survived"
    for kind, times in injected.items():
        yield f"{kind:{width}}  {times:8,}  {survived[kind]:8,}"
    yield f"{'all':{width}}  {injected.total():8,}  {survived.total():8,}"
