"""The files that editors are tested on, and what the command line makes of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SEED = Path("shared", "data", "000_08f63ad52a8b4f86.txt")
SAFE, ALL = "Fix all that is safe to fix", "Fix all, changes of annotation included"
COMMAND = (sys.executable, "-m", "taglint")


@dataclass(frozen=True)
class Corpus:
    """A file to open. unsafe: whether changes of annotation are applied as well."""

    path: Path
    unsafe: bool = False

    def __str__(self) -> str:
        return f"{self.path.stem}-{'all' if self.unsafe else 'safe'}"

    def copied(self, folder: Path) -> Path:
        if not self.path.exists():
            pytest.skip(f"{self.path.name} is not here")
        target = folder / "corpus.txt"
        shutil.copyfile(self.path, target)
        return target


def corpora() -> list[Corpus]:
    return [
        Corpus(ROOT / "examples" / "weather.txt"),
        Corpus(ROOT / "examples" / "notes.txt", unsafe=True),
        Corpus(beside(SEED), unsafe=True),
    ]


def beside(path: Path) -> Path:
    """A path in a folder above the project, where shared data may lie."""
    found = (folder / path for folder in ROOT.parents if (folder / path).exists())
    return next(found, ROOT / path)


def with_taglint() -> str:
    """The search path with the `taglint` of this environment first."""
    return os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))


def by_command_line(corpus: Corpus, folder: Path) -> tuple[list[dict[str, Any]], bytes]:
    """The findings of `taglint check`, and the bytes that it leaves with --fix."""
    aside = folder / "aside"
    aside.mkdir()
    path = corpus.copied(aside)
    check = [*COMMAND, "check", "--output-format", "jsonl", "-q"]
    done = subprocess.run([*check, path.name], cwd=aside, capture_output=True, check=False)
    found = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    fix = ["--fix", "--unsafe-fixes"] if corpus.unsafe else ["--fix"]
    subprocess.run([*check, *fix, path.name], cwd=aside, capture_output=True, check=False)
    return found, path.read_bytes()
