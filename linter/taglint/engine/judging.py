"""Has the corpus rules judge the sums: those of one family that share counts after each other,
all others at once.

NumPy does most of the work, and lets other threads run meanwhile. Rules of a family share what
they compute from counts, which can be several times as large, and is dropped when they are done;
others share nothing but the counts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from taglint.configuration import Configuration
from taglint.engine.adding import Sums
from taglint.engine.checking import gathering, judge
from taglint.engine.examining import FileState
from taglint.engine.parting import VerdictKey, union
from taglint.engine.selection import activate
from taglint.plugins import Plugins
from taglint.threads import threads

if TYPE_CHECKING:
    from taglint.engine.parting import Types

# What a rule says, given what those before it have left for each other.
Judge = Callable[[VerdictKey, dict[str, Any]], Any]

# Below so many tokens judging takes less time than starting threads.
WORTHWHILE = 100_000


class Judging:
    """Makes verdicts, and keeps them until the counts are others.

    They are about the files that are asked about; where others are asked about with the same
    counts, about all, and so the next time that the counts are others.
    """

    def __init__(self, plugins: Plugins, configuration: Configuration) -> None:
        self._plugins = plugins
        self._configuration = configuration
        # With the counts that they were made of.
        self._known: dict[VerdictKey, tuple[Any, Any]] = {}
        # The files that were asked about first, and those that verdicts are about.
        self._asked: frozenset[str] = frozenset()
        self._about: frozenset[str] = frozenset()
        # Whether others were asked about as well, with these counts and with those before.
        self._in_turn = self._were_in_turn = False

    def forget(self) -> None:
        """The counts are others."""
        if self._known:
            self._were_in_turn, self._in_turn = self._in_turn, False
            self._known.clear()

    def verdicts(
        self,
        keys: Collection[VerdictKey],
        sums: Sums,
        paths: Collection[str],
        states: Mapping[str, FileState],
        jobs: int,
    ) -> dict[VerdictKey, Any]:
        """Those on some files; what finds nothing is left out. states: of all files that are
        counted. jobs: groups of rules at once."""
        types = self._types(paths, states)

        def verdict(key: VerdictKey, shared: dict[str, Any]) -> Any:
            return self._verdict(*key, sums, types, shared)

        gathered = {key: gathering(self._plugins.rules[key[0]]) for key in keys}
        tokens = sum(state.summary.tokens for state in states.values())
        found = judged(gathered, verdict, tokens, jobs)
        return {key: found[key] for key in keys if found[key]}

    def _types(self, paths: Collection[str], states: Mapping[str, FileState]) -> Types | None:
        """The types of the files that verdicts are about, None for those of any."""
        if self._known:
            self._in_turn |= not self._asked.issuperset(paths)
            if not self._about.issuperset(paths) or not self._about.issubset(states):
                self._known.clear()
        if not self._known:
            every = self._in_turn or self._were_in_turn
            self._asked = frozenset(paths)
            self._about = frozenset(states) if every else self._asked
        if self._about.issuperset(states):
            return None
        return union(states[path].types for path in self._about)

    def _verdict(
        self,
        code: str,
        tagset: str | None,
        sums: Sums,
        types: Types | None,
        shared: dict[str, Any],
    ) -> Any:
        rule = self._plugins.rules[code]
        known = self._known.get((code, tagset))
        counts = sums[gathering(rule), tagset]
        if known is None or known[0] is not counts:
            of_tags = self._plugins.tagset(tagset) if tagset else None
            active = activate(rule, self._configuration.judging_options, "", of_tags)
            context = replace(active.context, types=types, shared=shared)
            known = counts, judge(replace(active, context=context), counts)
            self._known[code, tagset] = known
        return known[1]


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
