"""Which files a run is about: explicit paths, folders, globs, standard input."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from glob import escape, glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from taglint.configuration import Configuration, path_spec, relative_to
from taglint.corpus.remote import is_remote, remote_files

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

STDIN = "-"
HERE = os.curdir + os.sep
SKIPPED_FOLDERS = frozenset((".git", ".hg", ".svn", ".venv", "__pycache__", "node_modules"))
# Files of these kinds are no corpora, however many slashes they hold.
OTHER_SUFFIXES = frozenset(
    (".py", ".pyc", ".md", ".rst", ".html", ".js", ".ts", ".css", ".json", ".jsonl", ".yaml",
     ".yml", ".toml", ".cfg", ".ini", ".lock", ".sh", ".c", ".h", ".cpp", ".java", ".rs", ".go",
     ".xml", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".pdf", ".zip", ".gz", ".xz", ".bz2", ".tar",
     ".enc", ".whl", ".exe", ".so", ".db", ".sqlite", ".ipynb", ".log", ".diff", ".patch",
     ".sarif")
)  # fmt: skip


@dataclass
class Discovered:
    """files: what to check, in order and once each, however a file was named. explicit: those
    that were named as they are. missing: names that are no file. excluded: named files that the
    configuration excludes. unreadable: folders that could not be listed, with the reason.
    """

    files: list[str] = field(default_factory=list)
    explicit: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)

    @property
    def failures(self) -> list[str]:
        """What could not be found or listed, one line each."""
        missing = [f"{name}: no such file or folder" for name in self.missing]
        unreadable = self.unreadable.items()
        return missing + [f"{name}: cannot list the folder: {why}" for name, why in unreadable]


def discover(names: Iterable[str], configuration: Configuration) -> Discovered:
    """Resolve names; a folder gives its files but for ignored and excluded ones."""
    found = Discovered()
    for name in names:
        for path in _expanded(name):
            _add(found, path, configuration, path == name)
    found.files = _distinct(found.files)
    return found


def _expanded(name: str) -> list[str]:
    """The names that a glob matches; anything else stands for itself."""
    if name == STDIN or is_remote(name) or not has_magic(name) or os.path.lexists(name):
        return [name]
    head, stars, rest = _split_at_stars(name)
    if not stars:
        return sorted(glob(name)) or [name]  # noqa: PTH207 - keeps the names as they are given
    starts = sorted(glob(head))  # noqa: PTH207
    folders = [below for start in starts for below in _folders(start)]
    matches = {path for folder in folders for path in _expanded_below(folder, rest)}
    return sorted(matches) or [name]


def _split_at_stars(name: str) -> tuple[str, bool, str]:
    """What stands before the first `**` and behind the ones that follow on it."""
    parts = re.split(r"(?:^|(?<=/))(?:\*\*(?:/|$))+", name.replace(os.sep, "/"), maxsplit=1)
    if len(parts) == 1:
        return name, False, ""
    return parts[0] or os.curdir, True, parts[1]


def _folders(start: str) -> Iterator[str]:
    """A folder and all below it. `glob` would follow links, in circles if they are."""
    for folder, inner, _ in os.walk(start):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        yield folder


def _expanded_below(folder: str, rest: str) -> list[str]:
    pattern = str(Path(escape(folder), rest or "*"))
    matches = [path for path in _expanded(pattern) if os.path.lexists(path)]
    return matches if rest else [path for path in matches if Path(path).is_file()]


def _distinct(paths: Iterable[str]) -> list[str]:
    """The first name of each file: checked twice it would also count twice."""
    first: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        named = path == STDIN or is_remote(path)
        first.setdefault(path if named else _real(path, folders), path)
    return list(first.values())


def absolute(paths: Sequence[str]) -> dict[str, str]:
    """By path, each once, what `abspath` gives, which asks for the working folder each time."""
    folder = "" if all(map(os.path.isabs, paths)) else os.getcwd()  # noqa: PTH109
    return {path: os.path.normpath(os.path.join(folder, path)) for path in paths}  # noqa: PTH118


def _real(path: str, folders: dict[str, str]) -> str:
    """As `os.path.realpath`, which asks about each folder again for each file."""
    folder, name = os.path.split(path)
    if name in ("", os.curdir, os.pardir) or os.path.islink(path):  # noqa: PTH114
        return os.path.realpath(path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)  # noqa: PTH118


def _add(found: Discovered, name: str, configuration: Configuration, explicit: bool) -> None:
    if is_remote(name):
        files = remote_files(name)
        found.files += [path for path in files if path == name or included(path, configuration)]
        found.explicit |= {name} & set(files)
        found.missing += [] if files else [name]
        return
    # Unlike those of `Path`, these tests are false, and raise nothing, for names that cannot be.
    if name != STDIN and os.path.isdir(name):  # noqa: PTH112
        if configuration.excludes(name, is_folder=True):
            found.excluded.append(name)
        found.files += walk(Path(name), configuration, found.unreadable)
    elif name != STDIN and not os.path.exists(name):  # noqa: PTH110
        found.missing.append(name)
    elif name != STDIN and configuration.excludes(name):
        found.excluded.append(name)
    else:
        found.files.append(name)
        if explicit:
            found.explicit.add(name)


# A .gitignore file holds for the folder it is in and all below.
Ignores = tuple[tuple[Path, "GitIgnoreSpec"], ...]


def walk(
    folder: Path, configuration: Configuration, unreadable: dict[str, str] | None = None
) -> Iterator[str]:
    """The files below a folder that may be corpora, sorted, links to folders not followed.

    A folder that cannot be listed is noted in `unreadable` and passed over.
    """
    unreadable = {} if unreadable is None else unreadable
    above = _ignores_above(folder)
    if _ignored(folder, True, above):
        # A folder that was named is wanted, ignored or not.
        above = ()
    levels = [_level(folder, above, unreadable)]
    # A stack of levels: folders may be nested deeper than Python's calls.
    while levels:
        ignores, entries = levels[-1]
        entry = next(entries, None)
        if entry is None:
            levels.pop()
            continue
        is_folder = entry.is_dir(follow_symlinks=False)
        if _left_out(entry, is_folder, configuration, ignores):
            continue
        if is_folder:
            levels.append(_level(Path(entry.path), ignores, unreadable))
        elif included(entry.path, configuration) and _is_file(entry):
            # What is in the working folder needs no `./` before it, but for what would then be
            # standard input.
            path = entry.path.removeprefix(HERE)
            yield entry.path if path == STDIN else path


def _level(
    folder: Path, ignores: Ignores, unreadable: dict[str, str]
) -> tuple[Ignores, Iterator[os.DirEntry[str]]]:
    try:
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        unreadable[str(folder)] = error.strerror or str(error)
        return ignores, iter(())
    return (*ignores, *_ignore_file(folder)), iter(ordered)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def _left_out(
    entry: os.DirEntry[str], is_folder: bool, configuration: Configuration, ignores: Ignores
) -> bool:
    if is_folder and entry.name in SKIPPED_FOLDERS:
        return True
    if configuration.excludes(entry.path, is_folder):
        return True
    return bool(ignores) and _ignored(Path(entry.path), is_folder, ignores)


def _ignored(path: Path, is_folder: bool, ignores: Ignores) -> bool:
    """As git has it: of the files that say anything about a path the deepest decides."""
    absolute = path.absolute()
    mark = "/" if is_folder else ""
    for base, spec in reversed(ignores):
        verdict = spec.check_file(absolute.relative_to(base).as_posix() + mark).include
        if verdict is not None:
            return verdict
    return False


def included(path: str, configuration: Configuration) -> bool:
    """Whether a file in a folder may be a corpus, by its name."""
    if configuration.include:
        relative = relative_to(path, configuration.root)
        return path_spec(configuration.include).match_file(relative)
    name = os.path.basename(path)  # noqa: PTH119 - called for each file of a corpus
    return os.path.splitext(name)[1].lower() not in OTHER_SUFFIXES and name[:1] != "."  # noqa: PTH122


def _ignore_file(folder: Path, name: str = ".gitignore") -> Ignores:
    try:
        lines = (folder / name).read_text("utf-8", "replace").splitlines()
    except OSError:
        return ()
    return ((folder.absolute(), path_spec(tuple(lines))),)


def _ignores_above(folder: Path) -> Ignores:
    """The .gitignore files between the repository's root and a folder."""
    above: list[Ignores] = []
    current = folder.absolute()
    while not os.path.lexists(current / ".git"):
        if current.parent == current:
            return ()
        current = current.parent
        above.append(_ignore_file(current))
    above.append(_ignore_file(current, ".git/info/exclude"))
    return tuple(item for ignores in reversed(above) for item in ignores)
