"""A version of a corpus: a file, a folder, or either of them in a git revision."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from taglint.configuration import Configuration
from taglint.corpus.discovery import discover
from taglint.findings import TaglintError


@dataclass
class Version:
    """paths: what to load, by name relative to what was named; a single file has the empty name.
    read: gives the bytes of a path."""

    label: str
    paths: dict[str, str]
    read: Callable[[str], bytes]


def version(name: str, configuration: Configuration) -> Version:
    """`REV:PATH` is PATH as git has it in REV, unless there is a file of that name."""
    path = Path(name)
    if path.is_file():
        return Version(name, {"": name}, lambda file: Path(file).read_bytes())
    if path.is_dir():
        found = discover((name,), configuration).files
        paths = {Path(file).relative_to(path).as_posix(): file for file in found}
        return Version(name, paths, lambda file: Path(file).read_bytes())
    revision, colon, rest = name.partition(":")
    if not colon:
        raise TaglintError(f"{name}: no such file or folder; a git revision is named REV:PATH")
    return _in_git(name, revision, rest or ".")


def _in_git(label: str, revision: str, path: str) -> Version:
    # `--` keeps names from being read as options, `-z` their characters from being quoted.
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not commit:
        raise TaglintError(f"{label}: git knows no revision {revision!r} here")
    known = commit.decode().strip()
    listed = _git("ls-tree", "-r", "-z", "--name-only", known, "--", path)
    names = [item.decode("utf-8", "surrogateescape") for item in listed.split(b"\0") if item]
    if not names:
        raise TaglintError(f"{label}: revision {revision} has no {path}")

    def read(name: str) -> bytes:
        # A path that begins with ./ is relative to the working directory, as those listed are.
        return _git("cat-file", "blob", f"{known}:./{name}")

    return Version(label, {_below(name, path): name for name in names}, read)


def _below(name: str, folder: str) -> str:
    """The name below the folder, `` for the path itself."""
    if PurePosixPath(folder) == PurePosixPath("."):
        return name
    below = PurePosixPath(name).relative_to(PurePosixPath(folder)).as_posix()
    return "" if below == "." else below


def _git(*arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)
    except OSError as error:
        raise TaglintError(f"git cannot be run: {error.strerror}") from error
    return done.stdout if done.returncode == 0 else b""
