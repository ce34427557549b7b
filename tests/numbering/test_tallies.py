"""The verdicts of corpus rules say in which documents they have anything to find."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taglint.configuration import Configuration, FileOptions
from taglint.corpus.vocabulary import type_key
from taglint.engine.checking import added, gather, judge, locate
from taglint.engine.session import Session
from taglint.plugins import installed

FILES = {
    "usual": "1/m ./w 好/a 。/w 2/m ./w 好/a 。/w " + "三/m 个/q " * 60 + "7/m 5.5/m " * 60,
    "marker": "1/m ./w 好/a 。/w 2./m 好/a",
    "split": "有/v 1/m ./w 8/m 倍/q",
    "style": "有/v 161个/m",
    "tag": "有/v 1998/t",
    "nothing": "很/d 好/a",
    "malformed": "7 ./w 8 .",
}
CODES = ("NUM002", "NUM005", "NUM006", "NUM009")


def found(code: str, paths: list[str]) -> tuple[object, dict[str, list[object]], dict]:
    options = FileOptions("slash", "utf-8", "pku98", select=(code,), min_confidence=0.0)
    read = {path: text.encode() for path, text in FILES.items()}
    session = Session(installed(), Configuration(options=options), read.__getitem__)
    documents = {path: session.document(path) for path in paths}
    rule = session.rules_for(documents[paths[0]])[0].corpus[0]
    verdict = judge(rule, added([gather(rule, document) for document in documents.values()]))
    return verdict, {path: locate(rule, documents[path], verdict) for path in paths}, documents


@pytest.mark.parametrize("code", CODES)
def test_something_is_found(code):
    assert any(found(code, list(FILES))[1].values())


@pytest.mark.parametrize("code", CODES)
@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(sorted(FILES)), min_size=1, unique=True))
def test_a_type_of_the_verdict_stands_in_every_document_with_a_finding(code, paths):
    verdict, problems, documents = found(code, paths)
    for path, document in documents.items():
        if problems[path] and verdict.types is not None:
            own = {type_key(*document.token(index)[:2]) for index in range(len(document))}
            assert own & set(verdict.types.tolist())
