"""What the pages say is what the code has: links, commands, rules, configurations, output."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from taglint.commands.group import cli
from taglint.configuration import load
from taglint.corpus.document import Document
from taglint.corpus.encoding import ENCODINGS, Source
from taglint.corpus.vocabulary import Vocabulary
from taglint.findings import JSON_KEYS, TaglintError
from taglint.formats.base import Settings
from taglint.plugins import Plugins
from taglint.report import Report
from taglint.reporters.base import Look
from taglint.reporters.json_object import JsonObject
from taglint.tagsets import CLASSES, COMPOUND_KEYS, TAG_KEYS, TOP_KEYS

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
# The manuals of the rules are generated and tested with the rules.
WRITTEN = [page for page in PAGES if page.name != "rules.md"]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# A block that a comment names; `docs/consoles.py` makes files of them.
MARKED = re.compile(
    r"<!-- (?:file|module): (\S+) -->\n```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"(?:^|[\s/;&|(])taglint ([^;&|<>\n#]*)")
FORMATS_PAGE = ROOT / "docs" / "formats-and-tagsets.md"

by_name = pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)


def blocks(page: Path, *kinds: str) -> Iterator[str]:
    """The contents of a page's fenced blocks of these kinds."""
    for kind, content in FENCE.findall(page.read_text("utf-8")):
        if kind in kinds:
            yield content


def without_fences(page: Path) -> str:
    return FENCE.sub("", page.read_text("utf-8"))


