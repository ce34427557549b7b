"""Has the C library keep what a run frees for what it allocates next.

A run makes many arrays of megabytes. By default each is given back to the system and the next one
asked for page by page, which takes a tenth of the run. A process that lives on, such as a server,
should give back what it does not need.

Names and numbers are those of mallopt(3) on Linux; elsewhere nothing is done. (Large pages, asked
for besides, made runs slower where the system had to make them first, and hardly faster elsewhere.)
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
# Freed bytes that are kept; arrays of more than `CUT` bytes, the most that can be said, are not cut
# from what is kept.
KEPT, CUT = 1 << 29, 1 << 25


@cache
def keep_memory() -> None:
    """For the rest of this process, and of those forked from it."""
    from ctypes import CDLL

    with suppress(OSError, AttributeError, TypeError, ImportError):
        library = CDLL(None)
        library.mallopt(M_TRIM_THRESHOLD, KEPT)
        library.mallopt(M_MMAP_THRESHOLD, CUT)
        # Threads take from the same as well.
        library.mallopt(M_ARENA_MAX, 1)
