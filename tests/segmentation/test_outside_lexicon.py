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


GARBLED = (
    "向量\tn\t900\n索引\tn\t900\n向\tp\t9000\n引\tv\t30\n字符\tn\t900\n集\tn\t300\n字\tn\t300\n"
)


def garbled(text, words):
    path = Path(words)
    path.write_text(WORDS + MORE + GARBLED, "utf-8")
    options = FileOptions("slash", "utf-8", "hanlp", select=("SEG",), outside_lexicon=words)
    read = {"x": text.encode(), "y": "我们/rr 同意/v 。/w".encode()}
    session = Session(installed(), Configuration(options=options), read.__getitem__)
    return [(item.code, item.fix.edits[0].text) for item in session.check(["x", "y"]).findings]


def test_three_tokens_with_no_right_boundary_are_segmented_anew(words):
    text = "我们/rr 有/vyou 向/p 量索/nz 引/v 。/w"
    assert garbled(text, words) == [("SEG002", "向量/n 索引/n")]


def test_three_words_in_one_token_are_told_apart(words):
    assert garbled("我们/rr 质量的提高/nz 。/w", words) == [("SEG003", "质量/n 的/ude1 提高/v")]


def test_a_torn_word_is_found_however_often_it_is_repeated(words):
    text = "我们/rr 提高/v 字/n 符集/nz 。/w 大家/rr 有/vyou 字/n 符集/nz ，/w " * 6
    found = garbled(text, words)
    assert len(found) == 12 and set(found) == {("SEG002", "字符/n 集/q")}
