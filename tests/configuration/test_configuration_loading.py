"""Which file is found, what it extends, and what holds for a path in the end."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from taglint.configuration import Configuration, FileOptions, find, load
from taglint.findings import Severity, TaglintError
from taglint.plugins import Plugins

Write = Callable[[Mapping[str, str]], Path]
FULL = """\
corpus: [data, "more/*.txt"]
include: ["*.txt"]
exclude: [drafts/]
format: slash
encoding: gb18030
tagset: pku98
lexicon: words.tsv
select: [TAG, toy-rule]
ignore: [unknown-tag]
extend-select: [TAG001]
severity: {unknown-tag: info}
rules: {toy-rule: {count: 5, share: 1, flag: true, mode: two, words: [a]}}
min-confidence: 0.8
files:
  - paths: ["*.conllu"]
    format: underscore
    min-confidence: 1
"""


def test_every_key_reaches_the_configuration(write: Write, plugins: Plugins) -> None:
    root = write({".taglint.yaml": FULL, "words.tsv": ""})
    loaded = load(root, plugins)
    assert loaded.root == root
    assert loaded.path == root / ".taglint.yaml"
    assert loaded.sources == (root / ".taglint.yaml",)
    assert loaded.corpus == ("data", "more/*.txt")
    assert loaded.include == ("*.txt",)
    assert loaded.exclude == ("drafts/",)
    assert loaded.options == FileOptions(
        format="slash",
        encoding="gb18030",
        tagset="pku98",
        lexicon=str(root / "words.tsv"),
        select=("TAG", "TOY001"),
        ignore=("TAG001",),
        extend_select=("TAG001",),
        severity={"TAG001": Severity.INFO},
        rules={"TOY001": {"count": 5, "share": 1.0, "flag": True, "mode": "two", "words": ["a"]}},
        min_confidence=0.8,
    )
    assert loaded.options_for("x.conllu").format == "underscore"
    assert loaded.options_for("x.conllu").min_confidence == 1.0
    assert loaded.options_for("x.txt") == loaded.options


def test_toml_says_the_same_as_yaml(write: Write, plugins: Plugins) -> None:
    root = write(
        {
            "pyproject.toml": """\
[tool.taglint]
corpus = ["data"]
select = ["TAG"]
min-confidence = 0.8
rules.TOY001.count = 5
[[tool.taglint.files]]
paths = ["*.conllu"]
format = "underscore"
"""
        }
    )
    loaded = load(root, plugins)
    assert loaded.path == root / "pyproject.toml"
    assert loaded.corpus == ("data",)
    assert loaded.options.rules == {"TOY001": {"count": 5}}
    assert loaded.options_for("a/b.conllu").format == "underscore"


def test_nearest_folder_wins(write: Write) -> None:
    root = write({".taglint.yaml": "", "a/pyproject.toml": "[tool.taglint]\n", "a/b/c/x.txt": ""})
    assert find(root / "a" / "b" / "c") == root / "a" / "pyproject.toml"
    assert find(root / "a") == root / "a" / "pyproject.toml"
    assert find(root) == root / ".taglint.yaml"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ((".taglint.yaml", ".taglint.yml", "pyproject.toml"), ".taglint.yaml"),
        ((".taglint.yml", "pyproject.toml"), ".taglint.yml"),
        (("pyproject.toml",), "pyproject.toml"),
    ],
)
def test_order_within_a_folder(write: Write, files: tuple[str, ...], expected: str) -> None:
    root = write(dict.fromkeys(files, "[tool.taglint]"))
    assert find(root) == root / expected


@pytest.mark.parametrize("text", ["[tool.other]\n", "[tool]\nx = 1 # taglint\n", "not = = taglint"])
def test_pyproject_without_table_is_passed_over(write: Write, text: str) -> None:
    root = write({".taglint.yaml": "", "a/pyproject.toml": text})
    assert find(root / "a") == root / ".taglint.yaml"


def test_no_file_gives_defaults(write: Write, plugins: Plugins) -> None:
    root = write({"a/x.txt": ""})
    assert load(root / "a", plugins, isolated=True) == Configuration(root=root / "a")


def test_isolated_ignores_files(write: Write, plugins: Plugins) -> None:
    root = write({".taglint.yaml": "select: [TAG]"})
    assert load(root, plugins, isolated=True) == Configuration(root=root)


def test_named_file_wins_over_the_nearest(write: Write, plugins: Plugins) -> None:
    root = write({".taglint.yaml": "corpus: [a]", "conf/other.yaml": "corpus: [b]"})
    loaded = load(root, plugins, config="conf/other.yaml")
    assert loaded.corpus == ("b",)
    assert loaded.root == root / "conf"


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "{}", "\ufeff"])
def test_empty_file_is_a_configuration(write: Write, plugins: Plugins, text: str) -> None:
    root = write({".taglint.yaml": text})
    assert load(root, plugins).options == FileOptions()


def test_extended_file_is_merged(write: Write, plugins: Plugins) -> None:
    root = write(
        {
            "shared/base.yaml": """\
select: [TAG]
exclude: [a]
ignore: [TAG001]
extend-select: [TOY001]
severity: {TAG001: info, TOY001: info}
rules: {TOY001: {count: 5, mode: two}}
files: [{paths: ["*.x"], min-confidence: 0.1}]
min-confidence: 0.9
""",
            ".taglint.yaml": """\
