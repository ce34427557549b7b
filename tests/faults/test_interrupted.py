"""A run that is interrupted or told to stop ends, in whatever it happens to be."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from tests.conftest import LONG
from tests.faults.tally import INTERRUPTED, fault
from tests.faults.test_cache import USUAL

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs Unix's signals")
# Where Python prints what is raised, and goes on; and where others are busy for long.
LOSING = {
    "threads that judge": """
from taglint.engine import judging
judging.WORTHWHILE = 0
def judge(self, *given):
    os.kill(os.getpid(), told)
    time.sleep(60)
judging.Judging._verdict = judge
""",
    "before a fork": "os.register_at_fork(before=strike)",
    "after a fork": "os.register_at_fork(after_in_parent=strike)",
    "an object's end": """
from taglint.engine.examining import Examiner
class Ending:
    __del__ = strike
def examine(self, *given, run=Examiner.examine):
    Ending()
    time.sleep(1)
    return run(self, *given)
Examiner.examine = examine
""",
    "an object's name": """
from taglint.engine.examining import Examiner
class Named:
    def __set_name__(self, *_):
        strike()
def examine(self, *given, run=Examiner.examine):
    with suppress(Exception):
        type("Made", (), {"field": Named()})
    time.sleep(1)
    return run(self, *given)
Examiner.examine = examine
""",
}
# As `python -m taglint`, also where a shell had signals ignored. argv: the signal.
PROGRAM = """
import os, signal, sys, time
from contextlib import suppress
from taglint.engine import executors
from taglint.__main__ import main
executors.Workers.worthwhile = 0
told = int(sys.argv.pop(1))
signal.signal(signal.SIGINT, signal.default_int_handler)
def strike(*_):
    signal.raise_signal(told)
"""
BOTH = pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])


@pytest.fixture
def corpus(folder: Path) -> Path:
    (folder / "corpus").mkdir()
    for number in range(4):
        (folder / "corpus" / f"{number}.txt").write_text(USUAL * 500 + "今天/t 下／v\n", "utf-8")
    return folder / "corpus"


def started(told: signal.Signals, losing: str, jobs: int) -> subprocess.Popen[str]:
    options = ["check", "--isolated", "--no-cache", "-j", str(jobs), "corpus"]
    command = [sys.executable, "-c", f"{PROGRAM}{losing}\nmain()", str(int(told)), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@BOTH
@pytest.mark.parametrize("where", LOSING)
@fault(INTERRUPTED)
def test_a_signal_is_not_lost_where_exceptions_are(
    corpus: Path, where: str, told: signal.Signals
) -> None:
    process = started(told, LOSING[where], 1 if "object" in where else 2)
    errors = process.communicate(timeout=20)[1]
    assert process.returncode == 128 + told, errors
    assert errors.split() == (["taglint:", "interrupted"] if told == signal.SIGINT else [])


@fault(INTERRUPTED)
def test_a_worker_that_is_interrupted_while_it_starts_does_its_work(corpus: Path) -> None:
    """As all processes of a terminal are: the run ends by what its main process hears."""
    process = started(signal.SIGINT, "os.register_at_fork(after_in_child=strike)", 2)
    said, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (1, "") and "TOK004" in said


@BOTH
def test_a_run_ends_whenever_it_is_told_to(corpus: Path, told: signal.Signals) -> None:
    chance = Random(int(told))
    for _ in range(4 * LONG):
        with fault(INTERRUPTED):
            process = started(told, "print(flush=True)", 2)
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.random() * 0.5)
            process.send_signal(told)
            errors = process.communicate(timeout=10)[1]
            # Python itself ends so where it was interrupted in text that it was told to run, and
            # a run that has said all there was to say.
            assert process.returncode in (128 + told, -told, 1), errors
            assert "Traceback" not in errors
