"""Stable hashes of forms by type, computed at once and once for each vocabulary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from taglint.corpus.vocabulary import Vocabulary
from taglint.patterns import lazy, one_of
from taglint_rules._characters import code_hashes, code_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from taglint.tagsets import Tagset

    Hashes = NDArray[np.uint64]

# Stands beside sentences, and for malformed tokens.
EDGE = np.uint64(0x5DEECE66D1CE4E5B)
NUMBER = "0123456789０１２３４５６７８９〇零○一二三四五六七八九十百千万亿两"
BESIDE = ".．·,，:：%％‰/／分之点多余几第~～—－-"
NUMERAL = lazy(f"[{NUMBER}{BESIDE}]*[{NUMBER}][%％‰]?")
# Most forms are told by their first character.
FIRST = one_of(NUMBER + BESIDE)
UNITS = "年月日号时点分秒"
PROPER = "PROPN"
# A token counts as a form in the lower four bits, and as a word in the upper ones.
IS_FORM, IS_WORD = 1, 17
NO_TAG = -1


@dataclass
class TypeKeys:
    """By type id: the hash of the form, what it counts as around others, its weight, and its tag
    as an index into `names`, `NO_TAG` for malformed types."""

    form: Hashes
    around: Hashes
    weight: NDArray[np.uint8]
    tag: NDArray[np.int32]
    names: dict[str, int]


NO_TYPES = TypeKeys(
    np.zeros(0, np.uint64), np.zeros(0, np.uint64), np.zeros(0, np.uint8), np.zeros(0, np.int32), {}
)
# By the identity of a tagset, which stands beside the keys so that it lives as long: two tagsets of
# one run may share a name.
_known: WeakKeyDictionary[Vocabulary, dict[int, tuple[Tagset | None, TypeKeys]]]
_known = WeakKeyDictionary()


def type_keys(vocabulary: Vocabulary, tagset: Tagset | None) -> TypeKeys:
    """The keys of all types of a vocabulary, with the proper names of this tagset."""
    by_tagset = _known.setdefault(vocabulary, {})
    _, keys = by_tagset.get(id(tagset)) or (None, NO_TYPES)
    done = len(keys.form)
    if done < len(vocabulary):
        more = _keys_of(vocabulary, done, tagset, keys.names)
        keys = TypeKeys(
            np.concatenate((keys.form, more.form)),
            np.concatenate((keys.around, more.around)),
            np.concatenate((keys.weight, more.weight)),
            np.concatenate((keys.tag, more.tag)),
            more.names,
        )
    by_tagset[id(tagset)] = tagset, keys
    return keys


def _keys_of(
    vocabulary: Vocabulary, first: int, tagset: Tagset | None, names: Mapping[str, int]
) -> TypeKeys:
    """The keys of the types from an id on. names: those of the tags of types before."""
    new = vocabulary.since(first)
    names = dict(names)
    for name in dict.fromkeys(new.tags):
        names.setdefault(name, len(names))
    tag = np.fromiter(map(names.__getitem__, new.tags), np.int32, len(new.tags))
    form = text_hashes(new.forms)
    around, weight = form.copy(), np.full(len(form), IS_WORD, np.uint8)
    numerals = _numerals(vocabulary, first)
    masked, flawed = (np.array([*some], np.int64) - first for some in (numerals, new.flawed))
    around[masked] = text_hashes([*numerals.values()])
    weight[masked] = IS_FORM
    proper = np.flatnonzero(np.array([_is_proper(name, tagset) for name in names], bool)[tag])
    around[proper] = text_hashes([f"\0{name}" for name in names])[tag[proper]]
    weight[proper] = IS_FORM
    around[flawed] = EDGE
    weight[flawed] = 0
    tag[flawed] = NO_TAG
    return TypeKeys(form, around, weight, tag, names)


def _numerals(vocabulary: Vocabulary, first: int) -> dict[int, str]:
    """What the numerals among the types from an id on count as around others; as names do, with a
    character that no form has."""
    types = vocabulary.types
    found: dict[int, str] = {}
    for index in vocabulary.beginning(FIRST).since(first):
        stem = types[index].form.rstrip(UNITS)
        if NUMERAL.fullmatch(stem):
            found[index] = f"\0{types[index].form[len(stem) :]}"
    return found


def _is_proper(name: str, tagset: Tagset | None) -> bool:
    """Whether proper names bear a tag."""
    tag = tagset.find(name) if tagset else None
    return tag is not None and tag.upos == PROPER


def text_hashes(texts: Sequence[str]) -> Hashes:
    """A hash of each text, the same in every process."""
    return code_hashes(*code_points(texts))


def numbered(keys: TypeKeys, tags: NDArray[np.object_]) -> NDArray[np.int64]:
    """By type id the index of its tag among these; their number where it is none of them."""
    index = {name: number for number, name in enumerate(tags)}
    numbers = [index.get(name, len(tags)) for name in keys.names]
    # The last one is that of `NO_TAG`.
    found: NDArray[np.int64] = np.array([*numbers, len(tags)], np.int64)[keys.tag]
    return found
