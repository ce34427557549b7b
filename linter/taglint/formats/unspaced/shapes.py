"""Kinds of characters in a form: runs of Latin letters, digits, Chinese, blanks and the rest."""

from __future__ import annotations

import re
from functools import lru_cache

_CHINESE = "\u3400-\u9fff\U00020000-\U0003ffff"
_RUNS = re.compile(
    rf"(?P<L>[A-Za-z]+)|(?P<D>[0-9]+)|(?P<C>[{_CHINESE}]+)|(?P<S>\s+)|(?P<P>[!-~])|(?P<Q>.)", re.S
)
MEMO = 1 << 17


@lru_cache(maxsize=MEMO)
def runs(form: str) -> tuple[tuple[str, str], ...]:
    """The runs of a form, each with its kind: L, D, C, S, P (other ASCII) or Q (any other)."""
    return tuple((str(match.lastgroup), match[0]) for match in _RUNS.finditer(form))


@lru_cache(maxsize=MEMO)
def shape(form: str) -> str:
    """What a tag says about the look of a form: the kind, and the length where it matters."""
    kinds = [kind for kind, _ in runs(form)]
    if kinds == ["C"]:
        return f"C{min(len(form), 5)}"
    if kinds == ["L"]:
        return "L1" if len(form) == 1 else "L"
    if len(kinds) == 1 and kinds[0] in "DS":
        return kinds[0]
    for kind, name in (("C", "mixed"), ("L", "LX"), ("D", "DX")):
        if kind in kinds:
            return name
    return "P"
