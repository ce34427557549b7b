"""What the C library is asked to keep: address space alone, and none where it is counted."""

import platform
import subprocess
import sys

import pytest

PROGRAM = """
import resource, sys
from taglint.memory import RESERVED, keep_memory
if sys.argv[1] != "free":
    resource.setrlimit(resource.RLIMIT_AS, (1 << 33, 1 << 33))
def used():
    pages = open("/proc/self/statm").read().split()[:2]
    return [int(each) * resource.getpagesize() for each in pages]
before = used()
keep_memory()
keep_memory()
after = used()
print((after[0] - before[0]) / RESERVED, (after[1] - before[1]) / RESERVED)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only this library can be asked")
@pytest.mark.parametrize(("limit", "least", "most"), [("free", 1.0, 1.1), ("limited", 0.0, 0.1)])
def test_space_is_reserved_once_and_not_used(limit: str, least: float, most: float) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, limit], capture_output=True, text=True, check=True
    )
    space, memory = map(float, done.stdout.split())
    assert least <= space <= most
    assert memory < 0.05
