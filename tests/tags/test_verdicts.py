"""Verdicts on tags say which types they are about, travel by pickle, and carry no tables."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest

from taglint.configuration import Configuration, FileOptions
from taglint.corpus.document import Document
from taglint.corpus.vocabulary import type_key
from taglint.engine.checking import added, gather, judge, locate
from taglint.engine.packing import flat
from taglint.engine.selection import Active
from taglint.engine.session import Session
from taglint.plugins import installed
from taglint.rules import Example, Scope

RULES = installed().rules
# What TAG016 needs besides a corpus stands in files; its verdicts are of the same kind as others'.
OF_CORPUS = tuple(
    code
    for code, rule in RULES.items()
    if rule.family == "TAG" and rule.scope is Scope.CORPUS and code != "TAG016"
)


class Judged(NamedTuple):
    active: Active
    documents: list[Document]
    verdict: Any


def judged(code: str, example: Example) -> Judged:
    """An example, each of its lines a file, and words that have nothing to do with it."""
    others = " ".join(f"{chr(0x4E00 + n)}{chr(0x5E00 + n)}/n" for n in range(2000))
    texts = {str(n): line for n, line in enumerate([*example.text.splitlines(), others])}
    options = FileOptions("slash", "utf-8", example.tagset, select=(code,), min_confidence=0.05)
    session = Session(
        installed(), Configuration(options=options), lambda path: texts[path].encode()
    )
    documents = [session.document(path) for path in texts]
    (active,) = session.rules_for(documents[0])[0].corpus
    parts = [gather(active, document) for document in documents]
    return Judged(active, documents, judge(active, added(parts)))


@cache
def examples() -> tuple[Judged, ...]:
    return tuple(judged(code, example) for code in OF_CORPUS for example in RULES[code].bad)


def located() -> Iterator[tuple[Judged, Document, list[Any]]]:
    for each in examples():
        for document in each.documents:
            found = locate(each.active, document, each.verdict)
            if found:
                yield each, document, found


def test_a_type_of_the_verdict_stands_in_every_document_with_a_finding() -> None:
    seen = set()
    for each, document, _ in located():
        types = each.verdict.types
        assert types.dtype == np.uint64
        assert (types[1:] > types[:-1]).all()
        own = {type_key(*document.token(index)[:2]) for index in range(len(document))}
        assert own & set(types.tolist())
        assert each.verdict.of_types(np.array(sorted(own), np.uint64))
        assert not each.verdict.of_types(types[:0])
        seen.add(each.active.rule.code)
    assert seen == set(OF_CORPUS)


def test_what_was_pickled_finds_the_same() -> None:
    for each, document, found in located():
        again = pickle.loads(pickle.dumps(each.verdict))
        assert locate(each.active, document, again) == found
        types = each.verdict.types
        assert flat(again.of_types(types)) == flat(each.verdict.of_types(types))


@pytest.mark.parametrize("code", OF_CORPUS)
def test_a_verdict_grows_with_what_it_finds_and_not_with_the_corpus(code: str) -> None:
    for each in (item for item in examples() if item.active.rule.code == code):
        assert len(pickle.dumps(each.verdict)) < 4000
