"""Decisions are obeyed by every later run: whatever the files are called, and for good."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from taglint.commands import check
from taglint.commands.inputs import checking_inputs
from taglint.decisions import Decision, Scope, read_decisions, revise
from taglint.engine import rulings
from taglint.engine.rulings import Who
from taglint.findings import Finding
from tests.conftest import Done

Run = Callable[..., Done]
# What the command line gives without any option but the tagset.
FLAGS: dict[str, Any] = check.command.make_context("check", ["--tagset", "pku98"]).params
ARGUMENTS = ("check", "--tagset", "pku98", "--output-format", "jsonl", "--select", "TAG,TOK,DEC")
TEXT = "记者/n 报道/vvn 。/w\n他/r 报道/vvn 了/u 。/w\n她/r 也/d 报道/vvn 了/u 。/w\n"
PATH = Path("taglint-decisions.yaml")
LI, WANG = Who("li", "2026-01-31"), Who("wang", "2026-02-01")


@pytest.fixture
def corpus(folder: Path) -> Path:
    path = folder / "a.txt"
    path.write_text(TEXT, "utf-8")
    return path


def findings(taglint: Run, *arguments: str) -> list[tuple[int, str]]:
    lines = taglint(*ARGUMENTS, *arguments).out.splitlines()
    return [(item["line"], item["code"]) for item in map(json.loads, lines)]


def decide(line: int, to: str, scope: Scope = Scope.PLACE, who: Who = LI) -> Decision:
    """Rule about the finding of a line: what its token becomes, `keep`, or `accept`."""
    inputs = checking_inputs((), FLAGS)
    item = next(one for one in inputs.check().findings if one.line == line)
    decision = _ruling(inputs.session, item, to, scope, who)
    revise(PATH, [decision])
    return decision


def _ruling(session: Any, item: Finding, to: str, scope: Scope, who: Who) -> Decision:
    if to == "keep":
        return rulings.keep(session, item, scope, who)
    if to == "accept":
        return rulings.accept(session, item, scope, who)
    return rulings.change(session, item, to.split(), scope, who)


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        (Scope.PLACE, [(1, "TAG001"), (3, "TAG001")]),
        (Scope.CONTEXT, [(1, "TAG001"), (3, "TAG001")]),
        (Scope.EVERYWHERE, []),
    ],
)
def test_right_as_it_is(
    corpus: Path, taglint: Run, scope: Scope, left: list[tuple[int, str]]
) -> None:
    decide(2, "keep", scope)
    assert findings(taglint) == left
    assert findings(taglint, "--no-decisions") == [(1, "TAG001"), (2, "TAG001"), (3, "TAG001")]


def test_a_context_is_that_of_other_sentences_as_well(corpus: Path, taglint: Run) -> None:
    corpus.write_text(TEXT + "听说/v 他/r 报道/vvn 了/u\n", "utf-8")
    decide(2, "报道/v", Scope.CONTEXT)
    assert findings(taglint) == [(1, "TAG001"), (2, "DEC001"), (3, "TAG001"), (4, "DEC001")]


def test_a_change_is_applied_and_nothing_else(corpus: Path, taglint: Run) -> None:
    corpus.write_text(TEXT + "度 /q 。/w\n", "utf-8")
    decide(1, "报道/vn")
    decide(2, "报/v 道/v")
    assert findings(taglint)[:3] == [(1, "DEC001"), (2, "DEC001"), (3, "TAG001")]
    done = taglint("check", "--tagset", "pku98", "--fix", "--select", "pending-decision")
    assert (done.status, done.out) == (0, "")
    assert corpus.read_text("utf-8") == (
        "记者/n 报道/vn 。/w\n他/r 报/v 道/v 了/u 。/w\n她/r 也/d 报道/vvn 了/u 。/w\n度 /q 。/w\n"
    )


def test_files_may_be_renamed_split_and_sorted(corpus: Path, taglint: Run) -> None:
    decide(1, "keep")
    decide(3, "报道/v")
    one, two, three = TEXT.splitlines(keepends=True)
    corpus.unlink()
    Path("b.txt").write_text(three + one, "utf-8")
    Path("c.txt").write_text(two, "utf-8")
    found = [json.loads(line) for line in taglint(*ARGUMENTS).out.splitlines()]
    assert [(item["path"], item["line"], item["code"]) for item in found] == [
        ("b.txt", 1, "DEC001"),
        ("c.txt", 1, "TAG001"),
    ]


def test_what_was_changed_by_decision_is_right(corpus: Path, taglint: Run) -> None:
    """Also in the eyes of the rule that gave rise to the decision."""
    decide(2, "报道/xxn")
    taglint("check", "--tagset", "pku98", "--fix")
    assert "他/r 报道/xxn 了/u" in corpus.read_text("utf-8")
    assert findings(taglint) == [(1, "TAG001"), (3, "TAG001")]


def test_a_decision_holds_below_the_least_confidence(corpus: Path, taglint: Run) -> None:
    corpus.write_text("好/a ,/n 的/u\n", "utf-8")
    decide(1, "accept")
    assert findings(taglint, "--min-confidence", "1") == [(1, "DEC001")]
    assert taglint("check", "--tagset", "pku98", "--fix").status == 0
    assert corpus.read_text("utf-8") == "好/a ,/w 的/u\n"


def test_fixes_of_layout_are_accepted_as_they_are(corpus: Path, taglint: Run) -> None:
    corpus.write_text("好/a a\u200b/nx 的/u 了/u\n", "utf-8")
    decision = decide_code("TXT004")
    assert (decision.verdict, decision.to) == ("accept", ())
    assert taglint("check", "--tagset", "pku98", "--fix", "--select", "TXT004").status == 0
    assert corpus.read_text("utf-8") == "好/a a/nx 的/u 了/u\n"


def decide_code(code: str) -> Decision:
    inputs = checking_inputs((), FLAGS)
    item = next(one for one in inputs.check().findings if one.code == code)
    decision = rulings.accept(inputs.session, item, Scope.PLACE, LI)
    revise(PATH, [decision])
    return decision


def test_contradictions_are_findings_and_not_obeyed(corpus: Path, taglint: Run) -> None:
    mine = decide(2, "报道/vn")
    PATH.unlink()
    theirs = decide(2, "keep", who=WANG)
    revise(PATH, [mine])
    lines = [json.loads(line) for line in taglint(*ARGUMENTS).out.splitlines()]
    assert [(item["line"], item["code"]) for item in lines] == [
        (1, "TAG001"),
        (2, "DEC002"),
        (2, "TAG001"),
        (3, "TAG001"),
    ]
    assert lines[1]["message"] == "decisions contradict: right as it is (wang); 报道/vn (li)"
    before = corpus.read_bytes()
    taglint("check", "--tagset", "pku98", "--fix")
    assert corpus.read_bytes() == before
    revise(PATH, removed=[theirs])
    assert findings(taglint) == [(1, "TAG001"), (2, "DEC001"), (3, "TAG001")]


def test_the_narrower_decision_counts(corpus: Path, taglint: Run) -> None:
    corpus.write_text(TEXT + "听说/v 他/r 报道/vvn 了/u\n", "utf-8")
    item = decide(4, "keep")
    decide(2, "报道/v", Scope.CONTEXT)
    assert findings(taglint) == [(1, "TAG001"), (2, "DEC001"), (3, "TAG001")]
    revise(PATH, removed=[item])
    assert (4, "DEC001") in findings(taglint)


@pytest.mark.parametrize(
    ("to", "message"),
    [
        ("报到/v", "the tokens must spell 报道"),
        ("报道", "write each token as form/tag"),
        ("报道/", "write each token as form/tag"),
    ],
)
def test_what_cannot_be_decided_is_refused(corpus: Path, to: str, message: str) -> None:
    from taglint.findings import TaglintError

    with pytest.raises(TaglintError, match=message):
        decide(1, to)
    assert read_decisions(PATH) == {}


def test_a_broken_file_stops_the_run(corpus: Path, taglint: Run) -> None:
    PATH.write_text("- {rule: TAG001}\n", "utf-8")
    done = taglint("check")
    assert done.status == 2
    assert done.err.startswith(f"taglint: {PATH.resolve()}:1: no decision: 'verdict' is missing")


def test_a_configured_file(corpus: Path, taglint: Run) -> None:
    decide(1, "keep", Scope.EVERYWHERE)
    PATH.rename("ruled.yaml")
    assert len(findings(taglint)) == 3
    Path(".taglint.yaml").write_text("decisions: ruled.yaml\n", "utf-8")
    assert findings(taglint) == []


@pytest.mark.parametrize(
    "command", [("check",), ("stats",), ("report", "-o", "page.html"), ("review", "--apply")]
)
def test_a_named_file_that_is_not_there_is_missed(
    corpus: Path, taglint: Run, command: tuple[str, ...]
) -> None:
    done = taglint(*command, "--decisions", "none.yaml")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "taglint: none.yaml: there are no such decisions; taglint review writes them\n"
    )


def test_a_sitting_may_name_a_new_file(corpus: Path, taglint: Run) -> None:
    done = taglint("review", "--decisions", "new.yaml", "--select", "TXT001")
    assert (done.status, done.out) == (0, "nothing to review: no findings are undecided\n")
