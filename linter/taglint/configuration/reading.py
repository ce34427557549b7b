"""Reads configuration files, follows what they extend, and makes a `Configuration` of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from taglint.configuration.loading import absolute
from taglint.configuration.model import (
    OPTION_FIELDS,
    Configuration,
    FileOptions,
    Override,
    merge,
)
from taglint.configuration.nodes import (
    ConfigurationError,
    Mistake,
    Node,
    Place,
    Tree,
    read_toml,
    read_yaml,
)
from taglint.configuration.shapes import Table, configuration_shape
from taglint.configuration.validation import Validator
from taglint.findings import Severity
from taglint.plugins import Plugins

# Files that one configuration may be made of: files that extend each other in a lattice could
# otherwise be read exponentially often.
MOST_FILES = 100


def load_file(path: Path, plugins: Plugins) -> Configuration:
    """The configuration in a file. Raises `ConfigurationError`."""
    return load_bytes(_read(path), path, plugins)


def load_bytes(data: bytes, path: Path, plugins: Plugins) -> Configuration:
    """As `load_file` for bytes that need not be in the file: an editor's, or new ones."""
    reading = _Reading(configuration_shape(plugins), dict(_codes(plugins)))
    layer = reading.layer(data, path, ())
    if reading.mistakes:
        raise ConfigurationError(reading.mistakes)
    return _configuration(layer, path, tuple(reading.sources))


def _configuration(
    layer: Mapping[str, Any], path: Path, sources: tuple[Path, ...]
) -> Configuration:
    options = {name: value for name, value in layer.items() if name in OPTION_FIELDS}
    others = {name: value for name, value in layer.items() if name not in OPTION_FIELDS}
    return Configuration(
        root=path.parent, path=path, options=FileOptions(**options), sources=sources, **others
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        place = Place(display(path))
        raise ConfigurationError(
            [Mistake(place, f"cannot read the configuration: {cause}")]
        ) from error


@dataclass
class _Reading:
    """One configuration being read, with all files it extends.

    codes: rule codes by code and name.
    """

    shape: Table
    codes: Mapping[str, str]
    mistakes: list[Mistake] = field(default_factory=list)
    sources: dict[Path, None] = field(default_factory=dict)
    files: int = 0

    def layer(self, data: bytes, path: Path, chain: tuple[Path, ...]) -> dict[str, Any]:
        """The fields of a file merged onto those of the files it extends; empty where the file
        has mistakes. `chain` are the files that led here."""
        self.sources[path] = None
        self.files += 1
        tree = parse(data, path)
        validator = Validator(path.parent, tree.mistakes)
        values = validator.value(self.shape, tree.root, "") if tree.root else {}
        # Sorted by place, as syntax and validation found them one after the other.
        mistakes = sorted(tree.mistakes, key=lambda mistake: _order(mistake.place))
        self.mistakes += mistakes
        if mistakes or not values:
            return {}
        assert tree.root is not None
        merged: dict[str, Any] = {}
        for node, base in _bases(tree.root, values.pop("extends", ())):
            merged = merge(merged, self._base(node, Path(base), (*chain, path)))
        return merge(merged, self._fields(values))

    def _base(self, node: Node, base: Path, chain: tuple[Path, ...]) -> dict[str, Any]:
        base = absolute(base)
        reached = {path.resolve(): index for index, path in enumerate(chain)}
        index = reached.get(base.resolve())
        if index is not None:
            names = " → ".join(map(display, (*chain[index:], base)))
            return self._refuse(node.place, f"'extends' goes in a circle: {names}")
        if self.files >= MOST_FILES:
            return self._refuse(node.place, f"'extends' leads to more than {MOST_FILES} files")
        try:
            return self.layer(_read(base), base, chain)
        except ConfigurationError as error:
            return self._refuse(node.place, error.mistakes[0].message)

    def _refuse(self, place: Place, message: str) -> dict[str, Any]:
        self.mistakes.append(Mistake(place, message))
        return {}

    def _fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Validated values as fields of `Configuration` and `FileOptions`."""
        fields = {name.replace("-", "_"): _frozen(value) for name, value in values.items()}
        for name in ("select", "ignore", "extend_select"):
            if name in fields:
                fields[name] = tuple(self.codes.get(each, each) for each in fields[name])
        if "severity" in fields:
            items = fields["severity"].items()
            fields["severity"] = {self.codes[name]: Severity(value) for name, value in items}
        if "max_rate" in fields:
            rates = fields["max_rate"].items()
            fields["max_rate"] = {self.codes.get(name, name): rate for name, rate in rates}
        if "rules" in fields:
            fields["rules"] = {
                self.codes[name]: options for name, options in fields["rules"].items()
            }
        if "files" in fields:
            entries = fields.pop("files")
            fields["overrides"] = tuple(self._override(entry) for entry in entries)
        return fields

    def _override(self, entry: Mapping[str, Any]) -> Override:
        options = {name: value for name, value in entry.items() if name != "paths"}
        return Override(tuple(entry["paths"]), self._fields(options))


def parse(data: bytes, path: Path) -> Tree:
    """A configuration file's tree, by its suffix: TOML (its `[tool.taglint]`) or YAML."""
    if path.suffix != ".toml":
        return read_yaml(data, display(path))
    tree = read_toml(data, display(path))
    if tree.root is None and not tree.mistakes:
        tree.mistakes.append(Mistake(Place(display(path)), "there is no table [tool.taglint]"))
    return tree


def _bases(root: Node, paths: Any) -> Iterator[tuple[Node, str]]:
    """The paths that a file extends, with their nodes."""
    if not paths:
        return
    node = root.value["extends"]
    nodes = node.value if isinstance(node.value, list) else [node]
    yield from zip(nodes, paths, strict=True)


def _frozen(value: Any) -> Any:
    """Lists of plain values as tuples; what stays a mapping stays as it is."""
    return tuple(value) if isinstance(value, list) else value


def _codes(plugins: Plugins) -> Iterator[tuple[str, str]]:
    for code, rule in plugins.rules.items():
        yield code, code
        yield rule.name, code


def _order(place: Place) -> tuple[int, int]:
    return place.line, place.column


def display(path: Path) -> str:
    """A path as messages show it: relative where it is below the working directory."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (OSError, ValueError):
        return str(path)
