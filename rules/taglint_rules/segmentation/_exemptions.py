"""What speaks against a finding and shows in no count: names, set phrases, compounds, quantities.

The values are logarithms of odds. They were set by reading findings on annotated text and on the
output of taggers, where damage at random, to which the weights are fitted, has nothing like it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from taglint_rules.segmentation._features import Fit, Places
from taglint_rules.segmentation._kinds import MERGED, SPLIT
from taglint_rules.segmentation._strings import Bools, Floats, Ints
from taglint_rules.segmentation._tables import Tables

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


def exemptions(tables: Tables, places: Places, fit: Fit) -> Floats:
    """By how much each place is less likely to be wrong than its numbers say."""
    cut = CUT_BY_RULES_OF_THEIR_OWN
    less = cut * _names(tables, places, fit)
    if tables.outside is None:
        less = less + cut * _phrases(tables, places, fit)
    else:
        terms = _terms(tables, places, fit)
        tagged = tables.term_tags[tables.tag[fit.own[0]]]
        less = less + TERM * terms + TAGGED_AS_TERM * (terms & tagged)
        less = less + COMPOUND * _compounds(tables, places, fit)
        less = less + GRADED * _graded(tables, places, fit)
        less = less - NO_WORD * _no_words(fit, places)
        guideline = (fit.seen_own >= MANY_TIMES) & (2 * fit.seen_here < fit.seen_own)
        less = less + GUIDELINE * (guideline & (places.kind == SPLIT))
        less = less + QUANTITY * _quantities(tables, places, fit)
    return np.asarray(less, dtype=float)


def _names(tables: Tables, places: Places, fit: Fit) -> Bools:
    proper = tables.proper_tags[tables.tag]
    first, second = (proper[type_] for type_ in fit.own)
    before, behind = proper[places.before], proper[places.behind]
    beside = (first & second) | (first & before) | (second & behind)
    same = tables.tag[fit.tags[0]] == tables.tag[fit.own[0]]
    return np.asarray(beside & ~same & (places.kind == SPLIT))


def _phrases(tables: Tables, places: Places, fit: Fit) -> Bools:
    phrase = tables.idiom_tags[tables.tag[fit.own[0]]] & (fit.seen_other < SEEN_APART)
    return np.asarray(phrase & (places.kind == MERGED))


def _terms(tables: Tables, places: Places, fit: Fit) -> Bools:
    function = tables.function_tags[tables.tag]
    content = ~function[fit.tags[0]] & ~function[fit.tags[1]]
    return np.asarray(content & (places.kind == MERGED) & (fit.seen_other < SEEN_APART))


def _compounds(tables: Tables, places: Places, fit: Fit) -> Bools:
    left, right = fit.forms
    common = np.minimum(tables.form_count[left], tables.form_count[right]) >= COMMON
    longer = np.minimum(tables.strings.length[left], tables.strings.length[right]) > 1
    return np.asarray(common & longer & (places.kind == SPLIT))


def _graded(tables: Tables, places: Places, fit: Fit) -> Bools:
    first, second = (tables.tag[type_] for type_ in fit.own)
    graded = tables.adverb_tags[first] & tables.adjective_tags[second]
    return np.asarray(graded & (places.kind == SPLIT))


def _no_words(fit: Fit, places: Places) -> Bools:
    return np.asarray((np.minimum(*fit.n) < LEAST_WORD) & (places.kind == SPLIT))


def _quantities(tables: Tables, places: Places, fit: Fit) -> Bools:
    first, second = fit.own
    numeral = _by_number(tables.form[first], lambda form: set(tables.forms[form]) <= NUMERALS)
    tags = tables.tags
    classifier = _by_number(tables.tag[second], lambda tag: tags[tag].startswith(CLASSIFIERS))
    one_numeral = tables.numeral_tags[tables.tag[fit.tags[0]]] & (fit.seen_here > 0)
    return np.asarray(numeral & classifier & ~one_numeral & (places.kind == SPLIT))


def _by_number(numbers: Ints, holds: Callable[[int], bool]) -> Bools:
    """Whether something holds of each number; asked once for each distinct one."""
    distinct, places = np.unique(numbers, return_inverse=True)
    return np.array([holds(number) for number in distinct.tolist()], dtype=bool)[places]
