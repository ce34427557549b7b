"""gitignore patterns that tell some paths from others."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath

SPECIAL = re.compile(r"[\\*?\[\]!#]")


def cover(
    wanted: Collection[str], others: Collection[str], least_suffix: int = 1, least_folder: int = 2
) -> list[str]:
    """Patterns that match the wanted paths and none of the others, few and general ones first.

    Paths are relative, with forward slashes. A suffix or folder becomes a pattern only where it
    stands for at least `least_suffix` or `least_folder` paths.
    """
    left = set(wanted)
    candidates = _suffixes(left, others, least_suffix) | _folders(left, others, least_folder)
    patterns = []
    while left and candidates:
        best = max(candidates, key=lambda pattern: _rank(pattern, candidates[pattern] & left))
        if not candidates[best] & left:
            break
        left -= candidates.pop(best)
        patterns.append(best)
    return [*patterns, *(f"/{escaped(path)}" for path in sorted(left))]


def escaped(path: str) -> str:
    """A path as a pattern that matches it alone."""
    plain = SPECIAL.sub(r"\\\g<0>", path)
    kept = plain.rstrip()
    # A pattern loses the blanks at its end, but for those in brackets.
    return kept + "".join(f"[{blank}]" for blank in plain[len(kept) :])


def _rank(pattern: str, covered: set[str]) -> tuple[int, bool, int, str]:
    """Most paths first, then suffixes before folders, then the outer folder."""
    return len(covered), pattern.startswith("*"), -len(pattern), pattern


def _suffixes(wanted: set[str], others: Collection[str], least: int) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in wanted:
        suffix = PurePosixPath(path).suffix
        if suffix:
            found.setdefault(suffix, set()).add(path)
    # By their ends: a pattern `*.txt` matches files named `.txt` and folders `x.txt` as well.
    names = {part for path in others for part in path.split("/")}
    return {
        f"*{escaped(suffix)}": paths
        for suffix, paths in found.items()
        if len(paths) >= least and not any(name.endswith(suffix) for name in names)
    }


def _folders(wanted: set[str], others: Collection[str], least: int) -> dict[str, set[str]]:
    taken = {folder for path in others for folder in _above(path)}
    found: dict[str, set[str]] = {}
    for path in wanted:
        for folder in _above(path) - taken:
            found.setdefault(f"/{escaped(folder)}/", set()).add(path)
    return {pattern: paths for pattern, paths in found.items() if len(paths) >= least}


def _above(path: str) -> set[str]:
    """The folders that hold a path."""
    return {str(folder) for folder in PurePosixPath(path).parents} - {"."}
