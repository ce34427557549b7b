"""The JSON schema of configuration files, for editors, and the documentation's table of keys."""

from __future__ import annotations

from typing import Any

from taglint.configuration.shapes import (
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
    configuration_shape,
    described,
    option_keys,
)
from taglint.plugins import Plugins

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(plugins: Plugins) -> dict[str, Any]:
    """The JSON schema of `.taglint.yaml` with what is installed.

    It accepts what the loader accepts, but for what only the loader can see: whether files are
    there, and whether patterns and tagset files are sound.
    """
    shape = configuration_shape(plugins)
    options = option_keys(plugins)
    return {
        "$schema": DIALECT,
        "title": "taglint configuration",
        **_table(shape, shared=frozenset(options)),
        "$defs": {name: _key(key, frozenset()) for name, key in options.items()},
    }


def _shape(shape: Shape, shared: frozenset[str]) -> dict[str, Any]:
    """`shared` are the keys that are references to `$defs`."""
    schema: dict[str, Any]
    match shape:
        case Text(_, choices):
            schema = {"type": "string"} | ({"enum": list(choices)} if choices else {})
        case Pattern() | FilePath() | LexiconName():
            schema = {"type": "string"}
        case TagsetName():
            names = {"enum": list(shape.names())}
            schema = {"type": "string", "anyOf": [names, {"pattern": r"\.ya?ml$"}]}
        case Number():
            schema = _number(shape)
        case Flag():
            schema = {"type": "boolean"}
        case ListOf(item, or_one):
            inner = _shape(item, shared)
            many = {"type": "array", "items": inner}
            schema = {"anyOf": [inner, many]} if or_one else many
        case Either(shapes):
            schema = {"anyOf": [_shape(each, shared) for each in shapes]}
        case Table():
            schema = _table(shape, shared)
        case FormatOptions():
            schema = _table(shape.any_format(), shared)
    return schema


def _number(shape: Number) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "integer" if shape.whole else "number"}
    if shape.least is not None:
        schema["minimum"] = shape.least
    if shape.most is not None:
        schema["maximum"] = shape.most
    return schema


def _table(table: Table, shared: frozenset[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: _property(name, key, shared) for name, key in table.keys.items()},
        "additionalProperties": False,
    }
    if table.required:
        schema["required"] = list(table.required)
    if table.aliases:
        schema["dependentSchemas"] = {
            name: {"properties": {other: False}} for name, other in table.aliases.items()
        }
    options = table.keys.get("format-options")
    if options and isinstance(options.shape, FormatOptions):
        schema["allOf"] = _by_format(options.shape)
    return schema


def _property(name: str, key: Key, shared: frozenset[str]) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"} if name in shared else _key(key, shared)


def _key(key: Key, shared: frozenset[str]) -> dict[str, Any]:
    schema = {"description": key.help, **_shape(key.shape, shared)}
    if key.default is not None:
        schema["default"] = list(key.default) if isinstance(key.default, tuple) else key.default
    return schema


def _by_format(options: FormatOptions) -> list[dict[str, Any]]:
    """A mapping that names a format may set this format's options only."""
    return [
        {
            "if": {"properties": {"format": {"const": name}}, "required": ["format"]},
            "then": {"properties": {"format-options": _table(table, frozenset())}},
        }
        for name, table in options.by_format.items()
    ]


def markdown(plugins: Plugins) -> str:
    """The keys of a configuration file as a Markdown table, without the installed names."""
    shape = configuration_shape(plugins)
    per_file = option_keys(plugins)
    rows = [_row(name, key, name in per_file) for name, key in shape.keys.items()]
    head = "| key | value | default | per file | meaning |\n|---|---|---|---|---|\n"
    return head + "".join(rows)


def _row(name: str, key: Key, per_file: bool) -> str:
    default = "" if key.default is None else f"`{key.default}`"
    cells = (f"`{name}`", described(key.shape), default, "yes" if per_file else "", key.help)
    return f"| {' | '.join(cells)} |\n"
