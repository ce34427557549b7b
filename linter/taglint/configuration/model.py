"""Configuration: what is checked, how it is read, and which rules apply where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taglint.findings import Severity

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

AUTO = "auto"
DEFAULT_MIN_CONFIDENCE = 0.5


@dataclass(frozen=True)
class FileOptions:
    """How one file is read and checked.

    select is None where the rules that are on by default apply. format_options are the chosen
    format's, rules the options of each rule by code or name.
    """

    format: str = AUTO
    encoding: str = AUTO
    tagset: str = AUTO
    lexicon: str | None = None
    format_options: Mapping[str, Any] = field(default_factory=dict)
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    min_confidence: float = DEFAULT_MIN_CONFIDENCE


@dataclass(frozen=True)
class Override:
    """Options for the paths that match: `changes` holds only the `FileOptions` fields given."""

    paths: tuple[str, ...]
    changes: Mapping[str, Any]

    @cached_property
    def spec(self) -> GitIgnoreSpec:
        return path_spec(self.paths)


@dataclass(frozen=True)
class Configuration:
    """A whole configuration. Patterns are gitignore patterns relative to `root`."""

    root: Path = field(default_factory=Path.cwd)
    path: Path | None = None
    corpus: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    options: FileOptions = field(default_factory=FileOptions)
    overrides: tuple[Override, ...] = ()

    def profile(self, path: str) -> tuple[int, ...]:
        """The overrides that match a path: files of one profile share their options."""
        if not self.overrides:
            return ()
        relative = relative_to(path, self.root)
        matching = (item.spec.match_file(relative) for item in self.overrides)
        return tuple(index for index, matches in enumerate(matching) if matches)

    def options_of(self, profile: tuple[int, ...]) -> FileOptions:
        """The options of a profile; later overrides win."""
        options = self.options
        for index in profile:
            options = _merged(options, self.overrides[index].changes)
        return options

    def options_for(self, path: str) -> FileOptions:
        """The options of a file."""
        return self.options_of(self.profile(path))

    @cached_property
    def exclude_spec(self) -> GitIgnoreSpec:
        return path_spec(self.exclude)


def _merged(options: FileOptions, changes: Mapping[str, Any]) -> FileOptions:
    """Lists are added to, mappings are merged, everything else is replaced."""
    merged = dict(changes)
    for name in ("ignore", "extend_select"):
        if name in changes:
            merged[name] = (*getattr(options, name), *changes[name])
    for name in ("severity", "rules", "format_options"):
        if name in changes:
            merged[name] = {**getattr(options, name), **changes[name]}
    return replace(options, **merged)


def relative_to(path: str, root: Path) -> str:
    """A path relative to the configuration's folder, with forward slashes."""
    try:
        return Path(path).absolute().relative_to(root.absolute()).as_posix()
    except ValueError:
        return Path(path).as_posix()


@lru_cache(maxsize=256)
def path_spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)
