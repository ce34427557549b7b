"""Plugins: the example is installed and run as a user would; broken ones are named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from taglint.configuration import Configuration, FileOptions
from taglint.corpus.document import Decoded
from taglint.corpus.vocabulary import Vocabulary
from taglint.engine.session import Session
from taglint.findings import TaglintError
from taglint.formats.base import Settings
from taglint.formats.delimited import Delimited
from taglint.plugins import Plugins, hookimpl
from taglint.rules import Rule, Scope

EXAMPLE = Path(__file__).parents[2] / "examples" / "plugin"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example plugin installed by pip."""
    target = tmp_path_factory.mktemp("site")
    options = ["--no-deps", "--no-build-isolation", "--quiet", "--target", str(target)]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(EXAMPLE)], check=True)
    return target


def taglint(site: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "taglint", *arguments],
        env={**os.environ, "PYTHONPATH": str(site)},
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_installed_example_offers_its_rule_tagset_and_reporter(site: Path) -> None:
    text = "今天天气很好我们去公园玩吧/NOUN ☺/EMO\n"
    options = ["--isolated", "--tagset", "toy", "--output-format", "tsv"]
    options += ["--select", "EXA001,TAG001"]
    done = taglint(site, "check", "-", *options, stdin=text)
    assert done.stdout.splitlines() == [
        "path\tline\tcolumn\tcode\tmessage",
        "<stdin>\t1\t1\tEXA001\tform of 13 characters",
    ]
    assert done.returncode == 1


def test_installed_example_has_a_manual(site: Path) -> None:
    assert "Form of very many characters." in taglint(site, "rule", "long-form").stdout


def test_broken_entry_point_is_one_line_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "broken_plugin.py").write_text("import nowhere_to_be_found\n")
    info = tmp_path / "broken_plugin-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-plugin\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[taglint]\nbroken = broken_plugin\n")
    done = taglint(tmp_path, "rule")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "taglint: plugin broken is broken: ModuleNotFoundError: "
        "No module named 'nowhere_to_be_found'"
    ]


class Raising:
    @hookimpl
    def taglint_rules(self) -> list[Rule]:
        raise ValueError("two\nlines")


class NoRule:
    @hookimpl
    def taglint_rules(self) -> list[object]:
        return ["not a rule"]


class Twin:
    @hookimpl
    def taglint_rules(self) -> list[Rule]:
        return [Rule(code="TAG001", name="twin", doc="Twin.", scope=Scope.TYPE)]


@pytest.mark.parametrize(
    ("plugin", "message"),
    [
        (Raising(), "plugin Raising is broken: ValueError: two lines"),
        (NoRule(), "plugin NoRule is broken: 'not a rule' is no Rule"),
        (Twin(), "plugin Twin: rule TAG001 is already in taglint_rules.plugin"),
    ],
)
def test_broken_plugin_is_named(plugin: object, message: str) -> None:
    with pytest.raises(TaglintError) as caught:
        _ = Plugins(extra=(plugin,), third_party=False).rules
    assert str(caught.value) == message


def test_a_tagset_extends_a_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("{name: base, tags: {A: {class: open}}}", "utf-8")
    own = tmp_path / "own.yaml"
    own.write_text("{name: own, extends: base.yaml, tags: {B: {class: open}}}", "utf-8")
    assert list(Plugins(third_party=False).tagset(str(own)).tags) == ["A", "B"]


class Failing(Delimited):
    def decode(self, text: str, vocabulary: Vocabulary, settings: Settings) -> Decoded:
        raise IndexError("list index out of range")


class FailingFormat:
    @hookimpl
    def taglint_formats(self) -> list[Delimited]:
        return [Failing("failing", "a format that fails", "/", brackets=False, separator=" ")]


def test_failing_format_is_named() -> None:
    plugins = Plugins(extra=(FailingFormat(),), third_party=False)
    configuration = Configuration(options=FileOptions(format="failing"))
    session = Session(plugins, configuration, lambda path: b"a/n")
    message = "format failing failed on a.txt: IndexError: list index out of range"
    with pytest.raises(TaglintError, match=message):
        session.check(["a.txt"])
