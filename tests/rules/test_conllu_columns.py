"""Long CoNLL-U texts are read by columns, with the same tokens and findings as line by line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taglint.configuration import Configuration, FileOptions
from taglint.corpus.encoding import Source
from taglint.corpus.vocabulary import Vocabulary
from taglint.engine.session import Session
from taglint.formats import conllu
from taglint.formats.base import Settings
from taglint.formats.conllu_sentences import KNOWN, REGULAR, SPELT, TITLED, TREE, UNIFORM
from taglint.plugins import installed

CODES = tuple(rule.code for rule in installed().rules.values() if rule.formats == ("conllu",))
FORMS = st.sampled_from(["a", "", "a b", "字", "𠀀字", "\udc80", "x" * 65, "長" * 9, "\u2028"])
CELLS = st.sampled_from(
    ["_", "", " ", " a", "NOUN", "noun", "A=B", "B=C|A=B", "1:dep", "2:x|0:root", "Ref=a|Ref=a"]
)
HEADS = st.sampled_from(["0", "1", "1", "2", "2", "3", "4", "00", "01", "x", "_", "", "²", "99999"])
RELATIONS = st.sampled_from(["root", "dep", "dep", "root:x", "Root", "_", "", "nsubj:pass"])
MISC = st.sampled_from(["_", "SpaceAfter=No", "Gloss=a|SpaceAfter=No", "SpaceAfter=No ", ""])
IDS = st.sampled_from(["1-2", "1.1", "1", "3", "٢", "02", "x", "#", ""])
COMMENTS = st.sampled_from(
    ["# sent_id = 1", "# sent_id = a b", "# sent_id = a/b", "# sent_id = 1 ", "# sent_id =  1",
     "# sent_id = ", "#sent_id=2", "# sent_id 1", "# text = a", "# text =  a", "# newpar", "#",
     "# newdoc id = d", "# Text: a", "# text_en = a"]
)  # fmt: skip
PLACES = ("id", "form", "head", "relation", "misc", "cell", "tab", "line", "comment", "blank")


class Sentence:
    """A sentence that is in order until it is damaged."""

    def __init__(self, draw: Any, number: int) -> None:
        size = draw(st.integers(1, 6))
        self.rows = [self._row(draw, place, size) for place in range(1, size + 1)]
        self.rows[0][6:8] = ["0", "root"]
        text = "".join(
            row[1] + " " * ("SpaceAfter=No" not in row[9].split("|")) for row in self.rows
        )
        self.comments = [f"# sent_id = s{number}", f"# text = {text.strip()}"]
        self.end = ["", ""]

    def _row(self, draw: Any, place: int, size: int) -> list[str]:
        form = draw(st.sampled_from(["a", "bc", "字", "北京大學", "中央人民廣播電臺", "𠀀"]))
        head = str(draw(st.integers(1, max(1, place - 1))))
        misc = draw(st.sampled_from(["_", "SpaceAfter=No"]))
        return [str(place), form, "_", draw(st.sampled_from(["NOUN", "NOUN", "X"])), "x", "_",
                head, "dep", "_", misc]  # fmt: skip

    def damage(self, draw: Any, place: str) -> None:
        row = draw(st.sampled_from(self.rows))
        cells = {"id": (0, IDS), "form": (1, FORMS), "head": (6, HEADS), "relation": (7, RELATIONS),
                 "misc": (9, MISC), "cell": (draw(st.integers(2, 9)), CELLS)}  # fmt: skip
        if place in cells:
            column, values = cells[place]
            row[column : column + 1] = [draw(values)]
        elif place == "tab":
            row.append("_")
        elif place == "line":
            self.rows.insert(draw(st.integers(0, len(self.rows))), [draw(IDS), *row[1:]])
        elif place == "comment":
            at = draw(st.integers(0, 2))
            self.comments[at : at + draw(st.integers(0, 1))] = [draw(COMMENTS)]
        else:
            self.end = draw(st.sampled_from([[""], ["", "", ""], [" ", ""], ["# late", ""]]))

    def __str__(self) -> str:
        return "\n".join([*self.comments, *map("\t".join, self.rows), *self.end])


@st.composite
def documents(draw: Any) -> str:
    sentences = [Sentence(draw, number) for number in range(draw(st.integers(1, 5)))]
    for place in draw(st.lists(st.sampled_from(PLACES), max_size=3)):
        draw(st.sampled_from(sentences)).damage(draw, place)
    text = "".join(map(str, sentences))
    text = text.replace("\n", "\r\n") if draw(st.integers(0, 19)) == 0 else text
    return text[: len(text) - draw(st.sampled_from([0, 0, 0, 1, 2, 5]))]


def read(text: str, long: bool) -> tuple[Any, ...]:
    """Tokens, layout and findings, by columns or not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conllu, "LONG_TEXT", (0, 0) if long else (1 << 60, 1 << 60))
        patch.setattr(conllu, "FIRST", 1)
        patch.setattr(conllu, "STRETCH", 40)
        vocabulary = Vocabulary()
        decoded = conllu.CONLLU.decode(text, vocabulary, Settings())
        options = FileOptions(format="conllu", tagset="penn", select=CODES)
        session = Session(installed(), Configuration(options=options), lambda _: b"")
        session.edit("a", text, Source("utf-8"))
        findings = session.check(["a"]).findings
    tokens = [vocabulary.types[index] for index in decoded.ids]
    layout = decoded.layout
    blocks = [(block.start, block.end, block.regular, block.uniform) for block in layout.blocks()]
    return tokens, list(decoded.starts), decoded.names, blocks, layout.values, findings


@settings(max_examples=300, deadline=None)
@given(documents())
def test_columns_are_read_like_lines(text: str) -> None:
    assert read(text, long=True) == read(text, long=False)


def test_what_is_in_order_is_not_looked_at_again() -> None:
    rows = [
        f"{at}\t中\t_\tX\t_\t_\t{at - 1}\t{'dep' if at > 1 else 'root'}\t_\t_" for at in range(1, 9)
    ]
    text = "\n".join(["# sent_id = 1", f"# text = {' '.join('中' * 8)}", *rows, "", ""])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conllu, "LONG_TEXT", (0, 0))
        layout = conllu.CONLLU.decode(text, Vocabulary(), Settings()).layout
    assert list(layout.flags) == [UNIFORM | REGULAR | KNOWN | TITLED | TREE | SPELT]


@pytest.mark.parametrize("size", range(2, 9))
def test_circles_of_all_sizes_are_found(size: int) -> None:
    heads = [0, *range(3, size + 2), 2]
    rows = [
        f"{at}\ta\t_\tX\t_\t_\t{head}\t{'dep' if head else 'root'}\t_\t_"
        for at, head in enumerate(heads, 1)
    ]
    findings = read("\n".join([*rows, "", ""]), long=True)[-1]
    assert ["circle" in item.message for item in findings if item.code == "TOK108"] == [True]
