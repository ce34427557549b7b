"""Stretches that are segmented wrongly at every boundary: three tokens that should be others, and
a token that should be three or more.

Taggers that do not know a word tear it and what stands beside it: `内|存使|用` is 内存 and 使用.
Where the lexicon lacks one of three tokens, and tags it as unknown, and the likeliest way to
segment them into known words has none of their boundaries, there is hardly ever a right one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from taglint.corpus.contexts import Contexts
from taglint.corpus.document import Document
from taglint_rules.segmentation._patterns import SMALL
from taglint_rules.segmentation._strings import Bools, Hashes, strings
from taglint_rules.segmentation._tables import NONE, Tables, Type

LONGEST = 8
LONGEST_WORD = 6
PARTS = 3
# A form that the lexicon lacks is a word if it occurs beside so many others.
LEAST_EVIDENCE = 3
# By how much likelier the other segmentation must be, as a logarithm; several words in one token
# are less likely than that token by what their boundaries cost.
LEAST_GAIN = 0.0
LEAST_GAIN_OF_UNKNOWN = -9.0
LEAST_GAIN_OF_ONE = -4.0
# How sure these are; tokens of one character are often pieces of what is not known either.
CONFIDENCE = 0.88
WITH_SHORT = 0.8
OF_ONE = 0.75

Types = tuple[Type, ...]


class Stretch(NamedTuple):
    """What should stand there, how sure that is, how often the corpus has what stands there and
    each new form, and whether the lexicon has all of these."""

    new: Types
    confidence: float
    seen: int
    parts: tuple[int, ...]
    listed: bool


@dataclass(frozen=True, eq=False)
class Garbled:
    """Stretches by the tokens that stand there; types: for each the stable hashes of these."""

    stretches: dict[Types, Stretch] = field(default_factory=dict)
    types: tuple[tuple[int, ...], ...] = ()

    def of_types(self, types: Hashes) -> tuple[tuple[Types, Stretch], ...]:
        """What is said of documents with these types."""
        present = set(types.tolist())
        items = zip(self.stretches.items(), self.types, strict=True)
        return tuple(item for item, own in items if present.issuperset(own))

    @property
    def first_types(self) -> Hashes:
        return np.array(sorted({own[0] for own in self.types}), dtype=np.uint64)


def garbled(tables: Tables, counts: Contexts) -> Garbled:
    if tables.outside is None:
        return Garbled()
    found = [(types, 1) for types in _single(tables)] + list(_threes(tables, counts))
    segmenter = _Segmenter(tables, [_text(tables, types) for types, _ in found])
    stretches, hashes = {}, []
    for types, seen in found:
        stretch = _stretch(tables, segmenter, types, seen)
        if stretch:
            stretches[tuple(map(tables.type, types))] = stretch
            hashes.append(tuple(int(counts.keys[number - 1]) for number in types))
    return Garbled(stretches, tuple(hashes))


def stretches(document: Document, known: Garbled) -> Iterator[tuple[int, int, Stretch]]:
    """The first token of each stretch and the one behind it, in order; some may overlap."""
    for place in document.places(document.types_among(known.first_types)):
        end = document.sentence_tokens(document.sentence_of(place)).stop
        old = tuple(document.token(at)[:2] for at in range(place, min(end, place + PARTS)))
        for number in (1, PARTS):
            if len(old) >= number and old[:number] in known.stretches:
                yield place, place + number, known.stretches[old[:number]]


def _unknown(tables: Tables) -> Bools:
    """Which types have a form that the lexicon lacks and the tag of what a tagger does not know."""
    strange = tables.strings.han & ~tables.listed
    return np.asarray(tables.unknown_tags[tables.tag] & strange[tables.form])


def _single(tables: Tables) -> list[tuple[int, ...]]:
    length = tables.strings.length
    strange = tables.strings.han & ~tables.listed & (length >= PARTS) & (length <= LONGEST)
    others = tables.proper_tags | tables.idiom_tags | tables.numeral_tags
    kept = strange[tables.form] & (~others[tables.tag] | _unknown(tables))
    return [(number,) for number in (np.flatnonzero(kept[1 : tables.own]) + 1).tolist()]


def _threes(tables: Tables, counts: Contexts) -> Iterator[tuple[tuple[int, ...], int]]:
    """The neighbours that may be garbled, and how often they stand there."""
    columns = counts.left, counts.middle, counts.right
    unknown, han = _unknown(tables), tables.strings.han[tables.form]
    length = tables.strings.length[tables.form]
    kept = np.any([unknown[column] for column in columns], axis=0)
    kept &= np.all([han[column] & (column > 0) for column in columns], axis=0)
    kept &= np.sum([length[column] for column in columns], axis=0) <= LONGEST
    rows = np.flatnonzero(kept)
    parts = (column[rows].tolist() for column in (*columns, counts.counts))
    for left, middle, right, seen in zip(*parts, strict=True):
        yield (left, middle, right), seen


def _text(tables: Tables, types: Sequence[int]) -> str:
    return "".join(tables.forms[tables.form[number]] for number in types)


class _Segmenter:
    """The likeliest way to segment texts into known words, by how often each occurs."""

    def __init__(self, tables: Tables, texts: Sequence[str]) -> None:
        pieces = sorted(
            {
                text[start:end]
                for text in texts
                for start in range(len(text))
                for end in range(start + 1, min(start + LONGEST_WORD, len(text)) + 1)
            }
        )
        self.unknown = _unknown(tables)
        numbers = tables.index.find(strings(pieces).hash)
        evidence = tables.evidence[numbers]
        word = (numbers != NONE) & (tables.listed[numbers] | (evidence >= LEAST_EVIDENCE))
        kept = np.flatnonzero(word)
        chance = np.log((evidence[kept] + SMALL) / tables.total)
        self.words = {
            pieces[place]: (number, value)
            for place, number, value in zip(
                kept.tolist(), numbers[kept].tolist(), chance.tolist(), strict=True
            )
        }

    def __call__(self, text: str, without: set[int]) -> tuple[list[int], float] | None:
        """The numbers of the words and the logarithm of their chance."""
        best: list[tuple[float, list[int]] | None] = [(0.0, [])]
        for end in range(1, len(text) + 1):
            ways = [
                (before[0] + word[1], [*before[1], word[0]])
                for start in range(max(end - LONGEST_WORD, 0), end)
                if (before := best[start]) and (word := self.words.get(text[start:end]))
                if word[0] not in without
            ]
            best.append(max(ways) if ways else None)
        last = best[-1]
        return (last[1], last[0]) if last else None


def _stretch(
    tables: Tables, segmenter: _Segmenter, types: Sequence[int], seen: int
) -> Stretch | None:
    old = [int(tables.form[number]) for number in types]
    found = segmenter(_text(tables, types), {form for form in old if not tables.listed[form]})
    if found is None:
        return None
    new, chance = found
    own = [math.log((max(tables.evidence[form] - 1, 0) + SMALL) / tables.total) for form in old]
    gain = chance - sum(own)
    single = len(old) == 1
    least = LEAST_GAIN_OF_UNKNOWN if segmenter.unknown[types[0]] else LEAST_GAIN_OF_ONE
    if single and (len(new) < PARTS or gain < least):
        return None
    if not single and (gain < LEAST_GAIN or _boundaries(tables, old) & _boundaries(tables, new)):
        return None
    short = int(tables.strings.length[new].min()) == 1
    if single and int(tables.strings.length[new].max()) == 1:
        return None
    return Stretch(
        new=tuple(tables.type(int(tables.likely[form, 0])) for form in new),
        confidence=OF_ONE if single else WITH_SHORT if short else CONFIDENCE,
        seen=round(float(tables.own_count[old[0]])) if single else seen,
        parts=tuple(round(float(tables.own_count[form])) for form in new),
        listed=bool(tables.listed[new].all()),
    )


def _boundaries(tables: Tables, forms: Sequence[int]) -> set[int]:
    return set(np.cumsum(tables.strings.length[forms])[:-1].tolist())
