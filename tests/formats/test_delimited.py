"""`slash` and `underscore`: brackets, ids, odd blanks and line ends, any text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.decoding import decoded, keeps_laws, named

ANY_TEXT = st.text(st.sampled_from("今天an/_[]  \t\n\r\u3000\u2028-=01:*") | st.characters())
GAP = re.compile(r"(?:\s|\[|\]/?[A-Za-z0-9]*|\d{8}-\d{2}-\d{3}-\d{3}(?:[/_]m)?|={5,})*")


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("今天/t  天气/n", [("今天", "t"), ("天气", "n")]),
        ("1/2/m", [("1/2", "m")]),
        ("//nz /w", [("/", "nz"), ("", "w")]),
        ("Invest\\/Net/NNP", [("Invest\\/Net", "NNP")]),
        ("''/'' (/( ./. --/--", [("''", "''"), ("(", "("), (".", "."), ("--", "--")]),
        ("[/w 注/n ]/w", [("[", "w"), ("注", "n"), ("]", "w")]),
        ("天气 好/", [("天气", ""), ("好", "")]),
    ],
)
def test_last_slash_separates(text: str, pairs: list[tuple[str, str]]) -> None:
    assert decoded("slash", text).pairs == pairs


def test_last_underscore_separates() -> None:
    assert decoded("underscore", "a_b_NN ._.").pairs == [("a_b", "NN"), (".", ".")]


@pytest.mark.parametrize("closing", ["]nt", "]/nt", "]", "]nt]nz", "]]/nt"])
def test_compound_brackets_belong_to_no_token(closing: str) -> None:
    found = decoded("slash", f"[中央/n  [电台/n{closing} 报道/v")
    assert found.texts == ["中央/n", "电台/n", "报道/v"]
    assert [token.opening for token in found.tokens] == ["[", "[", ""]
    assert found.tokens[1].closing == closing
    assert found.flaws == ["", "", ""]


def test_a_closing_bracket_alone_is_a_word_where_no_compound_is_opened() -> None:
    found = decoded("slash", "[/w 注/n ]/nz ]nt")
    assert found.pairs == [("[", "w"), ("注", "n"), ("]", "nz"), ("", "")]
    found = decoded("slash", "[注/n ]/nz")
    assert found.flaws == ["", "detached-bracket"]
    keeps_laws(found)


def test_flaws() -> None:
    found = decoded("slash", "天气 /n 词/ ]nt 好/a")
    assert found.flaws == [
        "missing-separator",
        "missing-form",
        "missing-tag",
        "detached-bracket",
        "",
    ]
    assert found.texts == ["天气", "/n", "词/", "]nt", "好/a"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_paragraph_ids_name_sentences(line_end: str) -> None:
    lines = ["19980101-01-001-001/m  今天/t", "", "19980101-01-001-002/m  天气/n  好/a  ", ""]
    found = decoded("slash", line_end.join(lines))
    assert found.sentences == [["今天"], ["天气", "好"]]
    assert found.document.decoded.names == {0: "19980101-01-001-001", 1: "19980101-01-001-002"}
    assert found.texts == ["今天/t", "天气/n", "好/a"]


def test_ids_before_a_tab_name_sentences() -> None:
    found = decoded("slash", "a/01#1\tThe/DT dog/NN\na/01#2\tbarks/VBZ\n")
    assert found.document.decoded.names == {0: "a/01#1", 1: "a/01#2"}
    assert found.texts == ["The/DT", "dog/NN", "barks/VBZ"]


@pytest.mark.parametrize(
    "text",
    [
        "今天/t\t天气/n\n很/d\t好/a\n",
        "今天/t\t天气/n\t好/a\n很/d\t好/a\t。/w\n",
        "\tThe/at dog/nn\n",
    ],
)
def test_tabs_between_tokens_make_no_ids(text: str) -> None:
    found = decoded("slash", text)
    assert not found.document.decoded.names
    assert found.texts == text.split()


def test_a_line_with_blanks_before_its_tab_has_no_id() -> None:
    lines = [f"s{number}\t今天/t 天气/n\n" for number in range(200)]
    found = decoded("slash", "".join(lines) + "很/d 好/a\t。/w\n")
    assert found.texts[-3:] == ["很/d", "好/a", "。/w"]
    assert found.document.decoded.names[199] == "s199"


def test_chunk_brackets_that_stand_alone_are_no_tokens() -> None:
    text = "\n=====\n\n[ Mr./NNP Vinken/NNP ]\nis/VBZ\n[ chairman/NN ]\n./.\n\n[ He/PRP ]\n./.\n"
    found = decoded("slash", text)
    assert found.sentences == [["Mr.", "Vinken", "is", "chairman", "."], ["He", "."]]
    assert not any(found.flaws)
    keeps_laws(found)


@pytest.mark.parametrize(
    ("form", "tag", "writable"),
    [
        ("天气", "n", True),
        ("1/2", "m", True),
        (" 天气", "n", False),
        ("天 气", "n", False),
        ("", "n", False),
        ("天气", "", False),
        ("天气", "n]nt", False),
        ("[天气", "n", False),
    ],
)
def test_can_write_what_is_read_back(form: str, tag: str, writable: bool) -> None:
    assert named("slash").can_write(form, tag) is writable


@given(ANY_TEXT, st.sampled_from(["slash", "underscore"]))
def test_any_text_decodes_with_spans_in_order(text: str, format_name: str) -> None:
    found = decoded(format_name, text)
    keeps_laws(found)
    if not found.document.decoded.names:
        assert all(GAP.fullmatch(gap) for gap in found.gaps)


@given(st.text(), st.text())
def test_what_can_be_written_is_read_back(form: str, tag: str) -> None:
    format_ = named("slash")
    if format_.can_write(form, tag):
        assert decoded("slash", f"好/a {format_.token(form, tag)} 。/w").pairs[1] == (form, tag)


@pytest.mark.parametrize("head", ["19980101-01-001-001/m ", "s1\t"])
def test_an_id_before_very_many_blanks_names_its_sentence(head: str) -> None:
    found = decoded("slash", f"{head}{' ' * 70_000}好/a\n{head.replace('1', '2')}今天/t\n")
    assert found.pairs == [("好", "a"), ("今天", "t")]
    assert found.document.sentence_name(0) == head.strip().removesuffix("/m")
