"""Judging in threads: the same verdicts in the same order, and the first error."""

from __future__ import annotations

import threading

import pytest
from tests.engine.corpora import session

from taglint.engine import checking
from taglint.engine.judging import WORTHWHILE, Judging, judged
from taglint.engine.selection import Active

KEYS = {
    ("TAG010", "a"): "words", ("SEG001", "a"): "words", ("TAG013", "a"): "stretches",
    ("TAG011", None): "words", ("X1", "a"): "words", ("TAG010", None): "words",
}  # fmt: skip


def test_families_are_judged_at_once_in_the_order_of_the_keys() -> None:
    """And so are rules of one family that share no counts."""
    all_three = threading.Barrier(3, timeout=10)

    def judge(key: tuple[str, str | None], shared: dict[str, object]) -> str:
        if key in {("TAG010", "a"), ("SEG001", "a"), ("TAG013", "a")}:
            # None goes on without the others.
            all_three.wait()
        return f"{key[0]} {key[1]}"

    found = judged(KEYS, judge, WORTHWHILE, jobs=3)
    assert list(found.items()) == [(key, f"{key[0]} {key[1]}") for key in KEYS]


@pytest.mark.parametrize("jobs", [1, 2])
def test_rules_of_a_family_share_what_they_make_of_the_same_counts(jobs: int) -> None:
    def judge(key: tuple[str, str | None], shared: dict[str, object]) -> list[object]:
        before = sorted(shared)
        shared[f"{key[0]} {key[1]}"] = True
        return before

    keys = {("TAG010", "a"): "words", ("TAG011", "a"): "words", ("SEG001", "a"): "words",
            ("TAG010", "b"): "words", ("TAG013", "a"): "stretches"}  # fmt: skip
    found = judged(keys, judge, WORTHWHILE, jobs)
    assert found.pop(("TAG011", "a")) == ["TAG010 a"]
    assert [*found.values()] == [[], [], [], []]


def test_the_same_counts_are_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judged_codes: list[str] = []

    def counting(active: Active, counts: object) -> object:
        judged_codes.append(active.rule.code)
        return checking.judge(active, counts)

    monkeypatch.setattr("taglint.engine.judging.judge", counting)
    one = session({"a": "好/a 书/n".encode(), "b": "好/a 人/n".encode()})
    one.check(["a", "b"])
    every = sorted(judged_codes)
    assert len(set(every)) == len(every) > 5
    one.check(["b"], ["a"])
    assert sorted(judged_codes) == every
    one.edit("a", "好/a 书/v", one.document("a").source)
    one.check(["a"], ["b"])
    assert sorted(judged_codes) == sorted(2 * every)
    # What was said is about a alone. Whoever asks about b as well may go on to ask about a again.
    for _ in range(2):
        one.check(["b"], ["a"])
        one.check(["a"], ["b"])
    assert sorted(judged_codes) == sorted(3 * every)


def test_fewer_files_may_be_counted_than_were_asked_about() -> None:
    """As when an editor has judged a document outside the corpus, and the corpus is counted."""
    texts = {"a": "好/a 书/n", "b": "好/a 人/n", "c": "好/a 书/v"}
    one = session({name: text.encode() for name, text in texts.items()})
    one.check(["a", "b"], ["c"])
    for paths in (["a"], []):
        found = one.check(paths, ["c"]).findings
        alone = session({name: text.encode() for name, text in texts.items()})
        assert found == alone.check(paths, ["c"]).findings


def test_all_is_judged_only_while_files_are_asked_about_in_turn() -> None:
    one = session({name: "好/a 书/n".encode() for name in "abc"})
    one.check(list("abc"))
    judging = Judging(one.plugins, one.configuration)
    about: list[frozenset[str]] = []
    for paths in ("a", "ab", "", "a", "", "b", "", "a"):
        if not paths:
            judging.forget()
            continue
        judging._types(list(paths), one._states)
        judging._known["TAG010", None] = 0, 0
        about.append(judging._about)
    assert about == [{"a"}, {*"abc"}, {*"abc"}, {"b"}, {"a"}]


@pytest.mark.parametrize(("tokens", "jobs"), [(WORTHWHILE - 1, 2), (WORTHWHILE, 1)])
def test_small_corpora_and_single_jobs_stay_in_this_thread(tokens: int, jobs: int) -> None:
    here = threading.get_ident()
    found = judged(KEYS, lambda key, shared: threading.get_ident(), tokens, jobs)
    assert set(found.values()) == {here}


def test_what_a_rule_raises_is_raised() -> None:
    def judge(key: tuple[str, str | None], shared: dict[str, object]) -> str:
        if key[0] == "SEG001":
            raise ValueError(key[0])
        return key[0]

    with pytest.raises(ValueError, match="SEG001"):
        judged(KEYS, judge, WORTHWHILE, jobs=2)
