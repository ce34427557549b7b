"""`taglint convert`: files, standard streams, losses, encodings, errors."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Done

Run = Callable[..., Done]
TEXT = "[中央/n  电台/n]nt  报道/v\r\n19980101-01-001-002/m  天气 好/a"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_there_and_back_gives_the_same_bytes(folder: Path, taglint: Run, encoding: str) -> None:
    data = TEXT.encode(encoding)
    (folder / "a.txt").write_bytes(data)
    done = taglint("convert", "a.txt", "--to", "conllu", "--output", "a.conllu")
    assert (done.status, done.raw, done.err) == (0, b"", "")
    done = taglint("convert", "a.conllu", "--to", "slash")
    assert (done.status, done.raw, done.err) == (0, data, "")


def test_losses_are_told(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text("[中央/n  电台/n]nt\n", "utf-8")
    done = taglint("convert", "a.txt", "--to", "underscore")
    assert (done.status, done.out) == (0, "中央_n  电台_n\n")
    assert done.err == "taglint: lost: compound brackets: 2\n"


def test_strict_writes_nothing_where_anything_is_lost(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text("[中央/n  电台/n]nt\n", "utf-8")
    done = taglint("convert", "a.txt", "--to", "underscore", "--strict", "--output", "b.txt")
    assert done.status == 2
    assert "compound brackets: 2" in done.err
    assert not (folder / "b.txt").exists()
    assert taglint("convert", "a.txt", "--to", "conllu", "--strict").status == 0


def test_standard_input_and_origin(taglint: Run) -> None:
    done = taglint("convert", "-", "--from", "slash", "--to", "vertical", stdin="好/a".encode())
    assert (done.status, done.out, done.err) == (0, "好\ta\n", "")


def test_a_dash_is_standard_output(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text("好/a", "utf-8")
    done = taglint("convert", "a.txt", "--to", "vertical", "-o", "-")
    assert (done.status, done.out, done.err) == (0, "好\ta\n", "")
    assert [path.name for path in folder.iterdir()] == ["a.txt"]


def test_two_names_of_the_origin_must_agree(taglint: Run) -> None:
    command = ("convert", "-", "--to", "vertical", "--from", "slash", "--format")
    assert taglint(*command, "slash", stdin="好/a".encode()).out == "好\ta\n"
    done = taglint(*command, "underscore", stdin="好/a".encode())
    assert (done.status, done.out) == (2, "")
    assert "--from and --format both name the format of FILE; give one" in done.err


def test_output_encoding(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_bytes("今天/t 天气/n\n".encode("gb18030"))
    command = ("convert", "a.txt", "--to", "slash", "--output-encoding")
    assert taglint(*command, "utf-8").raw == "今天/t 天气/n\n".encode()
    assert taglint(*command, "utf-16").raw.decode("utf-16") == "今天/t 天气/n\n"
    done = taglint(*command, "utf-9")
    assert done.status == 2
    assert "utf-9" in done.err


def test_an_output_file_is_replaced(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text("今天/t 天气/n\n", "utf-8")
    (folder / "b.txt").write_text("old", "utf-8")
    assert taglint("convert", "a.txt", "--to", "underscore", "-o", "b.txt").status == 0
    assert (folder / "b.txt").read_text("utf-8") == "今天_t 天气_n\n"


def test_a_token_without_a_tag_is_of_no_class(folder: Path, taglint: Run) -> None:
    text = "天气/n 好/ 了 很/qqq 。/w\n"
    (folder / "a.txt").write_text(text, "utf-8")
    done = taglint("convert", "a.txt", "--to", "conllu", "--tagset", "pku98", "-o", "a.conllu")
    assert (done.status, done.err) == (0, "")
    lines = (folder / "a.conllu").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if "\t" in line]
    assert [(row[4].strip("_"), row[3]) for row in rows] == [
        ("n", "NOUN"),
        ("", "X"),
        ("", "X"),
        ("qqq", "X"),
        ("w", "PUNCT"),
    ]
    assert taglint("convert", "a.conllu", "--to", "slash", "--strict").out == text


@pytest.mark.parametrize("output", ["a.txt", "./a.txt", "link.txt", "hard.txt"])
def test_a_file_is_not_converted_onto_itself(folder: Path, taglint: Run, output: str) -> None:
    (folder / "a.txt").write_text("今天/t 天气/n\n", "utf-8")
    (folder / "link.txt").symlink_to("a.txt")
    (folder / "hard.txt").hardlink_to(folder / "a.txt")
    done = taglint("convert", "a.txt", "--to", "underscore", "-o", output)
    assert (done.status, done.out) == (2, "")
    assert done.err == f"taglint: {output}: is the file to convert, and would be overwritten\n"
    assert (folder / "a.txt").read_text("utf-8") == "今天/t 天气/n\n"


def test_standard_input_is_no_file_of_its_name(folder: Path) -> None:
    (folder / "-").write_text("old", "utf-8")
    command = [sys.executable, "-m", "taglint", "convert", "-", "--to", "underscore", "-o", "./-"]
    subprocess.run(command, input="今天/t 天气/n\n", encoding="utf-8", check=True, cwd=folder)
    assert (folder / "-").read_text("utf-8") == "今天_t 天气_n\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("none.txt", "--to", "slash"), "none.txt"),
        (("prose.txt", "--to", "slash"), "not a tagged corpus"),
        (("a.txt", "--to", "slosh"), "did you mean slash?"),
        (("a.txt", "--to", "conllu", "-o", "no/such/folder"), "cannot write"),
        (("a.txt",), "--to"),
    ],
)
def test_errors_are_one_message(
    folder: Path, taglint: Run, arguments: tuple[str, ...], message: str
) -> None:
    (folder / "a.txt").write_text("今天/t 天气/n\n", "utf-8")
    (folder / "prose.txt").write_text("It is not tagged at all.\n", "utf-8")
    done = taglint("convert", *arguments)
    assert (done.status, done.out) == (2, "")
    assert message in done.err
    assert "Traceback" not in done.err
