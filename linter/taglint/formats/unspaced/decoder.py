"""Decode unspaced `word/tag` text: find where each tag ends and the next form begins.

Most cuts are certain, since a Chinese character or a sign behind the tag ends it. They are settled
first and counted; the others are read in stretches between settled ones, again and again, with what
was found likely added to the counts, until nothing changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from . import DOUBTFUL
from .assembly import Document, Key, assemble
from .chunks import Chunks, Cut, cuts, split, unknown_tags
from .decoding import Decoding
from .lattice import Choice, Stretch, Testimony, believe, best, stretch, weigh
from .model import LINE_START, Counts, Model, Opinions, Words, word_lists
from .shapes import shape

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROUNDS = 8
LEXICON_TOKENS = 5.0  # what a lexicon entry may count for at most
DENSE = 1 << 26  # cells of a table of pair counts
BLOCK = 1 << 16  # chunks counted at a time


class TagPrior(NamedTuple):
    """A tag of the tagset. `cls`: open, closed, numeral, punctuation, morpheme, affix, idiom,
    abbreviation, foreign, symbol or other."""

    tag: str
    cls: str


def decode(
    text: str,
    tags: Sequence[TagPrior] | Mapping[str, str],
    words: Mapping[str, Collection[str]] | None = None,
    lexicon: Mapping[str, Mapping[str, int]] | None = None,
    doubtful: float = DOUBTFUL,
) -> Decoding:
    """The tokens of unspaced `word/tag` text. Never fails: what is malformed becomes flawed tokens.

    `tags`: the tagset, a class for each tag. `words`: closed or typical words by tag.
    `lexicon`: tag counts by form. `doubtful`: boundaries won by less than so many nats are listed.
    Takes time linear in the length of the text.
    """
    lexicon = lexicon or {}
    document = _open(text, _classes(tags))
    lists = word_lists(words or {}, document.classes)
    document.settled = _settle(document.options, lexicon.keys() | lists.tags.keys())
    counts = _count(document)
    places = _places(document)
    lattices = {key: _lattice(document, key) for key in places}
    _consult(lexicon, counts, lattices.values())
    chosen = _decide(lattices, places, counts, document.classes, lists)
    return assemble(document, places, chosen, doubtful)


def _classes(tags: Sequence[TagPrior] | Mapping[str, str]) -> dict[str, str]:
    return dict(tags) if isinstance(tags, Mapping) else {prior.tag: prior.cls for prior in tags}


def _open(text: str, classes: dict[str, str]) -> Document:
    """Split a text and list the cuts of its chunks. The first and the last chunk get entries of
    their own: the one has no tag, the other ends a line."""
    table, ids = split(text)
    unknown = unknown_tags(table, classes)
    classes = classes | dict.fromkeys(sorted(unknown), "other")
    longest = max(map(len, classes), default=0)
    options = [cuts(chunk, classes, longest, False) for chunk in table]
    first, last = table[ids[0]], table[ids[-1]]
    if len(ids) > 1:
        ids[-1] = len(table)
        table.append(last)
        options.append(cuts(last, classes, longest, True))
    ids[0] = len(table)
    table.append(first)
    options.append((Cut("", first[first.rfind("\n") + 1 :] if len(ids) > 1 else "", True),))
    return Document(text, Chunks(table, ids), classes, unknown, options, [])


def _settle(options: list[tuple[Cut, ...]], words: Collection[str]) -> list[Cut | None]:
    """The cut of each distinct chunk that no context can overrule."""
    longest = [found[-1] if found and _begins_apart(found[-1]) else None for found in options]
    seen: dict[str, int] = {}
    for cut in longest:
        if cut:
            seen[cut.rest] = seen.get(cut.rest, 0) + 1
    return [
        cut
        if cut and (len(found) == 1 or not _has_rival(cut, found, seen, words))
        else _only(found)
        for cut, found in zip(longest, options, strict=True)
    ]


def _begins_apart(cut: Cut) -> bool:
    """Whether the character behind a tag cannot belong to it."""
    if cut.kind != "known" or cut.orphan:
        return False
    return cut.ends_line or bool(cut.rest and not _is_alphanumeric(cut.rest[0]))


def _is_alphanumeric(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _only(found: tuple[Cut, ...]) -> Cut | None:
    """The single cut of a chunk, unless the slash before it may belong to a form."""
    if len(found) != 1 or not found[0].rest or found[0].kind != "known" or found[0].orphan:
        return None
    return None if found[0].rest[0].isalpha() else found[0]


def _has_rival(
    cut: Cut, found: tuple[Cut, ...], seen: Mapping[str, int], words: Collection[str]
) -> bool:
    """Whether a shorter tag deserves a thought although no letter follows the longest: only where
    the mixed form that it leaves, such as T恤, is known from elsewhere."""
    return any(other.rest in seen or other.rest in words for other in found[:-1])


def _count(document: Document) -> Counts:
    """Count the forms of the settled chunks, and the tokens and tag pairs between two of them.

    Number 0 of forms and tags stands for none or an open chunk."""
    import numpy as np

    counts = Counts()
    forms = {"": 0}
    tags = ["", LINE_START, *document.classes]
    numbers = {tag: number for number, tag in enumerate(tags)}
    size = len(document.settled)
    rest, tag, before = np.zeros(size, int), np.zeros(size, int), np.zeros(size, int)
    kinds: dict[str, int] = {}
    for number, cut in enumerate(document.settled):
        if cut:
            rest[number] = forms.setdefault(cut.rest, len(forms))
            tag[number] = numbers.get(cut.tag, 0)
            before[number] = 1 if cut.ends_line else tag[number]
            if cut.rest:
                kinds[cut.rest] = kinds.get(cut.rest, 0) + 1
    for form, number in kinds.items():
        counts.add_form(form, float(number))
    ids, width = document.chunks.ids, len(tags)
    _count_tokens(counts, list(forms), tags, _tally(ids, rest, tag, (len(forms), width)))
    for first, second, number in _tally(ids, before, tag, (width, width)):
        if first and second:
            counts.totals.add_pair(tags[first], tags[second], float(number), 1.0)
    return counts


def _count_tokens(
    counts: Counts, forms: list[str], tags: list[str], tally: Iterable[tuple[int, int, int]]
) -> None:
    for form_number, tag_number, number in tally:
        if form_number and tag_number:
            form, tag = forms[form_number], tags[tag_number]
            counts.form_tags.setdefault(form, {})[tag] = float(number)
            counts.totals.add_token(shape(form), tag, float(number), 1.0)


def _tally(
    ids: NDArray[np.int32], row: NDArray[np.int64], column: NDArray[np.int64], size: tuple[int, int]
) -> Iterable[tuple[int, int, int]]:
    """Which row of a chunk meets which column of the next, and how often. `row`, `column`: of each
    distinct chunk. `size`: numbers of rows and columns."""
    import numpy as np

    height, width = size
    row = row * width
    if height * width <= DENSE:
        cells = np.zeros(height * width, np.int64)
        for start in range(0, len(ids) - 1, BLOCK):  # small enough for the processor's cache
            keys = row[ids[start : start + BLOCK]]
            after = column[ids[start + 1 : start + BLOCK + 1]]
            np.add.at(cells, keys[: len(after)] + after, 1)
        found = np.flatnonzero(cells)
        numbers = cells[found]
    else:
        found, numbers = np.unique(row[ids[:-1]] + column[ids[1:]], return_counts=True)
    rows, columns = np.divmod(found, width)
    return zip(rows.tolist(), columns.tolist(), numbers.tolist(), strict=True)


def _places(document: Document) -> dict[Key, list[int]]:
    """The stretches without a settled chunk: the chunks of each, from the settled one on its left
    up to the settled one on its right, and the positions where it begins."""
    import numpy as np

    ids = document.chunks.ids
    open_chunks = np.array([cut is None for cut in document.settled])
    open_chunks[ids[0]] = False
    is_open = np.concatenate([open_chunks[ids], np.zeros(1, bool)])
    edges = np.flatnonzero(np.diff(is_open.astype(np.int8)))
    places: dict[Key, list[int]] = {}
    for left, right in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        places.setdefault(tuple(ids[left : right + 2].tolist()), []).append(left)
    return places


def _lattice(document: Document, key: Key) -> Stretch:
    settled, options, table = document.settled, document.options, document.chunks.table
    found = []
    for number in key:
        cut = settled[number]
        found.append((cut,) if cut else options[number])
    return stretch([table[number] for number in key], found)


def _consult(
    lexicon: Mapping[str, Mapping[str, int]], counts: Counts, lattices: Iterable[Stretch]
) -> None:
    """Count the lexicon's tags of the forms that open stretches may hold. They are evidence on the
    form alone: what tags the text prefers, it says itself."""
    if not lexicon:
        return
    forms = {edge.form for lattice in lattices for edges in lattice.edges for edge in edges}
    for form in sorted(forms & lexicon.keys()):
        counts.add_form(form, 1.0)
        of_form = counts.form_tags.setdefault(form, {})
        for tag, number in lexicon[form].items():
            of_form[tag] = of_form.get(tag, 0.0) + min(float(number), LEXICON_TOKENS)


def _decide(
    lattices: Mapping[Key, Stretch],
    places: Mapping[Key, list[int]],
    counts: Counts,
    classes: Mapping[str, str],
    words: Words,
) -> dict[Key, list[Choice]]:
    """Read all stretches until what is likely no longer changes; then choose. A stretch that
    leaves no doubt is not read again."""
    model, before = Model(counts, Opinions(), classes, words), None
    told: dict[Key, Testimony] = {}
    chosen: dict[Key, list[Choice]] = {}
    for _ in range(ROUNDS if lattices else 0):
        for key, lattice in lattices.items():
            if key not in chosen:
                scores = weigh(lattice, model)
                told[key] = believe(lattice, scores, len(places[key]))
                if told[key].sure:
                    chosen[key] = best(lattice, scores)
        opinions = Opinions()
        for testimony in told.values():
            testimony.give(opinions)
        model = Model(counts, opinions, classes, words)
        believed = {form: frozenset(chunks) for form, chunks in opinions.forms.items()}
        if believed == before:
            break
        before = believed
    for key, lattice in lattices.items():
        if key not in chosen:
            chosen[key] = best(lattice, weigh(lattice, model))
    return chosen
