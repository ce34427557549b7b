"""Workers that die, stop or cannot answer: the same findings, or an error that names the file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from taglint.engine.executors import DIED, can_fork
from tests.conftest import LONG, Done
from tests.faults.tally import WORKERS, fault
from tests.faults.test_cache import ALONE, CHECK, USUAL

Taglint = Callable[..., Done]
pytestmark = pytest.mark.skipif(
    not can_fork() or not Path("/proc/self/task").exists(),
    reason="needs forked workers, and their numbers from /proc",
)
# As `python -m taglint`, with workers for small corpora too, and slow ones.
SLOW = """
import signal, sys, time
from taglint.engine import examining, executors
executors.Workers.worthwhile = 0
for step in ("examine", "added", "total_of", "locate", "search", "lines"):
    def slowly(self, *given, run=getattr(examining.Examiner, step)):
        time.sleep(0.02)
        return run(self, *given)
    setattr(examining.Examiner, step, slowly)
# Shells have what they start in the background ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)
from taglint.__main__ import main
main()
"""


@pytest.fixture
def corpus(folder: Path) -> Path:
    (folder / "corpus").mkdir()
    for number in range(12):
        odd = f"他/r 爱/v 国家/d 。/w 开{number}/v/ 〔/x\n" if number % 3 == 1 else ""
        (folder / "corpus" / f"{number}.txt").write_text(USUAL * (10 + number) + odd, "utf-8")
    return folder / "corpus"


@pytest.fixture
def right(corpus: Path, taglint: Taglint) -> str:
    return taglint(*CHECK, *ALONE, "corpus").out


def started(jobs: int, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SLOW, *CHECK, "-j", str(jobs), *more, "corpus"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def children(process: subprocess.Popen[str]) -> list[int]:
    try:
        text = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    except OSError:
        return []
    return [int(number) for number in text.split()]


def first_children(process: subprocess.Popen[str], number: int) -> list[int]:
    while process.poll() is None and len(found := children(process)) < number:
        time.sleep(0.01)
    return found


def is_running(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone_soon(numbers: list[int]) -> bool:
    for _ in range(200):
        if not any(map(is_running, numbers)):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("jobs", [2, 4])
@pytest.mark.parametrize("kills", [1, 3])
def test_workers_killed_at_any_moment(right: str, jobs: int, kills: int) -> None:
    chance = Random(jobs * 10 + kills)
    struck = 0
    for _ in range(LONG):
        process, before = started(jobs, "--no-cache"), struck
        first_children(process, 1)
        for _ in range(kills):
            time.sleep(chance.random() * 0.3)
            for number in children(process)[:1]:
                os.kill(number, signal.SIGKILL)
                struck += 1
        with fault(WORKERS, struck - before):
            said, errors = process.communicate(timeout=60)
            assert_same_but_for_errors(said, errors, right)
            assert process.returncode == (2 if errors else 1)
    assert struck


def assert_same_but_for_errors(said: str, errors: str, right: str) -> None:
    """Equal, or files are named with what became of them, and the others have what they have by
    themselves."""
    lines = errors.splitlines()
    assert all(line.endswith(DIED) for line in lines), errors
    if not lines:
        assert said == right
        return
    missed = {item["path"] for item in json.loads(said)["errors"]}
    assert len(missed) == len(lines)
    assert _by_themselves(said, missed) == _by_themselves(right, missed)


def _by_themselves(report: str, without: set[str]) -> list[dict[str, Any]]:
    """Findings for which a file's own tokens are enough: TAG010 counts those of all files."""
    return [
        item
        for item in json.loads(report)["findings"]
        if item["path"] not in without and item["code"] != "TAG010"
    ]


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
@fault(WORKERS)
def test_a_worker_that_was_stopped_does_not_keep_the_run_from_ending(
    right: str, told: signal.Signals
) -> None:
    process = started(2, "--no-cache")
    workers = first_children(process, 2)
    os.kill(workers[0], signal.SIGSTOP)
    time.sleep(0.3)
    process.send_signal(told)
    errors = process.communicate(timeout=15)[1]
    assert process.returncode == 128 + told, errors
    assert "Traceback" not in errors and gone_soon(workers)


@fault(WORKERS)
def test_a_worker_that_was_stopped_goes_on(right: str) -> None:
    process = started(2, "--no-cache")
    workers = first_children(process, 2)
    os.kill(workers[0], signal.SIGSTOP)
    time.sleep(0.5)
    assert process.poll() is None, "the run waits, as a slow worker cannot be told from it"
    os.kill(workers[0], signal.SIGCONT)
    assert process.communicate(timeout=60) == (right, "")


