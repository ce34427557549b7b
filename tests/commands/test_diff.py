"""`taglint diff`: files, folders and git revisions."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Done

Run = Callable[..., Done]
OLD = "快/a 发展/v 了/u\n"
NEW = "快/d 发/v 展/v 了/u\n"


@pytest.fixture
def repository(folder: Path) -> Path:
    """A repository whose first revision holds OLD as corpus/a.txt."""
    (folder / "corpus").mkdir()
    (folder / "corpus/a.txt").write_text(OLD, "utf-8")
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for line in (("init", "-q"), ("add", "."), (*who, "commit", "-q", "-m", "one")):
        subprocess.run(["git", *line], cwd=folder, check=True)
    return folder


def test_two_files(folder: Path, taglint: Run) -> None:
    (folder / "old.txt").write_text(OLD, "utf-8")
    (folder / "new.txt").write_text(NEW, "utf-8")
    done = taglint("diff", "old.txt", "new.txt", "--list")
    assert (done.status, done.err) == (1, "")
    assert done.out.splitlines() == [
        "new.txt:1:1: tag: 快/a → 快/d",
        "new.txt:1:5: segmentation: 发展/v → 发/v 展/v",
    ]
    figures = json.loads(taglint("diff", "old.txt", "new.txt", "--output-format", "json").out)
    assert figures["tokens"] == {"old": 3, "new": 4, "same_extent": 2}
    assert figures["agreement"]["segmentation_f1"] == 0.571429
    table = taglint("diff", "old.txt", "new.txt").out.splitlines()
    assert ["发展", "→", "发", "展", "1", "█" * 24] in [line.split() for line in table]


def test_no_name_is_given_to_standard_input_which_is_not_read(taglint: Run) -> None:
    done = taglint("diff", "old.txt", "new.txt", "--stdin-filename", "a.txt")
    assert done.status == 2
    assert "No such option" in done.err and "--stdin-filename" in done.err


def test_no_difference(folder: Path, taglint: Run) -> None:
    (folder / "old.txt").write_text(OLD, "utf-8")
    assert taglint("diff", "old.txt", "old.txt").status == 0
    assert taglint("diff", "old.txt", "old.txt", "--list").out == ""


def test_a_working_copy_against_its_revision(repository: Path, taglint: Run) -> None:
    (repository / "corpus/a.txt").write_text(NEW, "utf-8")
    for old, new in (("HEAD:corpus", "corpus"), ("HEAD:corpus/a.txt", "corpus/a.txt")):
        figures = json.loads(taglint("diff", old, new, "--output-format", "json").out)
        assert (figures["tag_changes"], figures["segmentation_changes"]) == (1, 1)


def test_folders_pair_by_name_then_by_text(folder: Path, taglint: Run) -> None:
    for name, text in {
        "old/a.txt": OLD,
        "old/moved.txt": "好/a 的/u\n",
        "old/gone.txt": "没有/v 了/y\n",
        "new/a.txt": NEW,
        "new/sub/here.txt": "好/v 的/u\n",
        "new/extra.txt": "又/d 来/v\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    figures = json.loads(taglint("diff", "old", "new", "--output-format", "json").out)
    assert (figures["removed"], figures["added"]) == (["old/gone.txt"], ["new/extra.txt"])
    assert figures["tag_changes"] == 2
    assert [row["path"] for row in figures["files"]] == ["new/a.txt", "new/sub/here.txt"]


@pytest.mark.parametrize(
    ("old", "message"),
    [
        ("nothing", "nothing: no such file or folder; a git revision is named REV:PATH"),
        ("main~99:corpus", "main~99:corpus: git knows no revision 'main~99' here"),
        ("HEAD:none", "HEAD:none: revision HEAD has no none"),
    ],
)
def test_what_is_not_there(repository: Path, taglint: Run, old: str, message: str) -> None:
    done = taglint("diff", old, "corpus")
    assert (done.status, done.err) == (2, f"taglint: {message}\n")
