"""One place is reported once where rules say the same of it."""

import pytest

from taglint.configuration import Configuration, FileOptions
from taglint.engine.session import Session
from taglint.plugins import installed
from taglint_rules.numbering._units import must_count


def codes(text, *select, format_="slash"):
    options = FileOptions(format_, "utf-8", "hanlp", select=select, min_confidence=0.0)
    session = Session(installed(), Configuration(options=options), lambda _: text.encode())
    return [item.code for item in session.check(["x"]).findings]


CASES = [
    ("主体/n检测/gi的/ude1主/ag  /x体/ng检测/gi", "TOK012", "SEG008", "unspaced"),
    ("语义/n ，/w “语/nz 义/ng 鸿沟/n", "TOK010", "SEG008", "slash"),
    ("有/v 1/nz ./w 8/nz 倍/q", "NUM003", "NUM005", "slash"),
]


@pytest.mark.parametrize(("text", "weaker", "stronger", "format_"), CASES)
def test_the_stronger_rule_speaks(text, weaker, stronger, format_):
    assert weaker in codes(text, weaker, format_=format_)
    assert set(codes(text, weaker, stronger, format_=format_)) == {stronger}


def test_what_lies_elsewhere_is_still_reported():
    text = "有/v 1/nz ./w 8/nz 倍/q ，/w 9/nz 天/q"
    assert codes(text, "NUM003", "NUM005") == ["NUM005", "NUM003"]


def test_no_tag_is_proposed_that_another_rule_takes_away():
    tagset = installed().tagset("hanlp")
    assert must_count("一", "下", "f", tagset)
    assert not must_count("一", "下", "qv", tagset)
    assert not must_count("在", "下", "f", tagset)
