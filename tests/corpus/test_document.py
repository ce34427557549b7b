"""What a document knows of its own text."""

from hypothesis import given
from hypothesis import strategies as st

from taglint.corpus.document import STRETCH, _distinct_characters


@given(st.text(alphabet=st.characters(), max_size=60))
def test_distinct_characters_of_any_text(text: str) -> None:
    assert _distinct_characters(text) == frozenset(text)


def test_distinct_characters_across_stretches() -> None:
    text = "a" * (STRETCH - 1) + "😀\udc80" + "天" * STRETCH + "\ud83d"
    assert _distinct_characters(text) == frozenset(text)
