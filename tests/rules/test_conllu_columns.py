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
from taglint.formats.conllu_sentences import (
    KNOWN,
    ORDERED,
    PLAIN,
    REGULAR,
    SPELT,
    TITLED,
    TREE,
    UNIFORM,
)
from taglint.plugins import installed

CODES = tuple(rule.code for rule in installed().rules.values() if rule.formats == ("conllu",))
FORMS = st.sampled_from(["a", "", "a b", "字", "𠀀字", "\udc80", "x" * 65, "長" * 9, "\u2028"])
CELLS = st.sampled_from(
    ["_", "", " ", " a", "NOUN", "noun", "A=B", "B=C|A=B", "1:dep", "2:x|0:root", "Ref=a|Ref=a"]
)
HEADS = st.sampled_from(["0", "1", "1", "2", "2", "3", "4", "00", "01", "x", "_", "", "²", "99999"])
RELATIONS = st.sampled_from(["root", "dep", "dep", "root:x", "Root", "_", "", "nsubj:pass"])
MISC = st.sampled_from(["_", "SpaceAfter=No", "Gloss=a|SpaceAfter=No", "SpaceAfter=No ", ""])
EVERYTHING = UNIFORM | REGULAR | ORDERED | KNOWN | TITLED | PLAIN | TREE | SPELT
IDS = st.sampled_from(
    [
        "1-2",
        "2-3",
        "1-3",
        "3-2",
        "1.1",
        "0.1",
        "2.1",
        "2.2",
        "1",
        "3",
        "٢",
        "02",
        "01-2",
        "x",
        "#",
        "",
    ]
)
COMMENTS = st.sampled_from(
    ["# sent_id = 1", "# sent_id = a b", "# sent_id = a/b", "# sent_id = 1 ", "# sent_id =  1",
     "# sent_id = ", "#sent_id=2", "# sent_id 1", "# text = a", "# text =  a", "# newpar", "#",
     "# newdoc id = d", "# Text: a", "# text_en = a", "# sent_id", "# new-par", "# x", "# a = b",
     "# text: b", "# sent id = 1", "# parallel_id = a/b", "# text = b", "# - sent_ID : 1"]
)  # fmt: skip
PLACES = ("id", "form", "head", "relation", "misc", "cell", "tab", "line", "comment", "blank")


class Sentence:
    """A sentence that is in order until it is damaged."""

    def __init__(self, draw: Any, number: int) -> None:
        size = draw(st.integers(1, 6))
        self.rows = [self._row(draw, place, size) for place in range(1, size + 1)]
        self.rows[0][6:8] = ["0", "root"]
        shown = self._others(draw, size) if draw(st.booleans()) else self.rows
        text = "".join(row[1] + " " * ("SpaceAfter=No" not in row[9].split("|")) for row in shown)
        self.comments = [f"# sent_id = s{number}", f"# text = {text.strip()}"]
        if draw(st.integers(0, 3)) == 0:
            self.comments.insert(draw(st.integers(0, 2)), draw(COMMENTS))
        self.end = ["", ""]

    def _others(self, draw: Any, size: int) -> list[list[str]]:
        """Add ranges and empty nodes; what the text is made of."""
        rows, shown, last = self.rows, [], 0
        self.rows = self._nodes(draw, 0)
        for place, row in enumerate(rows, 1):
            end = draw(st.integers(place, size))
            if place > last and end > place and draw(st.booleans()):
                misc = draw(st.sampled_from(["_", "SpaceAfter=No"]))
                self.rows.append([f"{place}-{end}", "xyz", *"_______", misc])
                shown.append(self.rows[-1])
                last = end
            if place > last:
                shown.append(row)
            else:
                row[9] = "_"
            self.rows += [row, *self._nodes(draw, place)]
        return shown

    def _nodes(self, draw: Any, place: int) -> list[list[str]]:
        """Empty nodes behind a word."""
        number = draw(st.sampled_from([0, 0, 0, 1, 2]))
        upos = draw(st.sampled_from(["_", "NOUN"]))
        return [
            [f"{place}.{each}", "e", "_", upos, "x", "_", "_", "_", "0:root", "_"]
            for each in range(1, number + 1)
        ]

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
    text = text.replace("\n", "\r\n") if draw(st.integers(0, 4)) == 0 else text
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
    values = [
        {value for value in known - {"_"} if column not in (1, 2) or value.split() != [value]}
        for column, known in enumerate(layout.values)
    ]
    return tokens, list(decoded.starts), decoded.names, blocks, values, findings


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
    assert list(layout.flags) == [EVERYTHING]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_ranges_and_empty_nodes_in_order_are_not_looked_at_again(end: str) -> None:
    rows = ["0.1 x _ NOUN _ _ _ _ 0:root _", "1-2 al _ _ _ _ _ _ _ SpaceAfter=No",
            "1 a _ ADP x _ 2 case _ _", "2 el _ NOUN x _ 0 root _ _", "2.1 y _ _ _ _ _ _ 2:dep _",
            "3 ! _ PUNCT x _ 2 punct _ _"]  # fmt: skip
    comments = ["# sent_id = 1", "# text_en = to the!", "# text = al!"]
    lines = [*comments, *(row.replace(" ", "\t") for row in rows), "", ""]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conllu, "LONG_TEXT", (0, 0))
        layout = conllu.CONLLU.decode(end.join(lines), Vocabulary(), Settings()).layout
    assert list(layout.flags) == [EVERYTHING & ~REGULAR]


@pytest.mark.parametrize("size", range(2, 9))
def test_circles_of_all_sizes_are_found(size: int) -> None:
    heads = [0, *range(3, size + 2), 2]
    rows = [
        f"{at}\ta\t_\tX\t_\t_\t{head}\t{'dep' if head else 'root'}\t_\t_"
        for at, head in enumerate(heads, 1)
    ]
    findings = read("\n".join([*rows, "", ""]), long=True)[-1]
    assert ["circle" in item.message for item in findings if item.code == "TOK108"] == [True]
