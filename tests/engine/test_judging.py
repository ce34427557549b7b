"""Judging in threads: the same verdicts in the same order, and the first error."""

from __future__ import annotations

import threading

import pytest

from taglint.engine.judging import WORTHWHILE, judged

KEYS = {
    ("TAG010", "a"): "words", ("SEG001", "a"): "words", ("TAG013", "a"): "stretches",
    ("TAG011", None): "words", ("X1", "a"): "words", ("TAG010", None): "words",
}  # fmt: skip


def test_families_are_judged_at_once_in_the_order_of_the_keys() -> None:
    """And so are rules of one family that share no counts."""
    all_three = threading.Barrier(3, timeout=10)

    def judge(key: tuple[str, str | None]) -> str:
        if key in {("TAG010", "a"), ("SEG001", "a"), ("TAG013", "a")}:
            # None goes on without the others.
            all_three.wait()
        return f"{key[0]} {key[1]}"

    found = judged(KEYS, judge, WORTHWHILE, jobs=3)
    assert list(found.items()) == [(key, f"{key[0]} {key[1]}") for key in KEYS]


@pytest.mark.parametrize(("tokens", "jobs"), [(WORTHWHILE - 1, 2), (WORTHWHILE, 1)])
def test_small_corpora_and_single_jobs_stay_in_this_thread(tokens: int, jobs: int) -> None:
    here = threading.get_ident()
    found = judged(KEYS, lambda key: threading.get_ident(), tokens, jobs)
    assert set(found.values()) == {here}


def test_what_a_rule_raises_is_raised() -> None:
    def judge(key: tuple[str, str | None]) -> str:
        if key[0] == "SEG001":
            raise ValueError(key[0])
        return key[0]

    with pytest.raises(ValueError, match="SEG001"):
        judged(KEYS, judge, WORTHWHILE, jobs=2)
