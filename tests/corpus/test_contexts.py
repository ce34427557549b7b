"""Contexts: what they count, that they add up in any order, and that rows are found again."""

import pickle
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from taglint.configuration import Configuration, FileOptions
from taglint.corpus import columns
from taglint.corpus import contexts as module
from taglint.corpus.contexts import EDGE, Contexts, contexts, find_rows
from taglint.corpus.document import Document
from taglint.corpus.encoding import read
from taglint.corpus.vocabulary import type_key
from taglint.engine.loading import Loader
from taglint.plugins import installed


@pytest.fixture(autouse=True, scope="module")
def _few_rows_at_a_time() -> Iterator[None]:
    """Tables of examples are cut as those of large corpora are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "SLICE", 2)
        yield


TOKENS = st.sampled_from(
    ["天/n", "天/q", "好/a", "好/d", "人", "，/w", "[大/a", "[天/n", "学/n]nt"]
)
LINES = st.lists(TOKENS, max_size=6).map(" ".join)
TEXTS = st.lists(LINES, min_size=1, max_size=5).map("\n".join)


def document(text: str) -> Document:
    loader = Loader(installed(), Configuration(options=FileOptions(format="slash")))
    return loader.decode("a.txt", *read(text.encode()))


def counted(table: Contexts) -> Counter[tuple[str, ...]]:
    """The table as strings, `""` for an edge."""
    names = ["", *(f"{form}/{tag}" for form, tag in zip(table.forms, table.tags, strict=True))]
    rows = zip(table.left, table.middle, table.right, table.counts.tolist(), strict=True)
    found: Counter[tuple[str, ...]] = Counter()
    for left, middle, right, count in rows:
        found[names[left], names[middle], names[right]] += count
    return found


def expected(one: Document) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for sentence in range(one.sentence_count):
        names = [
            "" if one.token(index).flaw else "/".join(one.token(index)[:2])
            for index in one.sentence_tokens(sentence)
        ]
        around = ["", *names, ""]
        for index, name in enumerate(names, 1):
            if name:
                found[around[index - 1], name, around[index + 1]] += 1
    return found


@given(TEXTS)
def test_counts_are_those_of_a_plain_loop(text: str) -> None:
    one = document(text)
    assert counted(contexts(one)) == expected(one)


@given(TEXTS, st.sets(TOKENS))
def test_types_are_found_by_their_hashes_with_compound_brackets_or_without(
    text: str, some: set[str]
) -> None:
    one, other = document(text), document(" ".join(some))
    wanted = {tuple(other.token(index)[:2]) for index in range(len(other))}
    keys = np.array(sorted(type_key(*each) for each in wanted), np.uint64)
    types = one.vocabulary.types
    formed = {index for index in one.type_ids if not types[index].flaw}
    assert set(one.types_among(keys)) == {i for i in formed if types[i][:2] in wanted}


@given(TEXTS, st.integers(1, 5))
def test_long_documents_are_counted_like_short_ones(text: str, size: int) -> None:
    one = document(text)
    table = contexts(one)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "COUNTED", size)
        assert contexts(one) == table


@given(TEXTS, TEXTS, TEXTS)
def test_tables_add_in_any_order_and_grouping(first: str, second: str, third: str) -> None:
    a, b, c = (contexts(document(text)) for text in (first, second, third))
    assert (a + b) + c == a + (b + c) == Contexts.merged([c, a, b])
    assert counted(a + b) == counted(a) + counted(b)


@given(st.lists(TEXTS, min_size=2, max_size=4), st.integers(1, 9))
def test_tables_are_added_up_alike_however_many_rows_at_a_time(texts: list[str], size: int) -> None:
    tables = [contexts(document(text)) for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "SLICE", 1 << 16)
        whole = Contexts.merged(tables)
        patch.setattr(columns, "SLICE", size)
        assert Contexts.merged(tables) == whole


@given(TEXTS)
def test_pairs_are_the_neighbours_of_rows(text: str) -> None:
    table = contexts(document(text))
    names = ["", *(f"{form}/{tag}" for form, tag in zip(table.forms, table.tags, strict=True))]
    left, closing = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for (before, own, behind), count in counted(table).items():
        left[before, own] += count
        closing[own, behind] += count if not behind else 0
    pairs = zip(*(column.tolist() for column in table.pairs()), strict=True)
    found = {(names[first], names[second]): times for first, second, times in pairs}
    assert found == +left + +closing


@given(TEXTS, TEXTS)
def test_what_is_left_without_a_part_is_as_if_it_had_never_been_added(a: str, b: str) -> None:
    rest, part = contexts(document(a)), contexts(document(b))
    assert (rest + part).exchanged(part, None) == rest


@given(TEXTS, TEXTS, TEXTS, st.sampled_from([0, module.NARROW]), st.sampled_from([0, columns.FEW]))
def test_a_part_is_exchanged_as_if_the_other_had_always_been_there(
    a: str, b: str, c: str, narrow: int, few: int
) -> None:
    rest, less, more = (contexts(document(text)) for text in (a, b, c))
    whole = rest + less
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "NARROW", narrow)
        patch.setattr(columns, "FEW", few)
        assert whole.exchanged(less, more) == rest + more
        assert whole.exchanged(less, less) == whole == whole.exchanged(None, None)


@given(TEXTS, TEXTS)
def test_only_rows_remain_that_some_types_can_have(text: str, other: str) -> None:
    table, few = contexts(document(text)), contexts(document(other))
    known = {"", *(f"{form}/{tag}" for form, tag in zip(few.forms, few.tags, strict=True))}
    rows = {row: count for row, count in counted(table).items() if known.issuperset(row)}
    assert counted(table.within(few.keys)) == rows
    assert table.within(None) is table


@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_a_small_table_is_added_to_a_large_one_as_any_others(texts: list[str]) -> None:
    tables = [contexts(document(text)) for text in texts]
    sums = []
    for share in (0, 1 << 30):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(columns, "LARGE", share)
            sums.append(Contexts.merged(tables))
    assert sums[0] == sums[1]


@given(TEXTS, TEXTS)
def test_a_part_is_taken_out_alike_where_rows_are_wide(a: str, b: str) -> None:
    rest, part = contexts(document(a)), contexts(document(b))
    whole = rest + part
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "NARROW", 0)
        assert whole.exchanged(part, None) == rest


@given(TEXTS)
@example("")
@example("甲\0乙/n \0/v")
def test_a_table_comes_back_from_a_pickle_as_it_was(text: str) -> None:
    table = contexts(document(text))
    again = pickle.loads(pickle.dumps(table, pickle.HIGHEST_PROTOCOL))
    assert again == table
    assert [column.dtype for column in again._columns] == [
        column.dtype for column in table._columns
    ]


@given(TEXTS, TEXTS, st.data())
def test_rows_are_found_again_in_a_document(text: str, other: str, data: st.DataObject) -> None:
    one = document(text)
    table = contexts(one) + contexts(document(other))
    numbers = (
        st.lists(st.sampled_from(range(len(table))), unique=True) if len(table) else st.just([])
    )
    rows = np.array(sorted(data.draw(numbers)), np.int64)
    tokens, which = find_rows(one, table, rows)
    assert tokens.tolist() == sorted(tokens.tolist())
    found: Counter[tuple[str, str]] = Counter()
    for token, row in zip(tokens.tolist(), which.tolist(), strict=True):
        middle = table.middle[row] - 1
        assert one.token(token)[:2] == (table.forms[middle], table.tags[middle])
        found[one.token(token).form, str(row)] += 1
    wanted = {int(row) for row in rows}
    names = counted(_only(table, wanted))
    assert len(tokens) == sum(n for name, n in expected(one).items() if name in names)


def _only(table: Contexts, rows: set[int]) -> Contexts:
    kept = np.array(sorted(rows), np.int64)
    columns = (table.middle, table.left, table.right, table.counts)
    return Contexts(table.keys, table.forms, table.tags, *(column[kept] for column in columns))


def test_many_types_are_counted_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    one = document("天/n 好/a 人/n ，/w 天/q\n好/d 天/n 好/a 人/n")
    narrow = contexts(one)
    monkeypatch.setattr(module, "NARROW", 2)
    assert contexts(one) == narrow == Contexts.merged([narrow])
    assert (narrow.left == EDGE).sum() == 2
