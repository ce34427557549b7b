"""What NumPy is told about the processor, and that it is told in time."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from taglint.processor import AVX_512, DISABLED, ENABLED, THREADS, is_zen_4, prepare_numpy

ZEN_4 = (
    "processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 17\n"
    "flags\t\t: fpu avx2 avx512f\npower management:\n"
)


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        (ZEN_4, True),
        (ZEN_4 + "\n" + ZEN_4.replace(": 0", ": 1"), True),
        (ZEN_4.replace(" avx512f", ""), False),
        (ZEN_4.replace("25", "26"), False),
        (ZEN_4.replace("AuthenticAMD", "GenuineIntel"), False),
        ("processor\t: 0\nBogoMIPS\t: 50.00\n", False),
        ("", False),
    ],
)
def test_only_zen_4_is_slow_at_storing_what_it_compressed(said: str, is_one: bool) -> None:
    assert is_zen_4(said) is is_one


@pytest.mark.parametrize("name", [DISABLED, ENABLED])
def test_what_the_user_decides_is_left(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr("taglint.processor.is_zen_4", lambda _: True)
    monkeypatch.setattr(os, "environ", {name: "X86_V3"})
    prepare_numpy()
    assert {DISABLED, ENABLED} & set(os.environ) == {name}
    assert os.environ[name] == "X86_V3"


@pytest.mark.parametrize(("before", "then"), [(None, "1"), ("4", "4")])
def test_linear_algebra_has_one_thread_unless_the_user_wants_more(
    monkeypatch: pytest.MonkeyPatch, before: str | None, then: str
) -> None:
    monkeypatch.setattr(os, "environ", {THREADS: before} if before else {})
    prepare_numpy()
    assert os.environ[THREADS] == then


def said_by(program: str) -> tuple[str, str]:
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout, done.stderr


def test_numpy_obeys() -> None:
    """Where this processor has them, they are off in a run that was told so, without a word."""
    program = f"""
import os
os.environ[{DISABLED!r}] = {AVX_512!r}
from numpy._core._multiarray_umath import __cpu_features__ as known, __cpu_dispatch__ as used
print([name for name in {AVX_512!r}.split() if name in used and known[name]])
"""
    assert said_by(program) == ("[]\n", "")


def test_commands_do_it_before_numpy_is_loaded() -> None:
    program = """
import sys
from taglint import processor
processor.prepare_numpy = lambda: print("numpy" in sys.modules)
sys.argv = ["taglint", "--version"]
from taglint.__main__ import main
main()
"""
    assert said_by(program)[0].startswith("False\n")
