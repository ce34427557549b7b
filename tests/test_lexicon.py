"""Lexicon files, and what they do for decoding."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taglint.configuration import Configuration, FileOptions
from taglint.engine.session import Session
from taglint.findings import TaglintError
from taglint.lexicon import lexicon_lines, load_lexicon, parse_lexicon
from taglint.plugins import installed


def test_counts_of_one_type_add_up() -> None:
    lines = ["# a comment", "", "gpu\tgi\t3", "gpu\tnz", "gpu\tgi\t2"]
    assert parse_lexicon(lines, "x") == {"gpu": {"gi": 5, "nz": 1}}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("gpu", "x:2: expected form, tag and count, separated by tabs"),
        ("gpu\tgi\tmany", "x:2: the count 'many' is not a number"),
        ("\tgi\t1", "x:2: expected form, tag and count, separated by tabs"),
    ],
)
def test_bad_line_is_named(line: str, message: str) -> None:
    with pytest.raises(TaglintError, match="^" + message):
        parse_lexicon(["a\tn", line], "x")


@given(
    st.dictionaries(
        st.text(st.sampled_from("a中\\#tn\t\n\r 1"), min_size=1, max_size=4),
        st.dictionaries(st.sampled_from(["n", "v\\t", "#", "1"]), st.integers(0, 9), min_size=1),
    )
)
def test_what_is_written_is_read(lexicon: dict[str, dict[str, int]]) -> None:
    assert parse_lexicon(lexicon_lines(lexicon), "x") == lexicon


def test_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(TaglintError, match="cannot read the lexicon: No such file"):
        load_lexicon(str(tmp_path / "none.tsv"))


def test_lexicon_decides_an_open_boundary(tmp_path: Path) -> None:
    """`看/vna/nz` is 看/v na or 看/vn a; the project knows the word it means."""
    for form, first in (("na", "看/v"), ("a", "看/vn")):
        path = tmp_path / f"{form}.tsv"
        path.write_text(f"{form}\tnz\t50\n", "utf-8")
        options = FileOptions(format="unspaced", tagset="hanlp", lexicon=str(path))
        session = Session(
            installed(), Configuration(options=options), lambda _: "看/vna/nz。/w".encode()
        )
        document = session.document("a")
        assert f"{document.token(0).form}/{document.token(0).tag}" == first
