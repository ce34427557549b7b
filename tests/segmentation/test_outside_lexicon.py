"""A single small file, judged with the counts of an outside lexicon."""

from pathlib import Path

import pytest

from taglint.configuration import Configuration, FileOptions
from taglint.engine.session import Session
from taglint.plugins import installed

TEXT = "我们/rr 要/v 提/v 高质/nz 量/n 。/w 大家/rr 都/d 不/d 错/v 。/w 他们/rr 同意/v 。/w"
WORDS = (
    "提高\tv\t9000\n质量\tn\t9000\n不错\ta\t9000\n同意\tv\t900\n提\tv\t90\n量\tn\t90\n高质\tn\t1\n"
)


@pytest.fixture
def words(tmp_path):
    path = tmp_path / "words.tsv"
    path.write_text(WORDS, "utf-8")
    return str(path)


def found(outside):
    options = FileOptions("slash", "utf-8", "hanlp", select=("SEG",), outside_lexicon=outside)
    session = Session(installed(), Configuration(options=options), lambda path: TEXT.encode())
    return {tuple(item.tokens) for item in session.check(["x"]).findings}


def test_words_of_a_file_are_evidence(words):
    assert ("不/d", "错/v") in found(words)


def test_nothing_is_found_without_it():
    assert found(None) == set()


def test_large_corpus_is_judged_by_its_own_counts(words, monkeypatch):
    monkeypatch.setattr("taglint_rules.segmentation._judging.LARGE", 1)
    assert found(words) == set()


MORE = "说\tv\t9000\n书\tn\t3000\n说明\tv\t1400\n说明书\tn\t400\n有\tv\t9000\n的\tude1\t90000\n"


def findings(text, words):
    path = Path(words)
    path.write_text(WORDS + MORE, "utf-8")
    options = FileOptions(
        "slash", "utf-8", "hanlp", select=("SEG",), outside_lexicon=words, min_confidence=0.0
    )
    session = Session(installed(), Configuration(options=options), lambda path: text.encode())
    return session.check(["x"]).findings


def test_a_word_in_two_tokens_is_joined_before_a_boundary_inside_it_is_moved(words):
    (item,) = findings("我们/rr 有/vyou 说/v 明书/nz 。/w", words)
    assert item.fix.message == "segment it 说明书/n"


def test_the_tag_of_what_taggers_do_not_know_is_evidence(words):
    known, unknown = (
        findings(f"我们/rr 有/vyou 的书/{tag} 。/w", words)[0].confidence for tag in ("n", "nz")
    )
    assert unknown > known


def test_no_two_findings_propose_what_the_other_suspects(words):
    text = "我们/rr 的书/nz 有/vyou 说/v ，/w 的/ude1 书/n 有/vyou 说/v 。/w"
    found = {tuple(item.tokens) for item in findings(text, words)}
    assert not {("的书/nz",), ("的/ude1", "书/n")} <= found
