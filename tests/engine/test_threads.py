"""Work that is shared out among threads: as if it were not, whoever does it."""

import sys
import threading
import time

import pytest

from taglint.threads import TURN, each, threads


def test_without_threads_it_is_done_here() -> None:
    assert each(lambda item: (item, threading.get_ident()), range(3)) == [
        (item, threading.get_ident()) for item in range(3)
    ]


@pytest.mark.parametrize("number", [0, 1, 2, 100])
def test_results_are_in_the_order_of_items(number: int) -> None:
    with threads(3):
        assert each(lambda item: item * item, range(number)) == [n * n for n in range(number)]


def test_idle_threads_take_part() -> None:
    # Each waits for another one, so that one thread alone would wait for ever.
    meeting = threading.Barrier(2, timeout=20)
    with threads(2):
        found = each(lambda item: (meeting.wait() >= 0, threading.get_ident()), range(2))
    assert all(met for met, _ in found)
    assert len({thread for _, thread in found}) == 2


def test_busy_threads_are_not_waited_for() -> None:
    free = threading.Event()
    with threads(1) as pool:
        busy = pool.submit(free.wait, 20)
        assert each(lambda item: item + 1, range(4)) == [1, 2, 3, 4]
        assert not busy.done()
        free.set()


@pytest.mark.parametrize("bad", [0, 5])
def test_errors_are_raised(bad: int) -> None:
    def work(item: int) -> int:
        if item == bad:
            raise ValueError(f"of {item}")
        return item

    with threads(2), pytest.raises(ValueError, match=f"of {bad}"):
        each(work, range(6))


def test_no_thread_outlives_an_error() -> None:
    """What comes next may fork."""
    before, other_works = threading.active_count(), threading.Event()

    def work(item: int) -> None:
        if item == 0:
            assert other_works.wait(20)
            raise ValueError
        other_works.set()
        time.sleep(0.2)

    with pytest.raises(ValueError), threads(2):
        each(work, range(2))
    assert threading.active_count() == before


def test_work_may_share_out_work() -> None:
    def inner(item: int) -> int:
        return sum(each(lambda other: item * other, range(5)))

    with threads(2):
        assert each(inner, range(5)) == [item * 10 for item in range(5)]


def test_the_interpreter_is_left_as_it_was() -> None:
    before = sys.getswitchinterval()

    def interval() -> float:
        with threads(2):
            return sys.getswitchinterval()

    assert interval() == pytest.approx(min(before, TURN))
    assert sys.getswitchinterval() == before
