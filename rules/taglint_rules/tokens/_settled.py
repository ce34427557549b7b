"""Sentences in which each bracket is closed by the next one, as in nearly all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from taglint.characters import CLOSERS, PAIRS
from taglint.corpus.document import Document

if TYPE_CHECKING:
    from numpy.typing import NDArray


def unsettled(
    document: Document, brackets: Iterable[int], places: Sequence[int], sentences: Sequence[int]
) -> list[tuple[int, int]]:
    """The tokens of brackets, with their sentences, in all other sentences.

    brackets: types that are brackets. places, sentences: all tokens of these, ascending.
    """
    kinds = _kinds(document, brackets)[np.frombuffer(document.ids, np.int32)[places]]
    sentence = np.array(sentences, np.int64)
    first = np.flatnonzero(np.diff(sentence, prepend=-1))
    sizes = np.diff(first, append=len(sentence))
    second = (np.arange(len(sentence)) - np.repeat(first, sizes)) % 2 == 1
    closed = (kinds > 0) & (np.append(kinds[1:], 0) == -kinds)
    settled = np.logical_and.reduceat(closed | second, first) & (sizes % 2 == 0)
    left = np.flatnonzero(~np.repeat(settled, sizes)).tolist()
    return [(places[index], sentences[index]) for index in left]


def _kinds(document: Document, brackets: Iterable[int]) -> NDArray[np.int8]:
    """By type id which bracket it is, below zero where it closes; 0 for several."""
    types = document.vocabulary.types
    number = {bracket: at for at, bracket in enumerate(PAIRS, 1)}
    number |= {closer: -number[opener] for closer, opener in CLOSERS.items()}
    found = np.zeros(len(types), np.int8)
    for index in brackets:
        found[index] = number.get(types[index].form, 0)
    return found
