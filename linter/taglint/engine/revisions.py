"""What git knows: which files changed since a revision, what they were called and held then."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from taglint.findings import TaglintError

# `REV...` is where HEAD left REV, as in `git diff`.
DOTS = "..."


class Revision:
    """A revision of the repository that holds a folder. Raises `TaglintError` where there is none.

    Paths are seen from the working directory, or absolute.
    """

    def __init__(self, name: str, folder: Path | None = None) -> None:
        self.name = name
        self._folder = folder or Path.cwd()
        self.root = Path(os.fsdecode(self._asked("rev-parse", "--show-toplevel").rstrip(b"\n")))
        self.commit = self._commit(name)

    def _commit(self, name: str) -> str:
        base = name.removesuffix(DOTS)
        commit = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}"]
        found = self._git(*commit).stdout.decode().strip()
        if found and base != name:
            found = self._git("merge-base", found, "HEAD").stdout.decode().strip()
        if not found:
            raise TaglintError(
                f"--since {name}: git has no such revision here; in CI fetch the whole history"
            )
        return found

    @cached_property
    def changes(self) -> dict[str, str | None]:
        """The files that are not as they were, by their path below the root, with the path that
        each had then: None for a new one. Of files that git does not track it knows nothing."""
        fields = os.fsdecode(
            self._asked("diff", "--name-status", "-z", "--find-renames", self.commit, "--")
        ).split("\0")
        found: dict[str, str | None] = {}
        at = 0
        while at + 1 < len(fields):
            kind, path = fields[at][:1], fields[at + 1]
            if kind in ("R", "C"):
                found[fields[at + 2]] = path
                at += 3
                continue
            if kind != "D":
                found[path] = None if kind == "A" else path
            at += 2
        return found

    @cached_property
    def deleted(self) -> list[str]:
        """Files that are gone, by their path below the root; renamed ones are not."""
        listed = self._asked(
            "diff", "--name-only", "-z", "--find-renames", "--diff-filter=D", self.commit, "--"
        )
        return [path for path in os.fsdecode(listed).split("\0") if path]

    @cached_property
    def _untracked(self) -> frozenset[str]:
        listed = self._asked("ls-files", "--others", "-z", "--full-name", "--", str(self.root))
        return frozenset(os.fsdecode(listed).split("\0"))

    def before(self, path: str) -> tuple[bool, str | None]:
        """Whether a path may have changed, and what it was called then: None where it was not."""
        name = self.below_root(path)
        if name in self.changes:
            return True, self.changes[name]
        return name in self._untracked, None

    def below_root(self, path: str) -> str:
        real = Path(os.path.realpath(path))
        try:
            return real.relative_to(os.path.realpath(self.root)).as_posix()
        except ValueError as error:
            raise TaglintError(f"{path}: not in the git repository {self.root}") from error

    def has(self, name: str) -> bool:
        """Whether there was such a file; `name` is below the root."""
        return not self._git("cat-file", "-e", f"{self.commit}:{name}").returncode

    def data(self, name: str) -> bytes:
        """What a file held then, as git would check it out; `name` is below the root."""
        return self._asked("cat-file", "--filters", f"{self.commit}:{name}", where=self.root)

    def _asked(self, *arguments: str, where: Path | None = None) -> bytes:
        done = self._git(*arguments, where=where)
        if done.returncode:
            message = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
            raise TaglintError(f"--since needs git: {message.removeprefix('fatal: ')}")
        return done.stdout

    def _git(
        self, *arguments: str, where: Path | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        command = ["git", "-c", "core.quotePath=off", *arguments]
        try:
            return subprocess.run(
                command, cwd=where or self._folder, capture_output=True, check=False
            )
        except OSError as error:
            raise TaglintError(f"--since needs git: {error.strerror}") from error


def changed_lines(old: Iterable[str], new: Iterable[str], folder: Path) -> list[tuple[int, int]]:
    """The extents of lines (0-based, ends exclusive) that git's diff finds new or changed, in
    order; an empty one is where lines are gone. Lines hold no line ends. `folder` is for files."""
    paths = []
    for name, lines in (("old", old), ("new", new)):
        path = folder / name
        path.write_bytes("\n".join((*lines, "")).encode("utf-8", "surrogatepass"))
        paths.append(str(path))
    command = ["git", "diff", "--no-index", "--unified=0", "--no-color", "--no-ext-diff", "--text"]
    done = subprocess.run([*command, "--", *paths], capture_output=True, check=False)
    if done.returncode > 1:
        raise TaglintError(f"git diff failed: {done.stderr.decode('utf-8', 'replace').strip()}")
    heads = (line for line in done.stdout.split(b"\n") if line.startswith(b"@@ "))
    return [_extent(head.split(b" ")[2].decode()) for head in heads]


def _extent(part: str) -> tuple[int, int]:
    """`+7,2` as (6, 8). Of no lines git names the line before: `+7,0` is (7, 7)."""
    start, _, count = part[1:].partition(",")
    first, number = int(start), int(count or 1)
    return (first - 1, first - 1 + number) if number else (first, first)
