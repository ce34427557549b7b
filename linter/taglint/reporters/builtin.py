"""The built-in reporters, offered through the same hook as any plugin's."""

from __future__ import annotations

from taglint.plugins import hookimpl
from taglint.reporters.base import Reporter
from taglint.reporters.concise import Concise
from taglint.reporters.jsonl import JsonLines


@hookimpl
def taglint_reporters() -> list[Reporter]:
    return [Concise(), JsonLines()]
