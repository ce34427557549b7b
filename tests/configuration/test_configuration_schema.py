"""The JSON schema and the loader accept the same files."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from toy_plugins import toy_plugins

from taglint.commands.group import run
from taglint.configuration import FileOptions
from taglint.configuration.nodes import ConfigurationError
from taglint.configuration.reading import load_bytes
from taglint.configuration.schema import json_schema, markdown
from taglint.configuration.shapes import (
    Flag,
    FormatOptions,
    ListOf,
    Number,
    Shape,
    Table,
    TagsetName,
    Text,
    configuration_shape,
)
from taglint.plugins import installed

PLUGINS = toy_plugins()
SCHEMA = json_schema(PLUGINS)
VALIDATOR = Draft202012Validator(SCHEMA)
DOCS = Path(__file__).parents[2] / "docs"

GOOD: list[dict[str, Any]] = [
    {},
    {
        "select": ["ALL", "TAG", "TOY001", "toy-rule"],
        "ignore": [],
        "extend-select": ["unknown-tag"],
    },
    {"tagset": "auto", "format": "auto", "encoding": "auto"},
    {"tagset": "hanlp", "encoding": "gbk", "min-confidence": 0},
    {"rules": {"toy-rule": {"count": 2.0, "share": 1, "words": ["a"]}, "TAG001": {}}},
    {"severity": {"TOY001": "error", "unknown-tag": "info"}},
    {"format": "toy", "format-options": {"width": 3}},
    {"format-options": {"width": 3}},
    {"files": [{"paths": []}, {"paths": ["a"], "format": "toy", "format-options": {"width": 1}}]},
    {"corpus": ["a", "b/*.txt"], "include": ["*.txt"], "exclude": ["!x"]},
]
BAD: list[Any] = [
    [],
    "x",
    {"selct": []},
    {"select": "TAG"},
    {"select": None},
    {"select": ["XYZ"]},
    {"tagset": "nope"},
    {"format": "nope"},
    {"encoding": "UTF-8"},
    {"min-confidence": 1.1},
    {"min-confidence": True},
    {"min-confidence": "1"},
    {"rules": {"TOY": {}}},
    {"rules": {"TOY001": {"nope": 1}}},
    {"rules": {"TOY001": {"count": 1.5}}},
    {"rules": {"TOY001": {"flag": 0}}},
    {"rules": {"TOY001": {"share": 1.5}}},
    {"max-rate": {"TOY": -1}},
    {"rules": {"TOY001": {"mode": "three"}}},
    {"rules": {"TOY001": {"words": [1]}}},
    {"severity": {"TOY001": "fatal"}},
    {"severity": {"TOY": "error"}},
    {"severity": {"TOY001": "error", "toy-rule": "error"}},
    {"rules": {"TOY001": {}, "toy-rule": {}}},
    {"max-rate": {"TOY001": 1, "toy-rule": 1}},
    {"format": "slash", "format-options": {"width": 3}},
    {"format-options": {"width": "3"}},
    {"files": [{"encoding": "gbk"}]},
    {"files": [{"paths": ["a"], "corpus": ["b"]}]},
    {"files": [{"paths": ["a"], "format": "slash", "format-options": {"width": 1}}]},
    {"corpus": [1]},
    {"extends": 1},
    {"lexicon": []},
]

RULE_NAMES = ("TOY001", "toy-rule", "TAG001", "x")
OPTION_NAMES = ("width", "count", "share", "flag", "mode", "words", "allow")
NAMES = st.sampled_from(
    ["ALL", "TAG", "TOY001", "toy-rule", "slash", "toy", "auto", "gbk", "hanlp", "error", "x"]
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | st.sampled_from([0.5, 1.5, 2.0]) | NAMES,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from([*RULE_NAMES, *OPTION_NAMES]), inner, max_size=2)
    ),
    max_leaves=3,
)


def fitting(shape: Shape) -> st.SearchStrategy[Any]:
    """Values that nearly always fit a shape."""
    exact: st.SearchStrategy[Any]
    match shape:
        case Text(_, choices):
            exact = st.sampled_from(choices) if choices else st.sampled_from(["a", "b/*.txt"])
        case TagsetName():
            exact = st.sampled_from(shape.names())
        case Number():
            exact = st.sampled_from([0, 1, 1.0, True] if shape.whole else [0, 0.5, 1, 1.5])
        case Flag():
            exact = st.booleans()
        case ListOf(item):
            exact = st.lists(fitting(item), max_size=2)
        case Table():
            exact = tables(shape)
        case FormatOptions():
            exact = tables(shape.any_format())
        case _:
            exact = st.sampled_from(["a", "*.txt"])
    return st.integers(0, 29).flatmap(lambda number: exact if number else JUNK)


def tables(table: Table) -> st.SearchStrategy[dict[str, Any]]:
    """Mappings with some of a table's keys, now and then without a key that is required."""
    keys = {name: fitting(key.shape) for name, key in table.keys.items()}
    required = {name: keys.pop(name) for name in table.required}
    few = st.lists(st.sampled_from(sorted(keys) or ["x"]), max_size=3, unique=True)
    return few.flatmap(
        lambda names: st.fixed_dictionaries(
            required, optional={name: keys.get(name, JUNK) for name in names}
        )
    )


