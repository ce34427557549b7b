"""The engine's laws on generated corpora, with every built-in rule switched on."""

from __future__ import annotations

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from tests.conftest import LONG
from tests.engine.corpora import PLUGINS, session, slash_texts, unspaced_texts

from taglint.corpus.encoding import write
from taglint.engine.fixing import fix_all
from taglint.engine.proofs import edited
from taglint.engine.session import Session
from taglint.findings import Applicability, Finding
from taglint.formats.base import running_text

SAFE = (Applicability.SAFE,)
ALL = (Applicability.SAFE, Applicability.UNSAFE)
bounded = settings(max_examples=60 * LONG, deadline=None)
corpora = st.dictionaries(st.sampled_from(("a", "b", "c", "d")), slash_texts, min_size=1)


def encoded(corpus: dict[str, str]) -> dict[str, bytes]:
    return {path: text.encode("utf-8", "surrogatepass") for path, text in corpus.items()}


def fixed(text: str, format_name: str, allowed: tuple[Applicability, ...]) -> tuple[Session, str]:
    one = session({"a": text.encode("utf-8")}, format_name)
    fix_all(one, lambda: one.check(["a"]), allowed)
    return one, one.text("a")


@bounded
@given(corpora, st.randoms())
def test_findings_do_not_depend_on_the_order_of_files(
    corpus: dict[str, str], random: object
) -> None:
    files = encoded(corpus)
    paths = sorted(files)
    shuffled = sorted(paths, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert session(files).check(paths).findings == session(files).check(shuffled).findings


@bounded
@given(corpora)
def test_a_file_among_the_background_is_found_as_in_the_whole(corpus: dict[str, str]) -> None:
    files = encoded(corpus)
    whole = session(files).check(sorted(files)).findings
    for path in files:
        others = [other for other in sorted(files) if other != path]
        alone = session(files).check([path], background=others).findings
        assert alone == [item for item in whole if item.path == path]


@bounded
@given(corpora, slash_texts)
def test_checking_again_after_an_edit_is_as_checking_anew(
    corpus: dict[str, str], text: str
) -> None:
    assume(not text.startswith("\ufeff"))  # written first in a file, it is a byte order mark
    files = encoded(corpus)
    paths = sorted(files)
    used = session(files)
    used.check(paths)
    source = used.document(paths[0]).source
    used.edit(paths[0], text, source)
    fresh = session({**files, paths[0]: write(text, source)})
    assert used.check(paths).findings == fresh.check(paths).findings


@bounded
@given(corpora, slash_texts)
def test_only_the_files_of_a_check_are_counted(corpus: dict[str, str], other: str) -> None:
    files = {**encoded(corpus), "other": other.encode("utf-8")}
    used = session(files)
    used.check(["other"])
    assert used.check(sorted(corpus)).findings == session(files).check(sorted(corpus)).findings


@bounded
@given(slash_texts, slash_texts)
def test_a_path_that_is_reloaded_has_its_file_again(before: str, after: str) -> None:
    files = {"a": before.encode("utf-8")}
    used = session(files)
    used.edit("a", after, used.document("a").source)
    used.check(["a"])
    used.reload("a")
    assert used.check(["a"]).findings == session(files).check(["a"]).findings
    assert used.text("a") == session(files).text("a")


@bounded
@given(slash_texts)
def test_spans_and_positions_are_inside_the_text(text: str) -> None:
    one = session({"a": text.encode("utf-8")})
    report = one.check(["a"])
    shown = one.text("a")
    for item in report.findings:
        assert 0 <= item.start <= item.end <= len(shown)
        assert item.line >= 1 and item.column >= 1
        assert (item.line, item.column) <= (item.end_line, item.end_column)


@bounded
@given(slash_texts, st.sampled_from((SAFE, ALL)))
def test_fixes_settle_and_are_idempotent(text: str, allowed: tuple[Applicability, ...]) -> None:
    _, once = fixed(text, "slash", allowed)
    _, twice = fixed(once, "slash", allowed)
    assert twice == once


@bounded
@given(unspaced_texts, st.sampled_from((SAFE, ALL)))
def test_fixes_of_unspaced_text_settle(text: str, allowed: tuple[Applicability, ...]) -> None:
    _, once = fixed(text, "unspaced", allowed)
    _, twice = fixed(once, "unspaced", allowed)
    assert twice == once


@bounded
@example("\n\x0b 天气/ n\n今天/N\t今天/t\n/n\t今天/t\n")
@given(slash_texts)
def test_fixes_that_declare_no_change_of_text_make_none(text: str) -> None:
    one = session({"a": text.encode("utf-8")})
    before = one.document("a")
    kept = [item for item in one.check(["a"]).findings if keeps_text(item)]
    for item in kept:
        assert item.fix is not None
        after = one.loader.decode("a", edited(before.text, [item.fix]), before.source)
        assert running_text(after) == running_text(before), item


def keeps_text(item: Finding) -> bool:
    applied = item.fix is not None and item.fix.applicability in ALL
    return applied and not PLUGINS.rules[item.code].changes_text
