"""Which files a run is about: explicit paths, folders, globs, standard input."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from glob import glob, has_magic
from pathlib import Path

from pathspec import GitIgnoreSpec

from taglint.configuration import Configuration, path_spec, relative_to

STDIN = "-"
SKIPPED_FOLDERS = frozenset((".git", ".hg", ".svn", ".venv", "__pycache__", "node_modules"))
# Files of these kinds are no corpora, however many slashes they hold.
OTHER_SUFFIXES = frozenset(
    (".py", ".pyc", ".md", ".rst", ".html", ".js", ".ts", ".css", ".json", ".jsonl", ".yaml",
     ".yml", ".toml", ".cfg", ".ini", ".lock", ".sh", ".c", ".h", ".cpp", ".java", ".rs", ".go",
     ".xml", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".pdf", ".zip", ".gz", ".xz", ".bz2", ".tar",
     ".enc", ".whl", ".exe", ".so", ".db", ".sqlite", ".ipynb", ".log", ".diff", ".patch")
)  # fmt: skip


@dataclass
class Discovered:
    """files: what to check, in order and once each. explicit: those that were named as they
    are. missing: names that are no file. excluded: named files that the configuration excludes.
    """

    files: list[str] = field(default_factory=list)
    explicit: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)


def discover(names: Iterable[str], configuration: Configuration) -> Discovered:
    """Resolve names; a folder gives its files but for ignored and excluded ones."""
    found = Discovered()
    for name in names:
        for path in _expanded(name):
            _add(found, path, configuration)
    found.files = list(dict.fromkeys(found.files))
    return found


def _expanded(name: str) -> list[str]:
    if name == STDIN or not has_magic(name) or Path(name).exists():
        return [name]
    return sorted(glob(name, recursive=True)) or [name]


def _add(found: Discovered, name: str, configuration: Configuration) -> None:
    if name != STDIN and Path(name).is_dir():
        found.files += walk(Path(name), configuration)
    elif name != STDIN and not Path(name).exists():
        found.missing.append(name)
    elif name != STDIN and configuration.exclude_spec.match_file(
        relative_to(name, configuration.root)
    ):
        found.excluded.append(name)
    else:
        found.files.append(name)
        found.explicit.add(name)


def walk(folder: Path, configuration: Configuration) -> Iterator[str]:
    """The files below a folder that may be corpora, sorted, links not followed."""
    yield from _walk(folder, configuration, _ignores_above(folder))


# A .gitignore file holds for the folder it is in and all below.
Ignores = tuple[tuple[Path, GitIgnoreSpec], ...]


def _walk(folder: Path, configuration: Configuration, ignores: Ignores) -> Iterator[str]:
    ignores = (*ignores, *_ignore_file(folder))
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        path = folder / entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if _left_out(path, is_folder, configuration, ignores):
            continue
        if is_folder:
            yield from _walk(path, configuration, ignores)
        elif entry.is_file() and _included(path, configuration):
            yield str(path)


def _left_out(path: Path, is_folder: bool, configuration: Configuration, ignores: Ignores) -> bool:
    if is_folder and path.name in SKIPPED_FOLDERS:
        return True
    mark = "/" if is_folder else ""
    if configuration.exclude_spec.match_file(relative_to(str(path), configuration.root) + mark):
        return True
    absolute = path.absolute()
    return any(
        spec.match_file(absolute.relative_to(base).as_posix() + mark) for base, spec in ignores
    )


def _included(path: Path, configuration: Configuration) -> bool:
    if configuration.include:
        relative = relative_to(str(path), configuration.root)
        return path_spec(configuration.include).match_file(relative)
    return path.suffix.lower() not in OTHER_SUFFIXES and not path.name.startswith(".")


def _ignore_file(folder: Path) -> Ignores:
    try:
        lines = (folder / ".gitignore").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ()
    return ((folder.absolute(), GitIgnoreSpec.from_lines(lines)),)


def _ignores_above(folder: Path) -> Ignores:
    """The .gitignore files between the repository's root and a folder."""
    above: list[Ignores] = []
    current = folder.absolute()
    while not (current / ".git").exists():
        if current.parent == current:
            return ()
        current = current.parent
        above.append(_ignore_file(current))
    return tuple(item for ignores in reversed(above) for item in ignores)
