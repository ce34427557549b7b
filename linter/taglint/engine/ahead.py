"""Work that is begun before what it is for is asked for."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Ahead(Generic[Result]):
    """What a function gives, from now on being worked out in a thread; it raises nothing."""

    def __init__(self, work: Callable[[], Result]) -> None:
        self._found: list[Result] = []
        self._thread = Thread(target=lambda: self._found.append(work()))
        self._thread.start()

    def result(self) -> Result:
        """Waits for it."""
        self._thread.join()
        return self._found[0]
