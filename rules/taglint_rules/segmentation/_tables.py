"""What follows from the counts: how often forms, tags and neighbours occur."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from taglint.corpus.columns import summed
from taglint.corpus.contexts import Contexts
from taglint.tagsets import Tag, Tagset
from taglint_rules._index import Index
from taglint_rules.segmentation._outside import Outside
from taglint_rules.segmentation._strings import Bools, Floats, Ints, Strings, strings

Type = tuple[str, str]
# The tags of a form that are considered when it is proposed, most frequent first.
TAGS_OF_A_FORM = 3
TAG_PRIOR = 0.1
# So few, among so many times as many, are searched for: an index of all would take longer.
FEW = 32
NONE = -1
OPEN = ("open", "morpheme")
STATIVE = "z"
FUNCTION = ("closed", "numeral")
# "Other proper name": where taggers of the Chinese schemes put what they do not know.
OTHER_NAME = "nz"


class Pairs:
    """Counts of pairs of numbers, 0 for a pair that does not occur.

    keys: second · size + first of each pair, ascending.
    """

    def __init__(self, keys: Ints, count: Ints, size: int) -> None:
        self.size = size
        self.keys, self.count = keys, count

    @cached_property
    def first(self) -> Ints:
        return np.asarray(self.keys - self.second * self.size)

    @cached_property
    def second(self) -> Ints:
        return self.keys // self.size

    @cached_property
    def index(self) -> Index:
        return Index(self.keys.view(np.uint64))

    def __call__(self, first: Ints, second: Ints) -> Floats:
        wanted = np.asarray(second * self.size + first, dtype=np.int64)
        possible = (first >= 0) & (second >= 0)
        if len(wanted) * FEW < len(self.keys):
            places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
            known = possible & (self.keys[places] == wanted)
        else:
            places = self.index.find(wanted.view(np.uint64))
            known = possible & (places >= 0)
        return np.where(known, self.count[places], 0.0)


class Forms:
    """Forms by number, of which few are ever looked at. places: where each is among `every`."""

    def __init__(self, every: list[str], places: Ints) -> None:
        self._every = every
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, number: int) -> str:
        return self._every[int(self._places[number])]


class Tables:
    """The counts of a corpus by number of type, form and tag.

    Types: `form` and `tag` of each, `count`; type 0 is the edge of a sentence, the `own` first
    ones are those of the corpus in the order of its counts. Forms: `forms`, `strings`,
    `form_count`, `likely` (the types of a form, most frequent first), `neighbours`, `own_forms`
    (which ones the corpus has), `own_count` (without the lexicon). Tags: `tags`, `tag_count`,
    `tag_pairs`, `tag_fit`. Counts of the outside lexicon are part of `count` and `form_count`,
    never of the pairs; `tokens` are those of the corpus, `total` includes the lexicon.
    """

    def __init__(
        self, counts: Contexts, tagset: Tagset | None = None, outside: Outside | None = None
    ) -> None:
        self.outside = outside
        places = self.number_types(counts, outside)
        *sides, times = counts.pairs()
        first, second = (side.astype(np.int64) for side in sides)
        self.count_types(second, times, outside, places)
        size = len(self.form)
        self.type_pairs = Pairs(second * size + first, times, size)
        self.neighbours = self.form_pairs(first, second, times)
        self.count_tags(first, second, times)
        self.likely = self.likely_types()
        self.class_tags(tagset)

    def type(self, number: int) -> Type:
        return self.forms[self.form[number]], self.tags[self.tag[number]]

    def number_types(self, counts: Contexts, outside: Outside | None) -> Ints:
        """Number forms by their hashes, ascending, and tags as they come; the numbers of the
        lexicon's types."""
        forms, tags = ["", *counts.forms.tolist()], ["", *counts.tags.tolist()]
        self.own = own = len(forms)
        if outside:
            forms += outside.forms
            tags += outside.tags
        known = {tag: number for number, tag in enumerate(dict.fromkeys(tags))}
        tag = np.fromiter(map(known.__getitem__, tags), np.int64, len(tags))
        every = strings(forms)
        _, index, form = np.unique(every.hash, return_index=True, return_inverse=True)
        numbers, new = _numbered(form * len(known) + tag, own)
        self.form, self.tag = form[new], tag[new]
        self.forms = Forms(forms, index)
        self.tags = list(known)
        self.strings: Strings = every[index]
        self.index = Index(self.strings.hash)
        self.own_forms: Bools = np.bincount(form[:own], minlength=len(index)) > 0
        return numbers

    def class_tags(self, tagset: Tagset | None) -> None:
        """Which tags are of which kind, as far as the tagset says."""
        found = [(tagset and tagset.find(tag)) or Tag("") for tag in self.tags]
        self.stative = STATIVE if tagset and STATIVE in tagset.tags else None
        self.morpheme_tags = np.array([tag.cls == "morpheme" for tag in found])
        unknown = (OTHER_NAME, *(tagset.unknown_word if tagset else ()))
        self.unknown_tags = np.array([tag.name in unknown for tag in found])
        self.open_tags = np.array([tag.cls in OPEN for tag in found])
        self.idiom_tags = np.array([tag.cls == "idiom" for tag in found])
        self.numeral_tags = np.array([tag.cls == "numeral" for tag in found])
        self.proper_tags = np.array([tag.upos == "PROPN" for tag in found])
        self.adverb_tags = np.array([tag.upos == "ADV" for tag in found])
        self.adjective_tags = np.array([tag.upos == "ADJ" for tag in found])
        self.function_tags = np.array([tag.cls in FUNCTION for tag in found]) | self.adverb_tags
        self.term_tags = np.array(["term" in tag.en.split() for tag in found])

    def count_types(self, second: Ints, times: Ints, outside: Outside | None, places: Ints) -> None:
        size = len(self.form)
        # Every token is the second of a pair, and so is the edge behind each sentence.
        self.count = np.bincount(second, times, minlength=size)
        self.tokens = float(self.count.sum())
        self.own_count = np.bincount(self.form, self.count, minlength=len(self.forms))
        self.tag_weight = self.count.astype(float)
        if outside:
            added = np.bincount(places, outside.counts, minlength=size)
            self.count = self.count + added
            # What the corpus says of a word's tags counts more than what the lexicon says.
            of_form = np.bincount(self.form, added, minlength=len(self.forms))[self.form]
            self.tag_weight = self.tag_weight + added / np.maximum(of_form, 1e-9)
        self.total = float(self.count.sum())
        self.form_count = np.bincount(self.form, self.count, minlength=len(self.forms))
        self.form_weight = np.bincount(self.form, self.tag_weight, minlength=len(self.forms))

    @cached_property
    def listed(self) -> Bools:
        """Which forms the outside lexicon has."""
        return self.form_count > self.own_count

    @cached_property
    def evidence(self) -> Floats:
        """How much the corpus says for each form: how often it occurs, or of one that the outside
        lexicon lacks how many forms it occurs beside, on the side where it has fewer: a torn piece
        of a word always stands beside the same other piece (accessor variety, after Feng, Chen,
        Deng and Zheng, "Accessor variety criteria for Chinese word extraction", Computational
        Linguistics 30, 2004)."""
        if self.outside is None:
            return self.form_count
        size = len(self.forms)
        sides = (self.neighbours.first, self.neighbours.second)
        before, behind = (np.bincount(side, minlength=size) for side in sides)
        variety = np.minimum(before, behind)
        return np.where(self.listed, self.form_count, np.minimum(variety, self.form_count))

    def form_pairs(self, first: Ints, second: Ints, times: Ints) -> Pairs:
        size = len(self.forms)
        keys, count = summed(self.form.take(second) * size + self.form.take(first), times)
        return Pairs(keys, count.astype(float), size)

    def count_tags(self, first: Ints, second: Ints, times: Ints) -> None:
        size = len(self.tags)
        pairs = self.tag.take(first) * size + self.tag.take(second)
        table = np.bincount(pairs, times, minlength=size * size)
        self.tag_pairs: Floats = table.reshape(size, size)
        self.tag_count: Floats = self.tag_pairs.sum(axis=0)
        self.tag_fit = tuple(self._tag_fit(itself) for itself in (0, 1))

    def _tag_fit(self, itself: int) -> Floats:
        """How much likelier two tags are neighbours than chance has it, without so many of their
        occurrences side by side."""
        together = np.maximum(self.tag_pairs - itself, 0)
        count = np.maximum(self.tag_count, 0.5)
        chance = np.outer(count, count) / self.tokens
        return np.log((together + TAG_PRIOR) / (chance + TAG_PRIOR))  # type: ignore[no-any-return]

    def known(self, form: str) -> int:
        """The number of a form, `NONE` where the corpus and the lexicon do not have it."""
        return int(self.index.find(strings([form]).hash)[0])

    def likely_types(self) -> Ints:
        """For each form the numbers of its types, most frequent first, `NONE` where it has
        fewer; ties go by the spelling of the tag, so that they do not hang on the order of files.
        """
        found = np.full((len(self.forms), TAGS_OF_A_FORM), NONE, dtype=np.int64)
        found[self.form, 0] = np.arange(len(self.form))
        several = np.bincount(self.form, minlength=len(self.forms)) > 1
        types = np.flatnonzero(several[self.form])
        spelling = np.argsort(np.argsort(np.array(self.tags)))
        form, tag, weight = self.form[types], self.tag[types], self.tag_weight[types]
        order = np.lexsort((spelling[tag], -weight, form))
        form, types = form[order], types[order]
        rank = np.arange(len(form)) - np.searchsorted(form, form)
        kept = rank < TAGS_OF_A_FORM
        found[form[kept], rank[kept]] = types[kept]
        return found


def _numbered(pairs: Ints, own: int) -> tuple[Ints, Ints]:
    """The numbers of the pairs behind the `own` first, which are distinct, as are those behind
    them: those of the same pair among the first, else new ones; and the places of all distinct
    pairs by number."""
    mine, others = pairs[:own], pairs[own:]
    order = np.argsort(mine)
    found = np.searchsorted(mine, others, sorter=order)
    same = order[np.minimum(found, own - 1)]
    new = mine[same] != others
    numbers = np.where(new, own - 1 + np.cumsum(new), same)
    return numbers, np.concatenate((np.arange(own), own + np.flatnonzero(new)))
