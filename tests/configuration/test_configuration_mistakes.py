"""Every mistake of a file is reported in a line of its own, with its place."""

# ruff: noqa: E501 - messages stand as they are printed

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from taglint.configuration import load
from taglint.configuration.nodes import ConfigurationError
from taglint.plugins import Plugins

Write = Callable[[Mapping[str, str]], Path]


def messages(root: Path, plugins: Plugins) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        load(root, plugins)
    lines = str(caught.value).split("\n")
    assert lines == [str(mistake) for mistake in caught.value.mistakes]
    return lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("selct: [TAG]", "1:1: unknown key 'selct'; did you mean 'select'?"),
        ("\n\n  SELECT: [TAG]", "3:3: unknown key 'SELECT'; did you mean 'select'?"),
        ("min_confidence: 1", "1:1: unknown key 'min_confidence'; did you mean 'min-confidence'?"),
        ("qqqqqq: 1", "1:1: unknown key 'qqqqqq'"),
        ("<<: {}", "1:1: unknown key '<<'"),
        ("[a, b]", "1:1: a configuration must be a mapping, not a list"),
        ("select", "1:1: a configuration must be a mapping, not 'select'"),
        ("1: x", "1:1: a key must be text; put it in quotes"),
        ("? [a]\n: b", "1:3: a key must be text; put it in quotes"),
        (
            "select: [TAG]\nselect: [TAG]",
            "2:1: key 'select' is given twice, first in line 1",
        ),
        (
            "rules:\n  TOY001:\n    count: 1\n    count: 2",
            "4:5: key 'count' is given twice, first in line 3",
        ),
        ("select:", "1:8: 'select' must be a list of rules and families, not nothing"),
        (
            "select: TAG",
            "1:9: 'select' must be a list of rules and families, not 'TAG'; "
            "write it as a list with one item",
        ),
        ("select: {a: b}", "1:9: 'select' must be a list of rules and families, not a mapping"),
        ("select: [TOY01]", "1:10: unknown rule or family 'TOY01'; did you mean 'TOY001'?"),
        ("ignore: [toyrule]", "1:10: unknown rule or family 'toyrule'; did you mean 'toy-rule'?"),
        ("extend-select: [zzz]", "1:17: unknown rule or family 'zzz'"),
        (
            "select: [7]",
            "1:10: 'select[0]' must be the name of a rule or family, not 7; put it in quotes",
        ),
        ("exclude: [a, 5]", "1:14: 'exclude[1]' must be a gitignore pattern, not 5; put it in quotes"),
        ("exclude: ['!']", "1:11: '!' is no gitignore pattern"),
        ("include: ['[z-a]']", "1:11: '[z-a]' is no gitignore pattern"),
        ("corpus: [false]", "1:10: 'corpus[0]' must be text, not false; put it in quotes"),
        ("format: slahs", "1:9: unknown format 'slahs'; did you mean 'slash'?"),
        ("encoding: utf-88", "1:11: unknown encoding 'utf-88'; did you mean 'utf-8'?"),
        ("tagset: hanpl", "1:9: unknown tagset 'hanpl'; did you mean 'hanlp'?"),
        ("tagset: [a]", "1:9: 'tagset' must be the name of a tagset or the path of one, not a list"),
        ("tagset: a.yaml", "1:9: 'tagset': no such file: 'a.yaml'"),
        ("lexicon: a.tsv", "1:10: 'lexicon': no such file: 'a.tsv'"),
        ('lexicon: "a\\0b"', "1:10: 'lexicon': no such file: 'a\\x00b'"),
        ("extends: a.yaml", "1:10: 'extends': no such file: 'a.yaml'"),
        ("extends: 1", "1:10: 'extends' must be a path or a list of paths, not 1"),
        ("severity: {TOY001: wrning}", "1:20: unknown severity 'wrning'; did you mean 'warning'?"),
        ("severity: {TOY002: error}", "1:12: unknown rule 'TOY002'; did you mean 'TOY001'?"),
        ("severity: {TOY: error}", "1:12: unknown rule 'TOY'; did you mean 'TOY001'?"),
        ("rules: {TOY01: {}}", "1:9: unknown rule 'TOY01'; did you mean 'TOY001'?"),
        ("rules: {TOY001: [a]}", "1:17: 'rules.TOY001' must be a mapping, not a list"),
        (
            "rules: {TOY001: {cuont: 1}}",
            "1:18: unknown option 'cuont' in 'rules.TOY001'; did you mean 'count'?",
        ),
        (
            "rules: {toy-rule: {zzzzz: 1}}",
            "1:20: unknown option 'zzzzz' in 'rules.toy-rule'; "
            "known: flag, count, share, mode, words",
        ),
        (
            "rules:\n  toy-rule: {count: 1}\n  TOY001: {share: 1}",
            "3:3: 'TOY001' is the same rule as 'toy-rule' in line 2; keep one",
        ),
        (
            "severity: {TOY001: error, toy-rule: info}",
            "1:27: 'toy-rule' is the same rule as 'TOY001' in line 1; keep one",
        ),
        (
            "max-rate: {TOY001: 1, TOY: 2, toy-rule: 3}",
            "1:31: 'toy-rule' is the same rule as 'TOY001' in line 1; keep one",
        ),
        (
            "rules: {TOY001: {count: 1.5}}",
            "1:25: 'rules.TOY001.count' must be a whole number, not 1.5",
        ),
        ("rules: {TOY001: {count: x}}", "1:25: 'rules.TOY001.count' must be a whole number, not 'x'"),
        ("rules: {TOY001: {share: .inf}}", "1:25: 'rules.TOY001.share' must be a number up to 1, not inf"),
        ("rules: {TOY001: {share: true}}", "1:25: 'rules.TOY001.share' must be a number up to 1, not true"),
        ("rules: {TOY001: {flag: 1}}", "1:24: 'rules.TOY001.flag' must be true or false, not 1"),
        ("rules: {TOY001: {mode: six}}", "1:24: unknown choice 'six'; known: one, two"),
        (
            "rules: {TOY001: {words: a}}",
            "1:25: 'rules.TOY001.words' must be a list of texts, not 'a'; "
            "write it as a list with one item",
        ),
        ("min-confidence: 1.01", "1:17: 'min-confidence' must be a number from 0 to 1, not 1.01"),
        ("min-confidence: -1", "1:17: 'min-confidence' must be a number from 0 to 1, not -1"),
        ("min-confidence: .nan", "1:17: 'min-confidence' must be a number from 0 to 1, not nan"),
        ("min-confidence: high", "1:17: 'min-confidence' must be a number from 0 to 1, not 'high'"),
        (
            "format: slash\nformat-options: {width: 1}",
            "2:18: unknown option 'width' in 'format-options'; there are none",
        ),
        (
            "format: toy\nformat-options: {widht: 1}",
            "2:18: unknown option 'widht' in 'format-options'; did you mean 'width'?",
        ),
        (
            "format-options: {width: a}",
            "1:25: 'format-options.width' must be a whole number from 0 on, not 'a'",
        ),
        ("format-options: {width: -1}", "1:25: 'format-options.width' must be a whole number from 0 on, not -1"),
        ("max-rate: {TOY: -1}", "1:17: 'max-rate.TOY' must be a number from 0 on, not -1"),
        ("files: {}", "1:8: 'files' must be a list of mappings, not a mapping"),
        ("files: [x]", "1:9: 'files[0]' must be a mapping, not 'x'"),
        ("files:\n- encoding: gbk", "2:3: 'files[0]' needs the key 'paths'"),
        (
            "files:\n- {paths: [a], min-confidence: 2}",
            "2:32: 'files[0].min-confidence' must be a number from 0 to 1, not 2",
        ),
        (
            "files:\n- {paths: [a], files: []}",
            "2:16: unknown key 'files'; known: paths, format, format-options, encoding, tagset, "
            "lexicon, outside-lexicon, select, ignore, extend-select, severity, rules, min-confidence",
        ),
        ("format: !!python/name:os.system x", "1:9: the YAML tag 'tag:yaml.org,2002:python/name:os.system' has no meaning here"),
        ("rules: !!set {a}", "1:8: the YAML tag 'tag:yaml.org,2002:set' has no meaning here"),
        ("min-confidence: !!int x", "1:17: 'x' is no int"),
        ("min-confidence: !!bool x", "1:17: 'x' is no bool"),
        ("&a [*a]", "the values are nested too deeply"),
        ("select: " + "[" * 60 + "]" * 60, "the values are nested too deeply"),
    ],
)  # fmt: skip
def test_mistake_in_yaml(write: Write, plugins: Plugins, text: str, expected: str) -> None:
    lines = messages(write({".taglint.yaml": text}), plugins)
    assert lines[0].startswith(".taglint.yaml:")
    if expected[0].isdigit():
        assert lines[0] == f".taglint.yaml:{expected}"
    else:
        assert lines[0].endswith(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('selct = ["TAG"]', "tool.taglint.selct: unknown key 'selct'; did you mean 'select'?"),
        (
            "rules.TOY001.count = 1.5",
            "tool.taglint.rules.TOY001.count: 'rules.TOY001.count' must be a whole number, not 1.5",
        ),
        (
            "rules.toy-rule.count = 1\nrules.TOY001.count = 1",
            "tool.taglint.rules.TOY001: 'TOY001' is the same rule as 'toy-rule'; keep one",
        ),
        ("format = 1979-05-27", "tool.taglint.format: 'format' must be the name of a format, not 1979-05-27"),
        ('select = ["TAG", "TOY01"]', "tool.taglint.select[1]: unknown rule or family 'TOY01'; did you mean 'TOY001'?"),
        ("min-confidence = nan", "tool.taglint.min-confidence: 'min-confidence' must be a number from 0 to 1, not nan"),
        (
            "[[tool.taglint.files]]\nencoding = 'gbk'",
            "tool.taglint.files[0]: 'files[0]' needs the key 'paths'",
        ),
    ],
)  # fmt: skip
def test_mistake_in_toml(write: Write, plugins: Plugins, text: str, expected: str) -> None:
    root = write({"pyproject.toml": f"[tool.taglint]\n{text}\n"})
    assert messages(root, plugins) == [f"pyproject.toml: {expected}"]


