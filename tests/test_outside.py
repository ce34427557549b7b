"""Outside lexicons: from a package, from a file, and what is said where there is none."""

import pytest

from taglint.findings import TaglintError
from taglint.outside import listed_words, outside_lexicon, require_outside_lexicon, tag_in
from taglint.plugins import installed


def test_file_of_a_project(tmp_path):
    path = tmp_path / "words.tsv"
    path.write_text("# words\n提高\tv\t12\n提高\tvn\t3\n质量\tn\n", "utf-8")
    lexicon = outside_lexicon(str(path))
    assert lexicon.forms == ("提高", "提高", "质量")
    assert lexicon.tags == ("v", "vn", "n")
    assert lexicon.counts == (12, 3, 1)


def test_dictionary_of_a_package():
    pytest.importorskip("jieba", reason="the package of the extra `lexicon` is not installed")
    lexicon = outside_lexicon("jieba")
    counts = dict(zip(lexicon.forms, lexicon.counts, strict=True))
    assert len(lexicon.forms) > 300_000
    assert counts["提高"] > counts["提"] > 0


def test_missing_package_says_what_to_install(monkeypatch):
    monkeypatch.setattr("taglint.outside.find_spec", lambda name: None)
    with pytest.raises(TaglintError, match=r"pip install 'taglint\[lexicon\]'"):
        require_outside_lexicon("jieba")


def test_missing_file_is_named():
    with pytest.raises(TaglintError, match=r"no\.tsv: no such outside lexicon"):
        require_outside_lexicon("no.tsv")


@pytest.mark.parametrize(
    ("tagset", "tag", "expected"),
    [("pku98", "nrfg", "nr"), ("pku98", "uj", "u"), ("pku98", "vg", "Vg"), ("hanlp", "uj", "uj"),
     ("hanlp", "vn", "vn"), ("pku98", "?", "?")],
)  # fmt: skip
def test_tags_in_terms_of_a_tagset(tagset, tag, expected):
    assert tag_in(installed().tagset(tagset), tag) == expected
    assert tag_in(None, tag) == tag


def test_words_that_a_tagset_lists():
    assert ("的", "ude1") in set(listed_words(installed().tagset("hanlp")))
