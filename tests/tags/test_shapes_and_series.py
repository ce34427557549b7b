"""Shapes, series and an outside lexicon: verdicts follow the counts, not the order of files."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taglint.configuration import Configuration, FileOptions
from taglint.engine.session import Session
from taglint.plugins import installed

CODES = ("TAG014", "TAG015", "TAG016")
TOKENS = st.sampled_from(
    ["北京/ns", "上海/nz", "天津/ns", "王/nr", "、/w", "和/cc", "，/w", "abc/nx",
     "def/nx", "ABC/nz",
     "ghi/nx", "jkl/nx", "mno/nx", "mb/q", "xyz/v", "针对/gi", "非常/gi", "的/ude1",
     "+/nz", "/w"]
)  # fmt: skip
FILES = st.lists(st.lists(TOKENS, max_size=25).map(" ".join), min_size=1, max_size=4)
WORDS = "针对\tp\n非常\td\n北京\tns\n"


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    path = tmp_path_factory.mktemp("outside") / "words.tsv"
    path.write_text(WORDS, "utf-8")
    return str(path)


def found(files, order, words):
    options = FileOptions(
        "slash", "utf-8", "hanlp", select=CODES, outside_lexicon=words, min_confidence=0.01
    )
    texts = {str(index): text.encode() for index, text in enumerate(files)}
    session = Session(installed(), Configuration(options=options), texts.__getitem__)
    report = session.check([str(index) for index in order])
    assert not report.errors
    return [item.as_json() for item in report.findings]


@settings(max_examples=60, deadline=None)
@given(FILES)
def test_any_order_of_files_gives_the_same_findings(words, files):
    order = range(len(files))
    results = found(files, order, words)
    assert results == found(files, reversed(order), words)
    assert all(0 < item["confidence"] <= 1 for item in results)


def test_a_frequent_form_does_not_decide_for_its_shape(words):
    text = "用/v " + "abc/nx " * 50 + "def/v ghi/v jkl/v mno/v pqr/v " + "很/d 好/a " * 50
    assert [item["tokens"] for item in found([text], [0], words)[:1]] == [("abc/nx",)]


def test_nothing_is_said_of_nouns_without_an_outside_lexicon():
    text = "非常/gi 大/a 针对/gi 他们/rr 。/w"
    assert not [item for item in found([text], [0], None) if item["code"] == "TAG016"]


def test_a_word_unlike_the_lexicon_shows_its_other_places(words):
    text = "非常/gi 大/a 。/w 我们/rr 针对/gi 他们/rr 。/w\n" * 3
    items = [item for item in found([text], [0], words) if item["code"] == "TAG016"]
    assert [len(item["evidence"]) for item in items] == [2] * 6


def test_many_lists_take_no_quadratic_time(words):
    started = time.process_time()
    assert not found(["北京/ns 、/w 上海/ns 和/cc 天津/ns 。/w\n" * 10_000], [0], words)
    assert time.process_time() - started < 10
