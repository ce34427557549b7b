"""Every rule's examples are its tests: bad ones give exactly what they state, good ones nothing."""

import pytest

from taglint.findings import Applicability
from taglint.plugins import installed
from taglint.rules import Example, Rule
from taglint.testing import run_example

RULES = tuple(installed().rules.values())
GOOD = [(rule, example) for rule in RULES for example in rule.good]
BAD = [(rule, example) for rule in RULES for example in rule.bad]
HEADINGS = ("What it finds:", "Why it matters:", "Fix:", "Options:")


def name(value: Rule | Example) -> str:
    return value.code if isinstance(value, Rule) else repr(value.text[:30])


@pytest.mark.parametrize(("rule", "example"), GOOD, ids=name)
def test_good_example_is_silent(rule: Rule, example: Example) -> None:
    assert run_example(rule, example).found == ()


@pytest.mark.parametrize(("rule", "example"), BAD, ids=name)
def test_bad_example_is_found_and_fixed(rule: Rule, example: Example) -> None:
    outcome = run_example(rule, example)
    assert outcome.found == example.found
    expected = example.text if example.fixed is None else example.fixed
    if example.data is None:
        assert outcome.fixed == expected


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_rule_is_complete(rule: Rule) -> None:
    assert rule.good and rule.bad
    assert all(heading in rule.doc for heading in HEADINGS)
    assert rule.name == rule.name.lower() and " " not in rule.name


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.fix], ids=name)
def test_declared_fix_is_shown_by_an_example(rule: Rule) -> None:
    outcomes = [run_example(rule, example) for example in rule.bad]
    offered = {item.fix.applicability for one in outcomes for item in one.findings if item.fix}
    assert rule.fix in offered | {Applicability.DISPLAY}
