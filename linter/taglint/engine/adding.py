"""Adds up the counts of corpus rules, so that what is in memory grows with what is distinct."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from taglint.corpus.uncounted import Uncounted
from taglint.engine.checking import added

# A corpus rule judges all documents of one tagset together; rules that gather alike share counts.
CountsKey = tuple[str, str | None]
Sums = dict[CountsKey, Any]
# Tokens that are counted and added up at once, and sums that are. Tokens that were counted before
# take as much as so many others, a file as much as so many tokens besides.
AT_ONCE, TOGETHER = 6_000_000, 4
COUNTED, A_FILE = 2, 200


class Adding:
    """The sum of files' counts as they come.

    Sums of about `AT_ONCE` tokens are added up `TOGETHER` at a time, and their sums in turn.
    paths: the files, each once. exact: whether none came twice.
    """

    def __init__(self) -> None:
        self.paths: set[str] = set()
        self.exact = True
        self._waiting: list[Sums] = []
        self._waiting_tokens = 0
        self._ranks: list[list[Sums]] = []

    def add(self, path: str, tokens: int, counts: Sums) -> None:
        self.exact = self.exact and path not in self.paths
        self.paths.add(path)
        self._waiting.append(counts)
        waits = any(isinstance(each, Uncounted) and each.waits for each in counts.values())
        self._waiting_tokens += (tokens + A_FILE) * (1 if waits else COUNTED)
        if self._waiting_tokens >= AT_ONCE:
            self._fold(0, added_up(self._waiting))
            self._waiting, self._waiting_tokens = [], 0

    def total(self) -> Sums:
        self.settle()
        return self._waiting[0]

    def settle(self) -> None:
        """Add up all that there is, one kind after the other, so that no more is in memory than
        has to be. Where that fails they are not `exact` any more."""
        was_exact, self.exact = self.exact, False
        parts, keys = [dict(part) for part in self._parts()], self.keys()
        self._waiting, self._waiting_tokens, self._ranks = [], 0, []
        total = {key: added([part.pop(key) for part in parts if key in part]) for key in keys}
        self._waiting, self.exact = [total], was_exact

    def keys(self) -> list[CountsKey]:
        """What there are counts of."""
        return [*dict.fromkeys(chain.from_iterable(self._parts()))]

    def of(self, key: CountsKey) -> Any:
        """The sum of one kind of counts; None where there are none."""
        parts = [part[key] for part in self._parts() if key in part]
        return added(parts) if parts else None

    def _parts(self) -> list[Sums]:
        return [*self._waiting, *(part for rank in self._ranks for part in rank)]

    def _fold(self, rank: int, part: Sums) -> None:
        if rank == len(self._ranks):
            self._ranks.append([])
        self._ranks[rank].append(part)
        if len(self._ranks[rank]) == TOGETHER:
            full, self._ranks[rank] = self._ranks[rank], []
            self._fold(rank + 1, added_up(full))


def added_up(parts: Iterable[Sums]) -> Sums:
    by_key: dict[CountsKey, list[Any]] = {}
    for part in parts:
        for key, counts in part.items():
            by_key.setdefault(key, []).append(counts)
    return {key: added(counts) for key, counts in by_key.items()}
