"""The laws of a corpus: the order of files, their cuts and standard input make no difference."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taglint.findings import Finding
from taglint.rules import Scope
from taglint_rules.tags._consistency import draw
from tests.conftest import LONG, Done
from tests.engine.corpora import session
from tests.laws.laws import FORMATS, PLUGINS
from tests.laws.strategies import TAGSETS, sentences, texts

slow = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture)
few = settings(max_examples=12 * LONG, deadline=None, suppress_health_check=slow)
OF_CORPUS = tuple(code for code, rule in PLUGINS.rules.items() if rule.scope is Scope.CORPUS)
# Where each line decides for itself, and a document's format is no matter of its first lines.
OF_LINES = ("slash", "underscore")


def found(files: dict[str, bytes], format_name: str, **options: object) -> list[Finding]:
    one = session(files, format_name, TAGSETS[format_name], **options)
    return one.check(list(files)).findings


@pytest.mark.parametrize("format_name", FORMATS)
@few
@given(st.data())
def test_the_order_of_files_makes_no_difference(format_name: str, data: st.DataObject) -> None:
    parts = data.draw(st.lists(texts(format_name), min_size=2, max_size=4))
    encoded = [text.encode("utf-8", "surrogatepass") for text in parts]
    files = dict(zip("abcd", encoded, strict=False))
    order = data.draw(st.permutations(list(files)))
    shuffled = {name: files[name] for name in order}
    assert found(shuffled, format_name) == found(files, format_name)


@pytest.mark.parametrize("format_name", FORMATS)
@few
@given(st.data())
def test_a_file_is_judged_alike_whatever_else_is_checked(
    format_name: str, data: st.DataObject
) -> None:
    """Also where what is said of a corpus is learnt from a part of it, as in large ones."""
    lines = data.draw(st.lists(sentences(format_name), min_size=2, max_size=8))
    text = "\n".join((*lines, "")).encode("utf-8", "surrogatepass")
    parts = data.draw(st.lists(texts(format_name), min_size=1, max_size=3))
    encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
    files = dict(zip("abcd", (text * 6, *encoded), strict=False))
    number = data.draw(st.sampled_from([1, 4, 40_000]))
    with patch.multiple(draw, SELDOM_DRAWN=number, OTHERS_DRAWN=number):
        every = found(files, format_name)
        for name in files:
            alone = session(files, format_name, TAGSETS[format_name])
            report = alone.check([name], [other for other in files if other != name])
            assert report.findings == [item for item in every if item.path == name]


def test_a_number_is_not_behind_the_word_that_ends_the_line_before() -> None:
    lines = ["在/p New York/ns", "２/Rg 天/qt"]
    whole, parts = ({"a": lines}, {"a": lines[:1], "b": lines[1:]})
    assert contents(whole, "slash") == contents(parts, "slash")
    assert any(code == "NUM003" for code, *_ in contents(whole, "slash"))


@pytest.mark.parametrize("format_name", OF_LINES)
@few
@given(st.data())
def test_corpus_rules_find_the_same_however_lines_are_spread_over_files(
    format_name: str, data: st.DataObject
) -> None:
    # A document in which no bracket opens a compound has none that closes one either.
    plain = sentences(format_name).filter(lambda line: "[" not in line)
    lines = data.draw(st.lists(plain, min_size=2, max_size=10))
    cuts = data.draw(st.sets(st.integers(1, len(lines) - 1), max_size=3))
    whole = {"a": lines}
    parts = {
        str(number): lines[start:end]
        for number, (start, end) in enumerate(itertools.pairwise([0, *sorted(cuts), len(lines)]))
    }
    assert contents(parts, format_name) == contents(whole, format_name)


def contents(parts: dict[str, list[str]], format_name: str) -> Counter[object]:
    """What corpus rules find, without paths and places."""
    files = {name: "\n".join((*lines, "")).encode() for name, lines in parts.items()}
    report = session(files, format_name, TAGSETS[format_name]).check(list(files))
    return Counter(
        (item.code, item.tokens, item.message, item.confidence)
        for item in report.findings
        if item.code in OF_CORPUS and item.code not in OF_PLACES
    )


# Their messages name lines, or they look at what stands at the beginning of a document.
OF_PLACES = ("NUM007", "TOK104")


@pytest.mark.parametrize("format_name", FORMATS)
@settings(parent=few, max_examples=6 * LONG)
@given(st.data())
def test_standard_input_is_checked_like_a_file(
    taglint: Callable[..., Done], folder: Path, format_name: str, data: st.DataObject
) -> None:
    text = data.draw(texts(format_name)).encode("utf-8", "surrogatepass")
    (folder / "a.txt").write_bytes(text)
    common = ("--isolated", "--select", "ALL", "--output-format", "jsonl", "--format", format_name)
    file = taglint("check", *common, "a.txt")
    stdin = taglint("check", *common, "--stdin-filename", "a.txt", "-", stdin=text)
    assert (stdin.status, stdin.out) == (file.status, file.out)
    assert stdin.status in (0, 1) and not stdin.err


SUFFIXES = (".txt", ".conllu", ".tsv", ".vert", "", ".pos", ".yaml", ".gz", ".zip", ".md")


@settings(parent=few, max_examples=120 * LONG)
@given(st.binary(max_size=200), st.sampled_from(SUFFIXES), st.booleans())
def test_any_bytes_under_any_name_end_in_findings_or_one_line(
    taglint: Callable[..., Done], folder: Path, data: bytes, suffix: str, fix: bool
) -> None:
    path = folder / f"file{suffix}"
    path.write_bytes(data)
    flags = ("--fix", "--unsafe-fixes") if fix else ()
    done = taglint("check", "--isolated", "--select", "ALL", "--quiet", *flags, path.name)
    path.unlink()
    assert done.status in (0, 1, 2)
    assert "internal error" not in done.err and "Traceback" not in done.err
    assert done.status != 2 or (done.err.count("\n") == 1 and done.err.isprintable() <= 1)
