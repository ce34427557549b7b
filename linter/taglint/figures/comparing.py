"""How two versions of a corpus differ: in tags, in segmentation, and in the text itself.

Tokens are matched by where they stand in the running text (the forms joined). Segmentation is
compared where both versions have the same text, tags where both have the same token.

Source: Cohen, J. (1960): A coefficient of agreement for nominal scales. Educational and
Psychological Measurement 20(1), 37-46.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from taglint.corpus.document import Document
from taglint.figures.aligning import shared
from taglint.formats.base import running_text


class Region(NamedTuple):
    """A stretch of tokens that is not the same in both versions: first and one past the last."""

    old: tuple[int, int]
    new: tuple[int, int]


class Change(NamedTuple):
    """A place that differs. kind: `tag`, `segmentation` or `text`. place: index of the first
    token in the new version; old and new are (form, tag) pairs."""

    kind: str
    place: int
    old: tuple[tuple[str, str], ...]
    new: tuple[tuple[str, str], ...]


@dataclass
class Comparison:
    """Sums over documents. old and new: tokens of either version, without those whose text the
    other has not. same: tokens with the same extent; agreed: those with the same tag as well.
    tags: tokens with the same extent by (old, new) tag. forms: the changed ones of them by form.
    segmentations: changes of boundaries by (old forms, new forms). texts: stretches of other text.
    """

    old: int = 0
    new: int = 0
    same: int = 0
    tags: Counter[tuple[str, str]] = field(default_factory=Counter)
    forms: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    segmentations: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=Counter)
    texts: int = 0

    @property
    def agreed(self) -> int:
        return sum(number for (old, new), number in self.tags.items() if old == new)

    @property
    def differs(self) -> bool:
        return bool(self.texts or self.segmentations or self.agreed < self.same)

    def add(self, changes: Sequence[Change], document: Document, matched: Sequence[int]) -> None:
        """Count one document: its changes, and the new version's tokens that both have."""
        for change in changes:
            self._count(change)
        self.same += len(matched)
        self.old += len(matched)
        self.new += len(matched)
        changed = {change.place: change.old[0][1] for change in changes if change.kind == "tag"}
        types = document.vocabulary.types
        kept = Counter(document.ids[place] for place in matched if place not in changed)
        for index, number in kept.items():
            self.tags[types[index].tag, types[index].tag] += number

    def _count(self, change: Change) -> None:
        if change.kind == "text":
            self.texts += 1
        elif change.kind == "segmentation":
            self.old += len(change.old)
            self.new += len(change.new)
            forms = tuple(form for form, _ in change.old), tuple(form for form, _ in change.new)
            self.segmentations[forms] += 1
        else:
            (form, old), (_, new) = change.old[0], change.new[0]
            self.tags[old, new] += 1
            self.forms[form, old, new] += 1

    def as_json(self, top: int | None = None) -> dict[str, Any]:
        """The figures and the most frequent changes, at most `top` of each kind."""
        tags = Counter({pair: n for pair, n in self.tags.items() if pair[0] != pair[1]})
        return {
            "tokens": {"old": self.old, "new": self.new, "same_extent": self.same},
            "tag_changes": self.same - self.agreed,
            "segmentation_changes": self.segmentations.total(),
            "text_changes": self.texts,
            "agreement": agreement(self),
            "tags": [{"old": a, "new": b, "places": n} for (a, b), n in _most(tags, top)],
            "words": [
                {"form": form, "old": a, "new": b, "places": n}
                for (form, a, b), n in _most(self.forms, top)
            ],
            "segmentations": [
                {"old": list(a), "new": list(b), "places": n}
                for (a, b), n in _most(self.segmentations, top)
            ],
        }


def agreement(sums: Comparison) -> dict[str, float | None]:
    """Figures from 0 to 1 (kappa from -1), None where there is nothing to agree on."""
    tokens = sums.old + sums.new
    return {
        "tag_accuracy": _rounded(sums.agreed, sums.same),
        "tag_kappa": kappa(sums.tags),
        "segmentation_precision": _rounded(sums.same, sums.new),
        "segmentation_recall": _rounded(sums.same, sums.old),
        "segmentation_f1": _rounded(2 * sums.same, tokens),
        "token_f1": _rounded(2 * sums.agreed, tokens),
    }


