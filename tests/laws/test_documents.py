"""The laws of one file: every format, every encoding, every built-in rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taglint.corpus.document import Document as Decoded
from taglint.corpus.encoding import read, write
from taglint.engine.fixing import apply_proven, without_overlaps
from taglint.engine.proofs import edited
from taglint.findings import Applicability, TaglintError
from tests.conftest import LONG
from tests.engine.corpora import session as of_files
from tests.laws import laws
from tests.laws.laws import ALL, FORMATS, SAFE, Reading
from tests.laws.strategies import TAGSETS, documents, texts

slow = (HealthCheck.too_slow, HealthCheck.data_too_large)
bounded = settings(max_examples=60 * LONG, deadline=None, suppress_health_check=slow)
few = settings(max_examples=25 * LONG, deadline=None, suppress_health_check=slow)
Document = tuple[bytes, Reading]


@settings(max_examples=300 * LONG, deadline=None, suppress_health_check=slow)
@given(documents())
def test_writing_what_was_read_gives_the_same_bytes(document: Document) -> None:
    laws.writes_what_it_reads(document[0], document[1].encoding)


@bounded
@given(documents())
def test_tokens_and_what_is_between_them_are_the_text(document: Document) -> None:
    data, reading = document
    session = reading.session(data)
    if laws.checked(session, reading.path).files:
        laws.keeps_spans(session.document(reading.path))


@bounded
@given(documents())
def test_long_texts_are_read_as_short_ones_are(document: Document) -> None:
    laws.reads_alike_however_long(*document)


@bounded
@given(documents())
def test_findings_have_their_place_in_the_text_and_are_shown_safely(document: Document) -> None:
    data, reading = document
    session = reading.session(data)
    report = laws.checked(session, reading.path)
    laws.places_are_inside(report.findings, session.text(reading.path))
    laws.shows_safely(report)


@bounded
@given(st.binary(max_size=300), st.sampled_from(("auto", *FORMATS)))
def test_any_bytes_give_findings_or_one_line(data: bytes, format_name: str) -> None:
    laws.every_law(data, Reading(format_name))


@bounded
@given(documents(), st.sampled_from((SAFE, ALL)))
def test_fixes_settle_and_a_second_run_changes_nothing(
    document: Document, allowed: tuple[Applicability, ...]
) -> None:
    data, reading = document
    session = reading.session(data)
    if laws.checked(session, reading.path).files:
        laws.fixes_lawfully(data, reading, allowed)


@pytest.mark.parametrize("format_name", FORMATS)
@few
@given(st.data())
def test_rules_that_keep_the_running_text_keep_it_together(
    format_name: str, data: st.DataObject
) -> None:
    text = data.draw(texts(format_name))
    reading = Reading(format_name, "utf-8", TAGSETS[format_name])
    laws.keeps_running_text(text.encode("utf-8", "surrogatepass"), reading)


@bounded
@given(documents())
def test_bytes_outside_the_edits_stay(document: Document) -> None:
    """One round of fixes: what stands between their edits is written as it was, byte for byte."""
    data, reading = document
    session = reading.session(data)
    report = laws.checked(session, reading.path)
    if not report.files:
        return
    before = session.document(reading.path)
    wanted = [item for item in report.findings if item.fix and item.fix.applicability in ALL]
    applied = apply_proven(session, before, without_overlaps(wanted), [])
    fixes = [item.fix for item in applied if item.fix]
    try:
        after = write(edited(before.text, fixes), before.source)
    except TaglintError:
        return
    at, place = 0, len(before.source.bom)
    assert after.startswith(before.source.bom) and after.endswith(before.source.tail)
    for edit in sorted(edit for fix in fixes for edit in fix.edits):
        kept = _bytes(before, before.text[at : edit.start])
        assert after[place : place + len(kept)] == kept
        place += len(kept) + len(_bytes(before, edit.text))
        at = edit.end
    assert after[place:] == _bytes(before, before.text[at:]) + before.source.tail


def _bytes(document: Decoded, text: str) -> bytes:
    """A piece of a document as it is written, without mark and tail."""
    return write(text, replace(document.source, bom=b"", tail=b""))


@bounded
@given(documents())
def test_a_file_that_has_nothing_to_fix_is_not_written(document: Document) -> None:
    data, reading = document
    session = reading.session(data)
    if not laws.checked(session, reading.path).files:
        return
    outcome = laws.fixed(session, reading.path, SAFE)
    safe = [
        item for item in outcome.report.findings if item.fix and item.fix.applicability == "safe"
    ]
    assert outcome.before or not outcome.applied
    assert all(text != session.text(path) for path, text in outcome.before.items())
    assert len(safe) <= len(outcome.refused)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "cp950"])
def test_fixing_keeps_encoding_mark_and_line_ends(newline: str, codec: str) -> None:
    text = newline.join(["今天/t 天／n 很/d 好/a 。/w"] * 5 + [""])
    data = text.encode(codec)
    one = of_files({"a": data}, ignore=("SEG", "TAG"))
    laws.fixed(one, "a", SAFE)
    now = one.document("a")
    fixed = write(now.text, now.source)
    assert fixed == text.replace("／", "/").encode(codec)
    assert read(fixed) == (now.text, now.source)
