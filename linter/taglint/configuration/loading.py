"""Finds the configuration that holds for a folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from taglint.configuration.model import Configuration
from taglint.findings import TaglintError

if TYPE_CHECKING:
    from taglint.plugins import Plugins

YAML_NAMES = (".taglint.yaml", ".taglint.yml")
TOML_NAME = "pyproject.toml"


def load(
    start: Path, plugins: Plugins, config: str | None = None, isolated: bool = False
) -> Configuration:
    """The configuration for a folder: the file `config`, or else the nearest one from `start`
    upward; the default one where there is none, or if `isolated`.

    Raises `ConfigurationError` with all mistakes of the files.
    """
    start = absolute(start)
    if config is not None:
        found: Path | None = absolute(Path(config))
    else:
        found = None if isolated else find(start)
    if found is None:
        return Configuration(root=start)
    # Reading takes modules and time that a run without a configuration does not need.
    from taglint.configuration.reading import load_file

    return load_file(found, plugins)


def find(start: Path) -> Path | None:
    """The nearest configuration file from a folder upward."""
    start = absolute(start)
    for folder in (start, *start.parents):
        for name in (*YAML_NAMES, TOML_NAME):
            if configures(folder / name):
                return folder / name
    return None


def configures(path: Path) -> bool:
    """Whether a file is a configuration; of a TOML file, whether it has a table for taglint."""
    if path.suffix == ".toml":
        return _has_table(path)
    return os.path.isfile(path)  # noqa: PTH113 - False where not permitted


def _has_table(path: Path) -> bool:
    """Whether a `pyproject.toml` configures taglint. One that is broken counts if it seems to."""
    try:
        data = path.read_bytes()
    except OSError:
        return False
    if b"taglint" not in data:
        return False
    from taglint.configuration.nodes import read_toml

    tree = read_toml(data, path.name)
    return tree.root is not None or (bool(tree.mistakes) and b"[tool.taglint" in data)


def absolute(path: Path) -> Path:
    """A path from the root, without `..`. Raises `TaglintError` for what is no path."""
    try:
        return Path(os.path.abspath(path))  # noqa: PTH100 - resolves `..`, follows no link
    except (OSError, ValueError) as error:
        raise TaglintError(f"{str(path)!r} is no usable path: {error}") from error
