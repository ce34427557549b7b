"""Lists of any length and style: whole ones are silent, damaged ones are found where they break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taglint.rules import Example
from taglint.testing import run_example
from taglint_rules.numbering._lists import lists
from taglint_rules.numbering._markers import Marker, parse, respell
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


def marker(number: int, value: int) -> Marker:
    return Marker(number * 20, number * 20 + 1, "digit #.", value, number, "。", True, True)


@given(st.integers(2, 30), st.data())
def test_an_item_with_a_wrong_number_is_the_one_that_is_reported(length: int, data) -> None:  # type: ignore[no-untyped-def]
    at = data.draw(st.integers(1, length - 1))
    values = list(range(1, length + 2))
    values[at] = data.draw(st.integers(2, 99).filter(lambda value: value != at + 1))
    found = lists([marker(number, value) for number, value in enumerate(values)])[1]
    assert at * 20 in [item.marker.first for item in found]


def test_an_item_1_before_another_one_is_reported_although_lines_stand_between() -> None:
    found = lists([marker(0, 1), marker(4, 1), marker(8, 2), marker(12, 3)])[1]
    assert [(item.marker.first, item.what) for item in found] == [(80, "repeats")]
    assert found[0].confidence >= 0.5


@given(st.integers(2, 30), st.integers(1, 30))
def test_whole_lists_apart_from_each_other_have_no_sure_breaks(first: int, second: int) -> None:
    one = [marker(place, place + 1) for place in range(first)]
    other = [marker(first + 5 + place, place + 1) for place in range(second)]
    assert not [item for item in lists(one + other)[1] if item.confidence >= 0.5]


@given(st.integers(2, 30), st.integers(2, 30))
def test_a_list_that_begins_again_in_its_midst_is_found(first: int, second: int) -> None:
    values = [*range(1, first + 1), *range(1, second + 1)]
    found = lists([marker(place, value) for place, value in enumerate(values)])[1]
    assert [(item.marker.first, item.what) for item in found] == [(first * 20, "restarts")]


@given(st.integers(1, 20), st.sampled_from(["7.", "（３）", "①", "二、", "第四", "⑵"]))
def test_a_respelled_marker_says_its_number(value: int, form: str) -> None:
    before, after = parse(form), parse(respell(form, value))
    assert before is not None
    assert after == (before[0], before[1], value)
