"""Has the C library keep what a run frees for what it allocates next, in large pages.

A run makes many arrays of megabytes. By default each is given back to the system and the next one
asked for page by page, which takes a tenth of the run. A process that lives on, such as a server,
should give back what it does not need.

Names and numbers are those of mallopt(3) and madvise(2) on Linux; elsewhere nothing is done.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import Any

M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -2, -3, -8
MADV_HUGEPAGE = 14
# Address space that the first arrays are cut from, in large pages, of so many bytes each; what is
# never written to takes no memory.
RESERVED, PAGE = 1 << 29, 1 << 21
# Freed bytes that are kept besides; arrays of more than `CUT` bytes are not cut from the rest.
KEPT, CUT = 1 << 28, 1 << 23
# What a small program would ask for, and what is surely more than is left of that.
PAD, MORE = 1 << 17, 1 << 20


@cache
def keep_memory() -> None:
    """For the rest of this process, and of those forked from it."""
    from ctypes import CDLL

    with suppress(OSError, AttributeError, TypeError, ImportError):
        library = CDLL(None)
        library.mallopt(M_TRIM_THRESHOLD, RESERVED + KEPT)
        library.mallopt(M_MMAP_THRESHOLD, CUT)
        # Threads take from the same as well.
        library.mallopt(M_ARENA_MAX, 1)
        if _may_reserve():
            _reserve(library)


def _may_reserve() -> bool:
    """Whether address space is free, not counted by a limit."""
    import resource

    kinds = (resource.RLIMIT_AS, resource.RLIMIT_DATA)
    return all(resource.getrlimit(kind)[0] == resource.RLIM_INFINITY for kind in kinds)


def _reserve(library: Any) -> None:
    from ctypes import c_int, c_size_t, c_ssize_t, c_void_p

    for call, result, *arguments in (
        (library.sbrk, c_void_p, c_ssize_t),
        (library.malloc, c_void_p, c_size_t),
        (library.free, None, c_void_p),
        (library.madvise, c_int, c_void_p, c_size_t, c_int),
    ):
        call.restype, call.argtypes = result, arguments
    before = library.sbrk(0)
    library.mallopt(M_TOP_PAD, RESERVED)
    library.free(library.malloc(MORE))
    library.mallopt(M_TOP_PAD, PAD)
    first = -(-before // PAGE) * PAGE
    size = library.sbrk(0) - first
    if size >= RESERVED - PAGE:
        library.madvise(first, size // PAGE * PAGE, MADV_HUGEPAGE)
