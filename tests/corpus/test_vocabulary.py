"""A vocabulary: sifting finds the types that asking each would find, and keeps none from a rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.corpora import session

from taglint.corpus.vocabulary import Judged, TokenType, Vocabulary, type_key
from taglint.plugins import installed
from taglint.rules import Context
from taglint_rules.numbering._numerals import STARTING

# What rules ask for, what looks like it, and what splits lines.
CHARACTERS = (
    "12３第一两几多年月日①(（[]）.．,，、:：%·—–-/_“”。!！aZｚΑа中㐀和&\n\r\0\u3000\U00020000"
)
forms = st.text(st.sampled_from(CHARACTERS), max_size=5)
tags = st.sampled_from(("n", "m", "q", "w", "nz", "N", "t", "PU", "CD", "", "zzz"))
types = st.lists(st.builds(TokenType, forms, tags), max_size=12)
AROUND = re.compile("[1一(]")


@given(types, types)
def test_sifting_finds_what_asking_each_does(first: list[TokenType], more: list[TokenType]) -> None:
    vocabulary = Vocabulary()
    for some in (first, more):
        for token in some:
            vocabulary.intern(token)
        every = vocabulary.types
        assert [*vocabulary.beginning(AROUND).ids] == ids(
            every, lambda token: AROUND.match(token.form)
        )
        assert [*vocabulary.containing(AROUND).ids] == ids(
            every, lambda token: AROUND.search(token.form)
        )
        assert [*vocabulary.tagged("m".__eq__).ids] == ids(every, lambda token: token.tag == "m")


def ids(every: list[TokenType], judge: Callable[[TokenType], object]) -> list[int]:
    return [index for index, token in enumerate(every) if judge(token)]


def test_irregular_types_are_malformed_or_in_compounds() -> None:
    vocabulary = Vocabulary()
    for more in ((), ("missing-tag",), ("", "["), ("", "", "]nt")):
        vocabulary.intern(TokenType("中", "n", *more))
    assert [*vocabulary.irregular().ids] == [1, 2, 3]


RULES = [rule for rule in installed().rules.values() if rule.among]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@pytest.mark.parametrize("tagset", ["pku98", "ctb", "penn"])
@given(types)
def test_a_type_rule_objects_to_none_but_those_that_it_may(
    rule: Any, tagset: str, every: list[TokenType]
) -> None:
    vocabulary = Vocabulary()
    for token in every:
        vocabulary.intern(token)
    context = Context("slash", installed().tagset(tagset), rule.defaults)
    found = {
        index for index, token in enumerate(vocabulary.types) if rule.check_type(token, context)
    }
    among = rule.among(vocabulary, context)
    assert among is not None and found <= among.answers.keys()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(lambda form, tag: f"{form}/{tag}", forms, tags), max_size=12))
def test_no_question_has_an_answer_beyond_what_it_is_asked_within(tokens: list[str]) -> None:
    asked = Vocabulary.judged

    def checked(
        self: Vocabulary,
        name: Hashable,
        judge: Callable[[TokenType], Any],
        within: Judged | None = None,
    ) -> Judged:
        # What numerals begin with is a part of questions about them.
        if within is not None and within is not self.beginning(STARTING):
            others = (index for index in range(len(self)) if index not in within.answers)
            assert not any(judge(self.types[index]) for index in others), name
        return asked(self, name, judge, within)

    text = " ".join(tokens).encode("utf-8", "surrogatepass")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Vocabulary, "judged", checked)
        session({"a": text}).check(["a"])


@given(types, types)
def test_keys_are_those_of_each_type(first: list[TokenType], more: list[TokenType]) -> None:
    vocabulary = Vocabulary()
    for token in [*first, TokenType("\ud800", "n"), *more, TokenType("中", "", "missing-tag")]:
        vocabulary.intern(token)
        expected = [0 if each.flaw else type_key(each.form, each.tag) for each in vocabulary.types]
        assert [*vocabulary.keys()] == expected


def test_a_vocabulary_grows_while_somebody_looks_into_it() -> None:
    vocabulary = Vocabulary()
    views: list[tuple[memoryview, memoryview]] = []
    for number, form in enumerate("人一天", 1):
        vocabulary.intern(TokenType(form, "n"))
        keys, said = vocabulary.keys(), vocabulary.judged("all", lambda token: token.form)
        assert [*keys] == [type_key(*token[:2]) for token in vocabulary.types]
        assert [*said.ids] == [*range(number)]
        views.append((memoryview(keys), memoryview(said.ids)))
    # What was looked at is as it was.
    assert [(len(keys), len(ids)) for keys, ids in views] == [(1, 1), (2, 2), (3, 3)]
