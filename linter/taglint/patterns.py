"""Regular expressions that a run may do without.

Compiling a class of Han characters takes a millisecond or more, at every start of the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast


class _Lazy:
    """Stands for a compiled pattern, and keeps each of its methods that is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._source), name)
        setattr(self, name, found)
        return found


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, which is done at the first use."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


def one_of(characters: Iterable[str]) -> re.Pattern[str]:
    """What finds any of some characters."""
    return lazy(f"[{re.escape(''.join(sorted(set(characters))))}]")
