"""Has the corpus rules judge the sums: those of one family that share counts after each other,
all others at once.

NumPy does most of the work, and lets other threads run meanwhile. Rules of a family share what
they compute from counts; others share nothing but the counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from taglint.engine.parting import VerdictKey
from taglint.threads import threads

# Below so many tokens judging takes less time than starting threads.
WORTHWHILE = 100_000


def judged(
    keys: Mapping[VerdictKey, str], judge: Callable[[VerdictKey], Any], tokens: int, jobs: int
) -> dict[VerdictKey, Any]:
    """What `judge` says for each key.

    keys: with what the rule gathers. tokens: those of the corpus. jobs: groups at once.
    """
    groups = _groups(keys)
    if jobs < 2 or len(groups) < 2 or tokens < WORTHWHILE:
        return {key: judge(key) for key in keys}

    def each(group: list[VerdictKey]) -> list[tuple[VerdictKey, Any]]:
        return [(key, judge(key)) for key in group]

    with threads(jobs) as pool:
        # What takes longest begins first.
        found = dict(chain.from_iterable(pool.map(each, sorted(groups, key=len, reverse=True))))
    return {key: found[key] for key in keys}


def _groups(keys: Mapping[VerdictKey, str]) -> list[list[VerdictKey]]:
    """The keys by what the codes of their rules begin with and by what these gather."""
    groups: dict[tuple[str, str], list[VerdictKey]] = {}
    for key, gathered in keys.items():
        groups.setdefault((key[0].rstrip("0123456789"), gathered), []).append(key)
    return list(groups.values())
