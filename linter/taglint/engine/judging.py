"""Has the corpus rules judge the sums: those of one family after each other, families at once.

NumPy does most of the work, and lets other threads run meanwhile. Rules of a family share what
they compute from the counts; those of different families share nothing but the counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from taglint.engine.parting import VerdictKey

# Below so many tokens judging takes less time than starting threads.
WORTHWHILE = 100_000


def judged(
    keys: Sequence[VerdictKey], judge: Callable[[VerdictKey], Any], tokens: int, jobs: int
) -> dict[VerdictKey, Any]:
    """What `judge` says for each key.

    tokens: those of the corpus. jobs: families at once.
    """
    families = list(_families(keys).values())
    if jobs < 2 or len(families) < 2 or tokens < WORTHWHILE:
        return {key: judge(key) for key in keys}
    from concurrent.futures import ThreadPoolExecutor

    def each(family: list[VerdictKey]) -> list[tuple[VerdictKey, Any]]:
        return [(key, judge(key)) for key in family]

    with ThreadPoolExecutor(min(jobs, len(families))) as pool:
        # What takes longest begins first.
        found = dict(chain.from_iterable(pool.map(each, sorted(families, key=len, reverse=True))))
    return {key: found[key] for key in keys}


def _families(keys: Sequence[VerdictKey]) -> dict[str, list[VerdictKey]]:
    """The keys by what the codes of their rules begin with."""
    families: dict[str, list[VerdictKey]] = {}
    for key in keys:
        families.setdefault(key[0].rstrip("0123456789"), []).append(key)
    return families
