"""`taglint baseline` and what `taglint check` makes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Done

Run = Callable[..., Done]
FILE = ".taglint-baseline.tsv"
BAD = "今天/t 天气／n 很/d 好/a ,/n\n昨天/t 下雨/vvn\n"
WORSE = "我们/r 说／v 。/w\n"


@pytest.fixture
def corpus(folder: Path) -> Path:
    """A corpus of two files with three findings."""
    (folder / ".taglint.yaml").write_text(f"{{corpus: [.], tagset: pku98, baseline: {FILE}}}\n")
    (folder / "a.txt").write_text(BAD, "utf-8")
    (folder / "b.txt").write_text("雨/n 停/v 了/y 。/w\n", "utf-8")
    return folder


def test_accepts_what_is_there(corpus: Path, taglint: Run) -> None:
    done = taglint("baseline")
    assert (done.status, done.out, done.err) == (0, f"{FILE}: accepts 3 findings\n", "")
    done = taglint("check")
    assert (done.status, done.out, done.err) == (0, "", "")
    assert taglint("check", "--no-baseline").status == 1


@pytest.mark.parametrize("configured", ["", "format: slash"])
def test_a_baseline_in_the_folder_is_no_corpus(folder: Path, taglint: Run, configured: str) -> None:
    (folder / ".taglint.yaml").write_text(configured)
    (folder / "a.txt").write_text(BAD, "utf-8")
    assert taglint("baseline", "--baseline", "known.tsv").status == 0
    before = (folder / "known.tsv").read_bytes()
    assert taglint("baseline", "--baseline", "known.tsv", "--update").status == 0
    assert (folder / "known.tsv").read_bytes() == before
    done = taglint("check", "--baseline", "known.tsv")
    assert (done.status, done.out) == (0, "")


def test_a_baseline_is_a_file(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text(BAD, "utf-8")
    done = taglint("baseline", "--baseline", "-")
    assert (done.status, done.out) == (2, "")
    assert "--baseline names a file" in done.err and not (folder / "-").exists()


def test_new_findings_show_and_what_is_accepted_is_counted(corpus: Path, taglint: Run) -> None:
    taglint("baseline")
    (corpus / "b.txt").write_text(WORSE, "utf-8")
    done = taglint("check")
    assert done.status == 1
    assert [line.split(" ")[0] for line in done.out.splitlines()] == ["b.txt:1:6:", "Found"]
    assert "1 finding (3 in the baseline)" in done.out


def test_a_copy_in_another_file_shows_wherever_it_is_checked(corpus: Path, taglint: Run) -> None:
    """A check of one file knows that the place accepted is in another one."""
    taglint("baseline")
    (corpus / "b.txt").write_text(BAD, "utf-8")
    assert taglint("check", "b.txt", "--output-format", "jsonl").out.count('"path": "b.txt"') == 3
    # Which of them is the copy is not to be known: each file alone answers for what is too many.
    assert taglint("check", "a.txt", "--output-format", "jsonl").out.count('"path": "a.txt"') == 3
    (corpus / "a.txt").unlink()
    assert taglint("check", "b.txt").status == 0


def test_update_and_prune(corpus: Path, taglint: Run) -> None:
    taglint("baseline")
    (corpus / "a.txt").write_text(BAD.replace("／", "/") + WORSE, "utf-8")
    gone = taglint("check")
    assert "1 finding of the baseline not found any more" in gone.err
    done = taglint("baseline", "--prune")
    assert done.out == f"{FILE}: accepts 2 findings; 0 added, 1 taken out\n"
    assert taglint("check").status == 1
    assert taglint("check").err == ""
    done = taglint("baseline", "--update")
    assert done.out == f"{FILE}: accepts 3 findings; 1 added, 0 taken out\n"
    assert taglint("check").status == 0


def test_fixes_leave_alone_what_is_accepted(corpus: Path, taglint: Run) -> None:
    taglint("baseline")
    (corpus / "b.txt").write_text(WORSE, "utf-8")
    assert taglint("check", "--fix").status == 0
    assert (corpus / "a.txt").read_text("utf-8") == BAD
    assert (corpus / "b.txt").read_text("utf-8") == WORSE.replace("／", "/")


def test_is_written_once(corpus: Path, taglint: Run) -> None:
    taglint("baseline")
    before = (corpus / FILE).read_bytes()
    done = taglint("baseline")
    assert done.status == 2
    assert done.err == f"taglint: {FILE}: is there already; use --update or --prune\n"
    assert (corpus / FILE).read_bytes() == before


def test_is_of_the_whole_corpus(corpus: Path, taglint: Run) -> None:
    done = taglint("baseline", "a.txt")
    assert (done.status, done.err) == (
        2, "taglint: a baseline is of the whole corpus; leave PATHS out\n"
    )  # fmt: skip
    assert not (corpus / FILE).exists()


def test_nothing_is_written_where_a_file_cannot_be_checked(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text(BAD, "utf-8")
    done = taglint("baseline", "a.txt", "gone.txt")
    assert done.status == 2
    assert "gone.txt: no such file or folder" in done.err
    assert not (folder / FILE).exists()


def test_without_configuration(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text(BAD, "utf-8")
    done = taglint("baseline", "a.txt", "--tagset", "pku98", "--baseline", "b.tsv")
    assert (done.status, done.out) == (0, "b.tsv: accepts 3 findings\n")
    assert taglint("check", "a.txt", "--tagset", "pku98", "--baseline", "b.tsv").status == 0


def test_a_missing_baseline_is_an_error(corpus: Path, taglint: Run) -> None:
    done = taglint("check")
    assert done.status == 2
    assert f"{FILE}: there is no such baseline; taglint baseline writes one" in done.err
    assert taglint("check", "--no-baseline").status == 1


def test_an_update_replaces_conflicts(corpus: Path, taglint: Run) -> None:
    (corpus / FILE).write_text("<<<<<<< HEAD\n", "utf-8")
    assert f"{FILE}:1: no entry of a baseline" in taglint("check").err
    assert taglint("baseline", "--prune").status == 2
    assert taglint("baseline", "--update").out == f"{FILE}: accepts 3 findings\n"
    assert taglint("check").status == 0
