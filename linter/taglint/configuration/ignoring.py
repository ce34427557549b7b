"""Reads the file of suppressions that stands beside a corpus."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taglint.configuration.model import path_spec, relative_to
from taglint.configuration.nodes import ConfigurationError, Mistake, Node, Place, read_yaml
from taglint.configuration.reading import display
from taglint.configuration.shapes import Key, ListOf, Pattern, Table, Text, selector_names
from taglint.configuration.validation import Validator
from taglint.findings import TaglintError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from taglint.plugins import Plugins

WHAT = ("rules", "paths", "forms", "fingerprints")


@dataclass(frozen=True)
class Entry:
    """Findings not to report: those that meet all that is given. line, column: of the entry."""

    root: Path
    line: int
    column: int
    rules: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    fingerprints: tuple[str, ...] = ()
    reason: str = ""

    @cached_property
    def _spec(self) -> GitIgnoreSpec:
        return path_spec(self.paths)

    def is_about(self, path: str) -> bool:
        return not self.paths or self._spec.match_file(relative_to(path, self.root))


def shape(plugins: Plugins) -> ListOf:
    """What the file may hold: a list of entries."""
    names = ListOf(Text("rule or family", selector_names(plugins.rules.values())))
    keys = {
        "rules": Key(names, "rules and families"),
        "paths": Key(ListOf(Pattern()), "gitignore patterns, relative to the file's folder"),
        "forms": Key(ListOf(Text()), "forms, one of which a token of the finding has"),
        "fingerprints": Key(ListOf(Text()), "fingerprints of single findings"),
        "reason": Key(Text(), "why they are not to be reported"),
    }
    return ListOf(Table(keys))


def read_ignored(path: Path, plugins: Plugins) -> tuple[str, list[Entry]]:
    """The text of a file of suppressions, and its entries. Raises `TaglintError`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TaglintError(f"{display(path)}: cannot read it: {error.strerror}") from error
    tree = read_yaml(data, display(path))
    if tree.root is None and not tree.mistakes:
        return "", []
    validator = Validator(path.parent, tree.mistakes)
    values = validator.value(shape(plugins), tree.root, "") if tree.root else []
    nodes = tree.root.value if tree.root and isinstance(tree.root.value, list) else []
    mistakes = [*tree.mistakes, *_empty(nodes)]
    if mistakes:
        raise ConfigurationError(mistakes)
    entries = [
        _entry(node.place, value, path.parent)
        for node, value in zip(nodes, values or (), strict=True)
    ]
    return data.decode("utf-8-sig"), entries


def _empty(nodes: Iterable[Node]) -> Iterable[Mistake]:
    """An entry that says nothing would suppress everything."""
    for node in nodes:
        if isinstance(node.value, dict) and not set(WHAT) & node.value.keys():
            yield Mistake(node.place, f"an entry needs one of {', '.join(WHAT)}")


def _entry(place: Place, value: dict[str, Any], root: Path) -> Entry:
    lists = {name: tuple(value.get(name) or ()) for name in WHAT}
    reason = " ".join(str(value.get("reason") or "").split())
    return Entry(root, place.line, place.column, reason=reason, **lists)
