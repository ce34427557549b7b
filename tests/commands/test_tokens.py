"""`taglint tokens`: the table of tokens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Done

from taglint.commands import tokens

Run = Callable[..., Done]


def test_offsets_are_those_of_the_form(folder: Path, taglint: Run) -> None:
    text = "[中央/n 电台/n]nt\n1/2/m 词/ x\\y/nx 𠀀/n\n"
    (folder / "a.txt").write_text(text, "utf-8-sig")
    done = taglint("tokens", "a.txt")
    assert (done.status, done.err) == (0, "")
    head, *lines = done.out.splitlines()
    assert head == "start\tend\tform\ttag"
    rows = [line.split("\t") for line in lines]
    assert [row[2:] for row in rows] == [
        ["中央", "n"],
        ["电台", "n"],
        ["1/2", "m"],
        ["词", ""],
        ["x\\\\y", "nx"],
        ["𠀀", "n"],
    ]
    forms = [text[int(start) : int(end)] for start, end, *_ in rows]
    assert forms == ["中央", "电台", "1/2", "词", "x\\y", "𠀀"]


def test_standard_input_and_format(taglint: Run) -> None:
    done = taglint("tokens", "-", "--format", "vertical", stdin=b"New York\tNNP\n")
    assert done.out == "start\tend\tform\ttag\n0\t8\tNew York\tNNP\n"


def test_an_empty_file_has_no_tokens(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_bytes(b"")
    assert taglint("tokens", "a.txt").out == "start\tend\tform\ttag\n"


def test_undecodable_bytes_are_shown_as_question_marks(taglint: Run) -> None:
    done = taglint("tokens", "-", "--format", "slash", "--encoding", "utf-8", stdin=b"a\xff/n\n")
    assert (done.status, done.raw.splitlines()[1]) == (0, b"0\t2\ta?\tn")


def test_a_large_file_is_written_in_pieces(
    folder: Path, taglint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "STEP", 2)
    (folder / "a.txt").write_text("a/n b/v c/n\nd/v e/n\n", "utf-8")
    rows = [line.split("\t") for line in taglint("tokens", "a.txt").out.splitlines()[1:]]
    assert [row[2] for row in rows] == ["a", "b", "c", "d", "e"]
    assert [row[0] for row in rows] == ["0", "4", "8", "12", "16"]


def test_other_texts_are_one_error(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text("It is not tagged at all.\n", "utf-8")
    done = taglint("tokens", "a.txt")
    assert (done.status, done.out) == (2, "")
    assert done.err.count("\n") == 1
