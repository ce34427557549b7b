"""The sums of the corpus rules' counts over the files of a run.

With a cache, the sums of the last run are taken, less what changed since, where the counts can be
subtracted; that gives the same as adding all of them up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from taglint.engine.checking import added
from taglint.engine.examining import CountsKey, FileState

if TYPE_CHECKING:
    from taglint.engine.cache import Cache

# Sums of other files are kept as well when so large a share differs: writing takes longer than
# taking a few files' counts from them again.
FAR = 0.02
Sums = dict[CountsKey, Any]


class Gone(Exception):
    """Counts that the cache no longer has."""


def sums(states: Sequence[FileState], cache: Cache | None) -> Sums:
    """Raises `Gone` where a state's counts are only in the cache, and not there any more."""
    if cache is None:
        return _added(counts_of(state, cache) for state in states)
    members = Counter(state.key for state in states if state.key)
    total = _from_known(states, members, cache)
    if total is None:
        total = _added(counts_of(state, cache) for state in states if state.key)
        _keep(cache, members, total)
    loose = [counts_of(state, cache) for state in states if not state.key]
    return _added([total, *loose]) if loose else total


def _from_known(states: Sequence[FileState], members: Counter[bytes], cache: Cache) -> Sums | None:
    """The known sums that are nearest, with the difference; None where there are none."""
    found = cache.sums(members)
    if found is None:
        return None
    known, total = found
    gone, new = known - members, members - known
    old = [cache.counts(key) for key in gone.elements()]
    if not all(_less(total, counts) for counts in old):
        return None
    by_key = {state.key: state for state in states}
    total = _added([total, *(counts_of(by_key[key], cache) for key in new.elements())])
    if gone.total() + new.total() > FAR * members.total():
        _keep(cache, members, total)
    return total


def counts_of(state: FileState, cache: Cache | None) -> Sums:
    if state.counts is not None:
        return state.counts
    counts = cache.counts(state.key) if cache else None
    if counts is None:
        raise Gone(state.summary.path)
    return counts


def _keep(cache: Cache, members: Counter[bytes], total: Sums) -> None:
    # The sum of one file is its counts.
    if members.total() > 1:
        cache.remember_sums(members, total)


def _added(parts: Iterable[Sums]) -> Sums:
    by_key: dict[CountsKey, list[Any]] = {}
    for part in parts:
        for key, counts in part.items():
            by_key.setdefault(key, []).append(counts)
    return {key: added(counts) for key, counts in by_key.items()}


def _less(total: Sums, part: Sums | None) -> bool:
    """Take a part out of a sum. False where that cannot be done."""
    if part is None:
        return False
    for key, counts in part.items():
        if key not in total:
            return False
        if isinstance(counts, Counter):
            _subtract(total[key], counts)
        elif hasattr(counts, "__sub__"):
            total[key] = total[key] - counts
        else:
            return False
        # The counts of no file at all would be empty, not missing.
        if not total[key]:
            return False
    return True


def _subtract(total: Counter[Any], part: Counter[Any]) -> None:
    """Without a look at all that is in the sum, as `-` takes it."""
    for key, number in part.items():
        total[key] -= number
        if not total[key]:
            del total[key]
