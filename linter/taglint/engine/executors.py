"""Where the steps of a run are done: here, or in worker processes of this machine."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from taglint.configuration import Configuration
from taglint.engine.adding import Adding, CountsKey, Sums
from taglint.engine.checking import added
from taglint.engine.examining import Examiner, FileState, Unusable
from taglint.engine.summing import Running
from taglint.findings import TaglintError, cause
from taglint.interrupting import follow, signals_waiting
from taglint.plugins import installed
from taglint.report import FileError
from taglint.threads import threads

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# A file whose worker dies is tried so many times in all.
ATTEMPTS = 2
# Files that wait for the worker that has them in memory: reading one again takes several times as
# long as asking about it.
FEW = 8
# Bytes from which on starting worker processes costs less than it saves.
WORTHWHILE = 2_000_000
DIED = "a worker process died on it twice, for want of memory or by a fault in a library"
Tasks = Mapping[str, tuple[Any, ...]]


class Question(NamedTuple):
    """What a worker is asked: a step on a path. shared: whether it takes what all share."""

    step: str
    path: str
    arguments: tuple[Any, ...]
    shared: bool


class Executor(Protocol):
    """Asks one question about each of some files.

    worthwhile: bytes from which on files are worth asking it about. jobs: what may be done at once
    by this process, too.
    """

    worthwhile: int
    jobs: int

    def run(self, step: str, tasks: Tasks, shared: Any = None) -> Iterator[tuple[str, Any]]:
        """Path and answer, as they come.

        step: the name of an examiner's method. tasks: by path what to call it with besides the
        path. shared: what all calls get last, where it is not None.
        """

    def running(self, here: bool) -> Running:
        """What adds up the counts of what is examined from now on. here: whether the files' own
        counts are wanted here besides, which they need not be."""


class InProcess:
    """Answers when asked, in the order of the tasks."""

    worthwhile = 0
    jobs = 1

    def __init__(self, examiner: Examiner) -> None:
        self._examiner = examiner

    def run(self, step: str, tasks: Tasks, shared: Any = None) -> Iterator[tuple[str, Any]]:
        method = getattr(self._examiner, step)
        extra = () if shared is None else (shared,)
        for path, arguments in tasks.items():
            yield path, method(path, *arguments, *extra)

    def running(self, here: bool) -> Running:
        return Running()


class Workers:
    """Processes of this machine, each with an examiner of its own.

    A file's later steps are asked of the worker that has its document in memory. A worker that
    dies is replaced, and its file tried once more. No threads live on here, so forking is safe.
    """

    worthwhile = WORTHWHILE

    def __init__(self, configuration: Configuration, jobs: int) -> None:
        self.jobs = jobs
        self._configuration = configuration
        self._workers: list[_Worker | None] = [None] * jobs
        self._home: dict[str, int] = {}
        self._sums: WorkerSums | None = None
        self._pack = False

    def close(self) -> None:
        for number, worker in enumerate(self._workers):
            if worker is not None:
                worker.stop()
            self._workers[number] = None

    def running(self, here: bool) -> Running:
        self._sums, self._pack = WorkerSums(self), here
        return self._sums

    def added(self) -> list[tuple[set[str], list[CountsKey]] | None]:
        """The files whose counts each worker has added up, and what it has counts of. Raises
        `EOFError` or `OSError` where one is gone, `MemoryError` where one has not enough."""
        # All at once: those that had to wait for others have done so already.
        for worker in filter(None, self._workers):
            worker.settle()
        self._ask_all("added")
        return self._all_answers()

    def totals(self, keys: Sequence[CountsKey]) -> Iterator[tuple[CountsKey, list[Any]]]:
        """What each worker has added up, `None` for nothing; while one sum is on its way, they are
        at the next. Raises as `added`."""
        for key in keys[:1]:
            self._ask_all("total_of", key)
        for key, following in zip_longest(keys, keys[1:]):
            if following is not None:
                self._ask_all("total_of", following)
            yield key, self._all_answers()

    def _ask_all(self, step: str, *arguments: Any) -> None:
        for worker in filter(None, self._workers):
            worker.ask(b"", step, "", arguments)

    def _all_answers(self) -> list[Any]:
        answers = [worker.answer() for worker in filter(None, self._workers)]
        if any(isinstance(each, Unusable) for each in answers):
            raise MemoryError
        return answers

    def run(self, step: str, tasks: Tasks, shared: Any = None) -> Iterator[tuple[str, Any]]:
        from multiprocessing.connection import wait

        common = b"" if shared is None else portable(shared, "what rules judge by")
        if step == "examine" and self._sums is not None and self._sums.wanted:
            step = "examine_adding"
            tasks = {path: (*arguments, self._pack) for path, arguments in tasks.items()}
        shared_out = all(path in self._home for path in tasks)
        queues = self._queues(tasks)
        failures: dict[str, int] = {}
        running: dict[Connection, int] = {}
        try:
            while running or any(queues):
                for number in set(range(len(queues))).difference(running.values()):
                    path = _next(queues, number, FEW if shared_out else 0)
                    if path is not None:
                        self._home[path] = number
                        worker = self._worker(number)
                        worker.ask(common, step, path, tasks[path])
                        running[worker.pipe] = number
                    elif step == "examine_adding" and self._workers[number] is not None:
                        self._worker(number).settle()
                for pipe in wait([*running]):
                    number = running.pop(cast("Connection", pipe))
                    yield from self._heard(number, queues[number], failures)
        finally:
            # An error or an interrupt leaves workers behind that are still at something.
            for number in running.values():
                self._worker(number).stop()
                self._workers[number] = None

    def _heard(
        self, number: int, queue: list[str], failures: dict[str, int]
    ) -> Iterator[tuple[str, Any]]:
        """A worker's answer about a file; where it died on it, the file is put back once."""
        worker = self._worker(number)
        try:
            answer = worker.answer()
        except (EOFError, OSError):
            self._workers[number] = None
            worker.stop()
            failures[worker.path] = failures.get(worker.path, 0) + 1
            if failures[worker.path] < ATTEMPTS:
                queue.append(worker.path)
                return
            answer = Unusable(FileError(worker.path, DIED))
        yield worker.path, answer

    def _queues(self, tasks: Tasks) -> list[list[str]]:
        """What each worker does, last first: what it has in memory, and of the rest a fair share
        by size."""
        queues: list[list[str]] = [[] for _ in self._workers]
        loads = [0] * len(queues)
        sizes = {path: size_of(path) for path in tasks}
        for path in sorted(tasks, key=lambda path: (-sizes[path], path)):
            number = self._home.setdefault(path, loads.index(min(loads)))
            queues[number].append(path)
            loads[number] += sizes[path]
        return [queue[::-1] for queue in queues]

    def _worker(self, number: int) -> _Worker:
        worker = self._workers[number]
        if worker is None:
            worker = self._workers[number] = _Worker(self._configuration, self.jobs)
        return worker


