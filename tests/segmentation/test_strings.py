"""Hashes of forms that are joined and cut are those of the joined and cut forms."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from taglint_rules._index import Index
from taglint_rules.segmentation._strings import INVERSE, strings

FORMS = st.text(st.sampled_from("一二三提高\U00020000aé"), min_size=1, max_size=6)


@given(st.lists(FORMS, min_size=2, max_size=12, unique=True))
def test_arithmetic_is_that_of_strings(forms):
    table = strings(forms)
    left, right = np.arange(len(forms) - 1), np.arange(1, len(forms))
    pairs = list(itertools.pairwise(forms))
    assert (table.joined(left, right) == strings([a + b for a, b in pairs]).hash).all()
    rest, more = table.moved_right(left, right)
    assert (rest == strings([a[:-1] for a, _ in pairs]).hash).all()
    assert (more == strings([a[-1] + b for a, b in pairs]).hash).all()
    more, rest = table.moved_left(left, right)
    assert (more == strings([a + b[0] for a, b in pairs]).hash).all()
    assert (rest == strings([b[1:] for _, b in pairs]).hash).all()


@given(st.lists(FORMS, min_size=1, max_size=12, unique=True), st.lists(FORMS, max_size=12))
def test_index_finds_what_it_has(forms, others):
    hashes = strings(forms).hash
    index = Index(np.sort(hashes))
    found = index.find(strings([*forms, *others]).hash).tolist()
    known = {forms[place]: number for number, place in enumerate(np.argsort(hashes))}
    assert found == [known.get(form, -1) for form in [*forms, *others]]


def test_han_is_told_from_other_scripts():
    assert strings(["提高", "a", "提a", "〇", "𠀀", ""]).han.tolist() == [
        True, False, False, True, True, False,
    ]  # fmt: skip


@given(st.sets(st.integers(0, 1 << 12), min_size=1), st.lists(st.integers(0, 1 << 12)))
def test_index_finds_hashes_that_share_a_slot(own, others):
    hashes = [number * INVERSE % (1 << 64) for number in own]
    index = Index(np.sort(np.array(hashes, np.uint64)))
    places = {number: place for place, number in enumerate(sorted(hashes))}
    wanted = [number * INVERSE % (1 << 64) for number in [*own, *others]]
    found = index.find(np.array(wanted, np.uint64)).tolist()
    assert found == [places.get(number, -1) for number in wanted]
