"""Runs taglint in child processes with something gone wrong at one step of writing.

    python -m tests.faults.driver PRISTINE WORK FAULT ARGUMENT...

Copies the folder PRISTINE to WORK/0, WORK/1, … and runs taglint with the arguments in each; in
WORK/0 nothing goes wrong, in WORK/N the fault happens at the Nth step. Prints a JSON object a run:
its folder, how it ended (the exit status, or the signal as a negative number), and what it said on
standard error.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

FAULTS = ("kill", "terminate", "no-space", "io-error")
# Where the system is asked to do something on the way from new bytes to a replaced file.
STEPS = ((os, "fsync"), (os, "chmod"), (os, "chown"), (os, "replace"))
ERRORS = ("no-space", "io-error")


class Counter:
    """Counts steps, and has the fault happen at one of them."""

    def __init__(self, at: int, fault: str) -> None:
        self.at, self.fault, self.now = at, fault, 0

    def step(self) -> None:
        self.now += 1
        if self.now == self.at:
            self.strike()

    def strike(self) -> None:
        if self.fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.fault == "terminate":
            os.kill(os.getpid(), signal.SIGTERM)
            return
        number = errno.ENOSPC if self.fault == "no-space" else errno.EIO
        raise OSError(number, os.strerror(number))


class Halving:
    """A file that writes in two halves, each of them a step."""

    def __init__(self, file: Any, counter: Counter) -> None:
        self.file, self.counter = file, counter

    def write(self, data: bytes) -> int:
        for half in (data[: len(data) // 2], data[len(data) // 2 :]):
            self.file.write(half)
            self.file.flush()
            self.counter.step()
        return len(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def __enter__(self) -> Halving:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()


def stepwise(function: Callable[..., Any], counter: Counter) -> Callable[..., Any]:
    """The function with a step before and one behind it."""

    def call(*arguments: Any, **named: Any) -> Any:
        counter.step()
        found = function(*arguments, **named)
        # What has been done cannot be said to have failed.
        if counter.fault not in ERRORS:
            counter.step()
        return found

    return call


def install(counter: Counter) -> None:
    for module, name in STEPS:
        setattr(module, name, stepwise(getattr(module, name), counter))
    created, opened = os.open, os.fdopen
    counted = stepwise(created, counter)
    os.open = lambda name, *given: (counted if ".tmp" in str(name) else created)(name, *given)
    os.fdopen = lambda *given, **named: Halving(opened(*given, **named), counter)


def child(folder: Path, at: int, fault: str, arguments: list[str], said: Path) -> None:
    """Never returns."""
    from taglint.__main__ import main

    os.chdir(folder)
    with said.open("w", encoding="utf-8") as stream:
        os.dup2(stream.fileno(), 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        counter = Counter(at, fault)
        install(counter)
        sys.argv[1:] = arguments
        status = 99
        try:
            main()
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 98
        finally:
            if not at:
                said.with_suffix(".steps").write_text(str(counter.now))
            os._exit(status)


def run(pristine: Path, work: Path, at: int, fault: str, arguments: list[str]) -> dict[str, Any]:
    folder, said = work / str(at), work / f"{at}.err"
    shutil.copytree(pristine, folder, symlinks=True)
    process = os.fork()
    if process == 0:
        child(folder, at, fault, arguments, said)
    _, status = os.waitpid(process, 0)
    ended = os.waitstatus_to_exitcode(status)
    return {"folder": str(folder), "at": at, "ended": ended, "said": said.read_text("utf-8")}


def load(pristine: Path, work: Path, arguments: list[str]) -> None:
    """Run taglint here once, so that each child begins with all modules that it needs."""
    from taglint.commands.group import run as taglint
    from taglint.processor import prepare_numpy

    prepare_numpy()
    folder, before = work / "loaded", Path.cwd()
    shutil.copytree(pristine, folder, symlinks=True)
    os.chdir(folder)
    try:
        with redirect_stdout(StringIO()):
            taglint(arguments)
    finally:
        os.chdir(before)


def main() -> None:
    pristine, work, fault, *arguments = sys.argv[1:]
    assert fault in FAULTS
    load(Path(pristine), Path(work), arguments)
    first = run(Path(pristine), Path(work), 0, fault, arguments)
    print(json.dumps(first))
    steps = int(Path(work, "0.steps").read_text())
    for at in range(1, steps + 1):
        print(json.dumps(run(Path(pristine), Path(work), at, fault, arguments)), flush=True)


if __name__ == "__main__":
    main()