class WorkerSums(Running):
    """The sum of counts that the workers have added up."""

    def __init__(self, workers: Workers) -> None:
        super().__init__()
        self._workers = workers
        self._away: set[str] = set()

    @property
    def wanted(self) -> bool:
        return self._exact

    def add(self, state: FileState, droppable: bool) -> None:
        if state.counts is None:
            self._away.add(state.summary.path)
        super().add(state, droppable)

    def _may_lack(self, state: FileState) -> bool:
        return True

    def _total(self) -> Sums | None:
        if not self._away:
            return super()._total()
        try:
            total = self._added_up()
        except BaseException as error:
            # Who lives must not be asked again before it is heard.
            self._workers.close()
            if isinstance(error, (EOFError, OSError, MemoryError)):
                return None
            raise
        if total is not None:
            # Asked again, it is here.
            self._adding, self._away = Adding(), set()
            self._adding.add("", 0, total)
        return total

    def _added_up(self) -> Sums | None:
        """What is here and what is away; None where that is not what was added."""
        away = [known for known in self._workers.added() if known is not None]
        if sorted(path for paths, _ in away for path in paths) != sorted(self._away):
            return None
        here = self._adding.total()
        keys = list(dict.fromkeys(chain(here, *(keys for _, keys in away))))
        with threads(self._workers.jobs) as pool:
            sums = {
                key: pool.submit(
                    added, [part for part in (here.get(key), *parts) if part is not None]
                )
                for key, parts in self._workers.totals(keys)
            }
            return {key: each.result() for key, each in sums.items()}


