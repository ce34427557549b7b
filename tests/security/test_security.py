"""What a corpus or a configuration from somebody else must not be able to do."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Done
from tests.laws.laws import PLUGINS

Taglint = Callable[..., Done]
BAD = "今天/t  下／v  雨/n  。/w\n".encode()
FIX = ("check", "--fix", "--unsafe-fixes", "--quiet")
EVIL = "\x1b]0;x\x07\x1b[2J\u202e\x9b"
NO_TEXT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


def test_a_linked_folder_is_not_followed_out_of_the_corpus(folder: Path, taglint: Taglint) -> None:
    (folder / "outside").mkdir()
    (folder / "outside" / "a.txt").write_bytes(BAD)
    (folder / "corpus").mkdir()
    (folder / "corpus" / "own.txt").write_bytes(BAD)
    (folder / "corpus" / "link").symlink_to("../outside")
    taglint(*FIX, "--isolated", "corpus")
    assert (folder / "corpus" / "own.txt").read_bytes() != BAD
    assert (folder / "outside" / "a.txt").read_bytes() == BAD


def test_a_linked_file_is_fixed_where_it_is_named_or_in_the_project(
    folder: Path, taglint: Taglint, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, outside = folder / "project", folder / "outside.txt"
    (project / "corpus").mkdir(parents=True)
    outside.write_bytes(BAD)
    (project / "inside.dat").write_bytes(BAD)
    (project / "corpus" / "out.txt").symlink_to("../../outside.txt")
    (project / "corpus" / "in.txt").symlink_to("../inside.dat")
    monkeypatch.chdir(project)
    done = taglint(*FIX, "--isolated", "corpus")
    assert done.status == 2
    assert "corpus/out.txt: a link that leads out of the project; not fixed" in done.err
    assert outside.read_bytes() == BAD != (project / "inside.dat").read_bytes()
    taglint(*FIX, "--isolated", "corpus/out.txt")
    assert outside.read_bytes() != BAD


@pytest.mark.parametrize("output_format", [*PLUGINS.reporters, "text"])
def test_forms_and_paths_cannot_drive_a_terminal(
    folder: Path, taglint: Taglint, output_format: str
) -> None:
    name = "a\x1b[2J.txt"
    (folder / name).write_text(f"今天/t  {EVIL}／v  {EVIL}/zzz  。/w\n", "utf-8")
    done = taglint("check", "--isolated", "--select", "ALL", "--output-format", output_format, ".")
    assert done.status == 1
    assert not NO_TEXT.search(done.out) and not NO_TEXT.search(done.err)


@pytest.mark.parametrize("key", ["select", "rules", "tagset", "extends", "corpus"])
def test_yaml_makes_no_objects(folder: Path, taglint: Taglint, key: str) -> None:
    (folder / "a.txt").write_bytes(BAD)
    for text in ("!!python/object/apply:os.system ['touch ran']", "!!python/name:os.system x"):
        (folder / ".taglint.yaml").write_text(f"{key}: {text}\n")
        done = taglint("check", "a.txt")
        assert done.status == 2 and ".taglint.yaml:1:" in done.err
    (folder / ".taglint.yaml").write_text("tagset: own.yaml\n")
    (folder / "own.yaml").write_text("name: !!python/object/apply:os.system ['touch ran']\n")
    assert taglint("check", "a.txt").status == 2
    decisions = "- !!python/object/apply:os.system ['touch ran']\n"
    (folder / ".taglint.yaml").unlink()
    (folder / "taglint-decisions.yaml").write_text(decisions)
    assert taglint("check", "a.txt").status == 2
    assert not (folder / "ran").exists()


@pytest.mark.parametrize("name", [".taglint.yaml", "own.yaml", "taglint-decisions.yaml"])
def test_aliases_that_multiply_take_bounded_time(folder: Path, taglint: Taglint, name: str) -> None:
    """Nine aliases of nine of nine …: a thousand million items, written out."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    (folder / "a.txt").write_bytes(BAD)
    if name == "own.yaml":
        (folder / ".taglint.yaml").write_text("tagset: own.yaml\n")
    (folder / name).write_text("\n".join(lines) + "\nname: *a9\ntags: *a9\nselect: *a9\n")
    began = time.process_time()
    done = taglint("check", "a.txt")
    assert done.status == 2 and "internal error" not in done.err
    assert time.process_time() - began < 5 and len(done.err) < 20_000


