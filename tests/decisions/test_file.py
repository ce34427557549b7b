"""The decisions file: one order, no loss, and merges that keep what both sides ruled."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from taglint.decisions import (
    SCOPES,
    Decision,
    Scope,
    Verdict,
    contradictions,
    decision_of,
    line_of,
    parse,
    read_decisions,
    revise,
    written,
)
from taglint.findings import TaglintError

TEXT = st.text(max_size=6) | st.sampled_from(
    ["发展", "\udcff", "\u202e", "a\u2028b", '"', "\\", "𠀀"]
)


@st.composite
def decisions(draw) -> Decision:
    verdict = draw(st.sampled_from(Verdict))
    tokens = st.lists(TEXT, min_size=1, max_size=2).map(tuple)
    return Decision(
        rule=draw(st.sampled_from(["TAG012", "SEG001"])),
        tokens=draw(tokens),
        verdict=verdict,
        scope=draw(st.sampled_from(SCOPES[verdict])),
        to=draw(tokens) if verdict is Verdict.CHANGE else (),
        at=draw(st.sampled_from(["", "00ff"])),
        left=draw(TEXT),
        text=draw(TEXT),
        by=draw(st.sampled_from(["", "li", "王"])),
    )


def ruled(items) -> set[object]:
    return {(item.subject, item.outcome) for item in items}


def change(form: str, tag: str = "vn", by: str = "li") -> Decision:
    token = f"{form}/v"
    to = (f"{form}/{tag}",)
    return Decision("TAG012", (token,), Verdict.CHANGE, Scope.CONTEXT, to, left="快", by=by)


@given(st.lists(decisions(), max_size=6), st.randoms())
def test_what_is_written_is_read_in_one_order(items: list[Decision], random) -> None:
    text = written(items)
    assert ruled(parse(text, "x")) == ruled(items)
    assert set(parse(text, "x")) <= set(items)
    again = list(parse(text, "x"))
    random.shuffle(again)
    assert written(again) == text


@given(decisions())
def test_a_line_is_json_and_printable(item: Decision) -> None:
    assert line_of(item).isprintable()
    assert decision_of(json.loads(line_of(item))) == item


def test_the_file_is_yaml() -> None:
    items = yaml.safe_load(written([change("发展"), change("学\u2028习")]))
    assert [item["tokens"] for item in items] == [["发展/v"], ["学\u2028习/v"]]


def test_other_yaml_is_read_with_its_lines() -> None:
    text = "- rule: TAG012\n  tokens: [发展/v]\n  verdict: keep\n  scope: everywhere\n"
    text += "- {rule: TAG012, tokens: [学/v], verdict: keep, scope: everywhere}\n"
    assert [(item.tokens, line) for item, line in parse(text, "x").items()] == [
        (("发展/v",), 1),
        (("学/v",), 5),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('- {"rule": "A"}\n', "x:1: no decision: 'verdict' is missing"),
        ('- {"rule": "A", "verdict": "keep", "scope": "here"}', "x:1: no decision: 'here' is not"),
        ('- {"rule": "A", "verdict": "change", "scope": "place"}', "x:1: no decision: 'to' goes"),
        (
            '- {"rule": "A", "verdict": "accept", "scope": "context"}',
            "x:1: no decision: accept cannot be for context",
        ),
        ('- {"rule": "A", "verdict": "keep", "scope": "place", "why": 1}', "x:1: no decision: unk"),
        ('- {"rule": "A", "verdict": "keep", "scope": "place", "tokens": "a"}', "x:1: no decision"),
        ("a: b\n", "x: decisions are a list"),
        ("- {a: [\n", "x:2:1: not valid YAML: "),
        ("just words", "x: decisions are a list"),
        ("- 2001-99-99\n", "x:1: no decision: a decision is a mapping"),
        ("- !!int ''\n", "x:1: no decision"),
        ("- !!timestamp ''\n", "x:1: no decision"),
        ("- {rule: [A], verdict: keep, scope: place}", "x:1: no decision: 'rule' is a text"),
        ("- {rule: *a}", "x:1:10: not valid YAML: "),
        ("[" * 3_000, "x"),
    ],
)
def test_mistakes_are_one_line(text: str, message: str) -> None:
    with pytest.raises(TaglintError) as error:
        parse(text, "x")
    assert str(error.value).startswith(message) and "\n" not in str(error.value)


def test_contradictions_and_circles() -> None:
    a, b = change("发展", "vn"), change("发展", "n", by="wang")
    assert contradictions([a, b, change("学习")]) == [[a, b]]
    back = Decision("TAG012", ("发展/vn",), Verdict.CHANGE, Scope.CONTEXT, ("发展/v",), left="快")
    (group,) = contradictions([a, back])
    assert set(group) == {a, back}
    assert contradictions([a, change("发展", "vn", by="wang")]) == []


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    return subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, check=False)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [(["中"], ["人"]), (["乙"], ["丙"]), (["一", "中"], ["丁", "人"]), (["发展"], ["发展"])],
)
def test_two_branches_merge(tmp_path: Path, mine: list[str], theirs: list[str]) -> None:
    """Also where git sees a conflict, as of lines that are added side by side."""
    path = tmp_path / "taglint-decisions.yaml"
    revise(path, map(change, "上下不东之也了事二云些交产从们优会"))
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "one")
    git(tmp_path, "checkout", "-q", "-b", "other")
    revise(path, (change(form, "n", by="wang") for form in theirs))
    git(tmp_path, "commit", "-q", "-a", "-m", "theirs")
    git(tmp_path, "checkout", "-q", "main")
    revise(path, (change(form) for form in mine))
    git(tmp_path, "commit", "-q", "-a", "-m", "mine")
    git(tmp_path, "merge", "other")
    merged = read_decisions(path)
    expected = [*(change(form) for form in mine), *(change(form, "n") for form in theirs)]
    assert ruled(expected) <= ruled(merged)
    assert len(merged) == 17 + len(mine) + len(theirs)
    assert bool(contradictions(merged)) == (mine == theirs)
    revise(path)
    assert "<<<<" not in path.read_text("utf-8")
    assert ruled(read_decisions(path)) == ruled(merged)


KILLED = """
import sys
from pathlib import Path
from taglint.decisions import Decision, Scope, Verdict, revise
for number in range(100000):
    token = f"{number}/n"
    revise(Path(sys.argv[1]), [Decision("TAG012", (token,), Verdict.KEEP, Scope.EVERYWHERE)])
    print(number, flush=True)
"""


def test_a_kill_loses_at_most_the_decision_being_written(tmp_path: Path) -> None:
    path = tmp_path / "taglint-decisions.yaml"
    for delay in (0.0, 0.013, 0.031, 0.05, 0.11):
        path.unlink(missing_ok=True)
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        told = [int(process.stdout.readline())]
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        told += [int(line) for line in process.stdout if line.endswith("\n")]
        process.wait()
        known = {item.tokens[0] for item in read_decisions(path)}
        assert {f"{number}/n" for number in told} <= known
        assert len(known) <= len(told) + 1


def test_every_scope_of_every_verdict_can_be_written() -> None:
    pairs = [(verdict, scope) for verdict, scopes in SCOPES.items() for scope in scopes]
    for (verdict, scope), number in zip(pairs, itertools.count(), strict=False):
        to = ("a/n",) if verdict is Verdict.CHANGE else ()
        item = Decision("TAG012", (f"{number}/v",), verdict, scope, to)
        assert list(parse(written([item]), "x")) == [item]
