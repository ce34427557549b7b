"""How a run is told to end, so that no signal is lost.

Python raises a signal's exception wherever it happens to be. In a callback of a weak reference, as
each import has one, in `__del__` or in a hook of `fork` it is only printed, and the run goes on:
then it is raised again soon after. In `__set_name__`, as each dataclass has one called for its
fields, Python 3.11 makes another error of it: there it is put off. While a process is started,
signals wait.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import active_count
from types import FrameType
from typing import Any, NoReturn

INTERRUPTED, TERMINATED = 128 + signal.SIGINT, 128 + signal.SIGTERM
# Seconds until what was lost is raised again, and what was put off.
SOON = 0.01
ENDING = {signal.SIGINT, signal.SIGTERM}


def obey() -> None:
    """From now on SIGTERM raises `SystemExit`, as SIGINT raises `KeyboardInterrupt` by itself
    where it is not ignored, as by what a shell starts in the background."""
    signal.signal(signal.SIGTERM, _stop)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    sys.unraisablehook = _raise_again


def die() -> None:
    """From now on they end this process at once: all is said that is to be said."""
    for each in ENDING:
        if signal.getsignal(each) != signal.SIG_IGN:
            signal.signal(each, signal.SIG_DFL)


def leave(status: int) -> NoReturn:
    """End this process; one that was told to end does not wait for its threads."""
    if status in (INTERRUPTED, TERMINATED) and active_count() > 1:
        _flushed()
        os._exit(status)
    sys.exit(status)


def abandon(status: object) -> None:
    """End this process with all that it has in memory: taking millions of objects apart, one by
    one, takes a thirtieth of a long run. Returns where it is not that simple: where threads run,
    somebody watches, as a profiler does, or not all can be written."""
    if _watched() or active_count() > 1 or not isinstance(status, int):
        return
    atexit._run_exitfuncs()
    if _flushed():
        os._exit(status)


def _flushed() -> bool:
    """Write what standard output and error still hold back; whether all of it could be."""
    whole = True
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            whole = False
    return whole


def _watched() -> bool:
    """Whether a debugger, a profiler or the like is at work; Python 3.12 has a third way to be."""
    tools = getattr(sys, "monitoring", None)
    if tools is not None and any(map(tools.get_tool, range(6))):
        return True
    return sys.gettrace() is not None or sys.getprofile() is not None


def follow() -> None:
    """In a process that was started by this one: an interrupt ends that, and it this."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)


@contextmanager
def signals_waiting() -> Iterator[None]:
    """Signals come when this is left; what is started here has to `follow`."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    if _makes_a_class(frame):
        _soon(_interrupt)
    else:
        raise KeyboardInterrupt


def _stop(number: int, frame: FrameType | None) -> None:
    """Told to stop, as by a CI job that ran out of time: what is half done is cleaned up."""
    if _makes_a_class(frame):
        _soon(_stop)
    else:
        raise SystemExit(TERMINATED)


def _makes_a_class(frame: FrameType | None) -> bool:
    """Whether Python is in a `__set_name__`, and can be told later."""
    while frame is not None and frame.f_code.co_name != "__set_name__":
        frame = frame.f_back
    return frame is not None and hasattr(signal, "setitimer")


def _soon(handler: Callable[[int, FrameType | None], None]) -> None:
    signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, SOON)


def _raise_again(lost: Any) -> None:
    kind = lost.exc_type
    if not issubclass(kind, KeyboardInterrupt | SystemExit) or not hasattr(signal, "setitimer"):
        sys.__unraisablehook__(lost)
        return
    _soon(_interrupt if issubclass(kind, KeyboardInterrupt) else _stop)