def test_all_mistakes_in_order_of_place(write: Write, plugins: Plugins) -> None:
    text = "selct: []\nformat: x\nformat: slash\nmin-confidence: 2\nselect: [a1, TAG, b1]\n"
    lines = messages(write({".taglint.yaml": text}), plugins)
    assert [line.split(" ")[0] for line in lines] == [
        ".taglint.yaml:1:1:",
        ".taglint.yaml:2:9:",
        ".taglint.yaml:3:1:",
        ".taglint.yaml:4:17:",
        ".taglint.yaml:5:10:",
        ".taglint.yaml:5:19:",
    ]


@pytest.mark.parametrize("text", ["a: [", "a: b: c", "*x", "a: 1\n---\nb: 2", "\t- x", '"\\ud800"'])
def test_yaml_that_is_none(write: Write, plugins: Plugins, text: str) -> None:
    (line,) = messages(write({".taglint.yaml": text}), plugins)
    path, row, column, message = line.split(":", 3)
    assert path == ".taglint.yaml" and int(row) >= 1 and int(column) >= 1
    assert message.startswith(" not valid YAML: ")


@pytest.mark.parametrize("data", [b"a: \x07", b"a: \xff", b"\xff\xfe", b"\0"])
def test_bytes_that_are_no_text(tmp_path: Path, plugins: Plugins, data: bytes) -> None:
    (tmp_path / ".taglint.yaml").write_bytes(data)
    (line,) = messages(tmp_path, plugins)
    assert "not UTF-8 in line 1" in line or "not valid YAML" in line


