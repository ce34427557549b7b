"""What tests of commands share: running taglint in this process, in a folder of its own."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings

from taglint.commands.group import run
from tests.faults import tally

# How many times as much is tried as by default, in long runs: `TAGLINT_LONG=100 pytest tests/laws`.
LONG = int(os.environ.get("TAGLINT_LONG", "1"))
# Making a failure small may take minutes; a short run shows it as it was found. How long an example
# takes says more of the machine than of the program.
settings.register_profile(
    "short", deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
settings.register_profile("long", deadline=None)
settings.load_profile("short" if LONG == 1 else "long")


@dataclass(frozen=True)
class Done:
    """How a command ended: exit status and what it printed."""

    status: int
    out: str
    err: str
    raw: bytes


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def taglint(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Runs a command line in the empty folder; `stdin` are the bytes it reads."""

    def call(*arguments: str, stdin: bytes = b"") -> Done:
        streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in "oe"]
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            patch.setattr(sys, "stdout", streams[0])
            patch.setattr(sys, "stderr", streams[1])
            status = run(arguments)
        raw, err = (stream.buffer.getvalue() for stream in streams)  # type: ignore[attr-defined]
        return Done(status, raw.decode("utf-8", "replace"), err.decode("utf-8"), raw)

    return call


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In a worker of pytest-xdist: the faults go to the process that prints them."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["faults"] = tally.counts()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    # A worker that crashed has said nothing.
    tally.add(getattr(node, "workeroutput", {}).get("faults", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many faults were injected and survived."""
    if tally.injected:
        terminalreporter.section("faults")
        for line in tally.lines():
            terminalreporter.write_line(line)
