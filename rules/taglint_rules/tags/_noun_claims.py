"""How likely a word that is tagged as a noun is none, by an outside lexicon and its neighbours.

The weights are those of a logistic regression on the People's Daily corpus of January 1998: for
words to which jieba's dictionary gives no noun tag, whether the annotators tagged them as nouns
or not. What stands beside nouns and other words, and how often words are called nouns by mistake,
is found from the corpus itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from taglint.characters import is_han
from taglint_rules.numbering._numerals import CLASSIFIER_TAGS, OTHER_NAME, TIME_TAGS
from taglint_rules.tags._word_classes import NOUN, Words, classes, coarse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from taglint.corpus.contexts import Contexts
    from taglint.tagsets import Tag, Tagset

    Floats = NDArray[np.float64]

CLASSES = {
    "VERB": 0.63, "ADJ": 0.58, "ADV": 1.18, "ADP": 0.46, "CCONJ": 1.14, "PRON": 1.22, "PART": 3.44,
}  # fmt: skip
# Common nouns that begin and end with the word, its frequency, and that it is one character.
OPENS, ENDS, FREQUENCY, SHORT = -0.35, -0.65, 0.38, 2.99
# Neighbours: their weight, the power of the number of places that their sum is divided by (places
# resemble each other), and how many occurrences of each class are assumed beforehand.
NEIGHBOURS, POWER, SMOOTHING = 0.80, 0.75, 5.0
# In that corpus nominal uses of words that are no nouns to the lexicon are this many of its nouns,
# by types; the share is the same in samples of 4,000 tokens and in the whole.
NOMINAL = 0.2
# Any word may be part of a name, and where words of time and place end is each tagset's own.
NO_CLAIM = frozenset((*CLASSIFIER_TAGS, *TIME_TAGS, "s"))
# Where the odds are looked for, and how exactly.
SPAN, HALVINGS = 30.0, 40
# The particle before nouns, which tagsets name differently or not at all.
DE = "的"


@dataclass(frozen=True)
class Claim:
    """A type that is tagged as a noun: how likely it is none, and the word's tags elsewhere."""

    confidence: float
    tags: tuple[str, ...]


def claims_noun(tag: Tag | None, tagset: Tagset) -> bool:
    """Whether a tag says that a word is a noun and nothing else."""
    if tag is None or tag.cls != "open" or tag.name in NO_CLAIM:
        return False
    plain = tag.upos == NOUN or tag.name == OTHER_NAME
    return plain and classes(tagset, tag.name) == {NOUN}


def judged(counts: Contexts, words: Words) -> dict[tuple[str, str], Claim]:
    """The types that are tagged as nouns and are none to the lexicon."""
    corpus = _Corpus(counts, words)
    if not corpus.suspects:
        return {}
    scores = np.array([_of_word(corpus.forms[i], words) for i in corpus.suspects])
    scores += corpus.of_neighbours()
    tags = np.array([corpus.tags[i] for i in corpus.suspects])
    confidence = np.zeros(len(tags))
    for tag in set(tags.tolist()):
        nominal = NOMINAL * corpus.nouns[tag] + 1
        confidence[tags == tag] = _posterior(scores[tags == tag], nominal)
    return {
        (corpus.forms[i], corpus.tags[i]): Claim(
            round(float(sure), 4), words.own_tags(corpus.forms[i])
        )
        for i, sure in zip(corpus.suspects, confidence, strict=True)
    }


def _of_word(form: str, words: Words) -> float:
    """The log odds that a word is no noun, by what the lexicon knows of it."""
    score = sum(CLASSES.get(name, 0.0) for name in words.classes(form))
    score += OPENS * words.opens(form) + ENDS * words.ends(form)
    return score + FREQUENCY * words.frequency(form) + SHORT * (len(form) == 1)


class _Corpus:
    """The corpus's types as the lexicon sees them.

    suspects: those tagged as nouns and no nouns to the lexicon. kinds: the class in which each
    type serves to learn what stands beside such words; empty where it and its tag disagree.
    nouns: how many types of each tag are nouns to the lexicon as well.
    """

    def __init__(self, counts: Contexts, words: Words) -> None:
        self.counts = counts
        self.forms, self.tags = counts.forms.tolist(), counts.tags.tolist()
        tagset = words.tagset
        tags = {tag: tagset.find(tag) for tag in set(self.tags)}
        nouns = {tag: claims_noun(found, tagset) for tag, found in tags.items()}
        claimed = {tag: classes(tagset, tag) for tag in tags}
        self.known = {form: words.classes(form) for form in set(self.forms) if is_han(form)}
        self.kinds: list[str] = []
        self.suspects: list[int] = []
        for index, (form, tag) in enumerate(zip(self.forms, self.tags, strict=True)):
            kind = _kind(self.known.get(form, frozenset()))
            if kind != NOUN and kind and nouns[tag]:
                self.suspects.append(index)
            agrees = nouns[tag] if kind == NOUN else NOUN not in claimed[tag]
            self.kinds.append(kind if agrees else "")
        pairs = zip(self.kinds, self.tags, strict=True)
        self.nouns = Counter(tag for kind, tag in pairs if kind == NOUN)
        self.beside = [
            DE if form == DE else ((found := tags[tag]) and coarse(found)) or ""
            for form, tag in zip(self.forms, self.tags, strict=True)
        ]

    def of_neighbours(self) -> Floats:
        """For each suspect the log odds that it is no noun, by what stands beside it."""
        names, beside = np.unique(["edge", *self.beside], return_inverse=True)
        sides = beside[self.counts.left], beside[self.counts.right]
        middle = self.counts.middle - 1
        size = len(self.forms)
        places = np.bincount(middle, self.counts.counts, size)[self.suspects]
        of_kind = [_kind(self.known[self.forms[i]]) for i in self.suspects]
        scores = np.zeros(len(self.suspects))
        for kind in set(of_kind):
            rows = sum(self._odds(kind, side, len(names))[side] for side in sides)
            sums = np.bincount(middle, rows * self.counts.counts, size)[self.suspects]
            scores = np.where([kind == other for other in of_kind], sums, scores)
        return NEIGHBOURS * scores / places**POWER

    def _odds(self, kind: str, side: NDArray[np.int64], size: int) -> Floats:
        """For each class of neighbours on one side, how much likelier it is beside this kind of
        word than beside a noun."""
        own, noun = (self._shares(wanted, side, size) for wanted in (kind, NOUN))
        return np.log(own) - np.log(noun)

    def _shares(self, kind: str, side: NDArray[np.int64], size: int) -> Floats:
        wanted = np.array([kind == other for other in self.kinds])[self.counts.middle - 1]
        found = np.bincount(side[wanted], self.counts.counts[wanted], size) + SMOOTHING
        shares: Floats = found / found.sum()
        return shares


def _kind(found: frozenset[str]) -> str:
    """The class that stands for all of a word's classes; empty where the weights have none."""
    if NOUN in found:
        return NOUN
    return next((name for name in CLASSES if name in found), "")


def _posterior(scores: Floats, nominal: float) -> Floats:
    """The probability that each type is no noun: the scores, moved alike so that as many types as
    are to be expected are nouns after all."""
    low, high = -SPAN, 0.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        nouns = float((1 / (1 + np.exp(scores + middle))).sum())
        low, high = (middle, high) if nouns > nominal else (low, middle)
    found: Floats = 1 / (1 + np.exp(-scores - high))
    return found
