"""The one thread in which the engine runs, so that the server goes on reading meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


class Interrupted(Exception):
    """A job gave way: nobody waits for it any more, or others wait for their turn."""


class Turn:
    """A job's place in the queue. Long jobs call `give_way` from time to time."""

    def __init__(self, worker: Worker, patient: bool) -> None:
        self._worker = worker
        self._patient = patient
        self.stopped = False

    def give_way(self, *_: object) -> None:
        """Raises `Interrupted` where the job is to stop. Takes the arguments of a progress."""
        if self.stopped or (self._patient and self._worker.is_wanted):
            raise Interrupted


Job = Callable[[Turn], Result]


class Worker:
    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "taglint-engine")
        self._turns: set[Turn] = set()

    def begin(self, job: Callable[[], None]) -> None:
        """Run a job before all others."""
        self._pool.submit(job)

    @property
    def is_wanted(self) -> bool:
        """Whether others wait for the job that is running."""
        return len(self._turns) > 1

    async def run(self, job: Job[Result], patient: bool = False) -> Result:
        """Run a job in its turn. If the task that waits for it is cancelled, it is stopped."""
        turn = Turn(self, patient)
        self._turns.add(turn)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, job, turn)
        finally:
            turn.stopped = True
            self._turns.discard(turn)

    async def run_patiently(self, job: Job[Result]) -> Result:
        """Run a job that begins again where it was whenever others want the engine."""
        while True:
            try:
                return await self.run(job, patient=True)
            except Interrupted:
                await asyncio.sleep(0.02)

    def close(self) -> None:
        for turn in list(self._turns):
            turn.stopped = True
        self._pool.shutdown(wait=False, cancel_futures=True)
