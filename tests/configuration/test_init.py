"""`taglint init` writes a file that loads, and by which every corpus is read as it was detected."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taglint.commands import survey
from taglint.commands.group import run
from taglint.commands.init import quoted
from taglint.configuration import Configuration, load
from taglint.configuration.nodes import read_yaml
from taglint.corpus.discovery import discover, walk
from taglint.engine.loading import Loader, NotACorpus
from taglint.plugins import Plugins, installed

CHINESE = (
    "今天/t  我们/r  在/p  北京/ns  的/u  公园/n  里/f  看/v  了/u  花/n  ，/w  很/d  好/a  。/w\n"
    * 3
)
TREEBANK = "我们_PN 在_P 北京_NR 的_DEG 公园_NN 看_VV 了_AS 花_NN 。_PU\n" * 3
ENGLISH = "The/at dog/nn barked/vbd at/in the/at old/jj man/nn ,/, and/cc he/pps ran/vbd ./.\n" * 3
PROSE = "This is a page of notes.\nIt has no tags at all.\n"
CONTENTS = {
    "chinese": CHINESE.encode(),
    "gb18030": CHINESE.encode("gb18030"),
    "utf-16": b"\xff\xfe" + CHINESE.encode("utf-16-le"),
    "treebank": TREEBANK.encode(),
    "english": ENGLISH.encode(),
    "prose": PROSE.encode(),
    "empty": b"\n",
    "binary": bytes(range(256)),
}
PLAIN_NAMES = ("a.txt", "b.txt", "c.pos", "语料", "d e.txt", "yes", "~", 'm".txt', "n\U000e0001")
ODD_NAMES = ("[x].txt", "#f", "!g.pos", "h\\i", "j ", "j\t", "\u3000k", "l\x7f.txt", "*.txt")
NAMES = st.sampled_from([*PLAIN_NAMES, *ODD_NAMES])
FOLDERS = st.sampled_from(["", "old/", "new/", "new/part [1]/", "#x/", "no /", "no\t/"])
PLACES = st.tuples(FOLDERS, NAMES).map("".join)

Kind = tuple[str, str | None, str]


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def kinds(paths: list[str], configuration: Configuration, plugins: Plugins) -> dict[str, Kind]:
    """How each file is read; those that are no corpora are left out."""
    loader = Loader(plugins, configuration)
    found: dict[str, Kind] = {}
    for path in paths:
        try:
            document = loader.load(path)
        except NotACorpus:
            continue
        if document.text.strip():
            found[path] = (document.format, document.tagset, document.source.label)
    return found


def check_that_init_keeps_detection(folder: Path) -> Configuration:
    plugins = installed()
    before = Configuration(root=folder)
    detected = kinds(list(walk(folder, before)), before, plugins)
    assert run(["init", str(folder)]) == 0
    after = load(folder, plugins)
    names = [str(folder / name) for name in after.corpus]
    assert kinds(discover(names, after).files, after, plugins) == detected
    assert kinds(list(walk(folder, after)), after, plugins) == detected
    return after


@given(st.dictionaries(PLACES, st.sampled_from(sorted(CONTENTS)), max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_folder_is_read_as_before(layout: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = {name: CONTENTS[kind] for name, kind in layout.items()}
        check_that_init_keeps_detection(written(Path(folder), files))


def test_what_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {
        "data/a.txt": "chinese",
        "data/b.txt": "chinese",
        "data/c.txt": "chinese",
        "data/README": "prose",
        "old/a.txt": "gb18030",
        "old/b.txt": "gb18030",
        "trees/a.pos": "treebank",
        "empty.txt": "empty",
    }
    written(tmp_path, {name: CONTENTS[kind] for name, kind in files.items()})
    loaded = check_that_init_keeps_detection(tmp_path)
    assert loaded.corpus == ("data", "old", "trees")
    assert loaded.exclude == ("/data/README",)
    assert (loaded.options.format, loaded.options.encoding) == ("slash", "utf-8")
    assert [item.paths for item in loaded.overrides] == [("*.pos",), ("/old/",)]
    assert loaded.overrides[1].changes == {"encoding": "gb18030"}
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "looked at 8 files"
    assert lines[1].startswith("3 files: slash, tagset ")
    assert lines[1].endswith(", utf-8: data/a.txt, data/b.txt, data/c.txt")
    assert any(line.startswith("no corpus: data/README: not a tagged corpus") for line in lines)
    assert "left out: empty.txt: empty" in lines
    assert lines[-1] == f"wrote {tmp_path / '.taglint.yaml'}"


def test_folder_without_corpora_gets_a_template(tmp_path: Path) -> None:
    loaded = check_that_init_keeps_detection(written(tmp_path, {"a.txt": PROSE.encode()}))
    assert loaded.corpus == () and loaded.exclude == () and loaded.overrides == ()
    assert "# corpus: [data" in (tmp_path / ".taglint.yaml").read_text("utf-8")


@pytest.mark.parametrize("arguments", [["--output", "-"], ["--dry-run"]])
def test_printing_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    written(tmp_path, {"a.txt": CHINESE.encode()})
    assert run(["init", str(tmp_path), *arguments]) == 0
    captured = capsys.readouterr()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert "looked at 1 file\n" in captured.err
    tree = read_yaml(captured.out.encode(), "out")
    assert tree.root is not None and not tree.mistakes
    assert set(tree.root.value) == {"corpus", "format", "tagset", "encoding"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".taglint.yaml", ""),
        (".taglint.yml", ""),
        ("pyproject.toml", "[tool.taglint]\n"),
    ],
)
def test_a_configuration_is_replaced_by_force_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    written(tmp_path, {"a.txt": CHINESE.encode(), name: text.encode()})
    assert run(["init", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"taglint: {tmp_path / name}: there is a configuration already")
    assert error.count("\n") == 1
    assert (tmp_path / name).read_text() == text
    assert run(["init", str(tmp_path), "--force"]) == 0
    assert "format: slash" in (tmp_path / ".taglint.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("{folder}/x.toml", "the name must end in .yaml"),
        ("{folder}/sub/x.yaml", "must lie in"),
        ("x.yaml", "must lie in"),
    ],
)
def test_output_elsewhere_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], output: str, expected: str
) -> None:
    assert run(["init", str(tmp_path), "--output", output.format(folder=tmp_path)]) == 2
    assert expected in capsys.readouterr().err
    assert not any(tmp_path.iterdir())


def test_output_by_another_name(tmp_path: Path) -> None:
    written(tmp_path, {"a.txt": CHINESE.encode(), ".taglint.yaml": b""})
    assert run(["init", str(tmp_path), "--output", str(tmp_path / "b.yaml")]) == 0
    assert load(tmp_path, installed(), config=str(tmp_path / "b.yaml")).options.format == "slash"


def test_many_files_are_seen_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said of files that were not seen: they go on being detected."""
    monkeypatch.setattr(survey, "MOST_FILES", 3)
    files = {f"a/{number}.txt": CHINESE.encode("gb18030") for number in range(3)}
    written(tmp_path, {**files, "b/x.pos": TREEBANK.encode(), "b/README": PROSE.encode()})
    loaded = check_that_init_keeps_detection_of_the_seen(tmp_path)
    assert loaded.options.format == "auto"
    assert loaded.options_for(str(tmp_path / "a/1.txt")).encoding == "gb18030"
    assert loaded.options_for(str(tmp_path / "b/x.pos")).format == "auto"


