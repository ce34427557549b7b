"""Lists of any length and style: whole ones are silent, damaged ones are found where they break."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taglint.rules import Example
from taglint.testing import run_example
from taglint_rules.numbering._markers import parse, respell
from taglint_rules.numbering.broken_list import RULE

STYLES = {
    "whole": "{}./m",
    "split": "{}/m ．/w",
    "brackets": "（/w {}/m ）/w",
    "comma": "{}/m 、/w",
}


def text(numbers: list[int], style: str, end: str = "\n") -> str:
    return "".join(f"{STYLES[style].format(number)} 好/a 。/w{end}" for number in numbers)


def broken(numbers: list[int], style: str, end: str = "\n") -> list[int]:
    """Which items the rule reports, as the numbers that they bear."""
    outcome = run_example(RULE, Example(text(numbers, style, end)))
    sure = [item for item in outcome.findings if item.confidence >= 0.5]
    return [int(item.message.split()[2]) for item in sure]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("end", ["\n", " "])
def test_breaks_are_found_in_every_style(style: str, end: str) -> None:
    assert broken([1, 2, 3, 4, 5, 6], style, end) == []
    assert broken([1, 2, 4, 5, 6], style, end) == [4]
    assert broken([1, 2, 3, 3, 4, 5], style, end) == [3]
    assert broken([1, 2, 9, 4, 5], style, end) == [9]


def test_letters_of_full_width_number_a_list() -> None:
    for letters in ("ＡＢＤＥＦ", "ABDEF"):
        lines = (f"{letter}/x ．/w 好/a 。/w\n" for letter in letters)
        assert breaks("".join(lines)) == [(4, "skips")]


def breaks(text: str) -> list[tuple[int, str]]:
    """Number and kind of each break that is surely one."""
    outcome = run_example(RULE, Example(text))
    sure = (item.message.split() for item in outcome.findings if item.confidence >= 0.5)
    return [(int(words[2]), words[3]) for words in sure]


def items(*numbers: int) -> str:
    return text(list(numbers), "whole")


@settings(max_examples=20)
@given(st.integers(2, 30), st.data())
def test_an_item_with_a_wrong_number_is_the_one_that_is_reported(length: int, data) -> None:  # type: ignore[no-untyped-def]
    at = data.draw(st.integers(1, length - 1))
    values = list(range(1, length + 2))
    values[at] = data.draw(st.integers(1, 99).filter(lambda value: value != at + 1))
    assert values[at] in broken(values, "whole")


@settings(max_examples=20)
@given(st.integers(2, 30), st.integers(2, 30))
def test_a_list_that_begins_again_in_its_midst_is_found(first: int, second: int) -> None:
    found = breaks(items(*range(1, first + 1), *range(1, second + 1)))
    assert found == [(1, "restarts")]


PROSE = "这/r 是/v 字/n 。/w\n"
TABLE = "东部/n 西部/n\n" + "甲/n １/m ２/m\n" * 9


@pytest.mark.parametrize(
    "between",
    ["如下/v ：/w\n", "标题/n\n", PROSE * 5, "字/n ，/w " * 120 + "。/w\n"],
    ids=["colon", "heading", "lines", "text"],
)
def test_what_stands_between_lists_tells_them_apart(between: str) -> None:
    assert breaks(items(1, 2, 3) + between + items(1, 2, 3)) == []


@pytest.mark.parametrize(
    "inside",
    [
        "",
        PROSE,
        "（/w 小明/nr 摄/v ）/w\n" * 4,
        TABLE,
        "（/w 1/m ）/w 好/a 。/w\n（/w 2/m ）/w 好/a 。/w\n",
    ],
    ids=["nothing", "a line", "captions", "a table", "a list"],
)
def test_what_stands_inside_of_items_hides_no_break(inside: str) -> None:
    assert breaks(items(1, 2) + inside + items(1, 2, 3)) == [(1, "restarts")]


def test_items_as_long_as_others_may_have_lines_and_headings() -> None:
    long = "题目/n\n" + PROSE * 4
    item = "{}./m 好/a 。/w\n" + long
    numbers = [1, 2, 1, 2, 3]
    assert breaks("".join(map(item.format, numbers))) == [(1, "restarts")]


def test_an_item_of_the_list_around_begins_a_list() -> None:
    inner = "（1）/m 好/a 。/w\n（2）/m 好/a 。/w\n"
    around = f"一/m 、/w 好/a 。/w\n{inner}二/m 、/w 好/a 。/w\n{inner}三/m 、/w 好/a 。/w\n"
    assert breaks(around) == []


def test_a_list_on_lines_of_its_own_does_not_go_on_with_one_inside_of_a_line() -> None:
    assert breaks("有/v 。/w 1./m 好/a 。/w 2./m 好/a 。/w\n" + items(1, 2)) == []


def test_a_single_item_before_another_item_1_is_reported_although_lines_stand_between() -> None:
    assert breaks(items(1) + PROSE * 5 + items(1, 2, 3)) == [(1, "repeats")]


def test_an_item_expected_on_another_line_is_skipped_inside_of_a_line() -> None:
    line = "有/v 。/w 1、/m 好/a 。/w 2、/m 好/a 。/w {}、/m 好/a 。/w"
    assert breaks(line.format(3) + "\n" + line.format(4)) == [(4, "skips")]


@given(st.integers(1, 20), st.sampled_from(["7.", "（３）", "①", "二、", "第四", "⑵"]))
def test_a_respelled_marker_says_its_number(value: int, form: str) -> None:
    before, after = parse(form), parse(respell(form, value))
    assert before is not None
    assert after == (before[0], before[1], value)
