"""Stable hashes of forms by type, computed at once and once for each vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from taglint.corpus.vocabulary import TokenType, Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from taglint.tagsets import Tagset

    Hashes = NDArray[np.uint64]

# Stands beside sentences, and for malformed tokens.
EDGE = np.uint64(0x5DEECE66D1CE4E5B)
FACTORS = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
STEP = np.uint64(0x9E3779B97F4A7C15)
NUMBER = "0123456789０１２３４５６７８９〇零○一二三四五六七八九十百千万亿两"
BESIDE = ".．·,，:：%％‰/／分之点多余几第~～—－-"
NUMERAL = re.compile(f"[{NUMBER}{BESIDE}]*[{NUMBER}][%％‰]?")
# Most forms are told by their first character.
FIRST = frozenset(NUMBER + BESIDE)
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


# By the identity of a tagset, which stands beside the keys so that it lives as long: two tagsets of
# one run may share a name.
_known: WeakKeyDictionary[Vocabulary, dict[int, tuple[Tagset | None, TypeKeys]]]
_known = WeakKeyDictionary()


def type_keys(vocabulary: Vocabulary, tagset: Tagset | None) -> TypeKeys:
    """The keys of all types of a vocabulary, with the proper names of this tagset."""
    by_tagset = _known.setdefault(vocabulary, {})
    _, keys = by_tagset.get(id(tagset)) or (None, _keys_of([], tagset, {}))
    new = vocabulary.types[len(keys.form) :]
    if new:
        more = _keys_of(new, tagset, keys.names)
        keys = TypeKeys(
            np.concatenate((keys.form, more.form)),
            np.concatenate((keys.around, more.around)),
            np.concatenate((keys.weight, more.weight)),
            np.concatenate((keys.tag, more.tag)),
            keys.names,
        )
    by_tagset[id(tagset)] = tagset, keys
    return keys


def _keys_of(types: Sequence[TokenType], tagset: Tagset | None, names: dict[str, int]) -> TypeKeys:
    """The keys of types; their tags are added to the names."""
    proper = _proper({token.tag for token in types}, tagset)
    shapes = [_around(token, proper) for token in types]
    form = text_hashes([token.form for token in types])
    masked = np.array([shape is not None for shape in shapes], bool)
    flawed = np.array([bool(token.flaw) for token in types], bool)
    around = form.copy()
    around[masked] = text_hashes([shape for shape in shapes if shape is not None])
    around[flawed] = EDGE
    weight = np.where(flawed, 0, np.where(masked, IS_FORM, IS_WORD)).astype(np.uint8)
    tag = np.array([names.setdefault(token.tag, len(names)) for token in types], np.int32)
    tag[flawed] = NO_TAG
    return TypeKeys(form, around, weight, tag, names)


def _proper(tags: Iterable[str], tagset: Tagset | None) -> set[str]:
    """Those of the tags that proper names bear."""
    known = ((tag, tagset.find(tag)) for tag in tags) if tagset else ()
    return {tag for tag, entry in known if entry and entry.upos == PROPER}


def _around(token: TokenType, proper: set[str]) -> str | None:
    """What a numeral or name counts as around others, with a character that no form has; None
    for a word."""
    if token.tag in proper:
        return f"\0{token.tag}"
    if token.form[:1] not in FIRST:
        return None
    stem = token.form.rstrip(UNITS)
    if NUMERAL.fullmatch(stem):
        return f"\0{token.form[len(stem) :]}"
    return None


def text_hashes(texts: Sequence[str]) -> Hashes:
    """A hash of each text, the same in every process: the sum of a hash of each character with
    its place in the text."""
    lengths = np.array([len(text) for text in texts], np.int64)
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = np.cumsum(lengths)
    place = np.arange(len(codes)) - np.repeat(ends - lengths, lengths)
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(mixed(codes + place.astype(np.uint64) * STEP), out=sums[1:])
    found: Hashes = mixed(sums[ends] - sums[ends - lengths] + STEP)
    return found


def mixed(values: Hashes) -> Hashes:
    """Spreads each value over all bits (the finaliser of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * FACTORS[0]
    values = (values ^ (values >> np.uint64(27))) * FACTORS[1]
    return values ^ (values >> np.uint64(31))


def numbered(keys: TypeKeys, tags: NDArray[np.object_]) -> NDArray[np.int64]:
    """By type id the index of its tag among these; their number where it is none of them."""
    index = {name: number for number, name in enumerate(tags)}
    numbers = [index.get(name, len(tags)) for name in keys.names]
    # The last one is that of `NO_TAG`.
    found: NDArray[np.int64] = np.array([*numbers, len(tags)], np.int64)[keys.tag]
    return found
