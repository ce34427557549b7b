"""Keeps the last result of each step: the engine asks for it once for each rule that shares it."""

from __future__ import annotations

from collections.abc import Callable
from operator import is_
from typing import Any

_last: dict[str, tuple[tuple[Any, ...], Any]] = {}


def kept(
    step: str, key: tuple[Any, ...], make: Callable[[], Any], where: dict[str, Any] = _last
) -> Any:
    """What `make` gives, kept until the step is asked for another key. where: it is kept; by
    default for as long as the process lives."""
    known = where.get(step)
    if known is None or not all(map(is_, known[0], key)):
        known = where[step] = key, make()
    return known[1]
