"""Conversion: the way to CoNLL-U and back keeps every byte; others say what they lose."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.decoding import Found, decoded, named

from taglint.corpus.encoding import Source, read, write
from taglint.findings import TaglintError
from taglint.formats.conversion import Converted, Converter
from taglint.formats.escapes import escape, unescape
from taglint.formats.roundtrip import from_conllu
from taglint.plugins import installed
from taglint.tagsets import Tagset

TEXTS = {
    "blanks": ("slash", "今天/t  天气/n \t好/a  \n\n\n很/d  \n"),
    "brackets": (
        "slash",
        "[中/n  [人/n 台/n]nt]/nt 报/v ]nz\n[a/n b/n]nt [c/n d/n]nz\n[x/n",
    ),
    "ids": ("slash", "19980101-01-001-001/m  今天/t\n\n19980101-01-001-002/m  天气/n  好/a\n"),
    "lone ids": ("slash", "19980101-01-001-001/m\n19980101-01-001-002/m  天气/n\n"),
    "names": ("slash", "a/b#1\tThe/DT dog/NN\na/b#2\tbarks/VBZ ./.\n"),
    "flaws": ("slash", "天气 /n 词/ 好 1/2/m //nz |/w \\/w _/w\n"),
    "no final line end": ("slash", "今天/t 天气/n"),
    "carriage returns": ("slash", "今天/t\r\n天气/n\r\n"),
    "old line ends": ("slash", "今天/t\r天气/n\r"),
    "no tokens": ("slash", " \n\n\t"),
    "empty": ("slash", ""),
    "lone bytes": ("slash", "今\udcff天/t \udce4/n\n"),
    "chunks": ("slash", "\n====\n[ the/DT dog/NN ]\nbarks/VBZ\n\n[ it/PRP ]\n"),
    "underscore": ("underscore", "a_b_NN ._.\nc_NN\n"),
    "vertical": ("vertical", "今天\tt\n天气\tn\n\n\n好\ta"),
    "columns": ("vertical", "# x = 1\nHe PRP B-NP\nin  IN B-PP\n<g/>\n. . O\n\n<s>\na DT\n</s>\n"),
    "index": ("vertical", "1\tAnna\tB-PER\tO\n2\tlacht\tO\tO\n\n1\tSie\tO\tO\n2\t\tO\tO\n"),
    "unspaced": ("unspaced", "#阿里/nrf深度/n\nfrom/nz:/w /x为/p时/qt a/nz)/nz。/w(/nz#/nz"),
}
PIECES = st.sampled_from(
    (
        *("今天/t", "天气/n", "[中/n", "台/n]nt", "/", "x", "_", "|/w", "\\s/w", " ", "  ", "\t"),
        *("\n", "\r\n", "a_b_NN", "a\tn", "\n\n", "# sent_id = 1\n", "\u3000", "]nt", "\\", "="),
        *("-\udc80", "\x85", "19980101-01-001-001/m ", "</s>\n", "[ ", " ]\n", "====="),
    )
)
ANY_TEXT = st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join)
FORMATS = st.sampled_from(["slash", "underscore", "vertical"])
WORDS = st.lists(
    st.tuples(st.sampled_from(["今天", "1/2", "dog", "#", "a b", "。"]), st.sampled_from("nvw")),
    min_size=1,
    max_size=6,
)


def tagset_named(name: str) -> Tagset:
    return installed().tagset(name)


def maybe_tagset(name: str | None) -> Tagset | None:
    return tagset_named(name) if name else None


def converted(found: Found, target: str) -> Converted:
    converter = Converter(installed().formats, tagset_named)
    return converter.convert(found.document, named(target))


def there_and_back(found: Found) -> Converted:
    there = converted(found, "conllu")
    assert not there.lost
    return converted(decoded("conllu", there.text), found.document.format)


@pytest.mark.parametrize("name", TEXTS)
def test_conllu_and_back(name: str) -> None:
    format_name, text = TEXTS[name]
    back = there_and_back(decoded(format_name, text, "hanlp"))
    assert back.text == text
    assert not back.lost


@given(ANY_TEXT, FORMATS)
def test_any_text_to_conllu_and_back(text: str, format_name: str) -> None:
    back = there_and_back(decoded(format_name, text))
    assert (back.text, back.lost) == (text, Counter())


@given(st.binary(max_size=60), st.sampled_from(["utf-8", "utf-16", "gb18030", "big5"]), FORMATS)
def test_any_bytes_to_conllu_and_back(data: bytes, encoding: str, format_name: str) -> None:
    text, source = read(data, encoding)
    found = decoded(format_name, text)
    found.document.source = source
    there = converted(found, "conllu")
    carried, as_utf8 = read(write(there.text, there.source))
    assert as_utf8 == Source("utf-8")
    back = converted(decoded("conllu", carried), format_name)
    assert write(back.text, back.source) == data


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_encoding_and_byte_order_mark_come_back(encoding: str) -> None:
    data = "中國/ns  報道/v\r\n".encode(encoding)
    text, source = read(data, "auto" if "-" in encoding else encoding)
    found = decoded("slash", text)
    found.document.source = source
    there = converted(found, "conllu")
    assert there.source == Source("utf-8")
    back = converted(decoded("conllu", there.text), "slash")
    assert write(back.text, back.source) == data


def test_the_columns_of_a_carrier() -> None:
    there = converted(decoded("slash", "[中央/n  电台/n]nt\nNew/a York/n", "pku98"), "conllu")
    head, *lines = there.text.split("\n")
    assert head.startswith("# taglint.source = format=slash encoding=utf-8 bom=no tagset=pku98 ")
    assert lines[:4] == [
        "# sent_id = 1",
        "# text = 中央电台",
        "1\t中央\t_\tNOUN\tn\t_\t_\t_\t_\tOpening=[|SpaceAfter=No",
        "2\t电台\t_\tNOUN\tn\t_\t_\t_\t_\tClosing=]nt",
    ]
    assert "# text = New York" in lines


def test_edits_of_a_carrier_come_back() -> None:
    there = converted(decoded("slash", "今天/t  天气  好/a\n"), "conllu").text
    edited = there.replace("\t今天\t_\t_\tt\t", "\t明天\t_\t_\tt\t")
    edited = edited.replace("\t天气\t_\t_\t_\t", "\t天气\t_\t_\tn\t")
    assert edited != there
    assert converted(decoded("conllu", edited), "slash").text == "明天/t  天气/n  好/a\n"


def test_what_was_added_to_a_carrier_is_counted() -> None:
    there = converted(decoded("slash", "今天/t 天气/n\n"), "conllu").text
    richer = there.replace("# sent_id", "# author = me\n# sent_id").replace(
        "\t天气\t_\t", "\t天气\t天气\t"
    )
    back = converted(decoded("conllu", richer), "slash")
    assert back.text == "今天/t 天气/n\n"
    assert back.lost == Counter({"comments": 1, "LEMMA values": 1})


def test_a_damaged_header_is_one_error() -> None:
    text = "# taglint.source = format=slash encoding=nonsense\n1\ta\t_\t_\tn\t_\t_\t_\t_\t_\n"
    with pytest.raises(TaglintError, match="encoding"):
        from_conllu(text, maybe_tagset)
    text = text.replace("nonsense", "utf-8").replace("slash", "nothing")
    with pytest.raises(TaglintError, match="nothing"):
        converted(decoded("conllu", text), "slash")


@pytest.mark.parametrize(
    ("format_name", "target", "text", "expected", "lost"),
    [
        ("slash", "underscore", "今天/t  好/a\n", "今天_t  好_a\n", {}),
        ("slash", "vertical", "今天/t 好/a\n很/d\n", "今天\tt\n好\ta\n\n很\td\n", {}),
        ("slash", "unspaced", "今天/t 好/a\n", "今天/t好/a\n", {}),
        ("vertical", "slash", "今天\tt\n好\ta\n\n很\td\n", "今天/t 好/a\n很/d\n", {}),
        ("underscore", "slash", "a_b_NN ._.", "a_b/NN ./.", {}),
        ("slash", "underscore", "今天/t\r\n好/a\r\n", "今天_t\r\n好_a\r\n", {}),
        ("slash", "underscore", "[a/n b/n]nt", "a_n b_n", {"compound brackets": 2}),
        (
            "slash",
            "vertical",
            "19980101-01-001-001/m a/n\n",
            "# sent_id = 19980101-01-001-001\na\tn\n",
            {},
        ),
        ("slash", "unspaced", "19980101-01-001-001/m 今/n\n", "今/n\n", {"sentence ids": 1}),
        (
            "slash",
            "underscore",
            "a/n b/n  c/n d/n",
            "a_n b_n c_n d_n",
            {"blanks between tokens unlike the others": 1},
        ),
        (
            "vertical",
            "slash",
            "He PRP B\nis VBZ B\n",
            "He/PRP is/VBZ\n",
            {"pieces of text outside of tokens": 1},
        ),
    ],
)
def test_other_conversions(
    format_name: str, target: str, text: str, expected: str, lost: dict[str, int]
) -> None:
    result = converted(decoded(format_name, text), target)
    assert (result.text, result.lost) == (expected, Counter(lost))


def test_conllu_to_slash_counts_columns() -> None:
    text = (
        "# sent_id = a#1\n# text = vámonos\n# genre = x\n1-2\tvámonos" + "\t_" * 8 + "\n"
        "1\tvamos\tir\tVERB\tV\tMood=Imp\t0\troot\t_\tSpaceAfter=No\n"
        "2\tnos\t_\tPRON\t_\t_\t1\tobj\t_\t_\n\n"
    )
    result = converted(decoded("conllu", text), "slash")
    assert result.text == "a#1\tvamos/VERB nos/PRON\n"
    assert result.lost == Counter(
        {
            "comments": 1,
            "LEMMA values": 1,
            "XPOS values": 1,
            "FEATS values": 1,
            "HEAD values": 2,
            "DEPREL values": 2,
            "MISC values": 1,
            "multiword ranges": 1,
        }
    )


def test_blanks_in_forms_become_signs_and_blanks_again() -> None:
    text = "这/rz是/vshi client/nz的/ude1\n /x端口/n\n"
    there = converted(decoded("unspaced", text, "hanlp"), "slash")
    assert there.text == "这/rz 是/vshi ␣client/nz 的/ude1\n␣/x 端口/n\n"
    assert (there.lost.total(), there.notes.total()) == (0, 2)
    back = converted(decoded("slash", there.text, "hanlp"), "unspaced")
    assert (back.text, back.lost.total()) == (text, 0)


def test_a_token_that_would_be_read_as_another_is_a_loss() -> None:
    result = converted(decoded("slash", "需要/v gpu/gi 1/2/m\n", "hanlp"), "underscore")
    assert not result.lost
    result = converted(decoded("underscore", "[a_n b/_n\n"), "slash")
    assert result.lost["tokens that would be read as others"] >= 1


@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(["slash", "underscore"]))
def test_tokens_survive_or_are_counted(sentences: list[list[tuple[str, str]]], target: str) -> None:
    blocks = ("\n".join(f"{form}\t{tag}" for form, tag in words) for words in sentences)
    found = decoded("vertical", "\n\n".join(blocks) + "\n", tag_column=2, separator="tab")
    result = converted(found, target)
    wanted = [(form.replace(" ", "␣"), tag) for form, tag in found.pairs]
    assert not result.lost
    assert decoded(target, result.text).pairs == wanted


@given(st.text())
def test_escapes_are_reversible(text: str) -> None:
    assert unescape(escape(text)) == text
    assert not set(escape(text)) & set(" \t\r\n|")