def kappa(pairs: Counter[tuple[str, str]]) -> float | None:
    """Cohen's kappa of (old, new) labels: agreement beyond what the labels' shares would give."""
    total = pairs.total()
    if not total:
        return None
    left, right = Counter[str](), Counter[str]()
    for (old, new), number in pairs.items():
        left[old] += number
        right[new] += number
    observed = sum(number for (old, new), number in pairs.items() if old == new) / total
    expected = sum(number * right[label] for label, number in left.items()) / total**2
    return 1.0 if expected == 1 else round((observed - expected) / (1 - expected), 6)


def _rounded(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None


def _most(counts: Counter[Any], top: int | None) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:top]


def compare(old: Document, new: Document) -> tuple[list[Change], list[int]]:
    """What changed, in order, and the tokens of the new version that the old has as well."""
    pairs = _matched(old, new)
    changes = list(_tag_changes(old, new, pairs))
    for region in _regions(pairs, len(old), len(new)):
        changes += _region_changes(old, new, region)
    changes.sort(key=lambda change: change.place)
    return changes, [place for _, place in pairs]


def _matched(old: Document, new: Document) -> list[tuple[int, int]]:
    """The tokens, old and new, that are the same stretch of shared text."""
    blocks = shared(running_text(old), running_text(new))
    places = {span: place for place, span in _extents(old, [(a, 0, n) for a, _, n in blocks])}
    pairs = []
    for place, (block, start, length) in _extents(new, [(b, 0, n) for _, b, n in blocks]):
        known = places.get((block, start, length))
        if known is not None:
            pairs.append((known, place))
    return pairs


def _extents(
    document: Document, blocks: Sequence[tuple[int, int, int]]
) -> Iterator[tuple[int, tuple[int, int, int]]]:
    """The tokens that lie within a block, as (block, start in it, length)."""
    at, block, types = 0, 0, document.vocabulary.types
    for place, index in enumerate(document.ids):
        size = len(types[index].form)
        while block < len(blocks) and blocks[block][0] + blocks[block][2] <= at:
            block += 1
        if block == len(blocks):
            return
        start, _, length = blocks[block]
        if size and start <= at and at + size <= start + length:
            yield place, (block, at - start, size)
        at += size


def _tag_changes(
    old: Document, new: Document, pairs: Sequence[tuple[int, int]]
) -> Iterator[Change]:
    # One vocabulary: the same type has the same number.
    same = old.vocabulary is new.vocabulary
    for left, right in pairs:
        if same and old.ids[left] == new.ids[right]:
            continue
        before, after = old.token(left), new.token(right)
        if before.tag != after.tag:
            yield Change("tag", right, ((before.form, before.tag),), ((after.form, after.tag),))


def _regions(pairs: Sequence[tuple[int, int]], old: int, new: int) -> Iterator[Region]:
    """What lies between tokens that match."""
    for (left, right), (behind, after) in pairwise([(-1, -1), *pairs, (old, new)]):
        if behind - left > 1 or after - right > 1:
            yield Region((left + 1, behind), (right + 1, after))


def _region_changes(old: Document, new: Document, region: Region) -> Iterator[Change]:
    """A change of text, or one of segmentation for each stretch between shared boundaries."""
    before, after = _tokens(old, region.old), _tokens(new, region.new)
    if "".join(form for form, _ in before) != "".join(form for form, _ in after):
        yield Change("text", region.new[0], tuple(before), tuple(after))
        return
    left = right = 0
    for i, j in _shared_boundaries(before, after):
        if before[left:i] != after[right:j]:
            place = region.new[0] + right
            yield Change("segmentation", place, tuple(before[left:i]), tuple(after[right:j]))
        left, right = i, j


def _tokens(document: Document, extent: tuple[int, int]) -> list[tuple[str, str]]:
    return [document.token(place)[:2] for place in range(*extent)]


def _shared_boundaries(
    before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]
) -> Iterator[tuple[int, int]]:
    ends = {end: index for index, end in _ends(after)}
    for index, end in _ends(before):
        if end in ends:
            yield index, ends[end]


def _ends(tokens: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    """How many tokens reach up to each offset; the last of several that end there counts."""
    at = 0
    for index, (form, _) in enumerate(tokens, 1):
        at += len(form)
        yield index, at
