"""`taglint stats`: the same figures as tables and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Done

from taglint.commands.tables import Table, bar

Run = Callable[..., Done]
TEXT = "快/a 发展/v 了/u\n快/a 发展/v 了/u\n快/a 发展/n 了/u\n发/v 展/v xx/vvn\n"


def test_json_counts_and_findings(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text(TEXT, "utf-8")
    done = taglint("stats", "--tagset", "pku98", "--output-format", "json", "--select", "TAG001")
    figures = json.loads(done.out)
    assert (done.status, done.err) == (0, "")
    assert (figures["tokens"], figures["sentences"], figures["types"]) == (12, 4, 7)
    assert figures["tags"] == {"v": 4, "a": 3, "u": 3, "n": 1, "vvn": 1}
    assert figures["words"] == [
        {"form": "发展", "tags": {"v": 2, "n": 1}, "contexts": 1, "places": 1}
    ]
    assert figures["splits"] == [{"parts": ["发", "展"], "whole": 3, "split": 1}]
    (rule,) = figures["rules"]
    assert (rule["code"], rule["findings"], rule["per_thousand"]) == ("TAG001", 1, 83.33)
    (file,) = figures["documents"]
    assert (file["path"], file["families"]) == ("a.txt", {"TAG": 1})


def test_tables_show_the_same(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text(TEXT, "utf-8")
    done = taglint("stats", "--tagset", "pku98", "--top", "1", "--select", "TAG001")
    lines = [line.split() for line in done.out.splitlines()]
    assert ["v", "4", "33.33%", "█" * 24] in lines
    assert ["发展", "1", "1", "v", "2", "n", "1"] in lines
    assert ["TAG001", "unknown-tag", "1", "83.33", "█" * 24] in lines


def test_every_table_has_so_many_rows(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text(TEXT, "utf-8")
    more = "快/a 好／a 发展/qqq 了/u\n人/n 说/v 话/n。/w 人/n 说/n 话/n。/w 人/n 说/v 话/n\n"
    (folder / "b.txt").write_text(more, "utf-8")
    done = taglint("stats", "--tagset", "pku98", "--top", "1", "--select", "TAG001,TOK004")
    lines = done.out.splitlines()
    rests = [line for line in lines if line.startswith("  and ")]
    assert rests == [
        "  and 6 more tags", "  and 1 more pair", "  and 1 more word",
        "  and 1 more rule", "  and 1 more file",
    ]  # fmt: skip
    heads = [
        index for index, line in enumerate(lines) if line.startswith(("tag  ", "rule", "file "))
    ]
    assert len(heads) == 3 and all(lines[head + 2].startswith("  and ") for head in heads)


def test_what_no_table_shows_is_not_counted(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text(TEXT, "utf-8")
    done = taglint("stats", "--tagset", "pku98", "--top", "0")
    assert done.status == 0 and "more" not in done.out


def test_no_check_runs_no_rule(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text(TEXT, "utf-8")
    figures = json.loads(taglint("stats", "--no-check", "--output-format", "json").out)
    assert "rules" not in figures


def test_what_cannot_be_read_is_said_and_fails(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.txt").write_text("no corpus at all", "utf-8")
    done = taglint("stats", "a.txt", "b.txt")
    assert done.status == 2
    assert done.err.startswith("taglint: b.txt: ")


@pytest.mark.parametrize(
    ("value", "shown"), [(8, "████"), (1, "▌"), (0.01, "▏"), (0, ""), (3, "█▌")]
)
def test_bars_have_eighths_and_never_vanish(value: float, shown: str) -> None:
    assert bar(value, 8, full=4) == shown


def test_a_table_aligns_wide_characters_and_escapes() -> None:
    lines = list(Table(("word", "<"), ("count", ">")).lines([("发展", 1200), ("a\x1b", 3)]))
    assert lines == ["", "word   count", "发展   1,200", "a\\x1b      3"]
