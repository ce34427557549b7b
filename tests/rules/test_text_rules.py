"""The rules about characters on texts that nobody wrote: no failure, no endless fixing, no
quadratic time."""

import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taglint.configuration import Configuration, FileOptions
from taglint.engine.fixing import Fixed, fix_all
from taglint.engine.session import Session
from taglint.findings import Applicability
from taglint.plugins import installed

PATH = "example"
CODES = tuple(code for code in installed().rules if code.startswith("TXT"))
# One or two of each kind that some rule is about.
ODD = (
    "a/n 中/w  ,，１1Ａ.\t\n\r\x00\x1c\x85\x93\xa0\xad×Ã©â€œéà\u0301\u0323\u0422\u0441οАA"
    "\u1100\u1161\u200b\u200d\u200e\u2028\u2f00\u3000\ue000\ufb01\ufe0f\ufe35\ufeff\uffff\ufffd"
    "锟斤拷烫烫烫鍒嗚瘝锛&amp;#0;\U0001f600\U000e0101\U0009fff0"
)
TEXTS = st.lists(st.sampled_from([*ODD, "/n ", "/w\n", "锟斤拷", "&amp;", "â€œ"]), max_size=40)


def fixed(data: bytes, applied: Sequence[Applicability], **options: str) -> Fixed:
    settings = FileOptions(tagset="hanlp", select=CODES, min_confidence=0.0, **options)
    session = Session(installed(), Configuration(options=settings), lambda path: data)
    outcome = fix_all(session, lambda: session.check([PATH]), applied)
    outcome.before[PATH] = session.text(PATH)
    return outcome


@given(TEXTS, st.sampled_from(["slash", "underscore"]))
@settings(max_examples=300, deadline=None)
def test_safe_fixes_converge_and_are_idempotent(pieces: list[str], format_name: str) -> None:
    data = "".join(pieces).encode("utf-8", "surrogatepass")
    once = fixed(data, [Applicability.SAFE], format=format_name, encoding="utf-8")
    assert not once.warnings
    again = fixed(once.before[PATH].encode("utf-8", "surrogateescape"), [Applicability.SAFE],
                  format=format_name, encoding="utf-8")  # fmt: skip
    assert again.before[PATH] == once.before[PATH]
    assert not again.applied


@given(st.binary(max_size=60), st.sampled_from(["auto", "utf-8", "utf-16", "gb18030", "big5"]))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_checked_and_fixed(data: bytes, encoding: str) -> None:
    outcome = fixed(data, [Applicability.SAFE, Applicability.UNSAFE], format="slash",
                    encoding=encoding)  # fmt: skip
    assert not outcome.report.errors
    assert not outcome.warnings


@pytest.mark.parametrize("character", sorted({*ODD, "\udcff", "涓"}))
def test_a_long_line_of_one_character_takes_no_long_time(character: str) -> None:
    from taglint.corpus.encoding import read
    from taglint.engine.loading import Loader
    from taglint.engine.selection import active_rules

    plugins = installed()
    options = FileOptions(format="slash", tagset="hanlp", select=CODES)
    text = character * 300_000
    document = Loader(plugins, Configuration(options=options)).decode(PATH, text, read(b"")[1])
    active = active_rules(plugins.rules, options, plugins.formats["slash"], None).document
    start = time.process_time()
    for item in active:
        assert item.rule.check_document
        count = sum(1 for _ in item.rule.check_document(document, item.context))
        assert count <= 300_000
    assert time.process_time() - start < 10
