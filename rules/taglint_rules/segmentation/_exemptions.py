"""What speaks against a finding, or for it, and shows in no count: names, terms, unknown words.

The values are logarithms of odds. They were set by reading findings on annotated text and on the
output of taggers, where damage at random, to which the weights are fitted, has nothing like it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from taglint_rules.segmentation._features import Typed
from taglint_rules.segmentation._kinds import MERGED, SPLIT
from taglint_rules.segmentation._strings import Bools, Floats, Ints
from taglint_rules.segmentation._ways import Ways

# Names beside names, and set phrases whose parts occur side by side fewer than `SEEN_APART` times.
CUT_BY_RULES_OF_THEIR_OWN = 4.0
SEEN_APART = 2
# With an outside lexicon: two content words in one token may be a term, all the more if it is
# tagged as one; what the lexicon lists as one word may be one, unless it is so long that it is
# a phrase; two words that it lists as one may
# be two, and what the corpus has in one way many times and far less often in the other is its
# guideline.
TERM = 2.3
TAGGED_AS_TERM = 3.0
LISTED = 2.0
PHRASE = 4
LISTED_PHRASE = 1.7
COMPOUND = 1.0
COMMON = 20
GUIDELINE = 2.0
MANY_TIMES = 40
# A token that the lexicon lacks with the tag that taggers give to unknown words speaks for a
# wrong boundary.
UNKNOWN = 1.0
# How much all that speaks for a finding can be.
MOST_FOR = UNKNOWN
# A boundary that crosses a word is none where its two tokens are one.
ONE_WORD = 2.0
# Adverb and adjective, 最 大: lexicons list many such pairs.
GRADED = 4.0
GRADED_AS_ONE = 1.5
# Numeral and classifier: a matter of the guideline, unless the corpus has them as one numeral.
QUANTITY = 4.5
NUMERALS = frozenset("一二三四五六七八九十百千万亿两几多第半数每")
CLASSIFIERS = ("q", "M")


class Chosen(NamedTuple):
    """Typed patterns and the types that they should be instead."""

    ways: Ways
    typed: Typed
    new: tuple[Ints, Ints]

    def is_kind(self, kind: int) -> Bools:
        return np.asarray(self.ways.kind[self.typed.pattern] == kind)

    def tags(self, types: Ints) -> Ints:
        return self.ways.tables.tag[types]


def exemptions(chosen: Chosen) -> Floats:
    """By how much each is less likely to be wrong than its numbers say, names left out."""
    if chosen.ways.tables.outside is None:
        return np.asarray(CUT_BY_RULES_OF_THEIR_OWN * _phrases(chosen), dtype=float)
    terms = _terms(chosen)
    less = ONE_WORD * chosen.ways.one_word[chosen.typed.pattern] - UNKNOWN * (
        _unknown(chosen) & ~terms
    )
    return np.asarray(less + _of_merged(chosen, terms) + _of_split(chosen), dtype=float)


def _of_merged(chosen: Chosen, terms: Bools) -> Floats:
    tables, whole = chosen.ways.tables, chosen.ways.forms[0][chosen.typed.pattern]
    tagged = tables.term_tags[chosen.tags(chosen.typed.own[0])]
    word, short = tables.listed[whole], tables.strings.length[whole] < PHRASE
    less = TERM * terms + TAGGED_AS_TERM * (terms & tagged)
    less = (
        less + np.where(short, LISTED, LISTED_PHRASE) * word + GRADED_AS_ONE * _one_graded(chosen)
    )
    return np.where(chosen.is_kind(MERGED), less, 0.0)


def _of_split(chosen: Chosen) -> Floats:
    ways, pattern = chosen.ways, chosen.typed.pattern
    own, here = ways.seen_own[pattern], ways.seen_here[pattern]
    less = COMPOUND * _compounds(chosen) + GRADED * _graded(chosen)
    less = less + GUIDELINE * ((own >= MANY_TIMES) & (2 * here < own))
    return np.where(chosen.is_kind(SPLIT), less + QUANTITY * _quantities(chosen), 0.0)


def name_exemptions(chosen: Chosen) -> Floats:
    """By how much more each is less likely to be wrong where a name stands beside a name."""
    same = chosen.tags(chosen.new[0]) == chosen.tags(chosen.typed.own[0])
    return np.asarray(CUT_BY_RULES_OF_THEIR_OWN * (chosen.is_kind(SPLIT) & ~same), dtype=float)


def two_names(ways: Ways, typed: Typed) -> Bools:
    first, second = (ways.tables.proper_tags[ways.tables.tag[types]] for types in typed.own)
    return np.asarray(first & second)


def _seldom_apart(chosen: Chosen) -> Bools:
    """Which are one token whose parts stand side by side nowhere else, or nearly so."""
    few = chosen.ways.seen_other[chosen.typed.pattern] < SEEN_APART
    return np.asarray(few & chosen.is_kind(MERGED))


def _phrases(chosen: Chosen) -> Bools:
    idioms = chosen.ways.tables.idiom_tags[chosen.tags(chosen.typed.own[0])]
    return np.asarray(idioms & _seldom_apart(chosen))


def _terms(chosen: Chosen) -> Bools:
    function = chosen.ways.tables.function_tags
    first, second = (function[chosen.tags(types)] for types in chosen.new)
    return np.asarray(~first & ~second & _seldom_apart(chosen))


def _unknown(chosen: Chosen) -> Bools:
    """Where a token that the lexicon lacks has the tag of what taggers do not know."""
    tables = chosen.ways.tables
    found = tables.unknown_tags[tables.tag] & (~tables.listed & tables.strings.han)[tables.form]
    first, second = (found[types] for types in chosen.typed.own)
    return np.asarray(first | second)


def _compounds(chosen: Chosen) -> Bools:
    tables = chosen.ways.tables
    left, right = (forms[chosen.typed.pattern] for forms in chosen.ways.forms)
    common = np.minimum(tables.form_count[left], tables.form_count[right]) >= COMMON
    longer = np.minimum(tables.strings.length[left], tables.strings.length[right]) > 1
    return np.asarray(common & longer)


def _graded(chosen: Chosen) -> Bools:
    tables, (first, second) = chosen.ways.tables, map(chosen.tags, chosen.typed.own)
    return np.asarray(tables.adverb_tags[first] & tables.adjective_tags[second])


def _one_graded(chosen: Chosen) -> Bools:
    """Adverb and adjective of one character each, in one token."""
    tables, (first, second) = chosen.ways.tables, map(chosen.tags, chosen.new)
    short = tables.strings.length[chosen.ways.forms[0][chosen.typed.pattern]] == 2
    return np.asarray(tables.adverb_tags[first] & tables.adjective_tags[second] & short)


def _quantities(chosen: Chosen) -> Bools:
    tables, ways, (first, second) = chosen.ways.tables, chosen.ways, chosen.typed.own
    numeral = _by_number(tables.form[first], lambda form: set(tables.forms[form]) <= NUMERALS)
    tags = tables.tags
    classifier = _by_number(chosen.tags(second), lambda tag: tags[tag].startswith(CLASSIFIERS))
    one_numeral = tables.numeral_tags[chosen.tags(chosen.new[0])]
    here = ways.seen_here[chosen.typed.pattern] > 0
    return np.asarray(numeral & classifier & ~(one_numeral & here))


def _by_number(numbers: Ints, holds: Callable[[int], bool]) -> Bools:
    """Whether something holds of each number; asked once for each distinct one."""
    distinct, places = np.unique(numbers, return_inverse=True)
    return np.array([holds(number) for number in distinct.tolist()], dtype=bool)[places]
