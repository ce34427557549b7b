"""What a configuration holds: which files are checked, how they are read, which rules apply."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taglint.findings import Severity, TaglintError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

AUTO = "auto"
DECISIONS = "taglint-decisions.yaml"
DEFAULT_MIN_CONFIDENCE = 0.5
# Of two layers the later one adds to these; mappings are merged, everything else is replaced.
ADDED = frozenset(("ignore", "extend_select", "overrides"))


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
    outside_lexicon: str | None = None
    format_options: Mapping[str, Any] = field(default_factory=dict)
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    min_confidence: float = DEFAULT_MIN_CONFIDENCE


OPTION_FIELDS = tuple(item.name for item in fields(FileOptions))


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
    """A whole configuration. Patterns are gitignore patterns relative to `root`.

    path: the file it was read from. sources: that file and all it extends. baseline and decisions:
    the paths of these files, which need not be there. suppressions: the path of the file of
    suppressions. max_rate: tolerated findings per 1,000 tokens, by rule or family.
    """

    root: Path = field(default_factory=Path.cwd)
    path: Path | None = None
    corpus: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    baseline: str | None = None
    suppressions: str | None = None
    decisions: str | None = None
    max_rate: Mapping[str, float] = field(default_factory=dict)
    options: FileOptions = field(default_factory=FileOptions)
    overrides: tuple[Override, ...] = ()
    sources: tuple[Path, ...] = ()

    @cached_property
    def decisions_path(self) -> Path:
        """The configured file of decisions, else the one beside the configuration."""
        return Path(self.decisions or self.root / DECISIONS)

    def owns(self, path: str | Path) -> bool:
        """Whether a path leads to somewhere in the project, the folder of the configuration."""
        return Path(path).resolve().is_relative_to(self.root.resolve())

    def for_writing(self, path: Path) -> Path:
        """A path that the configuration names. Raises `TaglintError` where it leads out: a
        configuration from elsewhere has no file of the user's written."""
        if not self.owns(path):
            where = f"the configuration at {self.root} has no file outside of its folder written"
            raise TaglintError(f"{path}: {where}; name it on the command line")
        return path

    @cached_property
    def judging_options(self) -> FileOptions:
        """The options that corpus rules judge with, for all files: the lowest confidence that any
        of them may ask for."""
        asked = (item.changes.get("min_confidence", 1.0) for item in self.overrides)
        return replace(self.options, min_confidence=min(self.options.min_confidence, *asked, 1.0))

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
            options = _changed(options, self.overrides[index].changes)
        return options

    def options_for(self, path: str) -> FileOptions:
        """The options of a file."""
        return self.options_of(self.profile(path))

    def excludes(self, path: str, is_folder: bool = False) -> bool:
        """Whether the configuration leaves a path out."""
        if not self.exclude:
            return False
        mark = "/" if is_folder else ""
        return path_spec(self.exclude).match_file(relative_to(path, self.root) + mark)

    @cached_property
    def corpus_paths(self) -> tuple[str, ...]:
        """The paths and globs of `corpus` as seen from the working directory."""
        return tuple(_from_here(self.root, name) for name in self.corpus)


def merge(base: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """Two layers of fields as one; the options of a format do not outlive it."""
    merged = {**base, **later}
    for name in later.keys() & base.keys():
        if name in ADDED:
            merged[name] = (*base[name], *later[name])
        elif isinstance(later[name], Mapping):
            merged[name] = merged_mapping(base[name], later[name])
    if _another_format(base, later):
        merged["format_options"] = later.get("format_options", {})
    return merged


def merged_mapping(base: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """Two mappings as one, mappings in them merged as well."""
    merged = {**base, **later}
    for name in later.keys() & base.keys():
        if isinstance(later[name], Mapping) and isinstance(base[name], Mapping):
            merged[name] = {**base[name], **later[name]}
    return merged


def _another_format(base: Mapping[str, Any], later: Mapping[str, Any]) -> bool:
    before = base.get("format", AUTO)
    return bool(before != AUTO and later.get("format", before) != before)


def _changed(options: FileOptions, changes: Mapping[str, Any]) -> FileOptions:
    known = {name: getattr(options, name) for name in OPTION_FIELDS}
    return replace(options, **merge(known, changes))


def relative_to(path: str, root: Path) -> str:
    """A path relative to the configuration's folder, with forward slashes; a path elsewhere is
    absolute."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolves `..`, follows no link
    try:
        return absolute.relative_to(os.path.abspath(root)).as_posix()  # noqa: PTH100
    except ValueError:
        return absolute.as_posix()


def _from_here(root: Path, name: str) -> str:
    from glob import escape, has_magic

    if "://" in name:
        return name
    folder = os.path.relpath(root)
    folder = str(root) if folder.startswith("..") else folder
    folder = escape(folder) if has_magic(name) else folder
    return os.path.normpath(Path(folder, name))


@lru_cache(maxsize=256)
def path_spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    """Compiled gitignore patterns. Raises `ValueError` or `re.error` for impossible ones."""
    import warnings

    from pathspec import GitIgnoreSpec

    with warnings.catch_warnings():
        # Python's `re` warns of brackets in brackets, which git allows.
        warnings.simplefilter("ignore", FutureWarning)
        return GitIgnoreSpec.from_lines(patterns)
