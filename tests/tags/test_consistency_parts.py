"""The numeric parts of the consistency rules against plain Python."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from taglint.corpus.columns import summed
from taglint.corpus.contexts import Contexts
from taglint.plugins import installed
from taglint_rules._characters import code_points
from taglint_rules.tags._consistency.closed import kin_of
from taglint_rules.tags._consistency.conditions import Question, condition_of
from taglint_rules.tags._consistency.glance import Glance
from taglint_rules.tags._consistency.logistic import _blocks, _gram
from taglint_rules.tags._consistency.shapes import _combined, _Outlines
from taglint_rules.tags._consistency.suspects import _deliberate
from taglint_rules.tags._consistency.view import View, looked_up

ROWS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), st.integers(1, 300)), min_size=1)


@given(ROWS, st.sampled_from((1, 1 << 40)))
def test_sums_are_those_of_a_counter(rows: list[tuple[int, int, int]], far: int) -> None:
    keys = np.array([row[0] * far for row in rows], np.int64)
    counts = np.array([row[2] * far for row in rows], np.int64)
    expected = Counter[int]()
    for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
        expected[key] += count
    known, sums = summed(keys, counts)
    assert dict(zip(known.tolist(), sums.tolist(), strict=True)) == expected
    assert looked_up(np.array([7, -1]), known, sums).tolist() == [expected[7], 0]


@given(ROWS)
def test_a_condition_counts_alike_in_an_array_and_sorted(rows: list[tuple[int, int, int]]) -> None:
    condition, tag, count = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    question = Question(np.arange(len(rows)), tag, np.roll(tag, 1))
    pieces = [(condition, tag.astype(np.int32), count.astype(np.float64))]
    sums = len(rows), int(count.sum())
    dense = condition_of(pieces, 10, 5, *sums).seen(condition, question)
    sparse = condition_of(pieces, 1 << 40, 5, *sums).seen(condition, question)
    assert np.array_equal(dense, sparse)
    together = sum(c for a, b, c in rows if (a, b) == (rows[0][0], rows[-1][1]))
    assert dense[0][0] == together - (rows[0][1] == rows[-1][1])
    assert dense[1][0] == sum(c for a, _, c in rows if a == rows[0][0]) - 1


@given(st.lists(st.text(max_size=5), max_size=20))
def test_outlines_are_those_of_string_methods(forms: list[str]) -> None:
    lines = _Outlines(*code_points(forms))
    names = (lines.last(1), lines.last(2), lines.length, lines.shape)
    found = _combined(names).tolist()
    plain = [(form[-2:], min(4, len(form)), _shape(form)) for form in forms]
    assert len({*zip(found, plain, strict=True)}) == len(set(found)) == len(set(plain))


def _shape(form: str) -> int:
    if form[:1].isupper():
        return 3 if form.isupper() else 2
    return int(any(map(str.isdigit, form)))


def test_tiles_make_the_whole_product() -> None:
    draw = np.random.default_rng(1)
    rows, weight = draw.random((1000, 70)), draw.random(1000)
    found = _gram(_blocks(rows.astype(np.float32)), _blocks(weight.astype(np.float32)[:, None]))
    assert np.allclose(found, (rows * weight[:, None]).T @ rows, rtol=1e-4)


def test_a_word_of_a_closed_class_gets_the_listed_tag_of_the_same_family() -> None:
    penn = installed().tagset("penn")
    assert kin_of("That", "WRB", penn) == "WDT"
    assert kin_of("theirs", "PRP$", penn) == "PRP"
    # Both `PRP` and `PRP$` list it: the more alike one.
    assert kin_of("her", "PRP$x", penn) == "PRP$"
    assert kin_of("out", "PRP$", penn) == kin_of("house", "WRB", penn) == ""
    # `DT` and `PDT` list it, neither is like the tag.
    assert kin_of("all", "WRB", penn) == kin_of("all", "WRB", None) == ""


def test_a_form_is_expected_to_bear_the_tags_of_those_that_differ_in_case() -> None:
    pairs = [("rose", "v"), ("rose", "n"), ("Rose", "n"), ("tulip", "n"), ("Tulips", "n")]
    view = _view(pairs, [30, 2, 1, 10, 1])
    named = [view.forms[at] for at in view.spelling.tolist()]
    assert named == ["", "rose", "rose", "tulip", "Tulips"]
    glance, (n, v) = Glance(view), map(view.tags.index, "nv")
    capital, other = np.array([2]), np.array([4])
    chances = {
        (row, tag): float(glance.word(Question(row_, np.array([n]), np.array([tag])),
                                      view.seen(view.middle(row_), np.array([tag])))[0][0])
        for row, row_ in (("Rose", capital), ("Tulips", other)) for tag in (n, v)
    }  # fmt: skip
    # Each is the only token of its form, so that nothing but the others is evidence.
    assert chances["Rose", v] > 0.8 > chances["Tulips", v] and chances["Rose", n] < 0.2


def _view(pairs: list[tuple[str, str]], counts: list[int]) -> View:
    """A corpus of sentences of one token."""
    forms, tags = (np.array(column, object) for column in zip(*pairs, strict=True))
    middle, edge = np.arange(1, len(pairs) + 1, dtype=np.int32), np.zeros(len(pairs), np.int32)
    keys = np.arange(len(pairs), dtype=np.uint64)
    return View.of(Contexts(keys, forms, tags, middle, edge, edge, np.array(counts)))


def test_tags_that_share_forms_are_mistaken_for_each_other() -> None:
    pairs = [("a", "n"), ("a", "v"), ("b", "n"), ("b", "v"), ("c", "d"), ("e", "n")]
    view = _view(pairs, [20] * len(pairs))
    chances = np.exp(Glance(view).mistaken)
    assert np.allclose(chances.sum(axis=1), 1.0, rtol=0.01)
    n, v, d = map(view.tags.index, "nvd")
    assert chances[v, n] > 2 * chances[v, d] and chances[n, v] > 2 * chances[n, d]


def test_a_rare_tag_of_morphemes_is_given_on_purpose() -> None:
    pairs = [("a", "n"), ("b", "Ng"), ("c", "Yg"), ("d", "x")]
    view = _view(pairs, [90_000, 5_000, 3, 5_000])
    found = _deliberate(view, ("x",), ("Ng", "Yg"))
    assert [tag for tag, on_purpose in zip(view.tags, found, strict=True) if on_purpose] == [
        "Yg",
        "x",
    ]


def test_tags_are_told_apart_however_many_there_are() -> None:
    number = 66_000
    keys = np.arange(1, number + 1, dtype=np.uint64)
    names = np.array([str(at) for at in range(number)], object)
    middle = np.arange(1, number + 1, dtype=np.int32)
    beside = np.zeros(number, np.int32)
    view = View.of(Contexts(keys, names, names, middle, beside, beside, np.ones(number, np.int64)))
    forms = np.arange(1, number + 1)
    assert view.seen(forms, forms).tolist() == [1] * number
    # As many fewer as there are numbers of sixteen bits.
    assert not view.seen(forms, forms - (1 << 16)).any()
    assert not view.seen(forms, np.roll(forms, 1)).any()