@fault(WORKERS)
def test_workers_end_with_a_run_that_was_killed(right: str) -> None:
    process = started(4)
    workers = first_children(process, 4)
    time.sleep(0.1)
    process.kill()
    process.communicate(timeout=20)
    assert len(workers) == 4 and gone_soon(workers)
    process = started(4)
    assert process.communicate(timeout=60) == (right, "")


DIE = "import os; os.kill(os.getpid(), 9)"
POISON = SLOW.replace(
    "        return run(",
    f"""        if any(word in given[0] for word in POISONED.get(run.__name__, ())):
            {DIE}
        return run(""",
).replace("import signal, sys, time", "import signal, sys, time; POISONED = eval(sys.argv.pop(1))")


@pytest.mark.parametrize(
    ("step", "jobs"), [("examine", 2), ("examine", 4), ("locate", 2), ("lines", 2), ("search", 4)]
)
@fault(WORKERS)
def test_a_file_that_kills_each_worker_is_one_error(
    corpus: Path, right: str, taglint: Taglint, step: str, jobs: int
) -> None:
    poisoned = {step: ["corpus/1.txt", "corpus/4.txt"]}
    command = [sys.executable, "-c", POISON, repr(poisoned), *CHECK, "-j", str(jobs), "--no-cache"]
    done = subprocess.run(
        [*command, "corpus"], capture_output=True, text=True, timeout=60, check=False
    )
    lines = sorted(done.stderr.splitlines())
    assert "Traceback" not in done.stderr
    if step == "examine":
        assert done.returncode == 2
        assert lines == [f"taglint: corpus/{n}.txt: {DIED}" for n in (1, 4)]
        for number in (1, 4):
            (corpus / f"{number}.txt").unlink()
        others = json.loads(taglint(*CHECK, *ALONE, "corpus").out)["findings"]
        assert json.loads(done.stdout)["findings"] == others
    else:
        assert done.returncode == 2
        assert_same_but_for_errors(done.stdout, done.stderr, right)


@pytest.mark.parametrize("step", ["added", "total_of"])
@pytest.mark.parametrize("way", [DIE, "raise MemoryError"], ids=["dead", "short of memory"])
@fault(WORKERS)
def test_workers_that_cannot_add_up_cost_time(
    corpus: Path, right: str, step: str, way: str
) -> None:
    script = POISON.replace(DIE, way)
    command = [sys.executable, "-c", script, repr({step: [""]}), *CHECK, "-j", "2", "--no-cache"]
    done = subprocess.run(
        [*command, "corpus"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == (right, "")


@pytest.mark.parametrize("step", ["examine", "locate", "lines", "search"])
@fault(WORKERS)
def test_what_a_dead_worker_left_out_is_not_remembered(corpus: Path, right: str, step: str) -> None:
    command = [*CHECK, "-j", "2", "corpus"]
    poisoned = [sys.executable, "-c", POISON, repr({step: ["corpus/1.txt"]})]
    done = subprocess.run([*poisoned, *command], capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    whole = [sys.executable, "-c", SLOW, *command]
    done = subprocess.run(whole, capture_output=True, timeout=60, check=False)
    assert done.stdout.decode() == right


class Odd(Counter[Any]):
    """Counts that no other process can have."""

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("odd")


def test_counts_that_cannot_travel_are_an_error_only_where_they_must(
    corpus: Path, taglint: Taglint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plugin's rule may count in what cannot be pickled; the cache does without."""
    right = taglint(*CHECK, *ALONE, "corpus")
    monkeypatch.setattr("taglint.engine.executors.Workers.worthwhile", 0)
    from taglint.engine import examining

    gathered = examining.gather

    def gather(active: Any, document: Any) -> Any:
        found = gathered(active, document)
        return Odd(found) if isinstance(found, Counter) else found

    monkeypatch.setattr(examining, "gather", gather)
    for _ in range(2):
        assert taglint(*CHECK, "-j", "1", "corpus") == right
    # What workers have added up travels; a sum of several files would have lost what is odd.
    monkeypatch.setattr("taglint.engine.adding.added", lambda parts: parts[0])
    done = taglint(*CHECK, "-j", "2", "--no-cache", "corpus")
    assert done.status == 2 and done.err.count("\n") == 1
    assert "cannot be taken to another process" in done.err and "`-j 1`" in done.err


def test_memory_that_does_not_suffice_is_one_line(
    corpus: Path, taglint: Taglint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(*_: Any) -> None:
        raise MemoryError("Unable to allocate 26.8 MiB")

    monkeypatch.setattr("taglint.engine.session.Session.check", check)
    done = taglint(*CHECK, *ALONE, "corpus")
    assert done.status == 2 and done.err.count("\n") == 1
    assert done.err.startswith("taglint: out of memory; ")
