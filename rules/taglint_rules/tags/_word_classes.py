"""Coarse word classes: what tags of any tagset claim, and what an outside lexicon has."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log, log1p

from taglint.outside import OutsideLexicon, listed_words, outside_lexicon, tag_in
from taglint.plugins import installed
from taglint.tagsets import Tag, Tagset

NOUN = "NOUN"
# Names are nouns, and the like: what taggers and lexicons draw the line of differently.
ALIKE = {"PROPN": NOUN, "AUX": "VERB", "SCONJ": "CCONJ", "DET": "PRON"}
# Frequencies are given for so many words of text.
TOKENS = 1e7


def coarse(tag: Tag) -> str | None:
    """The word class of a tag."""
    return ALIKE.get(tag.upos, tag.upos) if tag.upos else None


def classes(tagset: Tagset, name: str) -> frozenset[str]:
    """The word classes that a tag and its parents claim: both noun and verb for a nominal verb.
    Empty for an unknown tag and for morphemes, whose class says little of the word."""
    found, tag = set(), tagset.find(name)
    if tag is None or tag.cls == "morpheme":
        return frozenset()
    while tag:
        found.add(coarse(tag))
        tag = tagset.tags.get(tag.parent) if tag.parent else None
    return frozenset(item for item in found if item)


@dataclass(eq=False)
class Words:
    """What an outside lexicon and the words listed in a tagset know of words.

    tags: the lexicon's tags of each form with their numbers. own: the tagset that they are of;
    tagset: that of the corpus.
    """

    lexicon: OutsideLexicon
    own: Tagset
    tagset: Tagset
    tags: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lexicon = self.lexicon
        for form, tag, count in zip(lexicon.forms, lexicon.tags, lexicon.counts, strict=True):
            self.tags.setdefault(form, {})[tag] = count
        self._of_tag = {tag: classes(self.own, tag) for tag in set(lexicon.tags)}

    def classes(self, form: str) -> frozenset[str]:
        """All classes a word may have; empty where it is unknown or a tag of it says nothing."""
        sets = [self._of_tag[tag] for tag in self.tags.get(form, ())]
        if not sets or not all(sets):
            return frozenset()
        return frozenset().union(*sets, *(classes(self.tagset, tag) for tag in self.listed(form)))

    def listed(self, form: str) -> Sequence[str]:
        """The tags whose words the corpus's tagset lists, this one among them."""
        return self._listed.get(form, ())

    def own_tags(self, form: str) -> tuple[str, ...]:
        """A word's tags in terms of the corpus's tagset: the lexicon's, unless the tagset lists
        the word under others."""
        named = dict.fromkeys(tag_in(self.tagset, tag) for tag in self.tags[form])
        listed = self.listed(form)
        agreed = [tag for tag in named if not listed or tag in listed]
        return tuple(agreed or listed)

    def frequency(self, form: str) -> float:
        """Natural logarithm of the occurrences in ten million words, plus one."""
        return log1p(sum(self.tags[form].values()) / self._total * TOKENS)

    def opens(self, form: str) -> float:
        """Natural logarithm of the number of common nouns that begin with a form, plus one."""
        return _starting(self._nouns, form)

    def ends(self, form: str) -> float:
        """As `opens`, for common nouns that end with it."""
        return _starting(self._backwards, form[::-1])

    @cached_property
    def _total(self) -> int:
        return max(1, sum(self.lexicon.counts))

    @cached_property
    def _listed(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word, tag in listed_words(self.tagset):
            found.setdefault(word, []).append(tag)
        return found

    @cached_property
    def _nouns(self) -> list[str]:
        common = {tag for tag in self._of_tag if _is_common_noun(self.own, tag)}
        pairs = zip(self.lexicon.forms, self.lexicon.tags, strict=True)
        return sorted(form for form, tag in pairs if tag in common)

    @cached_property
    def _backwards(self) -> list[str]:
        return sorted(form[::-1] for form in self._nouns)


def _is_common_noun(tagset: Tagset, name: str) -> bool:
    tag = tagset.find(name)
    return tag is not None and tag.upos == NOUN


def _starting(ordered: list[str], prefix: str) -> float:
    """log(1 + number) of the longer strings that begin with a prefix."""
    first = bisect_left(ordered, prefix + "\0")
    last = bisect_left(ordered, prefix[:-1] + chr(ord(prefix[-1]) + 1))
    return log(1 + last - first)


_kept: dict[tuple[str, str], Words] = {}


def known_words(name: str, tagset: Tagset) -> Words:
    """What the outside lexicon of a name knows, read once a process. Its tags are those of the
    tagset that is called like it, or else of the corpus's."""
    known = _kept.get((name, tagset.name))
    if known is None or known.tagset is not tagset:
        plugins = installed()
        own = plugins.tagset(name) if name in plugins.tagset_files else tagset
        known = _kept[name, tagset.name] = Words(outside_lexicon(name), own, tagset)
    return known
