"""What varies in a corpus: words tagged in several ways between the same neighbours, and strings
written as one token here and as two there.

Neighbours are forms, not tags, within the sentence. Documents of different tagsets are not
compared. Counting adds up over documents; the result does not depend on their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.signedinteger[Any]]

EDGE = 0


@dataclass(frozen=True)
class Word:
    """A form that bears several tags between the same neighbours.

    tags: all its tags with counts. contexts: how many pairs of neighbours it varies between.
    places: how many tokens there have not the tag that is commonest there.
    """

    form: str
    tags: dict[str, int]
    contexts: int
    places: int


@dataclass(frozen=True)
class Pair:
    """Two tags that take turns. places: tokens with `rare` between neighbours where the same form
    mostly bears `common`. forms: how many forms do so."""

    common: str
    rare: str
    places: int
    forms: int


@dataclass(frozen=True)
class Split:
    """A string that is one token in `whole` places and two in `split` places."""

    parts: tuple[str, str]
    whole: int
    split: int

    @property
    def rarer(self) -> int:
        return min(self.whole, self.split)


@dataclass
class Variation:
    """Most varying first."""

    words: list[Word] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    splits: list[Split] = field(default_factory=list)

    def as_json(self, top: int) -> dict[str, Any]:
        """At most `top` of each, with the numbers of all."""
        return {
            "varying_pairs": len(self.pairs),
            "varying_words": len(self.words),
            "varying_places": sum(word.places for word in self.words),
            "split_strings": len(self.splits),
            "pairs": [vars(item) for item in self.pairs[:top]],
            "words": [vars(item) for item in self.words[:top]],
            "splits": [{**vars(item), "parts": list(item.parts)} for item in self.splits[:top]],
        }


class Gathered:
    """Collects documents' ids by tagset; what varies is worked out at the end."""

    def __init__(self) -> None:
        self._documents: dict[str | None, list[tuple[Ints, Ints]]] = defaultdict(list)
        self._vocabulary: Vocabulary | None = None

    def add(self, document: Document) -> None:
        """Costs 12 bytes a token until `variation` is done."""
        import numpy as np

        if not len(document):
            return
        self._vocabulary = document.vocabulary
        ids = np.frombuffer(document.ids, dtype=np.int32)
        starts = document.begins
        self._documents[document.tagset].append((ids, starts))

    def variation(self) -> Variation:
        found = Variation()
        for parts in self._documents.values():
            assert self._vocabulary is not None
            _Corpus(parts, self._vocabulary).into(found)
        found.words.sort(key=lambda item: (-item.places, item.form))
        found.pairs.sort(key=lambda item: (-item.places, item.common, item.rare))
        found.splits.sort(key=lambda item: (-item.rarer, item.parts))
        return found