@pytest.mark.parametrize(
    "text", ["[tool.taglint", "[tool.taglint]\na = ", "[tool.taglint]\na=1\na=2"]
)
def test_toml_that_is_none(write: Write, plugins: Plugins, text: str) -> None:
    (line,) = messages(write({"pyproject.toml": text}), plugins)
    assert line.startswith("pyproject.toml: not valid TOML: ")


def test_named_file_must_be_there_and_configure(write: Write, plugins: Plugins) -> None:
    root = write({"x.toml": "[tool.other]\n"})
    for name, expected in (
        ("nope.yaml", "nope.yaml: cannot read the configuration: No such file or directory"),
        (".", ".: cannot read the configuration: Is a directory"),
        ("x.toml", "x.toml: there is no table [tool.taglint]"),
    ):
        with pytest.raises(ConfigurationError) as caught:
            load(root, plugins, config=name)
        assert str(caught.value) == expected


def test_mistakes_of_all_extended_files(write: Write, plugins: Plugins) -> None:
    files = {".taglint.yaml": "extends: [a.yaml, b.yaml]", "a.yaml": "a: 1", "b.yaml": "format: b"}
    lines = messages(write(files), plugins)
    assert [line.split(" ")[0] for line in lines] == ["a.yaml:1:1:", "b.yaml:1:9:"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {".taglint.yaml": "extends: .taglint.yaml"},
            ".taglint.yaml:1:10: 'extends' goes in a circle: .taglint.yaml → .taglint.yaml",
        ),
        (
            {".taglint.yaml": "extends: [a.yaml]", "a.yaml": "extends: b.yaml", "b.yaml": "extends: ./a.yaml"},
            "b.yaml:1:10: 'extends' goes in a circle: a.yaml → b.yaml → a.yaml",
        ),
    ],
)  # fmt: skip
def test_circle(write: Write, plugins: Plugins, files: dict[str, str], expected: str) -> None:
    assert messages(write(files), plugins) == [expected]


def test_alias_bomb_is_refused(write: Write, plugins: Plugins) -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in range(1, 9):
        bomb += f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n"
    (line,) = messages(write({".taglint.yaml": bomb}), plugins)
    assert line == ".taglint.yaml: more than 10,000 values"


def test_large_file_is_refused(write: Write, plugins: Plugins) -> None:
    (line,) = messages(write({".taglint.yaml": "#" * 1_000_001}), plugins)
    assert line == ".taglint.yaml: larger than 1,000,000 bytes"


def test_own_tagset_with_a_mistake(write: Write, plugins: Plugins) -> None:
    root = write({".taglint.yaml": "tagset: own.yaml", "own.yaml": "name: own\n"})
    (line,) = messages(root, plugins)
    assert line == f".taglint.yaml:1:9: {root / 'own.yaml'}: a tagset needs `tags`"


def test_names_cannot_break_the_line(write: Write, plugins: Plugins) -> None:
    (line,) = messages(write({".taglint.yaml": '"a\\nb\\e[31m": 1'}), plugins)
    assert line == ".taglint.yaml:1:1: unknown key 'a\\nb\\x1b[31m'"
