"""Checks a tree against the schema and makes plain values of it; collects all mistakes."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from taglint.configuration.model import AUTO, path_spec
from taglint.configuration.nodes import Mistake, Node, Place, shown
from taglint.configuration.shapes import (
    TAGSET_SUFFIXES,
    Either,
    FilePath,
    Flag,
    FormatOptions,
    Key,
    LexiconName,
    ListOf,
    Number,
    Pattern,
    Shape,
    Table,
    TagsetName,
    Text,
    described,
)
from taglint.findings import TaglintError

# Up to this many known names are listed where none is near.
LISTED = 14
# Looking for the nearest name takes a millisecond; a file full of junk gets on without.
HINTED = 100


@dataclass
class Validator:
    """Values of one file; `folder` is where the file's relative paths begin.

    A value with a mistake becomes None, so that going on is possible; use the values only where
    `mistakes` stays empty.
    """

    folder: Path
    mistakes: list[Mistake] = field(default_factory=list)

    def value(self, shape: Shape, node: Node, label: str) -> Any:
        """The plain value of a node. `label` is what messages call it: the dotted key."""
        value: Any
        match shape:
            case Text():
                value = self._text(shape, node, label)
            case Pattern():
                value = self._pattern(shape, node, label)
            case FilePath():
                value = self._file(shape, node, label)
            case LexiconName():
                value = self._lexicon(shape, node, label)
            case TagsetName():
                value = self._tagset(shape, node, label)
            case Number():
                value = self._number(shape, node, label)
            case Flag():
                value = self._flag(shape, node, label)
            case ListOf():
                value = self._list(shape, node, label)
            case Either():
                value = self._either(shape, node, label)
            case Table():
                value = self._table(shape, node, label)
            case FormatOptions():
                value = self._table(shape.any_format(), node, label)
        return value

    def say(self, place: Place, message: str) -> None:
        self.mistakes.append(Mistake(place, message))

    def _wrong(self, shape: Shape, node: Node, label: str, hint: str = "") -> None:
        subject = f"{label!r}" if label else "a configuration"
        self.say(node.place, f"{subject} must be {described(shape)}, not {shown(node.value)}{hint}")

    def _string(self, shape: Shape, node: Node, label: str) -> str | None:
        if isinstance(node.value, str):
            return node.value
        quotable = isinstance(node.value, (bool, int, float))
        self._wrong(shape, node, label, "; put it in quotes" if quotable else "")
        return None

    def _text(self, shape: Text, node: Node, label: str) -> str | None:
        text = self._string(shape, node, label)
        if text is None or not shape.choices or text in shape.choices:
            return text
        self.say(node.place, f"unknown {shape.noun} {shown(text)}{self._hint(text, shape.choices)}")
        return None

    def _pattern(self, shape: Pattern, node: Node, label: str) -> str | None:
        text = self._string(shape, node, label)
        if text is None:
            return None
        try:
            path_spec((text,))
        except (ValueError, re.error):
            self.say(node.place, f"{shown(text)} is no gitignore pattern")
        return text

    def _file(self, shape: FilePath, node: Node, label: str) -> str | None:
        text = self._string(shape, node, label)
        if text is None:
            return None
        path = str(self.folder / text)
        if shape.there and not os.path.isfile(path):  # noqa: PTH113 - False, not an error, for impossible names
            self.say(node.place, f"{label!r}: no such file: {shown(text)}")
        return path

    def _lexicon(self, shape: LexiconName, node: Node, label: str) -> str | None:
        name = self._string(shape, node, label)
        return name if name is None or name in shape.names else self._file(FilePath(), node, label)

    def _tagset(self, shape: TagsetName, node: Node, label: str) -> str | None:
        name = self._string(shape, node, label)
        if name is None or name == AUTO or name in shape.plugins.tagset_files:
            return name
        if name.endswith(TAGSET_SUFFIXES):
            return self._own_tagset(shape, node, label)
        if name in shape.names():
            return name
        self.say(node.place, f"unknown tagset {shown(name)}{self._hint(name, shape.names())}")
        return None

    def _own_tagset(self, shape: TagsetName, node: Node, label: str) -> str | None:
        name = node.value
        path = str(self.folder / name)
        if not os.path.isfile(path):  # noqa: PTH113
            self.say(node.place, f"{label!r}: no such file: {shown(name)}")
            return None
        try:
            shape.plugins.tagset(path)
        except TaglintError as error:
            self.say(node.place, str(error))
            return None
        except Exception as error:
            self.say(node.place, f"cannot use the tagset {shown(name)}: {error}")
            return None
        return path

    def _number(self, shape: Number, node: Node, label: str) -> int | float | None:
        value = node.value
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            self._wrong(shape, node, label)
            return None
        try:
            usable = math.isfinite(value) and (not shape.whole or value == int(value))
        except OverflowError:
            usable = False
        low = shape.least is not None and value < shape.least
        if not usable or low or (shape.most is not None and value > shape.most):
            self._wrong(shape, node, label)
            return None
        return int(value) if shape.whole else float(value)

    def _flag(self, shape: Flag, node: Node, label: str) -> bool | None:
        if isinstance(node.value, bool):
            return node.value
        self._wrong(shape, node, label)
        return None

    def _list(self, shape: ListOf, node: Node, label: str) -> list[Any] | None:
        if isinstance(node.value, list):
            return [
                self.value(shape.item, item, f"{label}[{index}]")
                for index, item in enumerate(node.value)
            ]
        if shape.or_one and isinstance(node.value, str):
            return [self.value(shape.item, node, label)]
        one_item = "; write it as a list with one item" if isinstance(node.value, str) else ""
        self._wrong(shape, node, label, one_item)
        return None

    def _either(self, shape: Either, node: Node, label: str) -> Any:
        for each in shape.shapes:
            trial = Validator(self.folder)
            value = trial.value(each, node, label)
            if not trial.mistakes:
                return value
        self.mistakes += trial.mistakes
        return None

    def _table(self, shape: Table, node: Node, label: str) -> dict[str, Any] | None:
        if not isinstance(node.value, dict):
            self._wrong(shape, node, label)
            return None
        for name in shape.required:
            if name not in node.value:
                self.say(node.place, f"{label!r} needs the key {name!r}")
        self._twice(shape, node.value)
        values = {}
        for name, entry in node.value.items():
            key = shape.keys.get(name)
            if key is None:
                self._unknown(shape, entry, name, label)
            else:
                inner = f"{label}.{name}" if label else name
                values[name] = self.value(_shape(key, node.value), entry, inner)
        return values

    def _twice(self, shape: Table, entries: Mapping[str, Node]) -> None:
        """Whichever of two names' values won, the other one would be lost."""
        known: dict[str, str] = {}
        for name, entry in entries.items():
            first = known.setdefault(shape.aliases.get(name, name), name)
            if first != name:
                line = entries[first].key_place.line
                where = f" in line {line}" if line else ""
                self.say(
                    entry.key_place, f"{name!r} is the same rule as {first!r}{where}; keep one"
                )

    def _unknown(self, shape: Table, entry: Node, name: str, label: str) -> None:
        where = f" in {label!r}" if shape.noun == "option" else ""
        near = self._hint(name, shape.keys)
        self.say(entry.key_place, f"unknown {shape.noun} {shown(name)}{where}{near}")

    def _hint(self, name: str, known: Iterable[str]) -> str:
        return hint(name, known) if len(self.mistakes) < HINTED else ""


def _shape(key: Key, siblings: Mapping[str, Node]) -> Shape:
    """A key's shape; that of a format's options depends on the format beside it."""
    if not isinstance(key.shape, FormatOptions):
        return key.shape
    named = siblings.get("format")
    return key.shape.table(named.value if named else None)


def hint(name: str, known: Iterable[str]) -> str:
    """What a misspelt name may have meant: the nearest known one, or all where they are few."""
    from difflib import get_close_matches

    names = list(known)
    folded = {each.casefold(): each for each in reversed(names)}
    # A long text is no misspelt name, and comparing it takes quadratic time.
    near = get_close_matches(name.casefold()[:200], folded, n=1, cutoff=0.65)
    if near:
        return f"; did you mean '{folded[near[0]]}'?"
    if not names:
        return "; there are none"
    return f"; known: {', '.join(names)}" if len(names) <= LISTED else ""
