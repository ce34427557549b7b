"""Carets stand under the finding, whatever characters stand before it."""

from __future__ import annotations

from unicodedata import category, east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taglint.findings import Applicability, Edit, Fix
from taglint.reporters.base import Look
from taglint.reporters.display import columns, head, line_escaped, tail
from taglint.reporters.snippets import suggestion, window, without_common_ends
from tests.reporters.examples import finding, printed, report

GUTTER = 8
ODD = "a好，Ａ“é\u0301\u200b\u200d\u202e\t\x1b\udcff𠀀😀ᄒ\u1161\u3000\ufe0f-"
LINES = st.text(st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8")), max_size=150)


def cells(text: str) -> int:
    """Terminal cells of a text, counted one character at a time."""
    return sum(
        0
        if category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff"
        or "\ud7b0" <= character <= "\ud7ff"
        else 1 + (east_asian_width(character) in "WF")
        for character in text
    )  # fmt: skip


def carets(text: str, start: int, end: int, width: int = 60) -> tuple[str, str]:
    """The source line and the caret line of the full report, without gutter."""
    item = finding(text, start, end)
    lines = printed("full", report([item], text), Look(width=width)).split("\n")
    assert lines[1][: GUTTER - 2].strip() == str(item.line)
    return lines[1][GUTTER:], lines[2][GUTTER:]


@pytest.mark.parametrize(
    ("before", "marked"),
    [
        ("abc ", "d/n"),
        ("今天/t ", "天气/n"),
        ("ＡＢ，/w ", "１/m"),
        ("e\u0301te\u0301/n ", "n/n"),
        ("a\u200db ", "c/n"),
        ("\t\ta\t", "好/a"),
        ("𠀀𠀁/n ", "𠀂/n"),
        ("“/w ", "”/w"),
        ("\x1b[31m/x \u202e/x ", "\udcff/x"),
    ],
)
def test_carets_stand_under_the_finding(before: str, marked: str) -> None:
    line, under = carets(before + marked + " 完/v", len(before), len(before + marked))
    shown = line_escaped(before)
    assert line == shown + line_escaped(marked) + " 完/v"
    assert under == " " * cells(shown) + "^" * cells(line_escaped(marked))


@given(LINES, LINES, LINES, st.integers(20, 120))
def test_carets_stand_under_the_finding_in_any_line(
    before: str, marked: str, after: str, width: int
) -> None:
    text = (before + marked + after + ".").replace("\n", " ").replace("\r", " ")
    start, end = len(before), len(before + marked)
    shown = window(text, finding(text, start, end), width)
    assert shown is not None
    assert cells(shown.line) <= width
    assert shown.carets == (cells(shown.before), max(1, cells(shown.marked)))
    assert whole_or_cut_start(shown.before, line_escaped(text[:start]))
    assert whole_or_cut_end(shown.marked, line_escaped(text[start:end]))
    assert shown.after == "" or whole_or_cut_end(shown.after, line_escaped(text[end:]))


def whole_or_cut_start(shown: str, text: str) -> bool:
    return shown == text or (shown[:1] == "…" and text.endswith(shown[1:]))


def whole_or_cut_end(shown: str, text: str) -> bool:
    return shown == text or (shown[-1:] == "…" and text.startswith(shown[:-1]))


@given(LINES, LINES)
def test_caret_lines_are_as_the_window_has_it(before: str, marked: str) -> None:
    text = (before + marked).replace("\n", " ").replace("\r", " ") + "."
    item = finding(text, len(before), len(before + marked))
    shown = window(text, item, 60 - GUTTER)
    assert shown is not None
    indent, length = shown.carets
    assert carets(text, item.start, item.end) == (shown.line, " " * indent + "^" * length)


def test_a_long_line_is_cut_on_both_sides() -> None:
    text = "深度/n 学习/v " * 3000
    line, under = carets(text, 14000, 14004)
    assert line == "… 学习/v 深度/n 学习/v 深度/n 学习/v 深度/n 学习/v …"
    assert cells(line) <= 60 - GUTTER
    start = len(head(line, under.index("^")))
    assert line[start : start + 4] == text[14000:14004]


def test_a_side_that_is_short_leaves_its_room_to_the_other() -> None:
    text = "x" * 200
    line, _ = carets(text, 0, 3)
    assert line == "x" * 51 + "…"
    line, under = carets(text, 197, 200)
    assert line == "…" + "x" * 51
    assert under == " " * 49 + "^^^"


def test_a_long_finding_is_cut() -> None:
    text = "好" * 500
    line, under = carets(text, 100, 400)
    assert cells(line) <= 52 and line.endswith("…")
    assert under.endswith("^") and cells(under) == cells(line)


def test_a_finding_over_lines_shows_the_first() -> None:
    line, under = carets("好/a 今\r\n天/t", 4, 8)
    assert (line, under) == ("好/a 今", "     ^^")


def test_an_empty_span_has_one_caret() -> None:
    assert carets("好/a", 3, 3) == ("好/a", "    ^")
    assert carets("好/a\n\n完/v", 4, 4) == ("", "^")


def test_no_snippet_where_the_text_is_shorter_now() -> None:
    assert window("好/a", finding("好/a" * 9, 30, 34), 60) is None
    assert window("", finding("好/a", 0, 3), 60) is None


@given(LINES, st.integers(0, 60))
def test_cutting_keeps_within_the_limit(text: str, limit: int) -> None:
    text = line_escaped(text)
    assert columns(text) == cells(text)
    first, last = head(text, limit), tail(text, limit)
    assert text.startswith(first) and text.endswith(last)
    assert cells(first) <= limit and cells(last) <= limit
    assert first == text or cells(text[: len(first) + 1]) > limit


@pytest.mark.parametrize(
    ("text", "span", "edits", "shown"),
    [
        ("好/n ,/n", (4, 7), [Edit(6, 7, "w")], (",/n", ",/w")),
        ("好/n  ,/w", (3, 5), [Edit(3, 5, " ")], ('"  "', '" "')),
        ("主/ag /x体/ng", (4, 7), [Edit(4, 7, "")], ('" /x"', '""')),
        ("a/n b/n", (0, 7), [Edit(0, 1, "x"), Edit(4, 5, "y")], ("a/n b/n", "x/n y/n")),
        ("好/n\x1b", (3, 4), [Edit(3, 4, "\u202e")], ("\\x1b", "\\u202e")),
        ("1\t好\ta", (0, 5), [Edit(4, 5, "n")], ("a", "n")),
        ("好" * 300, (0, 300), [Edit(0, 300, "x")], ("", "")),
    ],
)
def test_suggestion(
    text: str, span: tuple[int, int], edits: list[Edit], shown: tuple[str, str]
) -> None:
    fix = Fix(Applicability.SAFE, "do", tuple(edits))
    assert suggestion(text, finding(text, *span), fix) == shown


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("abcdefgh-ijklmnop", "abcdefgh+ijklmnop", ("…fgh-ijk…", "…fgh+ijk…")),
        ("aaaaaaaa", "aaaaaaaaaa", ("…aaa", "…aaaaa")),
        ("abcd", "abxd", ("abcd", "abxd")),
        ("", "abc", ("", "abc")),
    ],
)
def test_what_a_long_change_has_in_common_is_left_out(
    before: str, after: str, shown: tuple[str, str]
) -> None:
    assert without_common_ends(before, after) == shown
