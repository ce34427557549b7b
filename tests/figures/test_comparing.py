"""What two versions differ in: all of it, and nothing else."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taglint.configuration import Configuration, FileOptions
from taglint.corpus.document import Document
from taglint.corpus.encoding import Source
from taglint.engine.loading import Loader
from taglint.figures.aligning import shared
from taglint.figures.comparing import Comparison, agreement, compare, kappa
from taglint.plugins import installed

LOADER = Loader(installed(), Configuration(options=FileOptions(format="slash", tagset="pku98")))
TOKENS = st.lists(
    st.tuples(st.text("发展快了。", min_size=1, max_size=3), st.sampled_from("nva")), max_size=12
)
Tokens = list[tuple[str, str]]


def document(tokens: Tokens) -> Document:
    text = " ".join(f"{form}/{tag}" for form, tag in tokens)
    return LOADER.decode("a.txt", text, Source("utf-8"))


def compared(old: Tokens, new: Tokens) -> tuple[list[tuple[str, str, str]], Comparison]:
    before, after = document(old), document(new)
    changes, matched = compare(before, after)
    sums = Comparison()
    sums.add(changes, after, matched)
    shown = [
        (item.kind, *(" ".join("/".join(pair) for pair in side) for side in (item.old, item.new)))
        for item in changes
    ]
    return shown, sums


def test_tags_segmentation_and_text() -> None:
    old = [("快", "a"), ("发展", "v"), ("经济", "n"), ("。", "w"), ("好", "a"), ("的", "u")]
    new = [
        ("快", "d"),
        ("发", "v"),
        ("展", "v"),
        ("经济", "n"),
        ("。", "w"),
        ("坏", "a"),
        ("的", "u"),
    ]
    changes, sums = compared(old, new)
    assert changes == [
        ("tag", "快/a", "快/d"),
        ("segmentation", "发展/v", "发/v 展/v"),
        ("text", "好/a", "坏/a"),
    ]
    assert (sums.old, sums.new, sums.same, sums.agreed, sums.texts) == (5, 6, 4, 3, 1)
    assert agreement(sums) == {
        "tag_accuracy": 0.75,
        "tag_kappa": kappa(sums.tags),
        "segmentation_precision": 0.666667,
        "segmentation_recall": 0.8,
        "segmentation_f1": 0.727273,
        "token_f1": 0.545455,
    }


def test_a_shift_is_one_change_and_neighbours_are_others() -> None:
    old = [("发展", "v"), ("快", "a"), ("了", "u"), ("发", "v"), ("展", "v")]
    new = [("发", "v"), ("展快", "a"), ("了", "y"), ("发展", "v")]
    changes, _ = compared(old, new)
    assert [kind for kind, _, _ in changes] == ["segmentation", "tag", "segmentation"]


def test_kappa_is_that_of_the_paper() -> None:
    """Cohen's example has 200 cases: observed agreement .70, by chance .41, kappa .49."""
    table = {
        ("1", "1"): 88, ("1", "2"): 10, ("1", "3"): 2, ("2", "1"): 14, ("2", "2"): 40,
        ("2", "3"): 6, ("3", "1"): 18, ("3", "2"): 10, ("3", "3"): 12,
    }  # fmt: skip
    assert kappa(Counter(table)) == pytest.approx(0.492, abs=0.001)


@given(TOKENS, TOKENS)
def test_changes_turn_the_old_into_the_new(old: Tokens, new: Tokens) -> None:
    """What is equal and the changes together are both versions, token by token."""
    before, after = document(old), document(new)
    changes, matched = compare(before, after)
    changed_new = sum(len(item.new) for item in changes if item.kind != "tag")
    changed_old = sum(len(item.old) for item in changes if item.kind != "tag")
    assert len(matched) + changed_new == len(new)
    assert len(matched) + changed_old == len(old)
    at = {item.place: item for item in changes if item.kind == "tag"}
    for place in matched:
        pair = new[place]
        assert place not in at or at[place].new == (pair,)


@given(TOKENS)
def test_a_version_is_itself(tokens: Tokens) -> None:
    changes, sums = compared(tokens, tokens)
    assert (changes, sums.differs) == ([], False)
    if tokens:
        figures = agreement(sums)
        assert set(figures.values()) == {1.0}


@given(st.text("ab。，", max_size=60), st.text("ab。，", max_size=60))
def test_shared_stretches_are_in_both(old: str, new: str) -> None:
    at = other = 0
    for start, place, length in shared(old, new):
        assert start >= at and place >= other and length
        assert old[start : start + length] == new[place : place + length]
        at, other = start + length, place + length
