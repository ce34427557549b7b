"""Applying fixes: overlaps, refusals, rules that undo each other, files that change meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from taglint.configuration import Configuration, FileOptions
from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType
from taglint.engine.adding import added_up
from taglint.engine.examining import FileState
from taglint.engine.fixing import MOST_ROUNDS, fix_all, write_fixed
from taglint.engine.session import Session
from taglint.findings import Applicability, Edit
from taglint.plugins import Plugins, hookimpl
from taglint.rules import Change, Context, Problem, Rule, Scope

ALL = (Applicability.SAFE, Applicability.UNSAFE)


def retag(old: str, new: str, code: str) -> Rule:
    """A rule that wants one tag for another."""

    def check(token: TokenType, context: Context) -> Problem | None:
        if token.tag != old:
            return None
        return Problem("x", change=Change("x", Applicability.SAFE, ((token.form, new),)))

    return Rule(code, f"from-{old}", "X.", Scope.TYPE, check_type=check)


def drop_first(document: Document, context: Context) -> Iterator[Problem]:
    """Takes the first character away without having declared that it changes the text."""
    if document.text.startswith("今"):
        edits = (Edit(0, 1, ""),)
        yield Problem("x", span=(0, 1), change=Change("x", Applicability.SAFE, edits=edits))


class Offering:
    def __init__(self, *rules: Rule) -> None:
        self.rules = rules

    @hookimpl
    def taglint_rules(self) -> tuple[Rule, ...]:
        return self.rules


def session(text: str, *rules: Rule) -> Session:
    options = FileOptions(format="slash", tagset="hanlp", select=tuple(rule.code for rule in rules))
    plugins = Plugins(extra=(Offering(*rules),), third_party=False)
    return Session(plugins, Configuration(options=options), lambda path: text.encode("utf-8"))


def test_rules_that_undo_each_other_are_stopped_and_named() -> None:
    one = session("今天/n 好/a", retag("n", "v", "AAA001"), retag("v", "n", "AAA002"))
    outcome = fix_all(one, lambda: one.check(["a"]), ALL)
    assert outcome.warnings == ["a: the fixes of AAA002 undo each other; stopped there"]
    assert one.text("a") == "今天/n 好/a"
    assert (outcome.before, outcome.applied) == ({}, {})


def test_a_circle_is_left_where_it_was_entered_so_that_a_second_run_changes_nothing() -> None:
    rules = (retag("a", "n", "AAA001"), retag("n", "v", "AAA002"), retag("v", "n", "AAA003"))
    one = session("今天/t 好/a", *rules)
    outcome = fix_all(one, lambda: one.check(["a"]), ALL)
    assert (one.text("a"), outcome.applied) == ("今天/t 好/n", {"a": 1})
    two = session(one.text("a"), *rules)
    assert fix_all(two, lambda: two.check(["a"]), ALL).before == {}
    assert two.text("a") == "今天/t 好/n"


def test_chained_fixes_reach_the_end() -> None:
    one = session("今天/n 好/n", retag("n", "v", "AAA001"), retag("v", "a", "AAA002"))
    outcome = fix_all(one, lambda: one.check(["a"]), ALL)
    assert (one.text("a"), outcome.warnings) == ("今天/a 好/a", [])


def test_a_chain_that_is_too_long_goes_on_in_another_run() -> None:
    tags = [f"n{number}" for number in range(MOST_ROUNDS + 3)]
    rules = [retag(old, new, f"AAA{old[1:]:>03}") for old, new in pairwise(tags)]
    one = session("今天/n0", *rules)
    outcome = fix_all(one, lambda: one.check(["a"]), ALL)
    assert outcome.warnings == [f"a: still not stable after {MOST_ROUNDS} rounds"]
    assert [item.fix.applicability for item in outcome.report.findings if item.fix] == [
        Applicability.SAFE
    ]
    two = session(one.text("a"), *rules)
    assert fix_all(two, lambda: two.check(["a"]), ALL).report.findings == []
    assert two.text("a") == f"今天/{tags[-1]}"


def test_fix_that_changes_the_text_undeclared_is_refused_and_others_go_on() -> None:
    bad = Rule("AAA001", "drop", "X.", Scope.DOCUMENT, check_document=drop_first)
    one = session("今天/n 好/n", bad, retag("n", "a", "AAA002"))
    outcome = fix_all(one, lambda: one.check(["a"]), ALL)
    assert [item.code for item in outcome.refused] == ["AAA001"]
    assert one.text("a") == "今天/a 好/a"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("今天/t 天气／n\n", "utf-8")
    return path


def fixing(path: Path) -> tuple[Session, list[str]]:
    plugins = Plugins(third_party=False)
    options = FileOptions(format="slash", tagset="hanlp")
    one = Session(plugins, Configuration(options=options))
    return one, [str(path)]


def test_file_that_changed_meanwhile_is_left_alone(broken: Path) -> None:
    one, paths = fixing(broken)
    outcome = fix_all(one, lambda: one.check(paths), ALL)
    broken.write_text("今天/t 天气／n 又/d 变/v\n", "utf-8")
    errors = write_fixed(one, outcome)
    assert [error.message for error in errors] == [
        "changed while it was read, or not written back exactly; not fixed"
    ]
    assert broken.read_text("utf-8") == "今天/t 天气／n 又/d 变/v\n"


def test_file_that_vanished_meanwhile_is_said(broken: Path) -> None:
    one, paths = fixing(broken)
    outcome = fix_all(one, lambda: one.check(paths), ALL)
    broken.unlink()
    assert "not fixed" in write_fixed(one, outcome)[0].message
    assert not broken.exists()


def test_nothing_is_left_beside_a_fixed_file(broken: Path) -> None:
    one, paths = fixing(broken)
    assert write_fixed(one, fix_all(one, lambda: one.check(paths), ALL)) == []
    assert broken.read_text("utf-8") == "今天/t 天气/n\n"
    assert [path.name for path in broken.parent.iterdir()] == ["a.txt"]


def test_fixing_one_file_counts_no_other_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where counts are dropped as soon as they are added up, and added again after a fix."""
    monkeypatch.setattr("taglint.engine.summing.LARGE", 0)
    texts = ["今天/t 天气／n 好/a\n", "昨天/t 天气/n 好/a\n" * 9, "昨天/t 天气/a 好/a 1/m ./w\n"]
    paths = [tmp_path / f"{number}.txt" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    plugins, options = Plugins(third_party=False), FileOptions(format="slash", tagset="hanlp")
    one, names = Session(plugins, Configuration(options=options)), [*map(str, paths)]
    seen: list[str] = []
    examine = one.examiner.examine

    def noting(path: str, checked: bool) -> FileState:
        seen.append(path)
        state = examine(path, checked)
        assert isinstance(state, FileState)
        return state

    monkeypatch.setattr(one.examiner, "examine", noting)
    outcome = fix_all(one, lambda: one.check(names), {Applicability.SAFE})
    assert list(outcome.before) == names[:1]
    assert Counter(seen) == dict(zip(names, (3, 1, 1), strict=True))
    write_fixed(one, outcome)
    anew = Session(plugins, Configuration(options=options)).check(names)
    assert outcome.report.findings == anew.findings
    counts = [state.counts for state in map(noting, names, (False,) * 3)]
    assert one._running.of([one._states[name] for name in names]) == added_up(
        each or {} for each in counts
    )