extends: shared/base.yaml
select: [TOY001]
exclude: [b]
ignore: [toy-rule]
extend-select: [unknown-tag]
severity: {toy-rule: error}
rules: {toy-rule: {count: 6}}
files: [{paths: ["*.x"], min-confidence: 0.2}]
""",
        }
    )
    loaded = load(root, plugins)
    options = loaded.options
    assert options.select == ("TOY001",)
    assert loaded.exclude == ("b",)
    assert options.ignore == ("TAG001", "TOY001")
    assert options.extend_select == ("TOY001", "TAG001")
    assert options.severity == {"TAG001": Severity.INFO, "TOY001": Severity.ERROR}
    assert options.rules == {"TOY001": {"count": 6, "mode": "two"}}
    assert options.min_confidence == 0.9
    assert loaded.options_for("a.x").min_confidence == 0.2
    assert loaded.root == root
    assert loaded.sources == (root / ".taglint.yaml", root / "shared" / "base.yaml")


def test_later_extended_file_wins(write: Write, plugins: Plugins) -> None:
    root = write(
        {
            "a.yaml": "format: slash\nencoding: gbk",
            "b.toml": '[tool.taglint]\nformat = "underscore"',
            ".taglint.yaml": "extends: [a.yaml, b.toml]",
        }
    )
    options = load(root, plugins).options
    assert (options.format, options.encoding) == ("underscore", "gbk")


def test_paths_are_relative_to_the_file_that_says_them(write: Write, plugins: Plugins) -> None:
    root = write(
        {
            "shared/a/base.yaml": "extends: ../b.yaml\nlexicon: words.tsv\n",
            "shared/a/words.tsv": "",
            "shared/b.yaml": "tagset: own.yaml\n",
            "shared/own.yaml": "name: own\nextends: upos\n",
            "x/.taglint.yaml": "extends: ../shared/a/base.yaml\n",
        }
    )
    options = load(root / "x", plugins).options
    assert options.lexicon == str(root / "shared/a/words.tsv")
    assert Path(options.tagset).resolve() == root / "shared/own.yaml"
    assert plugins.tagset(options.tagset).name == "own"


def test_options_of_a_format_do_not_outlive_it(write: Write, plugins: Plugins) -> None:
    root = write(
        {
            ".taglint.yaml": """\
format: toy
format-options: {width: 2}
files:
  - {paths: ["*.u"], format: underscore}
  - {paths: ["*.t"], format: toy, format-options: {width: 3}}
"""
        }
    )
    loaded = load(root, plugins)
    assert loaded.options_for("a").format_options == {"width": 2}
    assert loaded.options_for("a.u").format_options == {}
    assert loaded.options_for("a.t").format_options == {"width": 3}


def test_later_entries_for_files_win_and_add(write: Write, plugins: Plugins) -> None:
    root = write(
        {
            ".taglint.yaml": """\
ignore: [TAG001]
files:
  - {paths: [/a/], encoding: gbk, ignore: [TOY001], rules: {TOY001: {count: 1, mode: two}}}
  - {paths: ["*.txt", "!b.txt"], encoding: big5, rules: {TOY001: {count: 2}}}
"""
        }
    )
    loaded = load(root, plugins)
    both = loaded.options_for("a/x.txt")
    assert both.encoding == "big5"
    assert both.ignore == ("TAG001", "TOY001")
    assert both.rules == {"TOY001": {"count": 2, "mode": "two"}}
    assert loaded.options_for("a/b.txt").encoding == "gbk"
    assert loaded.options_for("c/b.txt").encoding == "auto"
    assert loaded.profile("a/x.txt") == (0, 1)


def test_patterns_hold_from_the_root_wherever_the_run_starts(
    write: Write, plugins: Plugins, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(
        {".taglint.yaml": "corpus: [a]\nfiles: [{paths: [/a/], encoding: gbk}]", "b/x": ""}
    )
    monkeypatch.chdir(root / "b")
    loaded = load(Path(), plugins)
    assert loaded.options_for("../a/x.txt").encoding == "gbk"
    assert loaded.options_for("a/x.txt").encoding == "auto"
    assert loaded.corpus_paths == (str(root / "a"),)
    monkeypatch.chdir(root)
    assert load(Path(), plugins).corpus_paths == ("a",)


def test_extending_in_a_diamond_is_fine(write: Write, plugins: Plugins) -> None:
    files = {
        ".taglint.yaml": "extends: [a.yaml, b.yaml]",
        "a.yaml": "extends: c.yaml",
        "b.yaml": "extends: c.yaml",
        "c.yaml": "encoding: gbk",
    }
    assert load(write(files), plugins).options.encoding == "gbk"


def test_a_lattice_of_files_is_refused_in_bounded_time(write: Write, plugins: Plugins) -> None:
    files = {f"{n}.yaml": f"extends: [{n + 1}.yaml, {n + 1}.yaml, {n + 1}.yaml]" for n in range(20)}
    root = write({**files, "20.yaml": "", ".taglint.yaml": "extends: 0.yaml"})
    with pytest.raises(TaglintError, match="more than 100 files"):
        load(root, plugins)
