"""`taglint report`: one file, with nothing of the corpus in it that a browser could run."""

from __future__ import annotations

import builtins
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Done

pytest.importorskip("jinja2", reason="jinja2 is not installed")

Run = Callable[..., Done]
EVIL = "<script>alert(1)</script>\"'&\u202e"
TEXT = f"快/a 发展/v 了/u\n快/a 发展/n 了/u\n发/v 展/v\n{EVIL}/vvn 好/a\n度 /q 。/w\n"


def page(taglint: Run, folder: Path, *arguments: str) -> str:
    (folder / "a.txt").write_text(TEXT, "utf-8")
    done = taglint("report", "-o", "r.html", "--tagset", "pku98", *arguments)
    assert (done.status, done.out, done.err) == (0, "wrote r.html\n", "")
    return (folder / "r.html").read_text("utf-8")


def data(text: str) -> list[dict[str, Any]]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    rows: list[dict[str, Any]] = json.loads(found[1])
    return rows


def test_it_holds_figures_findings_and_effects(folder: Path, taglint: Run) -> None:
    text = page(taglint, folder, "--select", "TAG001,TOK005")
    assert [row["code"] for row in data(text)] == ["TAG001", "TOK005"]
    assert '<a href="#findings?rule=TAG001">' in text
    assert '<details data-text="发展">' in text
    # The safe fix takes out a blank, behind which a tag was hidden.
    effects = text[text.index('id="effect"') : text.index('id="findings"')]
    cells = [int(cell) for cell in re.findall(r'<td class="n">(\d+)</td>', effects)]
    assert cells == [1, 1, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0]
    assert (folder / "a.txt").read_text("utf-8") == TEXT


def test_nothing_is_loaded_and_no_text_is_markup(folder: Path, taglint: Run) -> None:
    text = page(taglint, folder, "--select", "TAG001")
    assert not re.search(r'(?:src|href|url)\s*[=(]\s*["\']?(?:https?:)?//', text)
    assert "<script>alert" not in text and "\u202e" not in text.split('id="data"')[0]
    assert text.count("<script") == 2
    assert data(text)[0]["text"] == "vvn"


def test_findings_may_be_limited_but_are_counted(folder: Path, taglint: Run) -> None:
    text = page(taglint, folder, "--select", "TAG001,TOK005", "--most-findings", "1")
    assert len(data(text)) == 1
    assert "1 / 2" in text


def test_standard_output(folder: Path, taglint: Run) -> None:
    (folder / "a.txt").write_text(TEXT, "utf-8")
    assert "<!doctype html>" in taglint("report", "-o", "-").out


def test_without_jinja2_it_says_what_to_install(
    folder: Path, taglint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text(TEXT, "utf-8")
    known = builtins.__import__

    def absent(name: str, *rest: Any) -> Any:
        if name == "jinja2":
            raise ImportError(name)
        return known(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    done = taglint("report")
    assert done.status == 2
    assert done.err == "taglint: the report needs jinja2: pip install 'taglint[report]'\n"


def test_no_corpus_and_no_place_to_write(folder: Path, taglint: Run) -> None:
    assert taglint("report").status == 2
    (folder / "a.txt").write_text(TEXT, "utf-8")
    done = taglint("report", "-o", "none/r.html")
    assert (done.status, done.err) == (
        2,
        "taglint: none/r.html: cannot write: No such file or directory\n",
    )
