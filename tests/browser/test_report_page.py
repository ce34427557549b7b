"""The report in a real browser: it opens quietly, and its tables can be searched and sorted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Watched

# The form of the last line would run a script, break out of an attribute and turn the text.
EVIL = "<img/src=x/onerror=alert(1)>\"'\u202e"
LINES = ["快/a 发展/v 了/u", "快/a 发展/vn 了/u", "发/v 展/v 了/u", f"写/v {EVIL}/vvn 。/w"]
OTHER = ["".join(f"词{n}/n " for n in range(40)) + ",/n 报道/xyz"] * 80


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "a.txt").write_text("\n".join(LINES) + "\n", "utf-8")
    (folder / "b.txt").write_text("\n".join(OTHER) + "\n", "utf-8")
    command = (sys.executable, "-m", "taglint", "report", "-o", "r.html", "--tagset", "pku98")
    subprocess.run([*command, "--select", "TAG001,TAG003"], cwd=folder, check=True)
    return folder / "r.html"


@pytest.fixture
def page(report: Path, watched: Watched) -> Any:
    watched.page.goto(report.as_uri())
    yield watched.page
    assert watched.complaints == []
    assert set(watched.requests) == {report.as_uri()}


def count(page: Any) -> str:
    return str(page.inner_text("#count"))


def test_search_filter_and_more(page: Any) -> None:
    assert count(page) == "161 / 161"
    assert page.locator("#table tbody tr").count() == 100
    page.click("#more")
    assert page.locator("#table tbody tr").count() == 161
    page.fill("#filters [name=q]", "onerror")
    assert count(page) == "1 / 161"
    page.fill("#filters [name=q]", "")
    page.select_option("#filters [name=rule]", "TAG003")
    assert count(page) == "80 / 161"
    page.select_option("#filters [name=file]", "a.txt")
    assert count(page) == "0 / 161"
    page.click("#filters button[type=reset]")
    page.wait_for_selector("#count:has-text('161 / 161')")


def test_links_lead_to_findings(page: Any) -> None:
    page.click("#overview a:has-text('TAG003')")
    page.wait_for_selector("#count:has-text('80 / 161')")
    page.click("#files tr:has-text('a.txt') a")
    page.wait_for_selector("#count:text-is('1 / 161')")


def test_tables_sort_by_keyboard(page: Any) -> None:
    def first() -> str:
        return str(page.inner_text("#files tbody tr:first-child td:first-child"))

    before = first()
    page.focus("#files th button >> nth=0")
    page.keyboard.press("Enter")
    assert first() == "a.txt"
    page.keyboard.press("Enter")
    assert first() == "b.txt"
    assert before in ("a.txt", "b.txt")
    page.click("#table th button[data-key=confidence]")
    shown = page.locator("#table tbody tr td:nth-child(3)").all_inner_texts()
    assert shown == sorted(shown, reverse=True)


def test_forms_are_shown_as_text(page: Any) -> None:
    page.fill("#filters [name=q]", "onerror")
    cell = page.inner_text("#table tbody td:nth-child(5)")
    assert EVIL.replace("\u202e", "\\u202e") in cell
    assert page.query_selector("main img") is None


def test_words_are_shown_side_by_side(page: Any) -> None:
    page.click("#words summary:has-text('发展')")
    lines = page.locator("#words details:has-text('发展') .kwic tr").all_inner_texts()
    assert [("/vn" in line, "/v" in line) for line in lines] == [(False, True), (True, True)]
    assert "发|展" in page.inner_text("#strings summary")


def test_chinese_dark_and_phone(page: Any) -> None:
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 31)"
    page.click("#language")
    assert page.inner_text("#overview h2") == "概览"
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
