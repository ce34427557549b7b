"""The sums of the corpus rules' counts over the files of a run.

With a cache, the sums of the last run are taken, less what changed since, where the counts can be
subtracted; that gives the same as adding all of them up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from taglint.engine.adding import A_FILE, Adding, CountsKey, Sums, added_up
from taglint.engine.checking import added
from taglint.engine.examining import FileState
from taglint.threads import each, threads

if TYPE_CHECKING:
    from taglint.engine.cache import Cache

# Sums of other files are kept as well when so large a share differs: writing takes longer than
# taking a few files' counts from them again.
FAR = 0.02
# The counts of a file of so many tokens are not kept besides the sum, nor are those of others when
# they have so many in all.
LARGE, MANY = 50_000, 5_000_000


class Gone(Exception):
    """Counts that are neither kept nor in the cache."""


class Inexact(Exception):
    """Counts that cannot be taken out of a sum."""


class Running:
    """The sum of files' counts as they come, so that not all of them have to be kept."""

    def __init__(self) -> None:
        self._adding, self._gone = Adding(), Adding()
        self._members: dict[str, FileState] = {}
        self._exact = True
        self._kept_tokens = 0

    def add(self, state: FileState, droppable: bool) -> None:
        """droppable: whether the state may do without its counts from now on, if they are large."""
        path, tokens = state.summary.path, state.summary.tokens
        if path in self._members or not self._may_lack(state):
            self.give_up()
        if not self._exact:
            return
        self._members[path] = state
        if state.counts is not None:
            self._adding.add(path, tokens, state.counts)
        if droppable and (tokens >= LARGE or self._kept_tokens + tokens + A_FILE > MANY):
            state.counts = None
        else:
            self._kept_tokens += tokens + A_FILE

    def remove(self, state: FileState, counts: Sums | None) -> None:
        """Take out a state that was added with these counts; where they are not known, give up."""
        path = state.summary.path
        if self._members.get(path) is not state:
            return
        if counts is None:
            self.give_up()
            return
        del self._members[path]
        self._gone.add(path, state.summary.tokens, counts)

    def give_up(self) -> None:
        """From now on states keep their counts."""
        self._exact = False
        self._adding, self._gone = Adding(), Adding()
        self._members.clear()

    def of(self, states: Sequence[FileState]) -> Sums | None:
        """The sum of these states; None where others were added, or some were lost."""
        same = len(states) == len(self._members) and all(
            self._members.get(state.summary.path) is state for state in states
        )
        if not (self._exact and same):
            return None
        total = self._total()
        return self._less_gone(total) if total is not None and self._gone.paths else total

    def _less_gone(self, total: Sums) -> Sums | None:
        left, gone = dict(total), self._gone.total()
        # A Counter is changed where it is, and may be that of a state.
        left |= {key: Counter(each) for key, each in total.items() if isinstance(each, Counter)}
        try:
            left |= {key: _exchanged(left.get(key), counts, None) for key, counts in gone.items()}
        except Inexact:
            self.give_up()
            return None
        self._adding, self._gone = Adding(), Adding()
        self._adding.add("", 0, left)
        return left

    def _may_lack(self, state: FileState) -> bool:
        """Whether the state's counts are known here, or elsewhere."""
        return state.counts is not None

    def _total(self) -> Sums | None:
        return self._adding.total()


def sums(states: Sequence[FileState], cache: Cache | None, running: Running, jobs: int) -> Sums:
    """jobs: threads that may work at it. Raises `Gone` where a state's counts are not kept, and not
    in the cache any more."""
    total = running.of(states)
    if total is None:
        return _sums(states, cache, jobs)
    if cache is not None and all(state.key for state in states):
        _keep(cache, Counter(state.key for state in states), total)
    return total


def _sums(states: Sequence[FileState], cache: Cache | None, jobs: int) -> Sums:
    if cache is None:
        return added_up(counts_of(state, cache) for state in states)
    members = Counter(state.key for state in states if state.key)
    total = _from_known(states, members, cache, jobs)
    if total is None:
        total = added_up(counts_of(state, cache) for state in states if state.key)
        _keep(cache, members, total)
    loose = [counts_of(state, cache) for state in states if not state.key]
    return added_up([total, *loose]) if loose else total


def _from_known(
    states: Sequence[FileState], members: Counter[bytes], cache: Cache, jobs: int
) -> Sums | None:
    """The known sums that are nearest, with the difference; None where there are none."""
    found = cache.sums(members)
    if found is None:
        return None
    known, packed = found
    gone, new = known - members, members - known
    old = [cache.counts(key) for key in gone.elements()]
    known_old = [counts for counts in old if counts is not None]
    if len(known_old) < len(old):
        return None
    by_key = {state.key: state for state in states}
    # Added up first: taking a part out of a large sum takes as long for a large part.
    less = added_up(known_old)
    more = added_up(counts_of(by_key[key], cache) for key in new.elements())

    def one(key: CountsKey) -> Any:
        return _exchanged(packed[key]() if key in packed else None, less.get(key), more.get(key))

    keys = [*dict.fromkeys((*packed, *less, *more))]
    try:
        with threads(jobs):
            total = dict(zip(keys, each(one, keys), strict=True))
    except (Inexact, ValueError):
        return None
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


def _exchanged(total: Any, less: Any, more: Any) -> Any:
    """A sum of counts without a part and with another one, each None where there is none. Counters
    are changed where they are. Raises `Inexact` where that cannot be done."""
    if total is None:
        if less is not None:
            raise Inexact
        return more
    if not less:
        return total if more is None else added([total, more])
    if isinstance(total, Counter):
        _subtract(total, less)
        total.update(more or ())
    elif hasattr(total, "exchanged"):
        total = total.exchanged(less, more)
    elif hasattr(total, "__sub__"):
        total = total - less
        total = added([total, more]) if total and more is not None else total
    else:
        raise Inexact
    # The counts of no file at all would be empty, not missing.
    if not total:
        raise Inexact
    return total


def _subtract(total: Counter[Any], part: Counter[Any]) -> None:
    """Without a look at all that is in the sum, as `-` takes it."""
    for key, number in part.items():
        total[key] -= number
        if not total[key]:
            del total[key]
