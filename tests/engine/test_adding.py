"""Counts that are added up as they come give what adding them all at once gives."""

from collections import Counter
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taglint.engine import adding
from taglint.engine.adding import Adding, added_up

files = st.lists(
    st.tuples(st.integers(0, 9), st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 5)))
)


@given(files, st.integers(1, 20), st.sets(st.integers(0, 9)))
def test_the_sum_does_not_depend_on_when_it_is_made(
    parts: list[tuple[int, dict[str, int]]], at_once: int, settled: set[int]
) -> None:
    def counts() -> list[dict[tuple[str, str | None], Any]]:
        return [{("rule", "tagset"): Counter(part)} for _, part in parts]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adding, "AT_ONCE", at_once)
        one = Adding()
        for number, ((tokens, _), each) in enumerate(zip(parts, counts(), strict=True)):
            one.add(str(number), tokens, each)
            if number in settled:
                one.settle()
        assert one.exact and len(one.paths) == len(parts)
        assert one.total() == one.total() == added_up(counts())


def test_a_file_that_comes_twice_is_noticed() -> None:
    one = Adding()
    for _ in range(2):
        one.add("a", 1, {})
    assert not one.exact


def test_what_cannot_be_added_up_is_not_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Adding()
    one.add("a", 1, {("rule", None): Counter("a")})
    monkeypatch.setattr(adding, "added", Mock(side_effect=MemoryError))
    with pytest.raises(MemoryError):
        one.settle()
    assert not one.exact
