"""A corpus cannot drive the terminal, and colours are there only when they are wanted."""

from __future__ import annotations

import re
from dataclasses import replace
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taglint.findings import Applicability, Edit, Evidence, Fix
from taglint.reporters.base import Look
from taglint.reporters.display import escaped, line_escaped
from tests.reporters.examples import comma, finding, printed, report, separator

FOR_PEOPLE = ("full", "concise", "grouped", "statistics")
ANSI = re.compile("\x1b\\[[0-9;]*m")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("好 Ａ“\u3000𠀀", "好 Ａ“\u3000𠀀"),
        ("\x00\x1b\x7f", "\\x00\\x1b\\x7f"),
        ("\x85\x9b", "\\u0085\\u009b"),
        ("\t\n\r", "\\t\\n\\r"),
        ("\u202e\u2066\u200f", "\\u202e\\u2066\\u200f"),
        ("\u200b\ufeff\xad", "\\u200b\\ufeff\\u00ad"),
        ("\udcff\ud800", "\\xff\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("क्\u200dष", "क्\u200dष"),
    ],
)
def test_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(st.text(st.characters()))
def test_no_control_is_left(text: str) -> None:
    for shown in (escaped(text), line_escaped(text)):
        left = {category(character) for character in shown}
        assert not left & {"Cc", "Cs", "Zl", "Zp"}
        assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_hostile_text_is_escaped_everywhere(name: str) -> None:
    evil = "\x1b[2J\u202e\x9b\udcff"
    text = f"{evil}/n 好/a\n"
    item = finding(
        text,
        0,
        len(evil) + 2,
        path=f"{evil}.txt",
        message=f"form {evil}",
        fix=Fix(Applicability.SAFE, f"write {evil}", (Edit(0, 4, evil),)),
        evidence=(Evidence(evil, 1, 1, evil),),
        group="TOK004:x",
    )
    others = [replace(item, tokens=(evil, str(number))) for number in range(4)]
    shown = printed(name, report([item, *others], text))
    assert shown.isprintable() or not set(shown) & set(evil) - set("[2J")
    shown.encode("utf-8")


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_colours_are_off_by_default(name: str) -> None:
    run = report([separator(), comma()])
    assert "\x1b" not in printed(name, run)
    colored = printed(name, run, Look(color=True, width=60))
    assert "\x1b[" in colored
    assert ANSI.sub("", colored) == printed(name, run)


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_data_is_never_coloured(name: str) -> None:
    run = report([separator(), comma()])
    assert printed(name, run, Look(color=True)) == printed(name, run)


def test_severities_have_their_colours() -> None:
    shown = printed("full", report([separator(), comma()]), Look(color=True, width=60))
    assert "\x1b[1ma.txt\x1b[0m:1:6: \x1b[36mTOK004\x1b[0m" in shown
    assert "\x1b[31;1merror\x1b[0m" in shown
    assert "\x1b[33;1mwarning\x1b[0m" in shown
