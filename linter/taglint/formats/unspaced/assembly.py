"""Put the chosen cuts of a text together into tokens with spans, flaws and doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .chunks import BLANKS, Chunks, Cut
from .decoding import Decoding, Doubt, Layout, Reading
from .lattice import Choice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Key = tuple[int, ...]  # numbers of the chunks of a stretch


@dataclass
class Document:
    """A text in chunks. `classes`: the tags and their classes, with the `unknown` ones that the
    text adds; `options`: the possible cuts of each distinct chunk; `settled`: the one that holds
    wherever the chunk stands, if there is one."""

    text: str
    chunks: Chunks
    classes: dict[str, str]
    unknown: set[str]
    options: list[tuple[Cut, ...]]
    settled: list[Cut | None]


class _Tables:
    """Numbers of forms and tags, and per chunk of the text the numbers of what was chosen."""

    def __init__(self, document: Document) -> None:
        import numpy as np

        self.forms: dict[str, int] = {}
        self.tags: dict[str, int] = {"": 0}
        size = len(document.settled)
        rest, tag = np.zeros(size, np.int32), np.zeros(size, np.int32)
        for number, cut in enumerate(document.settled):
            if cut:
                rest[number], tag[number] = self.form(cut.rest), self.tag(cut.tag)
        ids = document.chunks.ids
        self.rests, self.tag_numbers = rest[ids], tag[ids]
        self.separates = np.ones(len(ids), bool)
        self.separates[0] = False
        self.odd: dict[int, Cut] = {}  # by position, the cuts with an orphan or a bare form

    def form(self, form: str) -> int:
        return self.forms.setdefault(form, len(self.forms))

    def tag(self, tag: str) -> int:
        return self.tags.setdefault(tag, len(self.tags))

    def apply(self, choice: Choice, positions: NDArray[np.int64]) -> None:
        cut = choice.cut
        if cut is None:
            self.separates[positions] = False
            return
        self.rests[positions] = self.form(cut.rest)
        self.tag_numbers[positions] = self.tag(cut.tag)
        if cut.orphan:
            self.odd.update(dict.fromkeys(positions.tolist(), cut))


def assemble(
    document: Document,
    places: Mapping[Key, Sequence[int]],
    chosen: Mapping[Key, Sequence[Choice]],
    doubtful: float,
) -> Decoding:
    """The tokens of a text. `places`: per open stretch, the positions of the settled chunks before
    it; `chosen`: the choices in it."""
    import numpy as np

    tables = _Tables(document)
    unsure: list[tuple[int, Choice]] = []
    for key, lefts in places.items():
        positions = np.array(lefts, np.int64)
        for choice in chosen[key]:
            positions = positions + 1
            tables.apply(choice, positions)
            if choice.runner_up and choice.margin < doubtful:
                unsure.extend((position, choice) for position in positions.tolist())
    separators = np.flatnonzero(tables.separates)
    origins = np.concatenate([np.zeros(1, np.int64), separators])[: len(separators)]
    form_ids, tag_ids = tables.rests[origins], tables.tag_numbers[separators]
    _join(document, tables, origins, separators, form_ids)
    layout = _layout(document, tables, separators, tag_ids)
    form_ids, tag_ids = _with_orphans(document, tables, layout, form_ids, tag_ids)
    forms, tags = list(tables.forms), list(tables.tags)
    flaws = _flaws(document, forms, tags, form_ids, tag_ids)
    doubts = _doubts(document, layout, sorted(unsure, key=lambda item: item[0]))
    return Decoding(document.text, forms, tags, form_ids, tag_ids, flaws, doubts, layout)


def _join(
    document: Document,
    tables: _Tables,
    origins: NDArray[np.int64],
    separators: NDArray[np.int64],
    form_ids: NDArray[np.int32],
) -> None:
    """Write the forms that hold slashes."""
    import numpy as np

    table, ids = document.chunks
    bare = np.searchsorted(separators, _bare(tables))
    joined = np.union1d(np.flatnonzero(separators - origins > 1), bare)
    names = list(tables.forms) if len(joined) else []
    for token in joined.tolist():
        first, last = int(origins[token]), int(separators[token])
        parts = [names[tables.rests[first]], *(table[n] for n in ids[first + 1 : last].tolist())]
        cut = tables.odd.get(last)
        if cut and cut.kind == "bare":
            parts.append(cut.orphan)
        form_ids[token] = tables.form("/".join(parts))


def _bare(tables: _Tables) -> list[int]:
    return sorted(position for position, cut in tables.odd.items() if cut.kind == "bare")


def _layout(
    document: Document,
    tables: _Tables,
    separators: NDArray[np.int64],
    tag_ids: NDArray[np.int32],
) -> Layout:
    import numpy as np

    table, ids = document.chunks
    chunk_lengths = _lengths(table)[ids]
    layout = Layout(
        chunk_lengths,
        separators,
        _lengths(list(tables.forms))[tables.rests],
        _lengths(list(tables.tags))[tag_ids],
    )
    starts = np.cumsum(chunk_lengths + 1) - chunk_lengths - 1
    for position in _bare(tables):
        end = int(starts[position]) + len(tables.odd[position].orphan)
        layout.bare.append((int(np.searchsorted(separators, position)), end))
    for position, start, end in _orphans(document, tables):
        token = int(np.searchsorted(separators, position, "right"))
        begin = int(starts[position])
        layout.orphans.append((token, begin + start, begin + end))
    return layout


def _lengths(strings: Sequence[str]) -> NDArray[np.int64]:
    import numpy as np

    return np.fromiter(map(len, strings), np.int64, len(strings))


def _orphans(document: Document, tables: _Tables) -> list[tuple[int, int, int]]:
    """The pieces without a slash: chunk position, start and end within the chunk, in order."""
    import numpy as np

    table, ids = document.chunks
    last = len(ids) - 1
    flagged = [number for number, chunk in enumerate(table) if _stray(chunk, True, True)]
    positions = set(np.flatnonzero(np.isin(ids, flagged)).tolist()) if flagged else set()
    found = []
    for position in sorted(positions | {0, last} | tables.odd.keys()):
        cut = tables.odd.get(position)
        if cut and cut.kind != "bare":
            found.append((position, len(cut.tag), len(cut.tag) + len(cut.orphan)))
        pieces = _stray(table[ids[position]], position > 0, 0 < last != position)
        if position == 0 < last:
            pieces = _stray(table[ids[0]], False, True)
        found.extend((position, start, end) for start, end in pieces)
    return found


def _stray(chunk: str, after_tag: bool, before_form: bool) -> list[tuple[int, int]]:
    """The lines of a chunk that hold neither the tag at its start nor the form at its end."""
    lines = chunk.split("\n")
    found, start = [], 0
    for number, line in enumerate(lines):
        inside = (number or not after_tag) and (number < len(lines) - 1 or not before_form)
        if inside and line.strip(BLANKS):
            found.append((start, start + len(line.rstrip(BLANKS))))
        start += len(line) + 1
    return found


def _with_orphans(
    document: Document,
    tables: _Tables,
    layout: Layout,
    form_ids: NDArray[np.int32],
    tag_ids: NDArray[np.int32],
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    import numpy as np

    if not layout.orphans:
        return form_ids, tag_ids
    at = [token for token, _, _ in layout.orphans]
    forms = [tables.form(document.text[start:end]) for _, start, end in layout.orphans]
    return np.insert(form_ids, at, forms), np.insert(tag_ids, at, 0)


def _flaws(
    document: Document,
    forms: Sequence[str],
    tags: Sequence[str],
    form_ids: NDArray[np.int32],
    tag_ids: NDArray[np.int32],
) -> dict[int, str]:
    import numpy as np

    unknown = [
        number
        for number, tag in enumerate(tags)
        if tag and (tag in document.unknown or tag not in document.classes)
    ]
    formless = [number for number, form in enumerate(forms) if not form]
    flaws: dict[int, str] = {}
    for ids, numbers, flaw in (
        (tag_ids, unknown, "unknown-tag"),
        (form_ids, formless, "missing-form"),
        (tag_ids, [0], "missing-tag"),
    ):
        if numbers:
            flaws.update(dict.fromkeys(np.flatnonzero(np.isin(ids, numbers)).tolist(), flaw))
    return dict(sorted(flaws.items()))


def _doubts(
    document: Document, layout: Layout, unsure: Sequence[tuple[int, Choice]]
) -> list[Doubt]:
    import numpy as np

    if not unsure:
        return []
    starts = np.cumsum(layout.chunk_lengths + 1) - layout.chunk_lengths - 1
    table, ids = document.chunks
    orphans = [token for token, _, _ in layout.orphans]
    found = []
    for position, choice in unsure:
        token = int(np.searchsorted(layout.separators, position))
        token += int(np.searchsorted(orphans, token, "right"))
        chunk = table[ids[position]]
        chosen, rival = _reading(choice.cut, chunk), _reading(choice.runner_up, chunk)
        offset = int(starts[position]) + len(chosen[0])
        found.append(Doubt(token, offset, chosen, rival, choice.margin))
    return found


def _reading(cut: Cut | None, chunk: str) -> Reading:
    return (cut.tag, cut.rest) if cut else ("", chunk)