def loads(value: Any) -> bool:
    """Whether the loader takes a file that holds this value: JSON is YAML."""
    try:
        load_bytes(json.dumps(value).encode(), Path("/nowhere/.taglint.yaml"), PLUGINS)
    except ConfigurationError:
        return False
    return True


def test_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("value", GOOD, ids=str)
def test_both_accept(value: Any) -> None:
    assert loads(value)
    VALIDATOR.validate(value)


@pytest.mark.parametrize("value", BAD, ids=str)
def test_both_refuse(value: Any) -> None:
    assert not loads(value)
    assert not VALIDATOR.is_valid(value)


def names_a_file(value: Any) -> bool:
    """Whether the answer depends on files, which the schema cannot see."""
    if isinstance(value, dict):
        files = {"extends", "lexicon", "outside-lexicon", "suppressions"}
        return bool(files & value.keys()) or any(map(names_a_file, value.values()))
    return isinstance(value, list) and any(map(names_a_file, value))


@given(st.one_of(JUNK, tables(configuration_shape(PLUGINS))))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_loader_and_schema_agree(value: Any) -> None:
    if value is None or names_a_file(value):
        return
    assert loads(value) == VALIDATOR.is_valid(value), value


def test_schema_tells_options_with_type_default_and_help() -> None:
    options = SCHEMA["$defs"]["rules"]["properties"]["toy-rule"]["properties"]
    assert options["count"] == {"description": "a whole number", "type": "integer", "default": 3}
    assert options["mode"]["enum"] == ["one", "two"]
    assert set(SCHEMA["$defs"]["format"]["enum"]) == {"auto", *PLUGINS.formats}
    assert set(PLUGINS.tagset_files) < set(SCHEMA["$defs"]["tagset"]["anyOf"][0]["enum"])


def test_stated_defaults_are_those_of_the_code() -> None:
    defaults = FileOptions()
    for name, key in configuration_shape(PLUGINS).keys.items():
        if key.default is not None:
            assert getattr(defaults, name.replace("-", "_")) == key.default


def test_command_prints_schema_and_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json_schema(installed())
    assert run(["schema", "--markdown"]) == 0
    assert capsys.readouterr().out == markdown(installed())


def test_documented_examples_are_configurations() -> None:
    """The rules and formats of the examples are the built-in ones."""
    text = (DOCS / "configuration.md").read_text("utf-8")
    for language, name in (("yaml", ".taglint.yaml"), ("toml", "pyproject.toml")):
        (block,) = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
        loaded = load_bytes(block.encode(), Path("/nowhere") / name, PLUGINS)
        assert loaded.options.rules == {"TAG001": {"allow": ["xx"]}}


def test_documented_keys_are_those_of_the_code() -> None:
    assert markdown(PLUGINS) in (DOCS / "configuration.md").read_text("utf-8")