def check_that_init_keeps_detection_of_the_seen(folder: Path) -> Configuration:
    plugins = installed()
    before = Configuration(root=folder)
    detected = kinds(list(walk(folder, before)), before, plugins)
    assert run(["init", str(folder)]) == 0
    after = load(folder, plugins)
    assert kinds(list(walk(folder, after)), after, plugins) == detected
    return after


def test_long_files_are_read_in_part(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for data in (CHINESE.encode() * 1000, b"x" * 200_000, CHINESE.encode("utf-16") * 1000):
        path.write_bytes(data)
        start = survey.head(str(path))
        assert data.startswith(start) and 0 < len(start) <= survey.HEAD_BYTES + 1
    assert start.decode("utf-16").endswith("\n")


def test_ascii_beginning_leaves_the_encoding_open(tmp_path: Path) -> None:
    text = ENGLISH * 1000 + CHINESE
    loaded = check_that_init_keeps_detection(written(tmp_path, {"a": text.encode("gb18030")}))
    assert loaded.options.encoding == "auto"


@given(st.text(max_size=6) | st.sampled_from(["yes", "NO", "1", "1e3", "~", "", "-", "a: b", ".5"]))
def test_quoted_text_is_read_back(text: str) -> None:
    if text.isascii() or text.encode("utf-8", "replace").decode() == text:
        tree = read_yaml(f"- {quoted(text)}\n".encode(), "x")
        assert not tree.mistakes and tree.root is not None
        assert [node.value for node in tree.root.value] == [text]
