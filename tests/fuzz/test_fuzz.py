"""A short run of the fuzzer; `python -m tests.fuzz --minutes 20` is a long one."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest

from tests.conftest import LONG
from tests.fuzz import beside
from tests.fuzz.patterns import Compiled, slow
from tests.fuzz.running import Fuzzer
from tests.fuzz.seeds import EXAMPLES, of_files, of_rules

# Of the processor, so that as much is tried beside other programs.
SECONDS = 10


def test_damaged_examples_keep_every_law() -> None:
    fuzzer = Fuzzer([*of_rules(), *of_files([EXAMPLES])], seed=20)
    fuzzer.run(SECONDS * LONG, clock=time.process_time)
    assert fuzzer.done > 20
    assert not fuzzer.failures, fuzzer.summary()


@pytest.mark.parametrize("kind", beside.KINDS)
def test_damaged_files_beside_a_corpus_end_in_clear_lines(kind: str) -> None:
    chance = Random(kind)
    end = time.process_time() + 1.5 * LONG
    while time.process_time() < end:
        data = beside.damaged(kind, chance)
        try:
            beside.holds(kind, data)
        except AssertionError as error:
            raise AssertionError(f"{data!r}: {error}") from error


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed")
@pytest.mark.parametrize("target", ["decoders", "configuration"])
def test_guided_fuzzing_finds_nothing(target: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz.guided", target, "--minutes", str(LONG / 10)]
    folders = ["--corpus", str(tmp_path / "corpus"), "--failures", str(tmp_path / "failures")]
    done = subprocess.run([*command, *folders], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3_000:]
    assert not any((tmp_path / "failures").iterdir())


def test_no_pattern_takes_longer_than_its_text_is_long() -> None:
    """In a process of its own, as patterns are noted while modules are loaded."""
    command = [sys.executable, "-m", "tests.fuzz.patterns"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout


def test_a_pattern_that_does_is_found() -> None:
    assert slow(Compiled(re.compile(r"\s*,\s*\s*x"), "", 0), "search")
    assert not slow(Compiled(re.compile(r"\s?,\s*x"), "", 0), "search")
