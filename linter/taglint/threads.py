"""Threads of a run: what a rule does to many pieces alike can be shared out to those that are idle.

It pays where NumPy does the work, which lets other threads run meanwhile.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor

Item = TypeVar("Item")
Result = TypeVar("Result")

# Seconds after which a thread that is busy with Python lets another one go on. Each call of NumPy
# takes less than the usual 5 ms, and would wait as long for its turn.
TURN = 0.001

# The run's threads, and how many they are, where there are any.
_running: list[tuple[Executor, int]] = []


@contextmanager
def threads(number: int) -> Iterator[Executor]:
    """So many threads, which `each` makes use of meanwhile."""
    from concurrent.futures import ThreadPoolExecutor

    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, TURN))
    pool = ThreadPoolExecutor(number)
    _running.append((pool, number))
    try:
        yield pool
    except BaseException as error:
        # Who interrupts a run does not wait for what threads are at.
        pool.shutdown(wait=isinstance(error, Exception), cancel_futures=True)
        raise
    finally:
        _running.pop()
        sys.setswitchinterval(before)
    pool.shutdown()


def each(function: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """What a function gives for each item, in their order. Raises what it raises."""
    every = list(items)
    if not _running or len(every) < 2:
        return [function(item) for item in every]
    pool, number = _running[-1]
    found: list[Any] = [None] * len(every)
    left = iter(range(len(every)))

    def work() -> None:
        for index in left:
            found[index] = function(every[index])

    # The others take part where they have nothing else to do; nobody waits for them to begin.
    others = [pool.submit(work) for _ in range(min(number, len(every)) - 1)]
    try:
        work()
    finally:
        begun = [other for other in others if not other.cancel()]
    for other in begun:
        other.result()
    return found
