"""What tests of commands share: running taglint in this process, in a folder of its own."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from taglint.commands.group import run


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
        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            patch.setattr(sys, "stdout", io.TextIOWrapper(out, "utf-8", write_through=True))
            patch.setattr(sys, "stderr", io.TextIOWrapper(err, "utf-8", write_through=True))
            status = run(arguments)
        raw = out.getvalue()
        return Done(status, raw.decode("utf-8", "replace"), err.getvalue().decode("utf-8"), raw)

    return call
