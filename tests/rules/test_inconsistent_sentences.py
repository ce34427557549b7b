"""What TAG013 counts adds up in any order, and finds what differs in long stretches alone."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from itertools import chain, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taglint.configuration import Configuration, FileOptions
from taglint.corpus import columns
from taglint.corpus.document import Document
from taglint.corpus.vocabulary import type_key
from taglint.engine.fixing import fix_all
from taglint.engine.session import Session
from taglint.findings import Applicability
from taglint.plugins import installed
from taglint.rules import Context
from taglint_rules.tags import _stretches, _variation
from taglint_rules.tags._form_hashes import text_hashes
from taglint_rules.tags._openness import Usual, openness
from taglint_rules.tags._practice import Pairs, Rates, chances, fitted
from taglint_rules.tags._stretches import Stretches, stretches
from taglint_rules.tags._variation import errors, practice

SENTENCE = "我们/r 要/v 努力/ad 推进/v 和平/n 统一/vn 进程/n 。/w\n"
# Few words, so that stretches repeat; some tokens are malformed.
WORDS = st.sampled_from(
    ["一/m", "二/m", "人/n", "人/v", "李/nr", "王/nr", "好/a", "好/d", "/w", "坏"]
)
FILES = st.lists(st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=6), max_size=4)


@pytest.fixture(autouse=True, scope="module")
def _few_rows_at_a_time() -> Iterator[None]:
    """Tables of examples are cut as those of large corpora are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "SLICE", 2)
        yield


def session(*texts: str) -> Session:
    options = FileOptions("slash", "utf-8", "pku98", select=("TAG013",), min_confidence=0.0)
    files = {str(number): text.encode("utf-8") for number, text in enumerate(texts)}
    return Session(installed(), Configuration(options=options), files.__getitem__)


def counted(text: str) -> Stretches:
    return stretches(document(text), installed().tagset("pku98"))


def sure(least: float) -> Context:
    return Context("slash", min_confidence=least)


def document(text: str) -> Document:
    return session(text).document("0")


def found(*texts: str) -> list[tuple[str, int, str, float]]:
    report = session(*texts).check([str(number) for number in range(len(texts))])
    return [(item.path, item.start, item.message, item.confidence) for item in report.findings]


@pytest.mark.parametrize("most", [8191, 2])
@pytest.mark.parametrize("large", [0, 16])
@given(FILES)
def test_counts_are_those_of_one_file_in_any_order_and_grouping(
    most: int, large: int, files: list[list[str]]
) -> None:
    """Also where there are more tags than numbers for them, and however small the others are
    beside what is then a large table."""
    texts = ["\n".join(lines) for lines in files]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_stretches, "MOST_TAGS", most)
        patch.setattr(columns, "LARGE", large)
        whole = counted("\n".join(texts))
        parts = [counted(text) for text in texts] or [counted("")]
        assert Stretches.merged(parts) == Stretches.merged(parts[::-1]) == whole
        total = parts[0]
        for part in parts[1:]:
            total = part + total
        assert total == whole


@given(FILES)
def test_a_table_comes_back_from_a_pickle_as_it_was(files: list[list[str]]) -> None:
    table = counted("\n".join(line for lines in files for line in lines))
    again = pickle.loads(pickle.dumps(table, pickle.HIGHEST_PROTOCOL))
    assert again == table
    assert again.rows.dtype == table.rows.dtype


@pytest.mark.parametrize("types", [0, 1 << 20])
@given(FILES, st.integers(1, 4))
def test_long_documents_are_counted_like_short_ones(
    types: int, files: list[list[str]], size: int
) -> None:
    """And those with more types than are numbered."""
    text = "\n".join(chain.from_iterable(files))
    whole = counted(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_stretches, "TOGETHER", size)
        patch.setattr(_stretches, "MOST_TYPES", types)
        assert counted(text) == whole


@given(FILES, st.integers(0, 2))
def test_stretches_that_share_a_hash_add_up_and_are_not_compared(
    files: list[list[str]], bits: int
) -> None:
    texts = ["\n".join(lines) for lines in files] or [""]
    shared = ~np.uint64((1 << (64 - bits)) - 1) if bits else np.uint64(0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_stretches, "STRETCH", shared)
        parts = [counted(text) for text in texts]
        total = Stretches.merged(parts)
        assert total == Stretches.merged(parts[::-1]) == counted("\n".join(texts))
        tokens = sum(len(line.split()) for lines in files for line in lines)
        assert total.counts.sum() <= tokens and np.all(total.rows[1:] > total.rows[:-1])
        for (_, key), case in _variation.variation(total):
            form, tag = named(texts)[key]
            assert type_key(form, case.right) in named(texts) and case.right != tag


