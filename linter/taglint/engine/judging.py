"""Has the corpus rules judge the sums: those of one family that share counts after each other,
all others at once.

NumPy does most of the work, and lets other threads run meanwhile. Rules of a family share what
they compute from counts; others share nothing but the counts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from typing import Any

from taglint.engine.parting import VerdictKey

# Below so many tokens judging takes less time than starting threads.
WORTHWHILE = 100_000
# Seconds after which a thread that is busy with Python lets another one go on. Each call of NumPy
# takes less than the usual 5 ms, and would wait as long for its turn.
TURN = 0.001


def judged(
    keys: Mapping[VerdictKey, str], judge: Callable[[VerdictKey], Any], tokens: int, jobs: int
) -> dict[VerdictKey, Any]:
    """What `judge` says for each key.

    keys: with what the rule gathers. tokens: those of the corpus. jobs: groups at once.
    """
    groups = _groups(keys)
    if jobs < 2 or len(groups) < 2 or tokens < WORTHWHILE:
        return {key: judge(key) for key in keys}
    from concurrent.futures import ThreadPoolExecutor

    def each(group: list[VerdictKey]) -> list[tuple[VerdictKey, Any]]:
        return [(key, judge(key)) for key in group]

    with _switching_often(), ThreadPoolExecutor(min(jobs, len(groups))) as pool:
        # What takes longest begins first.
        found = dict(chain.from_iterable(pool.map(each, sorted(groups, key=len, reverse=True))))
    return {key: found[key] for key in keys}


@contextmanager
def _switching_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, TURN))
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _groups(keys: Mapping[VerdictKey, str]) -> list[list[VerdictKey]]:
    """The keys by what the codes of their rules begin with and by what these gather."""
    groups: dict[tuple[str, str], list[VerdictKey]] = {}
    for key, gathered in keys.items():
        groups.setdefault((key[0].rstrip("0123456789"), gathered), []).append(key)
    return list(groups.values())