def anchors(page: Path) -> set[str]:
    """The names that a page's headings are linked by."""
    headings = re.findall(r"^#+ (.+)$", without_fences(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in headings}


@by_name
def test_relative_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(without_fences(page)):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def command_lines(page: Path) -> Iterator[str]:
    """What stands behind `taglint` in blocks of commands and in inline code."""
    for content in blocks(page, "sh", "console", "bash"):
        shell = not re.search(r"^\$ ", content, re.MULTILINE)
        lines = [line for line in content.splitlines() if shell or line.startswith("$ ")]
        yield from (found for line in lines for found in COMMAND.findall(line))
    for content in blocks(page, "text"):
        yield from re.findall(r"^\$ taglint (.*)$", content, re.MULTILINE)
    for code in re.findall(r"`taglint ([^`]+)`", without_fences(page)):
        yield code.replace("[", "").replace("]", "")


@by_name
def test_commands_and_their_options_exist(page: Path) -> None:
    for line in command_lines(page):
        parse(shlex.split(line))


def parse(arguments: list[str]) -> None:
    """Take a command line apart as running it would; run nothing."""
    if arguments == ["completion", "SHELL"]:
        arguments = ["completion", "bash"]
    name, *rest = arguments
    if name.startswith("-"):
        rest, command = arguments, cli
    else:
        found = cli.get_command(click.Context(cli), name)
        assert found, f"no command {name}"
        command = found
    arguments_of = [item for item in command.params if isinstance(item, click.Argument)]
    if not rest and any(item.required for item in arguments_of):
        return  # a command that is only named
    try:
        command.make_context(name, rest)
    except click.exceptions.Exit:
        pass
    except click.UsageError as error:
        pytest.fail(f"taglint {' '.join(arguments)}: {error.message}")


def test_commands_are_found_in_the_pages() -> None:
    lines = {page.name: list(command_lines(page)) for page in WRITTEN}
    assert "check --exit-zero examples" in lines["README.md"]
    assert any("--unsafe-fixes" in line for line in lines["fixing.md"])
    assert "convert news.txt --to vertical" in lines["formats-and-tagsets.md"]


def test_a_wrong_option_is_noticed() -> None:
    with pytest.raises(pytest.fail.Exception, match="--fixx"):
        parse(["check", "--fixx", "a.txt"])


@by_name
def test_rules_exist(page: Path) -> None:
    rules = Plugins(third_party=False).rules
    text = page.read_text("utf-8")
    named = set(re.findall(r"\b(?:TXT|TOK|TAG|NUM|SEG)\d{3}\b", text))
    assert named <= rules.keys()
    pairs = re.findall(r"`([a-z-]+)` \(([A-Z]{3}\d{3})\)", text)
    assert [(name, code) for name, code in pairs if rules[code].name != name] == []


@by_name
def test_configurations_load(page: Path, tmp_path: Path) -> None:
    marked = dict(MARKED.findall(page.read_text("utf-8")))
    for name, content in marked.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    others = {content for name, content in marked.items() if name != ".taglint.yaml"}
    # A tagset of the project's own, for pages that only name it.
    own = tmp_path / "tagset.yaml"
    own.write_text("{name: own, extends: pku98}", "utf-8")
    for content in blocks(page, "yaml"):
        if content not in others:
            (tmp_path / ".taglint.yaml").write_text(content, "utf-8")
            load(tmp_path, Plugins(third_party=False), None, False)


def test_a_wrong_key_is_noticed(tmp_path: Path) -> None:
    (tmp_path / ".taglint.yaml").write_text("formats: slash", "utf-8")
    with pytest.raises(TaglintError, match="unknown key 'formats'"):
        load(tmp_path, Plugins(third_party=False), None, False)


@by_name
def test_toml_configurations_load(page: Path, tmp_path: Path) -> None:
    for content in blocks(page, "toml"):
        (tmp_path / "pyproject.toml").write_text(content, "utf-8")
        load(tmp_path, Plugins(third_party=False), None, False)


def test_the_test_command_is_the_one_that_ci_runs() -> None:
    shown = [block.strip() for block in blocks(ROOT / "README.md", "sh") if "pytest" in block]
    run = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert len(shown) == 1
    assert shown[0] in run


def test_generated_parts_are_current() -> None:
    command = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def table_keys(page: Path, head: str) -> set[str]:
    """The code in the first column of the table with this head."""
    _, _, table = page.read_text("utf-8").partition(f"| {head} |")
    cells = [line.split("|")[1] for line in table.split("\n\n")[0].splitlines()[2:]]
    return {key for cell in cells for key in re.findall(r"`([^`]+)`", cell)}


def test_all_keys_of_tagset_files_are_described() -> None:
    assert table_keys(FORMATS_PAGE, "key of the file | meaning") == TOP_KEYS.keys()
    assert table_keys(FORMATS_PAGE, "key of a tag | meaning") == TAG_KEYS.keys()
    text = FORMATS_PAGE.read_text("utf-8")
    assert [name for name in (*CLASSES, *COMPOUND_KEYS) if name not in text] == []


def test_all_encodings_are_named() -> None:
    line = next(line for line in FORMATS_PAGE.read_text("utf-8").splitlines() if "gb2312" in line)
    assert set(re.findall(r"`([a-z0-9-]+)`", line)) - {"encoding"} == set(ENCODINGS)


def test_all_formats_and_their_options_are_described() -> None:
    formats = Plugins(third_party=False).formats
    assert table_keys(FORMATS_PAGE, "format | token | sentence") == formats.keys()
    text = FORMATS_PAGE.read_text("utf-8")
    options = {key for item in formats.values() for key in item.options}
    assert [key for key in options if f"`{key}`" not in text] == []


def test_all_keys_of_the_output_are_described() -> None:
    page = ROOT / "docs" / "output.md"
    first, _, second = page.read_text("utf-8").partition("## `json`")
    findings = first.partition("## `jsonl`")[2]
    assert set(JSON_KEYS) <= set(re.findall(r"`(\w+)`", findings))
    printed = "".join(JsonObject().report(Report(), {}, Look()))
    assert set(json.loads(printed)) == set(re.findall(r"^\| `(\w+)`", second, re.MULTILINE))


@pytest.fixture(scope="module")
def example_format() -> ModuleType:
    """The format that the page on formats shows."""
    module = ModuleType("example_format")
    exec(dict(MARKED.findall(FORMATS_PAGE.read_text("utf-8")))["format"], module.__dict__)
    return module


def decoded(module: ModuleType, text: str) -> Document:
    vocabulary = Vocabulary()
    item = Plugins(extra=[module], third_party=False).formats["brackets"]
    made = item.decode(text, vocabulary, Settings())
    return Document("a.txt", text, Source("utf-8"), "brackets", made, vocabulary)


def test_the_example_format_decodes(example_format: ModuleType) -> None:
    text = "(NN 图书馆) 昨天 (VV 开门)\r\n\n(PU 。)"
    document = decoded(example_format, text)
    tokens = [document.token(index) for index in range(len(document))]
    assert [(item.form, item.tag, item.flaw) for item in tokens] == [
        ("图书馆", "NN", ""),
        ("昨天", "", "missing-separator"),
        ("开门", "VV", ""),
        ("。", "PU", ""),
    ]
    assert list(document.decoded.starts) == [0, 3, 4]
    spans = [document.span(index) for index in range(len(document))]
    assert [text[span.form_start : span.form_end] for span in spans] == [t.form for t in tokens]
    assert [text[span.tag_start : span.tag_end] for span in spans] == [t.tag for t in tokens]


@pytest.mark.parametrize("text", ["", "\n\n", "(", "a\rb", "(A b)(C d)"])
def test_the_example_format_takes_any_text(example_format: ModuleType, text: str) -> None:
    document = decoded(example_format, text)
    assert len(document.spans(0, len(document))) == len(document)
