"""The same findings however the corpus is cut into files and in whatever order they come."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from taglint.configuration import Configuration, FileOptions
from taglint.engine.session import Session
from taglint.plugins import installed
from taglint_rules.segmentation.merged_words import USUAL as MERGED
from taglint_rules.segmentation.shifted_boundary import USUAL as SHIFTED
from taglint_rules.segmentation.split_word import USUAL as SPLIT

LINES = [
    *(f"{text.strip()}\n" for text in (SPLIT, SHIFTED, MERGED) for _ in range(5)),
    "能/v 提/v 高/a 效率/n\n",
    "这/r 必/d 须要/v 做/v\n",
    "旧/a 的世纪/n 走/v 了/y\n",
    "新/a 的世纪/n 来/v 了/y\n",
]


def found(files: list[list[str]]) -> list[tuple[object, ...]]:
    texts = {f"{number}.txt": "".join(lines).encode() for number, lines in enumerate(files)}
    options = FileOptions("slash", "utf-8", "pku98", select=("SEG",), min_confidence=0.0)
    session = Session(installed(), Configuration(options=options), texts.__getitem__)
    report = session.check(list(texts))
    return sorted((item.code, item.tokens, item.confidence) for item in report.findings)


ALL = found([LINES])


def test_each_kind_is_found():
    assert {code for code, *_ in ALL} >= {"SEG001", "SEG002", "SEG004"}


@settings(max_examples=25, deadline=None)
@given(st.permutations(LINES), st.lists(st.integers(1, len(LINES) - 1), max_size=4))
def test_files_may_be_cut_and_come_in_any_order(lines, cuts):
    places = [0, *sorted(set(cuts)), len(lines)]
    assert found([lines[a:b] for a, b in itertools.pairwise(places)]) == ALL


def test_no_two_findings_overlap():
    text = "".join(LINES).encode()
    options = FileOptions("slash", "utf-8", "pku98", select=("SEG",), min_confidence=0.0)
    report = Session(installed(), Configuration(options=options), lambda _: text).check(["x"])
    extents = sorted((item.start, item.end) for item in report.findings)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(extents))
