"""What `--since` takes for changed: laws of the diff of tokens."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from taglint.engine.since import differing

units = st.lists(st.sampled_from(["的/u ", "好/a ", "@@ -1 +1 @@", "", "\\ No newline", "a\tb"]))
bounded = settings(max_examples=60, deadline=None)


@bounded
@given(units, units)
def test_what_is_unchanged_was_there_in_this_order(old: list[str], new: list[str]) -> None:
    found = differing(old, new)
    assert found == sorted(found)
    assert all(0 <= start <= end <= len(new) for start, end in found)
    changed = {index for start, end in found for index in range(start, end)}
    rest = iter(old)
    assert all(new[index] in rest for index in range(len(new)) if index not in changed)
    assert (old == new) == (not found) or not new


@bounded
@given(units, st.data())
def test_one_token_more_is_the_only_change(old: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(old)))
    new = [*old[:place], "新/a ", *old[place:]]
    assert differing(old, new) == [(place, place + 1)]
    assert differing(new, old) == ([(max(0, place - 1), min(len(old), place + 1))])