@given(FILES, FILES, FILES)
def test_a_part_is_exchanged_as_if_the_other_had_always_been_there(
    rest: list[list[str]], less: list[list[str]], more: list[list[str]]
) -> None:
    a, b, c = (counted("\n".join(chain.from_iterable(files))) for files in (rest, less, more))
    whole = a + b
    assert whole.exchanged(b, c) == a + c
    assert whole.exchanged(b, None) == a
    assert whole.exchanged(b, b) == whole == whole.exchanged(None, None)


def named(texts: list[str]) -> dict[int, tuple[str, str]]:
    """The types of texts by their stable hashes."""
    pairs = [token.rpartition("/")[::2] for text in texts for token in text.split()]
    return {type_key(form, tag): (form, tag) for form, tag in pairs}


def test_hashes_are_the_same_in_every_process() -> None:
    hashes = text_hashes(["中国", "a", "", "中国", "国中", "\udc80"]).tolist()
    assert hashes[0] == hashes[3]
    assert len(set(hashes)) == 5
    assert hashes[:2] == [16885701864892853410, 4887326771206753150]
    assert text_hashes(["a", "中国"]).tolist() == hashes[1::-1]


@given(FILES, st.integers(1, 9))
def test_tables_are_alike_however_many_rows_at_a_time(files: list[list[str]], size: int) -> None:
    texts = ["\n".join(lines) for lines in files] or [""]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "SLICE", 1 << 16)
        whole = Stretches.merged([counted(text) for text in texts])
        patch.setattr(columns, "SLICE", size)
        assert Stretches.merged([counted(text) for text in texts]) == whole


def test_rows_ascend() -> None:
    rows = counted(SENTENCE * 2 + SENTENCE.replace("vn", "v")).rows.tolist()
    assert all(left < right for left, right in pairwise(rows))


def test_variation_is_found_across_files() -> None:
    other = SENTENCE.replace("vn", "v")
    (only,) = [item for item in found(SENTENCE, SENTENCE, other) if item[3] >= 0.5]
    assert only[:3] == ("2", 28, "统一 is tagged v; among the same words it is vn twice, v once")


def test_of_two_places_the_form_decides() -> None:
    usual = "统一/vn 。/w\n" * 9
    sides = found(SENTENCE + usual, SENTENCE.replace("vn", "v"))[-1:]
    assert [path for path, *_ in sides] == ["1"]
    assert sides[0][2].endswith("it is vn once, v once; anywhere vn 10 times, v once")
    assert sides[0][3] > 0.6


def test_places_that_balance_do_not_change_places() -> None:
    texts = session(SENTENCE, SENTENCE.replace("vn", "v"))
    assert [item.confidence for item in texts.check(["0", "1"]).findings] == [0.49, 0.5]
    fixed = fix_all(texts, lambda: texts.check(["0", "1"]), {Applicability.UNSAFE})
    assert (fixed.warnings, texts.text("0"), texts.text("1")) == ([], SENTENCE, SENTENCE)


@pytest.mark.parametrize(
    ("old", "new"),
    [("要/v", "应/v"), ("。/w\n", "！/w\n"), ("努力/ad", "努力／ad"), ("推进/v", "推进/v \n")],
)
def test_other_words_nearby_are_another_stretch(old: str, new: str) -> None:
    """`我们` and what follows `统一` lie within the stretch; a line end parts sentences."""
    other = SENTENCE.replace("统一/vn", "统一/v")
    assert found(SENTENCE * 2 + other)
    changed = other.replace(old, new)
    assert changed != other
    assert bool(found(SENTENCE * 2 + changed)) is (old == "要/v")


def test_names_and_numerals_may_differ_but_not_be_all_there_is() -> None:
    names = "李/nr 明/nr 、/w 王/nr 刚/nr 、/w 赵/nr 强/nr 、/w 一/m 二/m 三/m\n"
    assert found(names * 2 + names.replace("、/w", "、/n")) == []


