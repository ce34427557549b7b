"""What each reporter prints, to the letter."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from taglint.findings import JSON_KEYS, Applicability, Edit, Evidence, Finding, Fix
from taglint.report import FileError, Report
from taglint.reporters.base import Look
from tests.reporters.examples import TEXT, comma, finding, printed, report, separator

BOTH = (separator(), comma())
SUMMARY = (
    "Found 2 findings in 1 file, 6 tokens; 1 fixable with --fix, 1 more with --fix --unsafe-fixes\n"
)
FOR_PEOPLE = ("full", "concise", "grouped", "statistics")


def test_full() -> None:
    assert printed("full", report(BOTH)) == (
        "a.txt:1:6: TOK004 wrong-separator error: ／ stands for the separator\n"
        "    1 | 今天/t 天气／n 很/d 好/a ,/n\n"
        "      |        ^^^^^^^\n"
        "      fix (safe): write the separator: 天气／n → 天气/n\n"
        "\n"
        "a.txt:1:19: TAG003 punctuation-as-word warning: "
        "punctuation mark , is tagged n (noun) (confidence 0.95)\n"
        "    1 | 今天/t 天气／n 很/d 好/a ,/n\n"
        "      |                          ^^^\n"
        "      fix (unsafe): tag it w: ,/n → ,/w\n"
        "\n" + SUMMARY
    )


@pytest.mark.parametrize(("confidence", "shown"), [(0.997, "0.99"), (0.29, "0.29"), (0.5, "0.50")])
def test_confidence_below_1_is_never_shown_as_1(confidence: float, shown: str) -> None:
    text = printed("full", report([replace(comma(), confidence=confidence)]))
    assert f"(confidence {shown})" in text


def test_full_shows_evidence() -> None:
    evidence = tuple(Evidence("b.txt", line, 5, f"好/a ,/w {line}") for line in range(1, 8))
    lines = printed("full", report([replace(comma(), evidence=evidence)])).splitlines()
    assert lines[4:10] == [
        *(f"      see b.txt:{line}:5: 好/a ,/w {line}" for line in range(1, 6)),
        "      … and 2 more",
    ]


def test_full_shows_the_evidence_of_one_cause_once() -> None:
    item = replace(comma(), evidence=(Evidence("b.txt", 1, 5, "好/a ,/w"),), group="TAG003:,/n")
    assert printed("full", report([item] * 3)).count("see b.txt") == 1


def test_full_without_text_leaves_the_snippet_out() -> None:
    assert printed("full", report([separator()], text="")).splitlines()[:2] == [
        "a.txt:1:6: TOK004 wrong-separator error: ／ stands for the separator",
        "      fix (safe): write the separator",
    ]


def test_full_says_when_there_is_nothing() -> None:
    assert printed("full", report([])) == "No findings in 1 file, 6 tokens\n"


def test_concise() -> None:
    assert printed("concise", report(BOTH)) == (
        "a.txt:1:6: TOK004 [safe] ／ stands for the separator\n"
        "a.txt:1:19: TAG003 [unsafe] punctuation mark , is tagged n (noun)\n" + SUMMARY
    )


def test_concise_is_silent_where_there_is_nothing() -> None:
    assert printed("concise", report([])) == ""


def test_grouped() -> None:
    last = finding(TEXT, 22, 25, message="stray word")
    other = replace(last, path="b.txt")
    assert printed("grouped", report([*BOTH, last, other])) == (
        "a.txt: 3 findings\n"
        "  TAG003 punctuation-as-word warning: 1\n"
        "    1:19  unsafe  punctuation mark , is tagged n (noun)\n"
        "  TOK004 wrong-separator error: 2\n"
        "    1:6  safe  ／ stands for the separator\n"
        "    2:1        stray word\n"
        "\n"
        "b.txt: 1 finding\n"
        "  TOK004 wrong-separator error: 1\n"
        "    2:1  stray word\n"
        "\n"
        "Found 4 findings in 2 files, 12 tokens; "
        "1 fixable with --fix, 1 more with --fix --unsafe-fixes\n"
    )


def test_statistics() -> None:
    items = [separator(), comma(), comma()]
    assert printed("statistics", report(items, tokens=1500)) == (
        "findings  per 1,000 tokens  safe fixes  unsafe fixes  rule\n"
        "       2             1.333           0             2  TAG003 punctuation-as-word\n"
        "       1             0.667           1             0  TOK004 wrong-separator\n"
        "\n"
        "findings  per 1,000 tokens  safe fixes  unsafe fixes  family\n"
        "       2             1.333           0             2  TAG\n"
        "       1             0.667           1             0  TOK\n"
        "\n"
        "Found 3 findings in 1 file, 1,500 tokens; "
        "1 fixable with --fix, 2 more with --fix --unsafe-fixes\n"
    )


def test_statistics_without_tokens() -> None:
    assert " - " in printed("statistics", report([separator()], tokens=0))


def test_a_fix_that_is_only_shown_is_not_counted_as_fixable() -> None:
    shown = replace(separator(), fix=Fix(Applicability.DISPLAY, "split it", (Edit(5, 9, "x"),)))
    text = printed("full", report([shown]))
    assert "fix (display): split it" in text
    assert "fixable" not in text
    assert "[" not in printed("concise", report([shown]))


def test_jsonl_keeps_the_contract() -> None:
    first, second = printed("jsonl", report(BOTH)).splitlines()
    assert list(json.loads(first)) == list(JSON_KEYS)
    assert json.loads(second)["fix"] == {
        "applicability": "unsafe",
        "message": "tag it w",
        "edits": [{"start": 20, "end": 21, "text": "w"}],
    }


def test_without_summary() -> None:
    look = Look(width=60, summary=False)
    for name in FOR_PEOPLE:
        assert "Found" not in printed(name, report(BOTH), look)


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_nothing_is_said_where_nothing_was_checked(name: str) -> None:
    assert printed(name, Report(errors=[FileError("a.txt", "no such file")])) == ""


def places(number: int, path: str = "a.txt") -> list[Finding]:
    """Findings of one cause, each on a line of its own."""
    return [
        finding(LINES, 5 * index, 5 * index + 4, path=path, group="TAG001:xx")
        for index in range(number)
    ]


LINES = "好/xx\n" * 40


def test_one_cause_is_shown_once() -> None:
    lines = printed("full", report(places(8), LINES)).splitlines()
    assert [line for line in lines if line.startswith("a.txt")] == [
        f"a.txt:{line}:1: TOK004 wrong-separator error: ／ stands for the separator"
        for line in (1, 2, 3)
    ]
    assert lines[-3:-1] == ["… and 5 more places: 4:1, 5:1, 6:1, 7:1, 8:1", ""]


def test_one_more_place() -> None:
    assert "… and 1 more place: 4:1\n" in printed("full", report(places(4), LINES))


def test_three_places_are_all_shown() -> None:
    assert "more place" not in printed("full", report(places(3), LINES))


def test_folded_places_fill_one_line_at_most() -> None:
    (folded,) = (
        line
        for line in printed("full", report(places(40), LINES)).splitlines()
        if line.startswith("…")
    )
    assert folded.startswith("… and 37 more places: 4:1, 5:1,")
    assert folded.endswith(", …") and len(folded) <= 60


def test_folded_places_in_other_files_have_their_path() -> None:
    items = [*places(4), *places(2, "b.txt")]
    assert "… and 3 more places: 4:1, b.txt:1:1, 2:1\n" in printed("full", report(items, LINES))


def test_folded_places_have_their_tokens_where_these_differ() -> None:
    items = [replace(item, tokens=(f"好{index}/xx",)) for index, item in enumerate(places(5))]
    assert "… and 2 more places: 4:1 好3/xx, 5:1 好4/xx\n" in printed("full", report(items, LINES))


def test_folded_tokens_in_columns_are_shown_in_short() -> None:
    items = [replace(item, tokens=(f"{at}\t好\tX\t_",)) for at, item in enumerate(places(5))]
    assert "… and 2 more places: 4:1 3 好, 5:1 4 好\n" in printed("full", report(items, LINES))


def test_of_a_long_fix_the_change_is_shown() -> None:
    text = "长" * 40 + "/n"
    fix = Fix(Applicability.UNSAFE, "tag it nr", (Edit(0, 42, "长" * 40 + "/nr"),))
    lines = printed("full", report([finding(text, 0, 42, fix=fix)], text)).splitlines()
    assert lines[3] == "      fix (unsafe): tag it nr: …长/n → …长/nr"


def test_causes_stand_at_their_first_place() -> None:
    first, second, third, *_ = places(3)
    items = [first, replace(second, group="TAG001:yy"), third]
    heads = [line for line in printed("full", report(items, LINES)).split("\n") if "a.txt" in line]
    assert [line.split(":")[1] for line in heads] == ["1", "3", "2"]
