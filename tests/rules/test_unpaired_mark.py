"""Brackets of long documents, of which most sentences are passed over: as of short ones."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from taglint.configuration import Configuration, FileOptions
from taglint.corpus.encoding import Source
from taglint.engine.session import Session
from taglint.plugins import Plugins
from taglint_rules.tokens import unpaired_mark

PLUGINS = Plugins(third_party=False)
OPTIONS = FileOptions(format="slash", tagset="pku98", select=("TOK013",))
PIECES = st.sampled_from(["（/w", "）/w", "(/w", ")/w", "《/w", "》/w", "））/w", "1/m", "书/n"])
LINES = st.lists(st.lists(PIECES, max_size=6), max_size=6)


def found(text: str) -> list[tuple[int, int, str]]:
    session = Session(PLUGINS, Configuration(options=OPTIONS))
    session.edit("a.txt", text, Source("utf-8"))
    return [(item.start, item.end, item.message) for item in session.check(["a.txt"]).findings]


@given(LINES)
def test_settled_sentences_change_nothing(lines: list[list[str]]) -> None:
    text = "".join(f"{' '.join(line)}\n" for line in lines)
    with patch.object(unpaired_mark, "MANY", 1):
        long = found(text)
    assert long == found(text)


def test_a_sentence_is_settled_where_each_is_closed_by_the_next() -> None:
    text = "（/w 书/n ）/w 《/w 》/w\n（/w 书/n\n（/w 》/w\n"
    with patch.object(unpaired_mark, "MANY", 1):
        assert [start for start, *_ in found(text)] == [20, 28, 32]
