"""Words that a mark fused with their first part, or a blank between their parts, has torn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from taglint.characters import is_han, is_punctuation
from taglint.corpus.columns import distinct
from taglint.tagsets import Tagset
from taglint_rules.segmentation._judging import Judged
from taglint_rules.segmentation._strings import Bools, Hashes
from taglint_rules.segmentation._tables import NONE, Tables, Type

LONGEST = 4


Types = tuple[Type, ...]


class Word(NamedTuple):
    """A word, how often the corpus has it, and the tokens that should be there."""

    form: str
    seen: int
    new: Types


@dataclass(frozen=True, eq=False)
class Torn:
    """Words by the tokens that stand there: one on either side of a blank, or one that opens with
    a mark and the one behind it. marks: the forms of such blanks and of those with a mark; types:
    the stable hashes of their types."""

    words: dict[Types, Word]
    marks: dict[str, int]
    types: Hashes

    def __len__(self) -> int:
        return len(self.words)


def torn(judged: Judged, tagset: Tagset) -> Torn:
    tables, bound = judged.tables, _bound(judged.tables, tagset)
    blanks = sorted(_around_blanks(judged, bound))
    fused = sorted(_behind_marks(judged, bound, tagset))
    marks = sorted({old[1][0] for old, _ in blanks} | {old[0][0] for old, _ in fused})
    forms = [tables.known(mark) for mark in marks]
    types = np.flatnonzero(np.isin(tables.form[1 : tables.own], forms))
    return Torn(dict(blanks + fused), dict.fromkeys(marks, 1), judged.counts.keys[types])


Found = tuple[Types, Word]


def _around_blanks(judged: Judged, bound: Bools) -> Iterator[Found]:
    tables, counts = judged.tables, judged.counts
    rows = np.flatnonzero(_types(tables, str.isspace, str.isspace)[counts.middle])
    rows = rows[bound[counts.left[rows]] | bound[counts.right[rows]]]
    columns = (counts.left[rows], counts.middle[rows], counts.right[rows])
    for types in zip(*(column.tolist() for column in columns), strict=True):
        old = tuple(map(tables.type, types))
        word = _word(tables, old[0][0] + old[2][0])
        if word:
            yield old, word


def _behind_marks(judged: Judged, bound: Bools, tagset: Tagset) -> Iterator[Found]:
    """Behind a fused mark stands a bound morpheme, or what is no word anywhere else; or what the
    mark is fused with is tagged as unknown."""
    tables = judged.tables
    first, second = tables.type_pairs.first, tables.type_pairs.second
    pairs = np.flatnonzero(_types(tables, is_punctuation, _is_fused)[first])
    rare = tables.form_count[tables.form] <= 1
    unknown = tables.unknown_tags[tables.tag]
    pairs = pairs[bound[second[pairs]] | rare[second[pairs]] | unknown[first[pairs]]]
    for left, right in zip(first[pairs].tolist(), second[pairs].tolist(), strict=True):
        old = tables.type(left), tables.type(right)
        mark, rest = old[0][0][0], old[0][0][1:]
        tag, word = tagset.punctuation_tag(mark), _word(tables, rest + old[1][0])
        if word and tag:
            yield old, word._replace(new=((mark, tag), *word.new))


def _bound(tables: Tables, tagset: Tagset) -> Bools:
    """Which types are bound morphemes of one Han character."""
    found = (tagset.find(tag) for tag in tables.tags)
    morphemes = np.array([tag is not None and tag.cls == "morpheme" for tag in found])
    single = tables.strings.han & (tables.strings.length == 1)
    return np.asarray(morphemes[tables.tag] & single[tables.form])


def _types(tables: Tables, begins: Callable[[str], bool], holds: Callable[[str], bool]) -> Bools:
    """Of which types of the corpus something holds that holds of no Han form, and of their first
    character another."""
    others = np.flatnonzero(tables.own_forms & ~tables.strings.han)
    first = tables.strings.first[others]
    beginning = [code for code in distinct(first).tolist() if begins(chr(code))]
    others = others[np.isin(first, np.array(beginning, np.uint64))]
    found = np.zeros(len(tables.forms), bool)
    found[[number for number in others.tolist() if holds(tables.forms[number])]] = True
    types = found[tables.form]
    types[0] = False
    return types


def _is_fused(form: str) -> bool:
    return 1 < len(form) <= LONGEST and is_punctuation(form[:1]) and is_han(form[1:])


def _word(tables: Tables, form: str) -> Word | None:
    known = tables.known(form) if is_han(form) and len(form) <= LONGEST else NONE
    if known == NONE:
        return None
    likely = int(tables.likely[known, 0])
    if tables.unknown_tags[tables.tag[likely]] and not tables.listed[known]:
        return None
    new = tables.type(likely)
    return Word(form, round(float(tables.own_count[known])), (new,))
