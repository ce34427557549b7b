"""What speaks against a finding and shows in no count: names, set phrases, compounds, quantities.

The values are logarithms of odds. They were set by reading findings on annotated text and on the
output of taggers, where damage at random, to which the weights are fitted, has nothing like it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from taglint_rules.segmentation._features import Fit
from taglint_rules.segmentation._kinds import MERGED, SPLIT
from taglint_rules.segmentation._strings import Bools, Floats, Ints

# Names beside names, and set phrases whose parts occur side by side fewer than `SEEN_APART` times.
CUT_BY_RULES_OF_THEIR_OWN = 4.0
SEEN_APART = 2
# With an outside lexicon: two content words in one token may be a term, all the more if it is
# tagged as one; two words that the lexicon lists as one may be two, and what the corpus has in one
# way many times and far less often in the other is its guideline.
TERM = 2.5
TAGGED_AS_TERM = 2.0
COMPOUND = 3.0
COMMON = 20
GUIDELINE = 2.0
# A part that neither the lexicon nor any other place of the corpus has as a word speaks for a
# word that was cut.
NO_WORD = 2.5
LEAST_WORD = 0.4
MANY_TIMES = 10
# Adverb and adjective, 最 大: lexicons list many such pairs.
GRADED = 1.5
# Numeral and classifier: a matter of the guideline, unless the corpus has them as one numeral.
QUANTITY = 5.0
NUMERALS = frozenset("一二三四五六七八九十百千万亿两几多第半数每")
CLASSIFIERS = ("q", "M")


def exemptions(fit: Fit) -> Floats:
    """By how much each place is less likely to be wrong than its numbers say."""
    tables, ways, pattern = fit.tables, fit.ways, fit.pattern
    split = fit.kind == SPLIT
    cut = CUT_BY_RULES_OF_THEIR_OWN
    less = cut * (_names(fit) & split)
    if tables.outside is None:
        return np.asarray(less + cut * _phrases(fit))
    terms = _terms(fit)
    tagged = tables.term_tags[tables.tag[fit.places.own[0]]]
    less = less + TERM * terms + TAGGED_AS_TERM * (terms & tagged)
    less = less + COMPOUND * (_compounds(fit) & split)
    less = less + GRADED * (_graded(fit) & split)
    less = less - NO_WORD * ((np.minimum(*ways.n)[pattern] < LEAST_WORD) & split)
    own, here = ways.seen_own[pattern], ways.seen_here[pattern]
    less = less + GUIDELINE * ((own >= MANY_TIMES) & (2 * here < own) & split)
    return np.asarray(less + QUANTITY * (_quantities(fit) & split), dtype=float)


def _names(fit: Fit) -> Bools:
    tables, places = fit.tables, fit.places
    proper = tables.proper_tags[tables.tag]
    first, second = (proper[type_] for type_ in places.own)
    before, behind = proper[places.before], proper[places.behind]
    beside = (first & second) | (first & before) | (second & behind)
    same = tables.tag[fit.types[0]] == tables.tag[places.own[0]]
    return np.asarray(beside & ~same)


def _seldom_apart(fit: Fit) -> Bools:
    """Which places are one token whose parts stand side by side nowhere else, or nearly so."""
    return np.asarray((fit.ways.seen_other[fit.pattern] < SEEN_APART) & (fit.kind == MERGED))


def _phrases(fit: Fit) -> Bools:
    tables = fit.tables
    return np.asarray(tables.idiom_tags[tables.tag[fit.places.own[0]]] & _seldom_apart(fit))


def _terms(fit: Fit) -> Bools:
    function = fit.tables.function_tags[fit.tables.tag]
    return np.asarray(~function[fit.types[0]] & ~function[fit.types[1]] & _seldom_apart(fit))


def _compounds(fit: Fit) -> Bools:
    tables = fit.tables
    left, right = (forms[fit.pattern] for forms in fit.ways.forms)
    common = np.minimum(tables.form_count[left], tables.form_count[right]) >= COMMON
    longer = np.minimum(tables.strings.length[left], tables.strings.length[right]) > 1
    return np.asarray(common & longer)


def _graded(fit: Fit) -> Bools:
    first, second = (fit.tables.tag[type_] for type_ in fit.places.own)
    return np.asarray(fit.tables.adverb_tags[first] & fit.tables.adjective_tags[second])


def _quantities(fit: Fit) -> Bools:
    tables, (first, second) = fit.tables, fit.places.own
    numeral = _by_number(tables.form[first], lambda form: set(tables.forms[form]) <= NUMERALS)
    tags = tables.tags
    classifier = _by_number(tables.tag[second], lambda tag: tags[tag].startswith(CLASSIFIERS))
    one_numeral = tables.numeral_tags[tables.tag[fit.types[0]]]
    return np.asarray(numeral & classifier & ~(one_numeral & (fit.ways.seen_here[fit.pattern] > 0)))


def _by_number(numbers: Ints, holds: Callable[[int], bool]) -> Bools:
    """Whether something holds of each number; asked once for each distinct one."""
    distinct, places = np.unique(numbers, return_inverse=True)
    return np.array([holds(number) for number in distinct.tolist()], dtype=bool)[places]
