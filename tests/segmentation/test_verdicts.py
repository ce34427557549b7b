"""Verdicts say which types they are about, travel by pickle, and carry no tables."""

import io
import pickle
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from taglint.configuration import Configuration, FileOptions, Override
from taglint.corpus.document import Document
from taglint.corpus.vocabulary import type_key
from taglint.engine.checking import added, gather, gathering, judge, locate
from taglint.engine.selection import Active
from taglint.engine.session import Session
from taglint.plugins import installed
from taglint_rules.segmentation.merged_words import USUAL as MERGED
from taglint_rules.segmentation.shifted_boundary import USUAL as SHIFTED
from taglint_rules.segmentation.split_word import USUAL as SPLIT

COMMON = "\n".join([*[SPLIT] * 5, *[SHIFTED] * 5, *[MERGED] * 5, "语义/n ，/w 模糊/a ，/w", ""])
DAMAGED = {
    "split": "能/v 提/v 高/a 效率/n",
    "shifted": "这/r 必/d 须要/v 做/v",
    "merged": "新/a 的世纪/n 来/v 了/y",
    "broken": "模模/nz 糊/v 糊/v",
    "interrupted": "要/v 提/v\n高/a 质量/n",
    "torn": "“语/n 义/Ng",
}
FILES = {"common": COMMON, **DAMAGED}


def loaded() -> tuple[list[Active], dict[str, Document]]:
    options = FileOptions("slash", "utf-8", "pku98", select=("SEG",), min_confidence=0.0)
    read = {path: text.encode() for path, text in FILES.items()}
    session = Session(installed(), Configuration(options=options), read.__getitem__)
    documents = {path: session.document(path) for path in FILES}
    return session.rules_for(documents["common"])[0].corpus, documents


RULES, DOCUMENTS = loaded()


def judged(rule: Active) -> object:
    counts = [gather(rule, document) for document in DOCUMENTS.values()]
    return judge(rule, added(counts))


VERDICTS = {rule.rule.code: judged(rule) for rule in RULES}


def located() -> Iterator[tuple[Active, Document]]:
    for rule in RULES:
        for document in DOCUMENTS.values():
            if locate(rule, document, VERDICTS[rule.rule.code]):
                yield rule, document


def flat(value: object) -> bytes:
    """Equal bytes for equal values."""
    data = io.BytesIO()
    pickler = pickle.Pickler(data)
    pickler.fast = True
    pickler.dump(value)
    return data.getvalue()


def test_all_damage_is_found():
    assert {document.path for _, document in located()} >= DAMAGED.keys()


def test_a_type_of_the_verdict_stands_in_every_document_with_a_finding():
    for rule, document in located():
        types = VERDICTS[rule.rule.code].types
        assert types.dtype == np.uint64
        assert (np.diff(types.astype(object)) > 0).all()
        own = {type_key(*document.token(index)[:2]) for index in range(len(document))}
        assert own & set(types.tolist()), (rule.rule.code, document.path)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule.code)
def test_what_was_pickled_finds_the_same(rule):
    verdict = VERDICTS[rule.rule.code]
    again = pickle.loads(pickle.dumps(verdict))
    assert flat(again) == flat(verdict)
    for document in DOCUMENTS.values():
        assert locate(rule, document, again) == locate(rule, document, verdict)


def test_what_is_said_of_some_types_hangs_on_no_others():
    verdict = VERDICTS["SEG001"]
    every = np.union1d(verdict.keys, verdict.types)
    said = [flat(verdict.of_types(types)) for types in (every[:0], every[::2], every)]
    assert [len(each) for each in said] == sorted({len(each) for each in said})
    again = pickle.loads(pickle.dumps(verdict))
    assert flat(again.of_types(every)) == said[-1]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule.code)
def test_something_is_said_of_each_document_with_a_finding(rule):
    verdict = VERDICTS[rule.rule.code]
    for document in DOCUMENTS.values():
        keys = {type_key(*document.token(index)[:2]) for index in range(len(document))}
        narrow = getattr(verdict, "of_types", None)
        if narrow and locate(rule, document, verdict):
            assert narrow(np.array(sorted(keys), np.uint64)), document.path


def test_a_verdict_is_as_large_as_what_it_finds():
    fillers = [f"{chr(0x4E00 + a)}{chr(0x5E00 + b)}/n" for a in range(40) for b in range(40)]
    options = FileOptions("slash", "utf-8", "pku98", select=("SEG",))
    text = COMMON + "\n".join(DAMAGED.values()) + "\n" + " ".join(fillers)
    session = Session(installed(), Configuration(options=options), lambda _: text.encode())
    document = session.document("x")
    rule = session.rules_for(document)[0].corpus[0]
    counts = gather(rule, document)
    assert gathering(rule.rule)
    assert len(pickle.dumps(judge(rule, counts))) < len(pickle.dumps(counts)) / 4


def test_files_may_ask_for_less_confidence_than_others():
    override = Override(("low*",), {"min_confidence": 0.0})
    options = FileOptions("slash", "utf-8", "pku98", select=("SEG",), min_confidence=1.0)
    texts = {"common": COMMON, "high": DAMAGED["shifted"], "low": DAMAGED["split"]}
    configuration = Configuration(options=options, overrides=(override,), root=Path.cwd())
    read = {path: text.encode() for path, text in texts.items()}
    report = Session(installed(), configuration, read.__getitem__).check(list(texts))
    assert {item.path for item in report.findings} == {"low"}
