"""Whatever bytes a configuration file holds: a configuration or an error of single lines."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from toy_plugins import toy_plugins

from taglint.configuration import Configuration, load
from taglint.configuration.nodes import ConfigurationError
from taglint.configuration.reading import load_bytes
from taglint.configuration.shapes import configuration_shape
from taglint.plugins import Plugins

PLUGINS = toy_plugins()
KEYS = [*configuration_shape(PLUGINS).keys, "paths", "TOY001", "count", "width"]
MARKS = [": ", "- ", "\n", "\n  ", "[", "]", "{", "}", "'", '"', "|", ">", "#", "? ", "%", " = "]
YAML_WORDS = ["&a ", "*a", "!!int ", "!!binary ", "!x ", "~", "null", "no", "---\n", "<<", ".nan"]
TOML_WORDS = ["[tool.taglint]\n", "[[tool.taglint.files]]\n", "inf", "'''", "2001-99-99"]
VALUES = ["\\ud800", "\\0", "1e999", "0x" + "f" * 5000, "9" * 5000, "1:99:99", "TAG", "a.yaml", "/"]
PIECES = st.sampled_from([*KEYS, *MARKS, *YAML_WORDS, *TOML_WORDS, *VALUES, "!", "[z-a]"])
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
ANY_VALUE = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | SCALARS, inner, max_size=4)
    ),
    max_leaves=10,
)
often = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def survives(data: bytes, name: str) -> None:
    try:
        loaded = load_bytes(data, Path("/nowhere") / name, PLUGINS)
    except ConfigurationError as error:
        lines = str(error).split("\n")
        assert len(lines) == len(error.mistakes) >= 1
        assert all(line.isprintable() and line.startswith("/nowhere/") for line in lines)
    else:
        assert isinstance(loaded, Configuration)
        assert loaded.options_for("/nowhere/a.txt") and not loaded.excludes("")


@given(st.binary(max_size=60) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"min-confidence: 0x" + b"f" * 5000)
@example(b"min-confidence: " + b"9" * 5000)
@example(b"[" * 3000)
@example(b"exclude: [a" + b"]" * 3)
@example("select: [é]".encode("latin-1"))
@often
def test_any_bytes_as_yaml(data: bytes) -> None:
    survives(data, ".taglint.yaml")


@given(
    st.binary(max_size=60)
    | TEXTS.map(lambda text: f"[tool.taglint]\n{text}".encode(errors="replace"))
)
@example(b"[tool.taglint]\nselect = " + b"[" * 3000)
@example(b"[tool.taglint]\nmin-confidence = 0x" + b"f" * 5000)
@example(b"[tool.taglint]\nfiles = [{}, {paths = [1, 2020-01-01]}]")
@example(b"tool = 1")
@often
def test_any_bytes_as_toml(data: bytes) -> None:
    survives(data, "pyproject.toml")


@given(ANY_VALUE)
@often
def test_any_value_as_yaml(value: Any) -> None:
    import yaml

    survives(yaml.safe_dump(value).encode("utf-8", "surrogatepass"), ".taglint.yaml")


def test_junk_takes_bounded_time(plugins: Plugins, tmp_path: Path) -> None:
    junk = "\n".join(f"key{number}: [1, 2]" for number in range(3000))
    (tmp_path / ".taglint.yaml").write_text(junk)
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, plugins)
    assert len(caught.value.mistakes) == 3000
