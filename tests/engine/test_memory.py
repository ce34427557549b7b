"""What is freed is kept by the process, and no more."""

import platform
import subprocess
import sys

import pytest

PROGRAM = """
import sys
from taglint.memory import keep_memory
def faults():
    import resource
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
if sys.argv[1] == "kept":
    keep_memory()
    keep_memory()
def use():
    return [bytearray(1 << 22) for _ in range(8)]
use()
before = faults()
use()
print(faults() - before)
"""
PAGES = (8 << 22) // 4096


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only this library can be asked")
def test_what_was_freed_is_used_again() -> None:
    counts = {}
    for name in ("kept", "given back"):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, name], capture_output=True, text=True, check=True
        )
        counts[name] = int(done.stdout)
    assert counts["kept"] < PAGES // 50 < PAGES // 2 < counts["given back"]
