"""Several reports of one run, each in its format and its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Done

Run = Callable[..., Done]
BAD = "今天/t 天气／n 很/d 好/a ,/n\n"

# What is asked for; the formats of the files that are written; what standard output has.
CASES = [
    ("--output-file r.sarif", {"r.sarif": "sarif"}, ""),
    ("--output-format text --output-file r.sarif", {"r.sarif": "sarif"}, "concise"),
    ("--output-format sarif --output-file r.json", {"r.json": "sarif"}, ""),
    ("--output-format gitlab --output-file r.json", {"r.json": "gitlab"}, ""),
    ("--output-format junit --output-file r.xml", {"r.xml": "junit"}, ""),
    ("--output-format github --output-file junit=r.xml --output-file r.sarif",
     {"r.xml": "junit", "r.sarif": "sarif"}, "github"),
    ("--output-format concise --output-file r.log", {"r.log": "concise"}, ""),
    ("--output-file r.json --output-file r.jsonl", {"r.json": "json", "r.jsonl": "jsonl"}, ""),
    ("--output-file checkstyle=r.out", {"r.out": "checkstyle"}, ""),
    ("--output-file rdjson=a=b.json", {"a=b.json": "rdjson"}, ""),
    ("--output-file r.txt", {"r.txt": "concise"}, ""),
    ("--output-file -", {}, "concise"),
    ("--output-file - --output-format text", {}, "concise"),
    ("--output-file - --output-format sarif --output-file r.sarif", {"r.sarif": "sarif"}, "sarif"),
    ("--output-file junit=- --output-file r.sarif", {"r.sarif": "sarif"}, "junit"),
    ("--output-file jsonl=- --output-format jsonl", {}, "jsonl"),
    ("--output-file concise=./-", {"-": "concise"}, ""),
]  # fmt: skip


def kind(text: str) -> str:
    """Which format a report is in, by what only that one begins with."""
    begins = {
        "sarif": '{"$schema"', "gitlab": '[\n{"type"', "rdjson": '{"source"',
        "json": '{"version"', "jsonl": '{"path"', "github": "::", "concise": "a.txt:1:6: TOK004",
    }  # fmt: skip
    for name in ("junit", "checkstyle"):
        if name in text or (name == "junit" and "<testsuites" in text):
            return name
    return next((name for name, start in begins.items() if text.startswith(start)), text[:30])


@pytest.mark.parametrize(("asked", "files", "out"), CASES)
def test_targets(folder: Path, taglint: Run, asked: str, files: dict[str, str], out: str) -> None:
    (folder / "a.txt").write_text(BAD, "utf-8")
    done = taglint("check", "a.txt", *asked.split())
    assert (done.status, done.err) == (1, "")
    assert {name: kind((folder / name).read_text("utf-8")) for name in files} == files
    assert kind(done.out) == out
    written = {path.name for path in folder.iterdir()} - {".taglint_cache"}
    assert written == {"a.txt", *files}


@pytest.mark.parametrize("asked", ["- sarif=-", "sarif=- sarif=-"])
def test_standard_output_takes_one_report(folder: Path, taglint: Run, asked: str) -> None:
    (folder / "a.txt").write_text(BAD, "utf-8")
    done = taglint("check", "a.txt", *(f"--output-file={name}" for name in asked.split()))
    assert (done.status, done.out) == (2, "")
    assert done.err == "taglint: --output-file: standard output takes one report, not 2\n"


def test_an_unclear_suffix_is_an_error_that_says_what_to_do(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text(BAD, "utf-8")
    done = taglint("check", "a.txt", "--output-file", "r.xml")
    assert done.status == 2
    assert "which format? Say junit=r.xml or checkstyle=r.xml" in done.err
    assert not (folder / "r.xml").exists()


def test_an_unknown_format_is_an_error(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text(BAD, "utf-8")
    done = taglint("check", "a.txt", "--output-file", "sarfi=r.sarif")
    assert done.status == 2
    assert "sarfi" in done.err and "sarif" in done.err


def test_a_summary_is_added_to_that_of_the_job(
    folder: Path, taglint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text(BAD, "utf-8")
    (folder / "summary.md").write_text("before\n", "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))
    done = taglint("check", "a.txt", "--output-format", "github")
    assert done.out.startswith(
        "::error file=a.txt,line=1,endLine=1,col=6,endColumn=10,title=TOK004"
    )
    text = (folder / "summary.md").read_text("utf-8")
    assert text.startswith("before\n## taglint\n")
    assert "| 1 | TOK004 | wrong\\-separator | error |" in text


def test_reports_of_nothing_are_whole(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text("今天/t 天气/n 很/d 好/a 。/w\n", "utf-8")
    names = ("sarif", "gitlab", "rdjson", "json")
    asked = [f"--output-file={name}={name}.out" for name in names]
    assert taglint("check", "a.txt", *asked).status == 0
    for name in names:
        json.loads((folder / f"{name}.out").read_text("utf-8"))