def test_nothing_beside_a_corpus_is_imported(folder: Path) -> None:
    names = (
        "taglint_rules",
        "sitecustomize",
        "jieba",
        "conftest",
        "yaml",
        "click",
        "numpy",
        "signal",
    )
    for name in names:
        (folder / f"{name}.py").write_text("from pathlib import Path\nPath('ran').touch()\n")
    (folder / "a.txt").write_bytes(BAD)
    script = Path(sys.executable).with_name("taglint")
    for command in ([sys.executable, "-m", "taglint"], [str(script)]):
        if Path(command[0]).exists():
            done = subprocess.run([*command, "check", "."], capture_output=True, check=False)
            assert done.returncode == 1, done.stderr
    assert not (folder / "ran").exists()


def test_a_link_that_is_named_stays_a_link(folder: Path, taglint: Taglint) -> None:
    (folder / "real.txt").write_bytes(BAD)
    (folder / "link.txt").symlink_to("real.txt")
    taglint(*FIX, "--isolated", "link.txt")
    assert (folder / "link.txt").is_symlink()
    assert (folder / "real.txt").read_bytes() != BAD


def outside(folder: Path, monkeypatch: pytest.MonkeyPatch, configuration: str) -> Path:
    """A project from elsewhere as working directory, and a folder beside it."""
    for name in ("project", "outside"):
        (folder / name).mkdir()
        (folder / name / "a.txt").write_bytes(BAD)
    (folder / "project" / ".taglint.yaml").write_text(configuration)
    monkeypatch.chdir(folder / "project")
    return folder / "outside"


@pytest.mark.parametrize(
    "name", ["../outside", "../outside/a.txt", "../*/a.txt", "link", "ABSOLUTE"]
)
def test_a_configuration_has_no_corpus_outside_of_its_folder_fixed(
    folder: Path, taglint: Taglint, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    name = name.replace("ABSOLUTE", str(folder / "outside"))
    theirs = outside(folder, monkeypatch, f"corpus: ['{name}', a.txt]\n")
    Path("link").symlink_to("../outside")
    done = taglint(*FIX)
    assert (theirs / "a.txt").read_bytes() == BAD != Path("a.txt").read_bytes()
    assert done.status == 2 and "outside of the project; not fixed (name it" in done.err
    assert taglint(*FIX, "../outside").status == 0
    assert (theirs / "a.txt").read_bytes() != BAD


@pytest.mark.parametrize("up", ["../outside", "ABSOLUTE", "link"])
def test_a_configuration_has_no_file_outside_of_its_folder_written(
    folder: Path, taglint: Taglint, monkeypatch: pytest.MonkeyPatch, up: str
) -> None:
    up = up.replace("ABSOLUTE", str(folder / "outside"))
    theirs = outside(folder, monkeypatch, "")
    Path("link").symlink_to("../outside")
    for key, *command in (
        ("baseline", "baseline"),
        ("baseline", "baseline", "--update"),
        ("decisions", "review", "--no-browser", "a.txt"),
    ):
        Path(".taglint.yaml").write_text(f"{key}: {up}/new\n")
        done = taglint(*command)
        assert done.status == 2 and "no file outside of its folder written" in done.err, done
    assert [path.name for path in theirs.iterdir()] == ["a.txt"]
    assert taglint("baseline", "--baseline", f"{up}/new").status == 0
    assert (theirs / "new").is_file()
