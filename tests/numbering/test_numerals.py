"""What is a numeral by its spelling, and what only looks like one."""

from __future__ import annotations

import pytest

from taglint_rules.numbering._numerals import is_date, kind, quantity

KINDS = {
    "1990": "integer", "１９９０": "integer", "1.8": "decimal", "２·５": "decimal",
    "50,000": "thousands", "30%": "percentage", "１２．５％": "percentage", "3/4": "fraction",
    "10:30": "clock time", "2017-05-26": "calendar date", "2.5亿": "mixed numeral",
    "80余": "mixed numeral", "200多": "mixed numeral", "二十": "Han numeral", "几": "Han numeral",
    "几千万": "Han numeral", "百分之八十": "Han numeral", "三分之一": "Han numeral",
    "一百九十余万": "Han numeral", "第9": "ordinal", "第十二": "ordinal",
}  # fmt: skip
OTHERS = [
    "x86", "3d", "5.3.1", "127.0.0.1", "v2", "MP3", "一些", "多", "数", "第", "点", ".", "%", "1-",
    "一个", "三亚", "十分",
]  # fmt: skip


@pytest.mark.parametrize("form", KINDS)
def test_kinds_of_numerals(form: str) -> None:
    assert kind(form) == KINDS[form]


@pytest.mark.parametrize("form", OTHERS)
def test_other_forms_are_no_numerals(form: str) -> None:
    assert kind(form) == ""


@pytest.mark.parametrize("form", ["三个", "第一名", "80余家", "几年", "一百二十名", "２５公里"])
def test_quantities(form: str) -> None:
    parts = quantity(form)
    assert parts is not None
    assert "".join(parts) == form


@pytest.mark.parametrize("form", ["1998年", "一九九八年", "１月２２日", "7日", "80年代", "六点半"])
def test_dates(form: str) -> None:
    assert is_date(form)


@pytest.mark.parametrize("form", ["三", "十年", "年代", "两天", "1998"])
def test_no_dates(form: str) -> None:
    assert not is_date(form)
