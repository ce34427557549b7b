"""What follows from the counts: how often forms, tags and neighbours occur, and how forms are
made of other forms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from taglint.tagsets import Tag, Tagset
from taglint_rules.segmentation._bigrams import Bigrams, Type
from taglint_rules.segmentation._outside import Outside
from taglint_rules.segmentation._strings import (
    BASE,
    POWERS,
    Bools,
    Floats,
    Hashes,
    Index,
    Ints,
    Strings,
    strings,
)

# The tags of a form that are considered when it is proposed, most frequent first.
TAGS_OF_A_FORM = 3
LONGEST_WORD = 8
NONE = -1
OPEN = ("open", "morpheme")
STATIVE = "z"
FUNCTION = ("closed", "numeral")


class Pairs:
    """Counts of pairs of numbers, 0 for a pair that does not occur."""

    def __init__(self, first: Ints, second: Ints, count: Ints, size: int) -> None:
        self.size = size
        keys, places = np.unique(first * size + second, return_inverse=True)
        self.keys = keys
        self.count = np.bincount(places, count, minlength=len(keys))

    @property
    def first(self) -> Ints:
        return self.keys // self.size

    @property
    def second(self) -> Ints:
        return self.keys % self.size

    def __call__(self, first: Ints, second: Ints) -> Floats:
        wanted = first * self.size + second
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        known = (self.keys[places] == wanted) & (first >= 0) & (second >= 0)
        return np.where(known, self.count[places], 0.0)


class Tables:
    """The counts of a corpus by number of type, form and tag.

    Types: `form` and `tag` of each, `count`. Forms: `forms`, `strings`, `form_count`, `likely`
    (the types of a form, most frequent first), `neighbours`, `own_count` (without the lexicon).
    Tags: `tags`, `tag_count`, `tag_pairs`. Counts of the outside lexicon are part of `count` and
    `form_count`, never of the pairs; `tokens` are those of the corpus, `total` includes the
    lexicon.
    """

    def __init__(
        self, counts: Bigrams, tagset: Tagset | None = None, outside: Outside | None = None
    ) -> None:
        self.outside = outside
        own = len(counts.types)
        number = {type_: index for index, type_ in enumerate(counts.types)}
        for type_ in outside.types if outside else ():
            number.setdefault(type_, len(number))
        self.types = list(number)
        forms: dict[str, int] = {}
        tags: dict[str, int] = {}
        self.form = np.array([forms.setdefault(form, len(forms)) for form, _ in number])
        self.tag = np.array([tags.setdefault(tag, len(tags)) for _, tag in number])
        self.forms, self.tags = list(forms), list(tags)
        self.count_types(counts, outside, number)
        self.own_forms = int(self.form[:own].max()) + 1
        self.strings: Strings = strings(self.forms)
        self.index = Index(self.strings.hash)
        self.type_pairs = Pairs(counts.first, counts.second, counts.count, len(number))
        first, second = self.form[counts.first], self.form[counts.second]
        self.neighbours = Pairs(first, second, counts.count, len(forms))
        self.count_tags(counts)
        self.likely = self.likely_types()
        self.class_tags(tagset)

    def class_tags(self, tagset: Tagset | None) -> None:
        """Which tags are of which kind, as far as the tagset says."""
        found = [(tagset and tagset.find(tag)) or Tag("") for tag in self.tags]
        self.stative = STATIVE if tagset and STATIVE in tagset.tags else None
        self.open_tags = np.array([tag.cls in OPEN for tag in found])
        self.idiom_tags = np.array([tag.cls == "idiom" for tag in found])
        self.numeral_tags = np.array([tag.cls == "numeral" for tag in found])
        self.proper_tags = np.array([tag.upos == "PROPN" for tag in found])
        self.adverb_tags = np.array([tag.upos == "ADV" for tag in found])
        self.adjective_tags = np.array([tag.upos == "ADJ" for tag in found])
        self.function_tags = np.array([tag.cls in FUNCTION for tag in found]) | self.adverb_tags
        self.term_tags = np.array(["term" in tag.en.split() for tag in found])

    def count_types(
        self, counts: Bigrams, outside: Outside | None, number: dict[Type, int]
    ) -> None:
        size = len(number)
        # Every token is the second of a pair, and so is the edge behind each sentence.
        self.count = np.bincount(counts.second, counts.count, minlength=size)
        self.tokens = float(self.count.sum())
        self.own_count = np.bincount(self.form, self.count, minlength=len(self.forms))
        self.tag_weight = self.count.copy()
        if outside:
            places = np.array([number[type_] for type_ in outside.types], dtype=np.int64)
            added = np.bincount(places, outside.counts, minlength=size)
            self.count += added
            # What the corpus says of a word's tags counts more than what the lexicon says.
            of_form = np.bincount(self.form, added, minlength=len(self.forms))[self.form]
            self.tag_weight += added / np.maximum(of_form, 1e-9)
        self.total = float(self.count.sum())
        self.form_count = np.bincount(self.form, self.count, minlength=len(self.forms))
        self.form_weight = np.bincount(self.form, self.tag_weight, minlength=len(self.forms))

    def count_tags(self, counts: Bigrams) -> None:
        size = len(self.tags)
        pairs = self.tag[counts.first] * size + self.tag[counts.second]
        table = np.bincount(pairs, counts.count, minlength=size * size)
        self.tag_pairs: Floats = table.reshape(size, size)
        self.tag_count: Floats = self.tag_pairs.sum(axis=0)

    def known(self, form: str) -> int:
        """The number of a form, `NONE` where the corpus and the lexicon do not have it."""
        return int(self.index.find(strings([form]).hash)[0])

    def likely_types(self) -> Ints:
        """For each form the numbers of its types, most frequent first, `NONE` where it has
        fewer; ties go by the spelling of the tag, so that they do not hang on the order of files.
        """
        spelling = np.argsort(np.argsort(np.array(self.tags)))
        order = np.lexsort((spelling[self.tag], -self.tag_weight, self.form))
        form = self.form[order]
        first = np.searchsorted(form, np.arange(len(self.forms)))
        rank = np.arange(len(form)) - first[form]
        found = np.full((len(self.forms), TAGS_OF_A_FORM), NONE, dtype=np.int64)
        kept = rank < TAGS_OF_A_FORM
        found[form[kept], rank[kept]] = order[kept]
        return found


@dataclass(frozen=True)
class Cuts:
    """The ways to cut a form into two known ones: numbers of the whole, left and right form."""

    whole: Ints
    left: Ints
    right: Ints

    def __getitem__(self, kept: Bools) -> Cuts:
        return Cuts(self.whole[kept], self.left[kept], self.right[kept])


def cuts(tables: Tables, wanted: Bools) -> Cuts:
    """All cuts of the wanted forms."""
    chosen = np.flatnonzero(wanted & tables.strings.han & (tables.strings.length > 1))
    chosen = chosen[tables.strings.length[chosen] <= LONGEST_WORD]
    prefixes = _prefixes([tables.forms[form] for form in chosen.tolist()])
    found = [_cuts_at(tables, chosen, prefixes, place) for place in range(1, LONGEST_WORD)]
    parts = [np.concatenate(part) for part in zip(*found, strict=True)]
    order = np.argsort(parts[0], kind="stable")
    return Cuts(*(part[order] for part in parts))


def _prefixes(forms: list[str]) -> Hashes:
    """The hashes of the prefixes of forms, in columns by length from 0 to `LONGEST_WORD`."""
    padded = "".join(form.ljust(LONGEST_WORD, "\0") for form in forms)
    codes = np.frombuffer(padded.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    codes = codes.reshape(len(forms), LONGEST_WORD)
    table = np.zeros((len(forms), LONGEST_WORD + 1), dtype=np.uint64)
    for place in range(LONGEST_WORD):
        table[:, place + 1] = table[:, place] * np.uint64(BASE) + codes[:, place]
    return table


def _cuts_at(tables: Tables, chosen: Ints, prefixes: Hashes, place: int) -> tuple[Ints, Ints, Ints]:
    longer = np.flatnonzero(tables.strings.length[chosen] > place)
    whole, left = chosen[longer], prefixes[longer, place]
    right = tables.strings.hash[whole] - left * POWERS[tables.strings.length[whole] - place]
    a = tables.index.find(left)
    known = a >= 0
    b = np.full(len(a), NONE, dtype=np.int64)
    b[known] = tables.index.find(right[known])
    known &= b >= 0
    return whole[known], a[known], b[known]
