"""Counts to be: made for several documents at once, they are the sum of those of each."""

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus.test_contexts import TEXTS

from taglint.configuration import Configuration, FileOptions
from taglint.corpus.contexts import contexts
from taglint.corpus.encoding import read
from taglint.corpus.uncounted import Uncounted, counted
from taglint.engine.checking import added
from taglint.engine.loading import Loader
from taglint.plugins import installed
from taglint_rules.tags._stretches import stretches

LONG = " ".join(f"{form}/n" for form in "天地玄黄宇宙洪荒日月盈昃") + "\n"
texts = st.lists(st.one_of(TEXTS, st.just(LONG), st.just("")), min_size=1, max_size=5)


def loaded(every: list[str]) -> list[Any]:
    loader = Loader(installed(), Configuration(options=FileOptions(format="slash")))
    return [loader.decode("a.txt", *read(text.encode())) for text in every]


@pytest.mark.parametrize(("count", "about"), [(contexts, ()), (stretches, (None,))])
@given(texts, st.integers(0, 5))
def test_those_of_several_are_the_sum(
    count: Any, about: tuple[Any, ...], every: list[str], made: int
) -> None:
    documents = loaded(every)
    expected = added([count(document, *about) for document in documents])
    waiting = [Uncounted(document, count, *about) for document in documents]
    # Some are counted before, by whoever asks for them or takes them to another process.
    for part in waiting[:made]:
        assert part.document is None or pickle.loads(pickle.dumps(part)) == part.counts
    assert added(waiting) == added(waiting) == expected


def test_those_of_other_documents_are_apart() -> None:
    one, other = loaded(["天/n"])[0], loaded(["天/n"])[0]
    alike = [Uncounted(one, contexts), Uncounted(one, contexts)]
    assert len(counted(alike)) == 1
    assert len(counted([*alike, Uncounted(other, contexts)])) == 2
    assert len(counted([Uncounted(one, stretches, None), Uncounted(one, contexts)])) == 2
