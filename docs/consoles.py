"""Runs the commands that a page shows, in order, and writes what they print below them.

A comment `<!-- file: NAME -->` above a fenced block makes a file of the block, and every line
`$ COMMAND` of a block of the kind `console` is run in the folder of these files.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

FILE = r"<!-- file: (?P<name>\S+) -->\n```\w*\n(?P<text>.*?)```\n"
CONSOLE = r"```console\n(?P<console>.*?)```\n"
BLOCK = re.compile(rf"^(?:{FILE}|{CONSOLE})", re.DOTALL | re.MULTILINE)
SECONDS = 60
# What the pages call the folder, wherever it is.
FOLDER = "/corpus"


def with_consoles(page: str) -> str:
    """The text of a page with the output of its commands written anew."""
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        return BLOCK.sub(lambda block: _renewed(block, folder), page)


def _renewed(block: re.Match[str], folder: Path) -> str:
    if block["console"] is None:
        path = folder / block["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block["text"], "utf-8")
        return block.group()
    lines = "\n".join(_lines(block["console"], folder))
    return f"```console\n{lines}\n```\n"


def _lines(console: str, folder: Path) -> Iterator[str]:
    """The commands of a block, each with what it prints."""
    commands = [line for line in console.splitlines() if line.startswith("$ ")]
    for command in commands:
        yield command
        yield from _printed(command.removeprefix("$ "), folder).splitlines()


def _printed(command: str, folder: Path) -> str:
    """Standard output and errors of a shell command in which `taglint` is this one."""
    shell = f'taglint() {{ {shlex.quote(sys.executable)} -m taglint "$@"; }}\n{command}'
    unset = ("CI", "COLUMNS", "FORCE_COLOR")
    environment = {key: value for key, value in os.environ.items() if key not in unset}
    done = subprocess.run(
        shell,
        shell=True,
        cwd=folder,
        env=environment | {"TAGLINT_NO_PLUGINS": "1", "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    return done.stdout.replace(str(folder), FOLDER)
