"""What a document knows of its own text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taglint.configuration import Configuration, FileOptions
from taglint.corpus.document import STRETCH, _distinct_characters
from taglint.corpus.encoding import Source
from taglint.engine.loading import Loader
from taglint.plugins import installed


@given(st.text(alphabet=st.characters(), max_size=60))
def test_distinct_characters_of_any_text(text: str) -> None:
    assert _distinct_characters(text) == frozenset(text)


def test_distinct_characters_across_stretches() -> None:
    text = "a" * (STRETCH - 1) + "😀\udc80" + "天" * STRETCH + "\ud83d"
    assert _distinct_characters(text) == frozenset(text)


CONLLU = (
    "# text = 甲乙\n1\t甲\t_\tX\tX\t_\t0\troot\t_\t_\n2\t乙\t_\tX\tX\t_\t1\tdep\t_\t_\n",
    "# 说明\n",
    "1-2\t丙丁\t_\t_\t_\t_\t_\t_\t_\t_\n1\t丙\t_\tX\tX\t_\t0\troot\t_\t_\n",
    "坏\n",
    "",
)
PLAIN = (
    "好/a  书/n  。/w\n",
    "[好/a 书/n]nz ，/w\n",
    "\n",
    "19980101-01-001-001\t他/r 来/v\n",
    "坏\n",
)


@pytest.mark.parametrize(("format_name", "pieces"), [("conllu", CONLLU), ("slash", PLAIN)])
@given(st.data())
def test_the_token_at_an_offset_is_the_first_that_ends_behind_it(
    format_name: str, pieces: tuple[str, ...], data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.sampled_from(pieces), max_size=6))
    text = ("\n" if format_name == "conllu" else "").join(chosen)
    options = FileOptions(format=format_name, encoding="utf-8")
    loader = Loader(installed(), Configuration(options=options))
    document = loader.decode("a", text, Source("utf-8"))
    ends = [document.span(index).end for index in range(len(document))]
    for offset in range(len(text) + 1):
        behind = (index for index, end in enumerate(ends) if end > offset)
        assert document.token_at(offset) == next(behind, len(document))
