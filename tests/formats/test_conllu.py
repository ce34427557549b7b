"""CoNLL-U: decoding, spans, ranges and empty nodes, any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taglint.corpus.document import Decoded
from taglint.corpus.vocabulary import TokenType, Vocabulary
from taglint.formats.base import Sample, Settings
from taglint.formats.conllu import CONLLU
from taglint.formats.conllu_sentences import NODE, RANGE, WORD
from taglint.formats.detection import detect_format

PLAIN = (
    "# sent_id = a-1\n# text = Dogs bark.\n"
    "1\tDogs\tdog\tNOUN\tNNS\tNumber=Plur\t2\tnsubj\t_\t_\n"
    "2\tbark\tbark\tVERB\tVBP\t_\t0\troot\t_\tSpaceAfter=No\n"
    "3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n"
)
RICH = (
    "# sent_id = b\n# text = vámonos ya\n"
    "1-2\tvámonos\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "1\tvamos\tir\tVERB\t_\t_\t0\troot\t_\t_\n"
    "2\tnos\tnosotros\tPRON\t_\t_\t1\tobj\t_\t_\n"
    "2.1\tel\tel\tPRON\t_\t_\t_\t_\t1:obj\t_\n"
    "3\tya\tya\tADV\t_\t_\t1\tadvmod\t_\t_\n\n"
)


def decode(text: str, **options: str) -> tuple[Decoded, list[TokenType]]:
    vocabulary = Vocabulary()
    given_options = {key.replace("_", "-"): value for key, value in options.items()}
    decoded = CONLLU.decode(text, vocabulary, Settings(options=given_options))
    return decoded, [vocabulary.types[index] for index in decoded.ids]


def pairs(text: str, **options: str) -> list[tuple[str, str]]:
    return [(token.form, token.tag) for token in decode(text, **options)[1]]


def spanned(text: str) -> list[tuple[str, str, str]]:
    """Line, form and tag of each token, cut from the text by their spans."""
    decoded, _ = decode(text)
    spans = [
        span for index in range(len(decoded.starts) - 1) for span in decoded.layout.spans(index)
    ]
    return [
        (text[one.start : one.end], text[one.form_start : one.form_end],
         text[one.tag_start : one.tag_end])
        for one in spans
    ]  # fmt: skip


def test_words_are_tokens_and_upos_is_the_tag():
    decoded, tokens = decode(PLAIN + RICH)
    assert [(token.form, token.tag) for token in tokens] == [
        ("Dogs", "NOUN"), ("bark", "VERB"), (".", "PUNCT"),
        ("vamos", "VERB"), ("nos", "PRON"), ("ya", "ADV"),
    ]  # fmt: skip
    assert not any(token.flaw for token in tokens)
    assert list(decoded.starts) == [0, 3, 6]
    assert decoded.names == {0: "a-1", 1: "b"}


def test_spans_are_whole_line_form_and_tag():
    lines = PLAIN.split("\n")
    assert spanned(PLAIN) == [
        (lines[2], "Dogs", "NOUN"), (lines[3], "bark", "VERB"), (lines[4], ".", "PUNCT"),
    ]  # fmt: skip


def test_layout_offers_comments_ranges_and_empty_nodes():
    layout = decode(PLAIN + RICH)[0].layout
    plain, rich = layout.blocks()
    assert (plain.regular, rich.regular) == (True, False)
    assert (plain.uniform, rich.uniform) == (True, True)
    assert (rich.sent_id, rich.text) == ("b", "vámonos ya")
    assert [row.kind for row in rich.rows] == [RANGE, WORD, WORD, NODE, WORD]
    assert [row.id for row in rich.words] == ["1", "2", "3"]
    assert rich.rows[0].bounds == (1, 2)
    assert rich.rows[3].bounds == (2, 1)
    assert plain.column(6) == ["2", "0", "2"]
    text = PLAIN + RICH
    start, end = rich.rows[3].span(8)
    assert text[start:end] == "1:obj"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("ending", ["", "\n", "\n\n", "\n\n\n"])
def test_line_ends_and_missing_last_blank_line(newline: str, ending: str):
    text = (PLAIN + RICH.rstrip("\n") + ending).replace("\n", newline)
    decoded, tokens = decode(text)
    assert len(tokens) == 6 and list(decoded.starts) == [0, 3, 6]
    assert [form for _, form, _ in spanned(text)] == [token.form for token in tokens]
    assert [block.sent_id for block in decoded.layout.blocks()] == ["a-1", "b"]
    assert next(decoded.layout.blocks()).column(3) == ["NOUN", "VERB", "PUNCT"]


def test_a_line_of_blanks_ends_a_sentence():
    decoded, _ = decode(PLAIN.rstrip("\n") + "\n \t\n" + RICH)
    assert list(decoded.starts) == [0, 3, 6]


@pytest.mark.parametrize("odd", ["a\u2028b", "a\x0cb", "a\x85b", "a b", "\ufeff", "\U00020000"])
def test_forms_hold_what_only_looks_like_a_line_end(odd: str):
    text = PLAIN.replace("Dogs\t", odd + "\t")
    assert pairs(text)[0] == (odd, "NOUN")
    assert spanned(text)[0][1] == odd


def test_xpos_is_the_tag_where_no_word_has_a_upos():
    bare = PLAIN.replace("NOUN", "_").replace("VERB", "_").replace("PUNCT", "_")
    assert [tag for _, tag in pairs(bare)] == ["NNS", "VBP", "."]
    assert [tag for _, tag in pairs(bare + RICH)] == ["_", "_", "_", "VERB", "PRON", "ADV"]
    assert [tag for _, tag in pairs(PLAIN, tag_column="xpos")] == ["NNS", "VBP", "."]
    assert [tag for _, tag in pairs(bare, tag_column="upos")] == ["_", "_", "_"]


def test_blanks_for_tabs_do_not_hide_the_upos():
    assert [tag for _, tag in pairs(PLAIN.replace("\t", " "))] == ["NOUN", "VERB", "PUNCT"]


def test_tags_of_a_sample_follow_the_configured_column():
    assert CONLLU.tags(Sample(PLAIN)) == {"NOUN": 1, "VERB": 1, "PUNCT": 1}
    xpos = Sample(PLAIN, options={"tag-column": "xpos"})
    assert CONLLU.tags(xpos) == {"NNS": 1, "VBP": 1, ".": 1}


@pytest.mark.parametrize(
    ("line", "form", "tag"),
    [
        ("1\tDogs\tdog\tNOUN", "Dogs", "NOUN"),
        ("1\tDogs\tdog", "Dogs", ""),
        ("1 Dogs dog NOUN NNS Number=Plur 2 nsubj _ _", "Dogs", "NOUN"),
        ("1\tDogs dog\tNOUN\tNNS\t_\t0\troot\t_\t_", "Dogs", "NOUN"),
        ("1\tNew York\tYork\tNNP\t_\t_\t0\troot\t_\t_\t_", "New York", "NNP"),
        ("Dogs", "Dogs", ""),
        ("Dogs bark", "bark", ""),
    ],
)
def test_a_line_with_a_wrong_number_of_columns_is_a_flawed_token(line: str, form: str, tag: str):
    text = "# x\n" + line + "\n" + PLAIN
    _, tokens = decode(text)
    assert tokens[0] == TokenType(form, tag, "wrong-columns")
    assert spanned(text)[0] == (line, form, tag)
    assert not any(token.flaw for token in tokens[1:])


def test_columns_are_counted_a_line():
    lines = ["1\ta\t_\tX\t_\t_\t0\troot\t_", "2\t2\tb\t_\tX\t_\t_\t1\tdep\t_\t_"]
    assert [token.flaw for token in decode("\n".join(lines))[1]] == ["wrong-columns"] * 2


def test_a_line_end_is_no_cell_of_the_line_before():
    short = "1\ta\t_\tX\t_\t_\t0\troot\t_"
    for text in (f"{short}\n2", f"{short}\n# sent_id = 1", f"{short}\n{short[2:]}\t_\t_"):
        assert decode(text, tag_column="upos")[1][0] == TokenType("a", "X", "wrong-columns")


def test_an_empty_form_or_tag_is_a_flaw():
    assert decode("1\t\t_\tX\t_\t_\t0\troot\t_\t_\n\n")[1] == [TokenType("", "X", "empty-column")]
    assert decode("1\ta\t_\t\t_\t_\t0\troot\t_\t_\n\n")[1] == [TokenType("a", "", "empty-column")]


def test_a_block_without_words_is_no_sentence():
    decoded, tokens = decode("# a comment\n\n" + PLAIN)
    assert len(tokens) == 3 and list(decoded.starts) == [0, 3]
    assert decoded.names == {0: "a-1"}
    assert len(list(decoded.layout.blocks())) == 2
    assert decoded.layout.sentence(0).sent_id == "a-1"


def test_long_sentences_are_read_whole():
    lines = [f"{number}\tw\t_\tX\t_\t_\t_\t_\t_\t_" for number in range(1, 3001)]
    decoded, tokens = decode("\n".join(lines) + "\n\n")
    assert len(tokens) == 3000 and len(decoded.starts) == 2


def test_values_and_rows_with():
    layout = decode(PLAIN + RICH)[0].layout
    assert layout.values[3] == {"NOUN", "VERB", "PUNCT", "PRON", "ADV", "_"}
    assert [row.id for row in layout.rows_with(3, {"VERB"})] == ["2", "1"]


def test_detection_says_why():
    found = detect_format(Sample(PLAIN), [CONLLU])
    assert found.format is CONLLU
    assert "ten tab-separated columns" in found.reason
    blanks = PLAIN.replace("\t", "  ")
    assert CONLLU.guess(Sample(blanks)).score == 0
    assert CONLLU.guess(Sample(blanks, ".conllu")).score > 0.8
    assert CONLLU.guess(Sample("今天/t 天气/n\n")).score == 0
    assert CONLLU.guess(Sample("Dogs\tNNS\nbark\tVBP\n")).score == 0


@pytest.mark.parametrize(
    ("form", "tag", "writable"),
    [("New York", "PROPN", True), ("a\tb", "X", False), ("", "X", False), (" a", "X", False),
     ("a", "", False), ("a", "X Y", False), ("a\nb", "X", False)],
)  # fmt: skip
def test_can_write(form: str, tag: str, writable: bool):
    assert CONLLU.can_write(form, tag) == writable
    if writable:
        assert pairs(CONLLU.token(form, tag)) == [(form, tag)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("\t" * 9, ["1", "2", "3"]),
        ("#\ta\t_\tX\t_\t_\t_\t_\t_\t_", ["1", "2", "3"]),
        ("\ta\t_\tX\t_\t_\t_\t_\t_\t_", ["1", "2", "3", ""]),
    ],
)
def test_odd_lines_of_ten_columns_are_not_uniform(line: str, words: list[str]):
    text = PLAIN.rstrip("\n") + "\n" + line + "\n2-3\tx\n\n"
    blocks = list(decode(text)[0].layout.blocks())
    assert [row.name for block in blocks for row in block.words] == words
    assert not any(line in text[one.start : one.end] for one in blocks if one.uniform)


PIECES = st.sampled_from(
    ["1", "2", "1-2", "2.1", "\t", "\t", "\n", "\n\n", "\r\n", "\r", " ", "_", "#", "# sent_id = ",
     "x", "NOUN", "字", "\u2028", "\x0c", "\ufeff", "\x1c",
     "1\ta\t_\tX\t_\t_\t0\troot\t_\t_\n", "2\tb\t_\t_\tY\t_\t0\troot\t_\t_\n"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_decodes_with_exact_spans_in_order(text: str):
    decoded, tokens = decode(text)
    assert list(decoded.starts) == sorted(set(decoded.starts))
    assert decoded.starts[-1] == len(tokens)
    found, at = [], 0
    for sentence in range(len(decoded.starts) - 1):
        spans = decoded.layout.spans(sentence)
        assert len(spans) == decoded.starts[sentence + 1] - decoded.starts[sentence]
        for one in spans:
            assert at <= one.start <= one.form_start <= one.form_end <= one.end <= len(text)
            assert one.start <= one.tag_start <= one.tag_end <= one.end
            at = one.end
            form, tag = text[one.form_start : one.form_end], text[one.tag_start : one.tag_end]
            found.append((form, tag))
    assert found == [(token.form, token.tag) for token in tokens]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_blocks_cover_every_line_that_is_not_blank(text: str):
    blocks = list(decode(text)[0].layout.blocks())
    covered = "".join(text[block.start : block.end] for block in blocks)
    assert "".join(covered.split()) == "".join(text.split())
    for block in blocks:
        for comment in block.comments:
            assert text[comment.start : comment.end] == comment.text
        for row in block.rows:
            assert text[row.start : row.end] == row.text
            cells = [text[slice(*row.span(index))] for index in range(len(row.cells))]
            assert cells == row.cells
        assert block.names == [row.name for row in block.rows]
        assert block.kinds == [row.kind for row in block.rows]
        assert block.word_column(3) == [row.cells[3] for row in block.words if row.whole]
        assert block.column(1) == [row.cells[1] for row in block.rows if row.whole]
