"""Configuration files as trees of values that know where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from taglint.findings import TaglintError

if TYPE_CHECKING:
    import yaml

# A configuration is small; anything larger is a mistake or an alias bomb.
MOST_BYTES = 1_000_000
MOST_NODES = 10_000
MOST_LEVELS = 50
YAML_TAG = "tag:yaml.org,2002:"
# YAML reads `2024-01-01` as a date and `=` as a value of its own; here they are text.
TEXT_TAGS = frozenset(YAML_TAG + name for name in ("str", "timestamp", "value", "merge"))


class Place(NamedTuple):
    """Where something stands in a configuration file: 1-based line and column, or a dotted key
    where the file's parser gives no lines (TOML)."""

    path: str
    line: int = 0
    column: int = 0
    key: str = ""

    def __str__(self) -> str:
        if self.line:
            return f"{self.path}:{self.line}:{self.column}"
        return f"{self.path}: {self.key}" if self.key else self.path


class Mistake(NamedTuple):
    """One thing that is wrong in a configuration file."""

    place: Place
    message: str

    def __str__(self) -> str:
        return one_line(f"{self.place}: {self.message}")


class ConfigurationError(TaglintError):
    """A configuration cannot be used. The message has one line for each mistake."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(dict.fromkeys(mistakes))
        super().__init__("\n".join(map(str, self.mistakes)))


class Node(NamedTuple):
    """A value with its place. A mapping's value is a dict of nodes by key, a list's a list of
    nodes. key_place: where the key stands, for a value in a mapping."""

    value: Any
    place: Place
    key_place: Place


@dataclass
class Tree:
    """A parsed file: its root, None where the file is empty or cannot be read as a whole."""

    root: Node | None = None
    mistakes: list[Mistake] = field(default_factory=list)


class _Refused(Exception):
    """The rest of the file is not looked at."""

    def __init__(self, mistake: Mistake) -> None:
        self.mistake = mistake
        super().__init__(str(mistake))


def one_line(text: str) -> str:
    """Text without anything that a terminal or a line-wise reader would trip over."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )


def read_yaml(data: bytes, path: str) -> Tree:
    """A YAML file's tree. Never raises for what the file holds."""
    return _guarded(_yaml_tree, data, path)


def read_toml(data: bytes, path: str) -> Tree:
    """The tree of `[tool.taglint]` in a TOML file; the root is None where there is none."""
    return _guarded(_toml_tree, data, path)


def _guarded(build: Callable[[str, str, Tree], None], data: bytes, path: str) -> Tree:
    tree = Tree()
    try:
        build(_text(data, path), path, tree)
    except _Refused as refused:
        return Tree(None, [*tree.mistakes, refused.mistake])
    except RecursionError:
        return Tree(None, [Mistake(Place(path), "the values are nested too deeply")])
    return tree


def _text(data: bytes, path: str) -> str:
    if len(data) > MOST_BYTES:
        raise _Refused(Mistake(Place(path), f"larger than {MOST_BYTES:,} bytes"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _Refused(Mistake(Place(path), f"not UTF-8 in line {line}")) from error


def _yaml_tree(text: str, path: str, tree: Tree) -> None:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        raise _Refused(syntax_mistake(error, path)) from error
    if root is not None and root.tag != YAML_TAG + "null":
        tree.root = _YamlReader(path, tree.mistakes).node(root)


def syntax_mistake(error: yaml.YAMLError, path: str) -> Mistake:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
    place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
    return Mistake(place, f"not valid YAML: {problem}")


class _YamlReader:
    """Makes nodes of composed YAML; aliases count each time they are used."""

    def __init__(self, path: str, mistakes: list[Mistake]) -> None:
        from yaml.constructor import SafeConstructor

        self._path = path
        self._mistakes = mistakes
        self._constructor = SafeConstructor()
        self._count = 0

    def node(self, node: yaml.Node, key_place: Place | None = None, level: int = 0) -> Node:
        place = self._place(node)
        self._count += 1
        if self._count > MOST_NODES:
            raise _Refused(Mistake(Place(self._path), f"more than {MOST_NODES:,} values"))
        if level > MOST_LEVELS:
            raise _Refused(Mistake(place, "the values are nested too deeply"))
        return Node(self._value(node, level), place, key_place or place)

    def _value(self, node: Any, level: int) -> Any:
        if node.id == "scalar":
            return self._scalar(node)
        if node.tag not in (YAML_TAG + "map", YAML_TAG + "seq"):
            self._say(node, f"the YAML tag {node.tag!r} has no meaning here")
        if node.id == "sequence":
            return [self.node(item, level=level + 1) for item in node.value]
        return self._mapping(node, level)

    def _mapping(self, node: yaml.MappingNode, level: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        for key, value in node.value:
            name = self._scalar(key) if key.id == "scalar" else None
            built = self.node(value, self._place(key), level + 1)
            if not isinstance(name, str):
                self._say(key, "a key must be text; put it in quotes")
            elif name in entries:
                first = entries[name].key_place.line
                self._say(key, f"key {shown(name)} is given twice, first in line {first}")
            else:
                entries[name] = built
        return entries

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        if node.tag in TEXT_TAGS:
            return node.value
        kind = node.tag.removeprefix(YAML_TAG)
        if kind not in ("null", "bool", "int", "float"):
            self._say(node, f"the YAML tag {node.tag!r} has no meaning here")
            return node.value
        try:
            return self._constructor.construct_object(node)
        except (ValueError, LookupError, ArithmeticError, AttributeError, TypeError):
            self._say(node, f"{shown(node.value)} is no {kind}")
            return node.value

    def _place(self, node: yaml.Node) -> Place:
        return Place(self._path, node.start_mark.line + 1, node.start_mark.column + 1)

    def _say(self, node: yaml.Node, message: str) -> None:
        self._mistakes.append(Mistake(self._place(node), message))


def _toml_tree(text: str, path: str, tree: Tree) -> None:
    import tomllib

    try:
        data = tomllib.loads(text)
    except ValueError as error:
        raise _Refused(Mistake(Place(path), f"not valid TOML: {error}")) from error
    tool = data.get("tool")
    if isinstance(tool, dict) and "taglint" in tool:
        tree.root = _TomlReader(path).node(tool["taglint"], "tool.taglint")


class _TomlReader:
    def __init__(self, path: str) -> None:
        self._path = path
        self._count = 0

    def node(self, value: Any, key: str, level: int = 0) -> Node:
        place = Place(self._path, key=key)
        self._count += 1
        if self._count > MOST_NODES:
            raise _Refused(Mistake(Place(self._path), f"more than {MOST_NODES:,} values"))
        if level > MOST_LEVELS:
            raise _Refused(Mistake(place, "the values are nested too deeply"))
        if isinstance(value, dict):
            value = {
                name: self.node(item, f"{key}.{name}", level + 1) for name, item in value.items()
            }
        elif isinstance(value, list):
            value = [
                self.node(item, f"{key}[{index}]", level + 1) for index, item in enumerate(value)
            ]
        return Node(value, place, place)


def shown(value: Any, most: int = 60) -> str:
    """A value as error messages quote it: short, in one line."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    try:
        text = repr(value) if isinstance(value, (str, int, float)) else str(value)
    except ValueError:
        return "a huge number"
    return text if len(text) <= most else f"{text[: most - 1]}…"
