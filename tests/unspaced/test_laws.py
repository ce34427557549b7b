"""Properties that hold for every text."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taglint.formats.unspaced.decoder import decode

from .test_decode import TAGS, check_spans, pairs

CHINESE = st.text("茶水壶大小人山口", min_size=1, max_size=4)
FORMS = st.one_of(CHINESE, st.sampled_from("。，、（）"), st.sampled_from(["Ｔ恤", "é", "——"]))
LINES = st.lists(
    st.lists(st.tuples(FORMS, st.sampled_from(sorted(TAGS))), min_size=1, max_size=12),
    min_size=1,
    max_size=6,
)


@given(LINES)
def test_unambiguous_text_gives_its_tokens_back(lines: list[list[tuple[str, str]]]) -> None:
    text = "\n".join("".join(f"{form}/{tag}" for form, tag in line) for line in lines)
    decoding = decode(text, TAGS)
    check_spans(text, decoding)
    assert pairs(decoding) == [token for line in lines for token in line]
    assert not decoding.flaws


@given(st.text("ngv/a1 \n\r茶，iZ", max_size=60))
@settings(max_examples=500)
def test_any_string_over_a_hard_alphabet_decodes(text: str) -> None:
    check_spans(text, decode(text, TAGS))


@given(st.text(max_size=200))
def test_any_string_decodes(text: str) -> None:
    check_spans(text, decode(text, TAGS))


GLUED = st.text("abcgn12茶", min_size=1, max_size=4)


@given(st.lists(st.tuples(GLUED, st.sampled_from(sorted(TAGS)))))
def test_well_formed_text_keeps_every_character(tokens: list[tuple[str, str]]) -> None:
    text = "".join(f"{form}/{tag}" for form, tag in tokens)
    check_spans(text, decode(text, TAGS))


@pytest.fixture
def frozen() -> Iterator[None]:
    """What other tests left in memory is not looked through for circles meanwhile."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize(
    "unit",
    ["/", "n", "n/", "茶/n", "gpu/nz", "n/nn/n", "a/b1/c", "\n", "茶\n/n\n", "/qqq", "//n", " /x"],
)
def test_time_grows_with_length_alone(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        started = time.process_time()
        decode(text, TAGS)
        return time.process_time() - started

    seconds(1_000)
    # In turns, so that what else the machine does slows both.
    times = [(seconds(5_000), seconds(20_000)) for _ in range(6)]
    short, long = map(min, zip(*times, strict=True))
    assert long < 4 * 3 * short + 0.1
