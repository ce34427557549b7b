"""Has the corpus rules judge the sums: those of one family that share counts after each other,
all others at once.

NumPy does most of the work, and lets other threads run meanwhile. Rules of a family share what
they compute from counts, which can be several times as large, and is dropped when they are done;
others share nothing but the counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from taglint.engine.parting import VerdictKey
from taglint.threads import threads

# What a rule says, given what those before it have left for each other.
Judge = Callable[[VerdictKey, dict[str, Any]], Any]

# Below so many tokens judging takes less time than starting threads.
WORTHWHILE = 100_000


def judged(
    keys: Mapping[VerdictKey, str], judge: Judge, tokens: int, jobs: int
) -> dict[VerdictKey, Any]:
    """What `judge` says for each key.

    keys: with what the rule gathers. tokens: those of the corpus. jobs: groups at once.
    """

    def each(group: list[VerdictKey]) -> list[tuple[VerdictKey, Any]]:
        shared: dict[str, Any] = {}
        return [(key, judge(key, shared)) for key in group]

    # What takes longest begins first.
    groups = sorted(_groups(keys), key=len, reverse=True)
    if jobs < 2 or len(groups) < 2 or tokens < WORTHWHILE:
        found = dict(chain.from_iterable(map(each, groups)))
    else:
        with threads(jobs) as pool:
            found = dict(chain.from_iterable(pool.map(each, groups)))
    return {key: found[key] for key in keys}


def _groups(keys: Mapping[VerdictKey, str]) -> list[list[VerdictKey]]:
    """The keys by what the codes of their rules begin with, by the tagset and by what the rules
    gather."""
    groups: dict[tuple[str, str | None, str], list[VerdictKey]] = {}
    for key, gathered in keys.items():
        code, tagset = key
        groups.setdefault((code.rstrip("0123456789"), tagset, gathered), []).append(key)
    return list(groups.values())
