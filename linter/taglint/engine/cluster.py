"""Where the steps of a run are done: by Dask, on this machine or on a cluster that is there.

Each worker has an examiner of its own for each run. A task asks about some files, because each
costs Dask milliseconds, and holds all that it needs, so that Dask does again elsewhere what a lost
worker had done. Counts need not come here: they are added up in a tree where they are, and only
their sum travels.
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, islice, zip_longest
from operator import itemgetter
from pathlib import Path
from typing import Any

from taglint.configuration import Configuration
from taglint.engine.adding import Adding, Sums, added_up
from taglint.engine.examining import Examiner, FileState, Unusable
from taglint.engine.executors import DIED, Question, Tasks, outcome, size_of
from taglint.engine.summing import Running
from taglint.findings import TaglintError
from taglint.plugins import installed
from taglint.report import FileError

# Tasks that a worker has before it, and parts that are added up at a time.
AHEAD, TOGETHER = 8, 8
# Files that a task asks about at most, and their bytes, if it is more than one.
FILES, BYTES = 64, 1 << 22
# Seconds until a scheduler answers.
PATIENCE = 20
# How often, and after how many seconds each time, workers are found idle before what is waited for
# is given up.
LOOKS, BETWEEN = 3, 5.0
STALLED = "the Dask workers have nothing to do although tasks wait for them; start the cluster anew"


Batch = list[Question]
# Where a task was done, and for each question what went wrong and the answer.
Told = tuple[str, list[tuple[TaglintError | None, Any]]]
Kept = tuple[Told, Sums]


class Cluster:
    """An executor. scheduler: the address of one, or a scheduler file; by default `jobs` workers
    are started here.

    Raises `TaglintError` without Dask, or where there is no such scheduler.
    """

    worthwhile = 0

    def __init__(self, configuration: Configuration, jobs: int, scheduler: str = "") -> None:
        self._setup = pickle.dumps(configuration, pickle.HIGHEST_PROTOCOL)
        self.jobs = jobs
        self._cluster, self.client = _connected(jobs, scheduler)
        self._width = max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))
        self._home: dict[str, str] = {}
        self._parts: Parts | None = None

    def close(self) -> None:
        with suppress(Exception):
            self.client.close()
        if self._cluster is not None:
            self._cluster.close()

    def running(self, here: bool) -> Running:
        self._parts = None if here else Parts(self.client)
        return self._parts or Running()

    def run(self, step: str, tasks: Tasks, shared: Any = None) -> Iterator[tuple[str, Any]]:
        common = None
        if shared is not None:
            common = self.client.submit(bytes, pickle.dumps(shared, pickle.HIGHEST_PROTOCOL))
        suspects: list[Question] = []
        for batch, future in self._answered(self._batches(step, tasks), common):
            told = _told(future)
            if told is None:
                suspects += batch
            else:
                yield from self._answers(batch, told)
        # All that waited for a worker when it died is suspect; one by one, only the culprit is.
        for question in suspects:
            ((_, future),) = self._answered(iter([[question]]), common)
            told = _told(future)
            if told is None:
                yield question.path, Unusable(FileError(question.path, DIED))
            else:
                yield from self._answers([question], told)

    def _batches(self, step: str, tasks: Tasks) -> Iterator[Batch]:
        """The questions of each task, by turns for each worker that has files in memory."""
        by_home: dict[str | None, Batch] = {}
        for path, given in tasks.items():
            question = Question(step, path, given, True)
            by_home.setdefault(self._home.get(path), []).append(question)
        most = min(FILES, max(1, len(tasks) // (AHEAD * self._width)))
        turns = zip_longest(*(_in_batches(each, most) for each in by_home.values()))
        return (batch for batch in chain.from_iterable(turns) if batch)

    def _answered(self, batches: Iterator[Batch], common: Any) -> Iterator[tuple[Batch, Any]]:
        """Each batch with its finished task; only so many are asked ahead."""
        asked = {self._submit(each, common): each for each in islice(batches, AHEAD * self._width)}
        stalled = False
        while asked:
            done = _done(self.client, list(asked))
            if not done and stalled:
                raise TaglintError(STALLED)
            stalled = not done
            if stalled:
                asked = {self._submit(each, common): each for each in asked.values()}
            for future in done:
                yield asked.pop(future), future
                for batch in islice(batches, 1):
                    asked[self._submit(batch, common)] = batch

    def _submit(self, batch: Batch, common: Any) -> Any:
        stays = batch[0].step == "examine" and self._parts is not None and self._parts.wanted
        home = self._home.get(batch[0].path)
        answer = self.client.submit(
            _answer, self._setup, batch, common, stays, pure=False, workers=home,
            allow_other_workers=home is not None,
        )  # fmt: skip
        if not stays or self._parts is None:
            return answer
        self._parts.expect(batch, self.client.submit(itemgetter(1), answer, pure=False))
        return self.client.submit(itemgetter(0), answer, pure=False)

    def _answers(self, batch: Batch, told: Told) -> Iterator[tuple[str, Any]]:
        home, outcomes = told
        for question, (raised, answer) in zip(batch, outcomes, strict=True):
            self._home[question.path] = home
            if raised is not None:
                raise raised
            yield question.path, answer


class Parts(Running):
    """The sum of counts that are on the workers: by path the part that has a file's counts, and
    those of its batch."""

    def __init__(self, client: Any) -> None:
        super().__init__()
        self._client = client
        self._parts: dict[str, Any] = {}

    @property
    def wanted(self) -> bool:
        return self._exact

    def expect(self, batch: Batch, part: Any) -> None:
        self._parts |= dict.fromkeys((question.path for question in batch), part)

    def give_up(self) -> None:
        super().give_up()
        self._parts.clear()

    def _may_lack(self, state: FileState) -> bool:
        """Only what is on the workers is added up there."""
        return state.counts is None and state.summary.path in self._parts

    def _total(self) -> Sums | None:
        level = [*dict.fromkeys(self._parts[path] for path in self._members)]
        while len(level) > 1:
            groups = [level[at : at + TOGETHER] for at in range(0, len(level), TOGETHER)]
            level = [self._client.submit(added_up, group, pure=False) for group in groups]
        if not level:
            return {}
        total: Sums | None = _told(level[0]) if _done(self._client, level) else None
        if total is None:
            # Then it is counted again.
            return None
        # The tree is done with, and what it would be made of again.
        self._parts = dict.fromkeys(self._members, level[0])
        return total


_here = threading.local()


def _answer(setup: bytes, batch: Batch, common: bytes | None, stays: bool) -> Told | Kept:
    """On a worker: where it is and the outcomes; beside them the sum of counts, if it stays."""
    from distributed import get_worker

    examiner = _kept("examiner", setup, lambda data: Examiner(installed(), pickle.loads(data)))
    shared = None if common is None else _kept("shared", common, pickle.loads)
    outcomes = []
    adding = Adding()
    for question in batch:
        raised, answer = outcome(examiner, question._replace(shared=common is not None), shared)
        if isinstance(answer, FileState):
            # Counted here: they leave by another thread, while this one reads the next files.
            if stays:
                adding.add(question.path, answer.summary.tokens, answer.counts or {})
                answer.counts = None
            else:
                answer.counts = added_up([answer.counts or {}])
        outcomes.append((raised, answer))
    told = get_worker().address, outcomes
    return (told, adding.total()) if stays else told


def _in_batches(questions: Batch, most: int) -> Iterator[Batch]:
    """So many questions at most at a time, about so many bytes."""
    batch: Batch = []
    size = 0
    for question in questions:
        here = size_of(question.path)
        if batch and (len(batch) == most or size + here > BYTES):
            yield batch
            batch, size = [], 0
        batch.append(question)
        size += here
    yield batch


def _kept(name: str, data: bytes, make: Callable[[bytes], Any]) -> Any:
    """What is made of some bytes, made once for each thread."""
    known = getattr(_here, name, None)
    if known is None or known[0] != data:
        known = data, make(data)
        setattr(_here, name, known)
    return known[1]


def _done(client: Any, futures: list[Any]) -> list[Any]:
    """Those of some tasks that are done; none where the workers have long had nothing to do: when
    one dies, word of a task can get lost (dask/distributed issues 3196 and 6285)."""
    from distributed import TimeoutError as TimedOut
    from distributed import wait

    looks = 0
    while looks < LOOKS:
        with suppress(TimedOut):
            return list(wait(futures, timeout=BETWEEN, return_when="FIRST_COMPLETED").done)
        _bring_back(client.cluster)
        looks = looks + 1 if _is_idle(client) else 0
    return []


def _bring_back(cluster: Any) -> None:
    """Start the workers anew that were started for this run and are gone for good: one that dies
    while it starts is given up by what brings others back."""
    if cluster is not None:
        cluster.scale(len(cluster.worker_spec))


def _is_idle(client: Any) -> bool:
    """Whether there are workers, and none of them has a task."""
    held = client.processing()
    return bool(held) and not any(held.values())


def _told(future: Any) -> Any:
    """The result of a task, None where its workers died too often. What was finished may have
    been lost with a worker since, and is then done again beside what kills the others."""
    from distributed.scheduler import KilledWorker

    try:
        return future.result()
    except KilledWorker:
        return None


def _connected(jobs: int, scheduler: str) -> tuple[Any, Any]:
    """A cluster that was started for the run, None where one was there, and its client."""
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        message = "the executor dask is not installed; run pip install 'taglint[dask]'"
        raise TaglintError(message) from error
    try:
        if Path(scheduler).is_file():
            return None, Client(scheduler_file=scheduler, timeout=PATIENCE)
        if scheduler:
            return None, Client(scheduler, timeout=PATIENCE)
        cluster = LocalCluster(
            n_workers=jobs, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0",
            memory_limit=0, silence_logs=50,
        )  # fmt: skip
        return cluster, Client(cluster)
    except (OSError, ValueError, RuntimeError) as error:
        raise TaglintError(f"no Dask scheduler at {scheduler or 'hand'}: {error}") from error