NUMBERS = st.integers(0, 60)


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 50), NUMBERS, NUMBERS), min_size=1))
def test_what_speaks_for_one_side_speaks_against_the_other(
    rows: list[tuple[int, int, int, int]],
) -> None:
    a, b, c, d = (np.array(column, float) for column in zip(*rows, strict=True))
    rates, one = Rates(0.004, 0.05), np.ones(len(rows))
    open_ = openness(c, d)
    own, other, both = chances(Pairs(a, b, c, d, one, open_), rates)
    assert np.allclose(own + other + both, 1)
    assert np.allclose(chances(Pairs(b, a, d, c, one, open_), rates), (other, own, both))
    # The rarer the own tag is elsewhere, the likelier it is the error of the two.
    fewer, its_other, _ = chances(Pairs(a, b, np.zeros(len(rows)), d, one, open_), rates)
    assert (fewer * other >= own * its_other - 1e-12).all()


def test_rates_are_those_that_stretches_were_made_with() -> None:
    """Of 20,000 stretches of two tokens whose form is open, or not, errors and practice."""
    draw = np.random.default_rng(7)
    size, errors, practice = 20_000, 0.01, 0.06
    open_ = draw.random(size) < 0.2
    main, rare = np.full(size, 900.0), np.where(open_, 700.0, 2.0)
    wrong = draw.random(size) < 2 * errors
    vary = wrong | (open_ & (draw.random(size) < practice))
    one = np.ones(size)
    columns = one, one, rare, main, one, openness(rare, main)
    pairs = Pairs(*(column[vary] for column in columns))
    found = fitted(pairs, 2.0 * size, float(openness(rare, main).sum()))
    assert found.errors == pytest.approx(errors, rel=0.15)
    assert found.practice == pytest.approx(practice, rel=0.2)


def test_a_rare_form_is_as_open_as_others_with_its_tags() -> None:
    """Of forms with `v` and `vn` that are seen often, half bear both."""
    words = [f"词{chr(0x4E00 + number)}" for number in range(40)]
    often = "".join(f"{word}/v {word}/v {word}/vn " * 6 for word in words[:20])
    alone = "".join(f"{word}/v " * 18 + f"{word}名/n " * 18 for word in words[20:])
    counts = counted(f"{often}{alone}")
    usual = Usual(counts)
    v, vn, n = (np.array([counts.tags.tolist().index(tag)]) for tag in ("v", "vn", "n"))
    assert usual.of_pairs(v, vn)[0] == usual.of_pairs(vn, v)[0] > 0.2
    assert usual.of_pairs(v, n)[0] < 0.05
    assert usual.of_tags(v)[0] > 0.2 and usual.of_tags(n)[0] < 0.05
    none = np.zeros(1)
    assert openness(none, none, usual.of_pairs(v, vn)) == usual.of_pairs(v, vn)
    # What a form shows itself counts more.
    assert openness(none, none + 500, usual.of_pairs(v, vn))[0] < 0.05


def test_no_verdict_without_variation() -> None:
    for judged in (errors, practice):
        assert not judged(counted(""), sure(0))
        assert not judged(counted(SENTENCE * 3), sure(0))


def test_the_same_place_is_an_error_or_practice() -> None:
    usual = "统一/vn 。/w\n" * 40 + "统一/v 。/w\n" * 20
    counts = counted(usual + SENTENCE * 2 + SENTENCE.replace("统一/vn", "统一/v"))
    assert not errors(counts, sure(0.5))
    assert [case.other for case in practice(counts, sure(0.5)).cases.values()] == ["vn"]


def test_a_verdict_says_of_which_types_it_is() -> None:
    verdict = errors(counted(SENTENCE * 2 + SENTENCE.replace("vn", "v")), sure(0))
    assert verdict.types.tolist() == [type_key("统一", "v")]
    assert [case.other for _, case in verdict.of_types(verdict.types)] == ["vn"]
    assert verdict.of_types(verdict.types[:0]) == []


@given(FILES, FILES)
def test_what_is_left_without_a_part_is_as_if_it_had_never_been_added(
    files: list[list[str]], others: list[list[str]]
) -> None:
    """Also tags and types that nothing else has."""
    rest, part = ("\n".join(chain.from_iterable(each)) for each in (files, others))
    whole = counted(rest) + counted(part)
    assert whole.exchanged(counted(part), None) == counted(rest)


def test_nothing_is_left_where_tags_were_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_stretches, "MOST_TAGS", 2)
    whole = counted(SENTENCE) + counted("一/m 人/n")
    assert not whole.exchanged(counted("一/m"), None)
    assert not whole.exchanged(counted("一/m"), counted("二/m"))
