"""The laws of the design as plain functions of bytes, for the property tests and the fuzzers.

Each raises `AssertionError` where its law is broken. Errors of the run are lawful: one line that
tells what to do. An error that names a rule or a format is none, as it stands for an exception.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from taglint.configuration import AUTO, Configuration, FileOptions
from taglint.corpus import document as documents
from taglint.corpus.document import Document
from taglint.corpus.encoding import read, write
from taglint.engine.fixing import Fixed, encoded, fix_all
from taglint.engine.session import Session
from taglint.findings import Applicability, Finding, TaglintError
from taglint.formats import conllu, delimited
from taglint.formats.base import running_text
from taglint.plugins import Plugins
from taglint.report import Report
from taglint.reporters.base import Look
from taglint_rules.tokens import unpaired_mark

PLUGINS = Plugins(third_party=False)
SAFE = (Applicability.SAFE,)
ALL = (Applicability.SAFE, Applicability.UNSAFE)
FORMATS = ("slash", "unspaced", "underscore", "vertical", "conllu")
# Characters that are read at a time where texts are taken for long.
STRETCHES = (1, 40, 1 << 19)
# What a run says of an exception that nobody foresaw.
UNFORESEEN = re.compile(r"^(rule|format) \S+ (\S+ )?failed|internal error")
FOR_PEOPLE = ("full", "concise", "grouped", "statistics")
DRIVES_A_TERMINAL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


@dataclass(frozen=True)
class Reading:
    """How a file is to be read: options of a configuration, and the name it has."""

    format: str = AUTO
    encoding: str = AUTO
    tagset: str = AUTO
    path: str = "a.txt"
    confidence: float = 0.0

    def session(self, data: bytes, select: tuple[str, ...] = ("ALL",)) -> Session:
        options = FileOptions(self.format, self.encoding, self.tagset, select=select)
        options = replace(options, min_confidence=self.confidence)
        return Session(PLUGINS, Configuration(options=options), lambda _: data)


def every_law(data: bytes, reading: Reading) -> int:
    """All laws of one file; the number of its findings, -1 where it is no corpus."""
    writes_what_it_reads(data, reading.encoding)
    session = reading.session(data)
    report = checked(session, reading.path)
    if not report.files:
        return -1
    keeps_spans(session.document(reading.path))
    places_are_inside(report.findings, session.text(reading.path))
    shows_safely(report)
    reads_alike_however_long(data, reading)
    for allowed in (SAFE, ALL):
        fixes_lawfully(data, reading, allowed)
    return len(report.findings)


def writes_what_it_reads(data: bytes, encoding: str) -> None:
    assert write(*read(data, encoding)) == data, "bytes change on the way to text and back"


def checked(session: Session, path: str) -> Report:
    """A check that may fail in one foreseen line."""
    try:
        return session.check([path])
    except TaglintError as error:
        assert not UNFORESEEN.search(str(error)), str(error)
        assert "\n" not in str(error)
        return Report()


def keeps_spans(document: Document) -> None:
    """The tokens and what stands between them are the text, in order."""
    at, text = 0, document.text
    pieces: list[str] = []
    starts = list(document.decoded.starts)
    assert starts[-1] == len(document) and starts == sorted(starts)
    for index, span in enumerate(document.spans(0, len(document))):
        token = document.token(index)
        assert at <= span.start <= span.end <= len(text), "spans overlap or leave the text"
        assert text[span.form_start : span.form_end] == token.form
        assert text[span.tag_start : span.tag_end] == token.tag
        pieces += (text[at : span.start], text[span.start : span.end])
        at = span.end
    assert "".join((*pieces, text[at:])) == text


@contextmanager
def as_long(stretch: int) -> Iterator[None]:
    """Texts of any length are read as long ones are, so many characters at a time."""
    with (
        patch.multiple(delimited, LONG_TEXT=(0, 0), STRETCH=stretch, LONG_LINE=stretch),
        patch.multiple(conllu, LONG_TEXT=(0, 0), STRETCH=stretch, FIRST=stretch),
        patch.object(documents, "VECTORISE_FROM", 0),
        patch.object(unpaired_mark, "MANY", 1),
    ):
        yield


def reads_alike_however_long(
    data: bytes, reading: Reading, select: tuple[str, ...] = ("ALL",)
) -> None:
    """What is done only for long texts gives what is done for short ones."""
    short = _read(data, reading, select)
    with as_long(STRETCHES[len(data) % len(STRETCHES)]):
        long = _read(data, reading, select)
    for one, other in zip(short, long, strict=True):
        assert one == other, "long texts are read otherwise than short ones"


def _read(data: bytes, reading: Reading, select: tuple[str, ...]) -> tuple[Any, ...]:
    """Tokens, where they stand, sentences and findings."""
    session = reading.session(data, select)
    report = checked(session, reading.path)
    if not report.files:
        return (report.files,)
    document = session.document(reading.path)
    tokens = [document.token(index) for index in range(len(document))]
    decoded = document.decoded
    spans = document.spans(0, len(document))
    return tokens, spans, [*decoded.starts], decoded.names, report.findings


def places_are_inside(findings: Sequence[Finding], text: str) -> None:
    for item in findings:
        assert 0 <= item.start <= item.end <= len(text), item
        assert (1, 1) <= (item.line, item.column) <= (item.end_line, item.end_column), item
        assert 0 <= item.confidence <= 1, item
        assert item.message.strip(), item
        for edit in item.fix.edits if item.fix else ():
            assert 0 <= edit.start <= edit.end <= len(text), item


def shows_safely(report: Report) -> None:
    """Reports for people have nothing in them that drives a terminal."""
    for name in FOR_PEOPLE:
        shown = "".join(PLUGINS.reporters[name].report(report, PLUGINS.rules, Look()))
        assert not DRIVES_A_TERMINAL.search(shown), name


def fixed(session: Session, path: str, allowed: Collection[Applicability]) -> Fixed:
    return fix_all(session, lambda: checked(session, path), allowed)


def fixes_lawfully(data: bytes, reading: Reading, allowed: Collection[Applicability]) -> None:
    """Fixing settles, is idempotent, and changes only what it declares.

    Unsafe fixes follow counts, which they change: two may undo each other, as long as it is said.
    """
    session = reading.session(data)
    before = session.document(reading.path)
    outcome = fixed(session, reading.path, allowed)
    circles = [line for line in outcome.warnings if "undo each other" in line]
    assert outcome.warnings == circles and (allowed == ALL or not circles), outcome.warnings
    if reading.path not in outcome.before:
        return
    try:
        old, new = encoded(session, reading.path, before.text)
    except TaglintError as error:
        assert str(error).startswith("cannot write"), error
        return
    assert old == data
    assert new != old or session.text(reading.path) == before.text
    if not circles:
        settles(new, session, reading, allowed)


def settles(
    new: bytes, session: Session, reading: Reading, allowed: Collection[Applicability]
) -> None:
    """Fixed bytes are read as they were written, and fixing them again changes nothing.

    The second run reads as the first one did: what is guessed from the content may change with
    the content. Where it does not, it is guessed again, because a fix is also refused where it
    would change that.
    """
    document = session.document(reading.path)
    source = document.source
    again = reading
    if not _guessed_alike(new, document, reading):
        again = replace(reading, format=document.format, tagset=document.tagset or AUTO)
    text, source_again = read(new, AUTO if source.bom else source.encoding)
    assert (text, source_again) == (document.text, source), "fixed bytes are read as other text"
    again = replace(again, encoding=AUTO if source.bom else source.encoding)
    second = again.session(new)
    outcome = fixed(second, reading.path, allowed)
    assert reading.path not in outcome.before, "fixing again changes more"


def _guessed_alike(data: bytes, document: Document, reading: Reading) -> bool:
    session = reading.session(data)
    if not checked(session, reading.path).files:
        return False
    found = session.document(reading.path)
    return (found.format, found.tagset) == (document.format, document.tagset)


def keeps_running_text(data: bytes, reading: Reading) -> None:
    """With the rules alone that declare no change of text, fixing makes none."""
    keeping = tuple(code for code, rule in PLUGINS.rules.items() if not rule.changes_text)
    session = reading.session(data, keeping)
    before = running_text(session.document(reading.path))
    fixed(session, reading.path, ALL)
    assert running_text(session.document(reading.path)) == before