class _Corpus:
    """The tokens of one tagset, sentence after sentence, an edge before each sentence."""

    def __init__(self, parts: list[tuple[Ints, Ints]], vocabulary: Vocabulary) -> None:
        import numpy as np

        self.types = vocabulary.types
        self.forms = [""]
        numbers: dict[str, int] = {}
        table = np.full(len(self.types) + 1, EDGE, dtype=np.int64)
        for index, token in enumerate(self.types):
            if not token.flaw and token.form:
                if token.form not in numbers:
                    numbers[token.form] = len(self.forms)
                    self.forms.append(token.form)
                table[index] = numbers[token.form]
        self.ids = np.concatenate([_with_edges(*part) for part in parts])
        self.form_ids = table[self.ids]

    def into(self, found: Variation) -> None:
        contexts = list(self._contexts())
        found.words += self._words(contexts)
        found.pairs += self._pairs(contexts)
        found.splits += self._splits()

    def _contexts(self) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """For each form and pair of neighbours that has it with several types: the form and the
        types with counts, commonest first."""
        import numpy as np

        before, form, after = self.form_ids[:-2], self.form_ids[1:-1], self.form_ids[2:]
        kept = (form != EDGE) & ((before != EDGE) | (after != EDGE)) & self._ambiguous()[form]
        pair = before[kept] * len(self.forms) + after[kept]
        form, kind = form[kept], self.ids[1:-1][kept]
        order = np.lexsort((kind, pair, form))
        form, pair, kind = form[order], pair[order], kind[order]
        if not len(form):
            return
        new_context = _changes(form) | _changes(pair)
        new_type = new_context | _changes(kind)
        at = np.flatnonzero(new_type)
        counts = np.diff(np.append(at, len(form)))
        context = np.cumsum(new_context)[at]
        sizes = np.bincount(context)
        rows = np.flatnonzero(sizes[context] > 1)
        groups: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for row in rows.tolist():
            groups[int(context[row])].append((int(kind[at[row]]), int(counts[row])))
        first = dict(zip(context[rows].tolist(), form[at[rows]].tolist(), strict=True))
        for number, kinds in groups.items():
            tags = Counter[int]()
            for index, count in kinds:
                tags[index] += count
            yield first[number], sorted(tags.items(), key=self._commonest)

    def _commonest(self, item: tuple[int, int]) -> tuple[int, str]:
        return -item[1], self.types[item[0]].tag

    def _ambiguous(self) -> NDArray[np.bool_]:
        """By form number, whether it bears several tags here."""
        import numpy as np

        tags: dict[str, set[str]] = defaultdict(set)
        for index in np.unique(self.ids[self.form_ids != EDGE]).tolist():
            tags[self.types[index].form].add(self.types[index].tag)
        return np.array([len(tags[form]) > 1 for form in self.forms], dtype=bool)

    def _words(self, contexts: list[tuple[int, list[tuple[int, int]]]]) -> Iterator[Word]:
        number, places = Counter[int](), Counter[int]()
        for form, kinds in contexts:
            minority = sum(count for _, count in self._by_tag(kinds)[1:])
            number[form] += minority > 0
            places[form] += minority
        tags = self._tags_of({form for form in places if places[form]})
        for form in tags:
            yield Word(self.forms[form], tags[form], number[form], places[form])

    def _pairs(self, contexts: list[tuple[int, list[tuple[int, int]]]]) -> Iterator[Pair]:
        places, forms = Counter[tuple[str, str]](), defaultdict[tuple[str, str], set[int]](set)
        for form, kinds in contexts:
            (common, _), *others = self._by_tag(kinds)
            for rare, count in others:
                places[common, rare] += count
                forms[common, rare].add(form)
        for pair, count in places.items():
            yield Pair(*pair, count, len(forms[pair]))

    def _by_tag(self, kinds: list[tuple[int, int]]) -> list[tuple[str, int]]:
        """Types that differ in their brackets only are one tag."""
        tags = Counter[str]()
        for index, count in kinds:
            tags[self.types[index].tag] += count
        return sorted(tags.items(), key=lambda item: (-item[1], item[0]))

    def _tags_of(self, forms: set[int]) -> dict[int, dict[str, int]]:
        import numpy as np

        found: dict[int, Counter[str]] = {form: Counter() for form in forms}
        inside = self.form_ids != EDGE
        ids, counts = np.unique(self.ids[inside], return_counts=True)
        numbers = {self.forms[form]: form for form in forms}
        for index, count in zip(ids.tolist(), counts.tolist(), strict=True):
            form = numbers.get(self.types[index].form)
            if form is not None:
                found[form][self.types[index].tag] += count
        return {
            form: dict(sorted(tags.items(), key=lambda item: (-item[1], item[0])))
            for form, tags in found.items()
        }

    def _splits(self) -> Iterator[Split]:
        import numpy as np

        left, right = self.form_ids[:-1], self.form_ids[1:]
        kept = (left != EDGE) & (right != EDGE)
        size = len(self.forms)
        pairs, counts = np.unique(left[kept] * size + right[kept], return_counts=True)
        whole = np.bincount(self.form_ids, minlength=size)
        numbers = {form: index for index, form in enumerate(self.forms) if whole[index]}
        for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
            parts = self.forms[pair // size], self.forms[pair % size]
            joined = numbers.get("".join(parts))
            if joined is not None and not all(map(_is_mark, parts)):
                yield Split(parts, int(whole[joined]), count)


def _is_mark(form: str) -> bool:
    return not any(map(str.isalnum, form))


def _with_edges(ids: Ints, starts: Ints) -> Ints:
    """The ids with -1 before each sentence and behind the last."""
    import numpy as np

    return np.append(np.insert(ids.astype(np.int64), starts[:-1], -1), -1)


def _changes(values: Ints) -> NDArray[np.bool_]:
    """Whether each value differs from the one before it; the first does."""
    import numpy as np

    return np.append(True, values[1:] != values[:-1])
