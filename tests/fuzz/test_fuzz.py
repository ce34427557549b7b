"""A short run of the fuzzer; `python -m tests.fuzz --minutes 20` is a long one."""

from __future__ import annotations

from tests.fuzz.running import Fuzzer
from tests.fuzz.seeds import EXAMPLES, of_files, of_rules

SECONDS = 15


def test_damaged_examples_keep_every_law() -> None:
    fuzzer = Fuzzer([*of_rules(), *of_files([EXAMPLES])], seed=20)
    fuzzer.run(SECONDS)
    assert fuzzer.done > 20
    assert not fuzzer.failures, fuzzer.summary()
