"""Regular expressions that a run may do without.

Compiling a class of Han characters takes a millisecond or more, at every start of the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, AnyStr, cast


class _Lazy:
    """Stands for a compiled pattern, and keeps each of its methods that is asked for."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._source = pattern, flags
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._source), name)  # type: ignore[type-var]
        setattr(self, name, found)
        return found


def lazy(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, which is done at the first use."""
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))


def one_of(characters: Iterable[str]) -> re.Pattern[str]:
    """What finds any of some characters."""
    return lazy(f"[{re.escape(''.join(sorted(set(characters))))}]")
