"""Columns: separators, indices, positions, markup and comments, malformed lines, any text."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Done
from tests.formats.decoding import decoded, keeps_laws, named

from taglint.findings import TaglintError

ANY_TEXT = st.text(st.sampled_from("今NN\t\t  \n\n\r#<s>/g0123.B-") | st.characters())
CHUNKS = "He PRP B-NP\nreckons VBZ B-VP\n# # I-NP\n1.8 CD I-NP\n. . O\n"


def test_blank_lines_end_sentences() -> None:
    found = decoded("vertical", "今天\tt\n天气\tn\n\n\n好\ta\n")
    assert found.sentences == [["今天", "天气"], ["好"]]
    assert found.pairs == [("今天", "t"), ("天气", "n"), ("好", "a")]
    assert found.texts == ["今天\tt", "天气\tn", "好\ta"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends(line_end: str) -> None:
    found = decoded("vertical", line_end.join(["a\tDT", "dog\tNN", "", "barks\tVBZ"]))
    assert found.sentences == [["a", "dog"], ["barks"]]
    keeps_laws(found)


def test_columns_between_blanks() -> None:
    found = decoded("vertical", CHUNKS)
    assert found.pairs == [
        ("He", "PRP"),
        ("reckons", "VBZ"),
        ("#", "#"),
        ("1.8", "CD"),
        (".", "."),
    ]
    assert not any(found.flaws)


def test_positions_stay_in_the_tag() -> None:
    assert decoded("vertical", "刘 B-PER\n海 E-PER\n， O\n").pairs == [
        ("刘", "B-PER"),
        ("海", "E-PER"),
        ("，", "O"),
    ]


def test_an_index_column_and_its_comments() -> None:
    text = (
        "#\tsite.example\t[2005]\t-\n1\tAnna\tB-PER\tO\n2\tlacht\tO\tO\n\n"
        "1\tSie\tO\tO\n2\t#\tO\tO\n"
    )
    found = decoded("vertical", text)
    assert found.pairs == [("Anna", "B-PER"), ("lacht", "O"), ("Sie", "O"), ("#", "O")]
    assert found.texts[0] == "Anna\tB-PER"


def test_a_column_of_lemmas_is_not_the_tags() -> None:
    text = "und und KON O\nsehr sehr ADV O\nein ein ART O\nBuch Buch NN O\n. . $. O\n"
    assert [tag for _, tag in decoded("vertical", text).pairs] == ["KON", "ADV", "ART", "NN", "$."]


def test_the_tag_column_can_be_set() -> None:
    assert decoded("vertical", CHUNKS, tag_column=3).pairs[0] == ("He", "B-NP")
    assert decoded("vertical", CHUNKS, tag_column="xpos").pairs[0] == ("He", "PRP")
    with pytest.raises(TaglintError, match="tag-column"):
        decoded("vertical", CHUNKS, tag_column=1)


def test_a_tag_column_that_cannot_be_is_said_with_the_file(
    folder: Path, taglint: Callable[..., Done]
) -> None:
    (folder / "a.vert").write_text("1\t他\tr\n2\t来\tv\n3\t。\tw\n", "utf-8")
    for column, message in (
        (0, "must be a whole number from 2 on, not 0"),
        (2, "a.vert: option tag-column: tags stand behind words, from 3 on"),
    ):
        (folder / ".taglint.yaml").write_text(f"format-options: {{tag-column: {column}}}\n")
        done = taglint("check", "--format", "vertical", "a.vert")
        assert done.status == 2
        assert done.err.endswith(f"{message}\n") and "Error" not in done.err


def test_the_separator_can_be_set() -> None:
    text = "New York\tNNP\nis\tVBZ\n"
    assert decoded("vertical", text).pairs[0] == ("New York", "NNP")
    assert decoded("vertical", text, separator="blank").pairs[0] == ("New", "York")


def test_structure_is_no_token() -> None:
    text = (
        '-DOCSTART- -X- O\n\n<doc id="1" title="a b">\n<s id="s1">\na DT O\n<g/>\nb NN O\n</s>\n'
        "<s>\n< SYM O\n</s>\n</doc>\n"
    )
    found = decoded("vertical", text)
    assert found.sentences == [["a", "b"], ["<"]]
    assert found.document.decoded.names == {0: "s1"}
    keeps_laws(found)


def test_metadata_names_sentences_and_a_hash_is_a_word() -> None:
    text = "# sent_id = x-1\n# text = # 1\n#\tSYM\n1\tCD\n\n# sent_id = x-2\nso\tRB\n#\tSYM\n"
    found = decoded("vertical", text)
    assert found.sentences == [["#", "1"], ["so", "#"]]
    assert found.document.decoded.names == {0: "x-1", 1: "x-2"}


@pytest.mark.parametrize(
    ("line", "flaw", "pair"),
    [
        ("天气", "missing-separator", ("天气", "")),
        ("天气\t", "missing-tag", ("天气", "")),
        ("\tn", "missing-form", ("", "n")),
        ("天气 \tn", "irregular-blank", ("天气", "n")),
        ("天气\t n", "irregular-blank", ("天气", "n")),
        ("New\tYork\tn", "wrong-columns", ("New", "York")),
        ("天气\tn ", "", ("天气", "n")),
    ],
)
def test_malformed_lines(line: str, flaw: str, pair: tuple[str, str]) -> None:
    before = "今天\tt\n" * 40
    found = decoded("vertical", f"{before}{line}\n好\ta\n")
    assert (found.flaws[40], found.pairs[40]) == (flaw, pair)
    assert found.pairs[41] == ("好", "a")
    keeps_laws(found)


def test_extra_blanks_between_columns() -> None:
    text = "He PRP B-NP\n" * 20 + "in  IN B-PP\n"
    assert decoded("vertical", text).flaws[-1] == "irregular-blank"
    padded = "He    PRP   B-NP\nreckons  VBZ  B-VP\nin    IN    B-PP\n" * 5
    assert not any(decoded("vertical", padded).flaws)


def test_a_sentence_as_long_as_a_file() -> None:
    lines = [f"w{number}\tn" for number in range(20_000)]
    lines[5_000:5_000] = ["<g/>", "#\tn", "#\tn"]
    found = decoded("vertical", "\n".join(lines))
    assert found.document.sentence_count == 1
    assert found.texts == [line for line in lines if line != "<g/>"]
    keeps_laws(found)


@given(ANY_TEXT)
def test_any_text_decodes_with_spans_in_order(text: str) -> None:
    found = decoded("vertical", text)
    keeps_laws(found)


@given(st.text(), st.text())
def test_what_can_be_written_is_read_back(form: str, tag: str) -> None:
    format_ = named("vertical")
    if format_.can_write(form, tag):
        text = f"今天\tt\n{format_.token(form, tag)}\n。\tw\n"
        assert decoded("vertical", text, tag_column=2, separator="tab").pairs[1] == (form, tag)
