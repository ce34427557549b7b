"""What stands around a finding, and that long runs of marks do not make it slow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taglint.configuration import Configuration, FileOptions
from taglint.corpus.document import Document
from taglint.corpus.encoding import read
from taglint.engine import places
from taglint.engine.loading import Loader
from taglint.engine.places import surroundings
from taglint.plugins import installed

TOKENS = st.sampled_from(
    ["好/a", "ab12/nx", "。/w", "“/w", "[大/a", "/w", "很长很长很长很长很长/n"]
)
MARKS = st.sampled_from((1, 2, 7, 8, 9, 199, 200, 201)).map(lambda times: "，/w " * times)
TEXTS = st.lists(TOKENS | MARKS | st.just("\n"), min_size=1, max_size=12).map(" ".join)


def document(text: str) -> Document:
    loader = Loader(installed(), Configuration(options=FileOptions(format="slash")))
    return loader.decode("a.txt", *read(text.encode()))


def around(one: Document) -> list[str]:
    return [surroundings(one, one.span(index).start, index, index + 1) for index in range(len(one))]


@given(TEXTS)
def test_marks_that_are_passed_over_are_those_gone_through_one_by_one(text: str) -> None:
    one = document(text)
    found = around(one)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "FEW", places.FARTHEST)
        assert around(one) == found


def test_what_is_farther_than_so_many_tokens_is_not_around() -> None:
    marks = "，/w " * (places.FARTHEST - 1)
    assert around(document(f"好/a {marks} 大/a"))[0] == "\0大"
    assert around(document(f"好/a {marks} ，/w 大/a"))[0] == "\0"
    assert around(document(f"大/a {marks} 好/a"))[-1] == "大\0"
    assert around(document(f"大/a {marks} ，/w 好/a"))[-1] == "\0"
