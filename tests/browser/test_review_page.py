"""A review in a real browser: decisions by key and mouse, undo, quitting, resuming, applying."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from taglint.decisions import read_decisions
from tests.browser.conftest import Watched

TAGLINT = (sys.executable, "-m", "taglint", "review", "--tagset", "pku98", "--select", "TAG001")
# The form of the last line would run a script, break out of an attribute and turn the text.
EVIL = '<img/src=x/onerror=document.title="owned">"\'\u202e</script>'
LINES = [f"第{number}/m 天/q 报道/vvn{number} 了/u 。/w" for number in range(12)]
TEXT = "\n".join([*LINES, f"写/v {EVIL}/vvn 。/w"]) + "\n"
Start = Callable[[], tuple[subprocess.Popen[str], str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a review in a folder that holds TEXT as a.txt; gives the process and its address."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    started: list[subprocess.Popen[str]] = []

    def call() -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [*TAGLINT, "--no-browser", "--as", "li"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        lines = [process.stdout.readline(), process.stdout.readline()]
        return process, lines[1].split()[1]

    yield call
    for process in started:
        process.kill()
        process.wait()


def settled(page: Any, number: int, of: int = 13) -> None:
    """Waits until so many are decided and the next case is there."""
    page.wait_for_function(
        """text => document.getElementById("progress").textContent.includes(text)
        && document.getElementById("case").getAttribute("aria-busy") === "false\"""",
        arg=f"{number} of {of} decided",
    )


def test_ten_decisions_quit_resume_apply(start: Start, watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    process, address = start()
    page.goto(address)
    settled(page, 0)
    for number in range(4):
        page.keyboard.press("k")  # right as it is
        settled(page, number + 1)
    page.click(".chips button:has-text('vn')")
    settled(page, 5)
    page.keyboard.press("u")
    settled(page, 4)
    for number, words in ((4, "报道/v"), (5, "报/v 道/v")):
        page.keyboard.press("e")
        page.fill("#edit input", words)
        page.keyboard.press("Enter")
        settled(page, number + 1)
    page.click("#quit")
    assert process.wait(10) == 0
    assert len(read_decisions(tmp_path / "taglint-decisions.yaml")) == 6

    process, address = start()
    page.goto(address)
    settled(page, 0, of=7)
    page.keyboard.press("e")
    page.fill("#edit input", "报到/v")
    page.keyboard.press("Enter")
    page.wait_for_selector("#message:has-text('the tokens must spell 报道')")
    for number, words in enumerate(("报道/n", "报道/vn", "报/v 道/n", "报道/a")):
        page.fill("#edit input", words)
        page.keyboard.press("Enter")
        settled(page, number + 1, of=7)
        page.keyboard.press("e")
    page.click("#quit")
    assert process.wait(10) == 0
    assert len(read_decisions(tmp_path / "taglint-decisions.yaml")) == 10
    assert (tmp_path / "a.txt").read_text("utf-8") == TEXT

    done = subprocess.run(
        [*TAGLINT, "--apply"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "applied 6 decisions in 1 file\n"
    changes = ("报道/v", "报/v 道/v", "报道/n", "报道/vn", "报/v 道/n", "报道/a")
    expected = TEXT
    for number, words in enumerate(changes, 4):
        expected = expected.replace(f"报道/vvn{number} 了", f"{words} 了")
    assert (tmp_path / "a.txt").read_text("utf-8") == expected
    assert watched.complaints == [
        "Failed to load resource: the server responded with a status of 409 (Conflict)"
    ]
    assert {urlsplit(url).hostname for url in watched.requests} <= {"127.0.0.1", None}


def test_forms_are_shown_as_text(start: Start, watched: Watched) -> None:
    _, address = start()
    page = watched.page
    page.goto(address)
    settled(page, 0)
    page.click("#groups button:last-child")
    page.wait_for_selector(".sentence mark:has-text('onerror')")
    assert "null" not in page.inner_text("main")
    shown = EVIL.replace("\u202e", "\\u202e")
    assert page.inner_text(".sentence mark bdi") == shown
    assert page.title() == "taglint review"
    assert page.query_selector("main img") is None
    assert watched.complaints == []


def test_a_kill_keeps_every_decision_that_was_answered(
    start: Start, watched: Watched, tmp_path: Path
) -> None:
    process, address = start()
    page = watched.page
    page.goto(address)
    settled(page, 0)
    for number in range(3):
        page.keyboard.press("k")
        settled(page, number + 1)
    page.keyboard.press("k")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert len(read_decisions(tmp_path / "taglint-decisions.yaml")) in (3, 4)


def test_a_phone_shows_it_whole(start: Start, watched: Watched) -> None:
    _, address = start()
    page = watched.page
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    page.wait_for_selector(".sentence")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.click("#language")
    assert page.inner_text("#do-keep").startswith("保持原样")