class _Worker:
    """A process at the other end of a pipe, one of so many. path: what it is at."""

    def __init__(self, configuration: Configuration, sharing: int) -> None:
        self.pipe, theirs = _context().Pipe()
        _ENDS.add(self.pipe)
        self._process = _context().Process(
            target=_serve, args=(theirs, configuration, sharing), daemon=True
        )
        with signals_waiting():
            self._process.start()
        theirs.close()
        self._common = b""
        self.path = ""
        # Whether it was told to settle since it was asked something, and is still to be heard.
        self._settles = False

    def ask(self, common: bytes, step: str, path: str, arguments: tuple[Any, ...]) -> None:
        self.path = path
        # Where the worker is gone, the answer will say so.
        with suppress(OSError):
            if common and common is not self._common:
                self.pipe.send_bytes(common)
                self._common = common
            self.pipe.send(Question(step, path, arguments, bool(common)))

    def settle(self) -> None:
        """Have it add up what it has counted until it is asked something."""
        if not self._settles:
            self.ask(b"", "settle", self.path, ())
            self._settles = True

    def answer(self) -> Any:
        """Raises what was raised there, `EOFError` or `OSError` where the worker is gone."""
        if self._settles:
            self._settles = False
            self.answer()
        raised, answer = self.pipe.recv()
        if raised is not None:
            raise raised
        return answer

    def stop(self) -> None:
        _ENDS.discard(self.pipe)
        self.pipe.close()
        # A process that was stopped would not hear anything milder; there is nothing to clean up.
        self._process.kill()
        self._process.join()


def _next(queues: list[list[str]], number: int, left: int) -> str | None:
    """A worker's next file; one that has nothing left takes from the longest queue, of which so
    many are left to whose it is."""
    queue = queues[number]
    if not queue:
        longest = max(queues, key=len)
        queue = longest if len(longest) > left else []
    return queue.pop() if queue else None


def available_processors() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def size_of(path: str) -> int:
    """A file's bytes, 0 where it cannot be asked."""
    try:
        return os.stat(path).st_size  # noqa: PTH116 - called for each file of a corpus
    except (OSError, ValueError):
        return 0


def can_fork() -> bool:
    """Whether workers are forked, which saves them from loading everything again."""
    # Small runs start none, and need not load it.
    import multiprocessing

    return "fork" in multiprocessing.get_all_start_methods()


@cache
def _context() -> Any:
    import multiprocessing

    if not can_fork():
        return multiprocessing.get_context("spawn")
    # What this process needs as well as the workers is loaded once, before they are forked.
    import_module("taglint.corpus.contexts")
    return multiprocessing.get_context("fork")


# This process's ends of the pipes to its workers.
_ENDS: set[Connection] = set()


def _serve(pipe: Connection, configuration: Configuration, sharing: int) -> None:
    """A worker's life: a message in bytes is what the next questions share."""
    follow()
    # A copy of them, which forking makes, would keep a worker from seeing that the run was killed.
    for end in _ENDS:
        end.close()
    examiner = Examiner(installed(), configuration, sharing)
    common: Any = None
    with suppress(EOFError, OSError):
        while True:
            message = pickle.loads(pipe.recv_bytes())
            if not isinstance(message, Question):
                common = message
                continue
            pipe.send_bytes(_reply(message.path, outcome(examiner, message, common)))
    # Streams that were open in the main process are not flushed twice.
    os._exit(0)


def portable(value: Any, what: str) -> bytes:
    """For another process. Raises `TaglintError` where a rule's data cannot get there."""
    try:
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        reason = f"{what} cannot be taken to another process: {cause(error)}"
        raise TaglintError(f"{reason}; `-j 1` does without") from error


def _reply(path: str, found: tuple[TaglintError | None, Any]) -> bytes:
    try:
        return portable(found, f"{path}: what rules found")
    except TaglintError as error:
        return pickle.dumps((error, None))


def outcome(examiner: Examiner, question: Question, common: Any) -> tuple[TaglintError | None, Any]:
    """What went wrong, or the answer. common: what all questions share."""
    extra = (common,) if question.shared else ()
    try:
        method = getattr(examiner, question.step)
        return None, method(question.path, *question.arguments, *extra)
    except TaglintError as error:
        # One that is made of more than its message would arrive as another.
        return TaglintError(str(error)), None
    except MemoryError:
        return None, Unusable(FileError(question.path, "not enough memory for it"))
    except Exception as error:
        return TaglintError(f"{question.path}: {cause(error)}"), None
