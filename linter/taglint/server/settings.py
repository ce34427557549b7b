"""What a client may set, under the key `taglint`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

INLAY_HINTS = ("off", "fixes", "glosses")


@dataclass(frozen=True)
class Settings:
    """debounce: milliseconds without a change after which a document is checked. most_findings:
    how many findings of a file are sent. inlay_hints: what is shown behind tokens, the tags that
    fixes propose or the gloss of every tag. config: a configuration file for all documents.
    """

    debounce: int = 100
    most_findings: int = 500
    inlay_hints: str = "fixes"
    config: str = ""


NAMES = {
    "debounce": "debounce",
    "mostFindings": "most_findings",
    "inlayHints": "inlay_hints",
    "config": "config",
}


def changed(settings: Settings, given: Any) -> tuple[Settings, list[str]]:
    """Settings with what a client sent, with or without the key `taglint` around it, and what is
    wrong with it, a line each."""
    values = given.get("taglint", given) if isinstance(given, Mapping) else None
    if not isinstance(values, Mapping):
        return settings, []
    mistakes = [_mistake(name, value) for name, value in values.items()]
    good = {
        NAMES[name]: value
        for (name, value), bad in zip(values.items(), mistakes, strict=True)
        if not bad
    }
    return replace(settings, **good), [bad for bad in mistakes if bad]


def _mistake(name: str, value: Any) -> str:
    if name not in NAMES:
        near = get_close_matches(name, NAMES, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"unknown setting taglint.{name}{hint}"
    if name == "inlayHints" and value not in INLAY_HINTS:
        return f"taglint.inlayHints is one of {', '.join(INLAY_HINTS)}"
    kind = type(getattr(Settings(), NAMES[name]))
    if type(value) is not kind or (kind is int and value < 0):
        return f"taglint.{name} is a {'number from 0 on' if kind is int else 'text'}"
    return ""
