"""Put the chosen cuts of a text together into tokens with spans, flaws and doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .chunks import BLANKS, Chunks, Cut
from .decoding import Decoding, Doubt, Layout, Reading, lengths
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
    if len(separators) == len(tables.rests) - 1:  # no form holds a slash
        form_ids, tag_ids = tables.rests[:-1], tables.tag_numbers[1:]
        form_ids = form_ids.copy() if tables.odd else form_ids
    else:
        origins = np.concatenate([np.zeros(1, np.int64), separators])[: len(separators)]
        form_ids, tag_ids = tables.rests[origins], tables.tag_numbers[separators]
    _join(document, tables, separators, form_ids)
    layout = _layout(document, tables, separators, tag_ids)
    form_ids, tag_ids = _with_orphans(document, tables, layout, form_ids, tag_ids)
    forms, tags = list(tables.forms), list(tables.tags)
    flaws = _flaws(document, forms, tags, form_ids, tag_ids)
    doubts = _doubts(document, layout, sorted(unsure, key=lambda item: item[0]))
    return Decoding(document.text, forms, tags, form_ids, tag_ids, flaws, doubts, layout)


def _join(
    document: Document,
    tables: _Tables,
    separators: NDArray[np.int64],
    form_ids: NDArray[np.int32],
) -> None:
    """Write the forms that hold slashes."""
    import numpy as np

    table, ids = document.chunks
    slashed = np.flatnonzero(~tables.separates[1:]) + 1
    joined = {*np.searchsorted(separators, slashed).tolist()}
    joined.update(np.searchsorted(separators, _bare(tables)).tolist())
    names = list(tables.forms) if joined else []
    for token in sorted(joined):
        first, last = int(separators[token - 1]) if token else 0, int(separators[token])
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
    layout = Layout(ids, lengths(table), tables.rests, separators, tag_ids)
    bare, orphans = _bare(tables), _orphans(document, tables)
    if bare or orphans:
        starts = layout.chunk_starts()
    for position in bare:
        end = int(starts[position]) + len(tables.odd[position].orphan)
        layout.bare.append((int(np.searchsorted(separators, position)), end))
    for position, start, end in orphans:
        token = int(np.searchsorted(separators, position, "right"))
        begin = int(starts[position])
        layout.orphans.append((token, begin + start, begin + end))
    return layout


def _orphans(document: Document, tables: _Tables) -> list[tuple[int, int, int]]:
    """The pieces without a slash: chunk position, start and end within the chunk, in order."""
    import numpy as np

    table, ids = document.chunks
    last = len(ids) - 1
    flagged = [number for number, chunk in enumerate(table) if _has_stray(chunk)]
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


def _has_stray(chunk: str) -> bool:
    return "\n" in chunk and bool(_stray(chunk, True, True))


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
        bool(tag) and (tag in document.unknown or tag not in document.classes) for tag in tags
    ]
    flaws: dict[int, str] = {}
    for ids, flagged, flaw in (
        (tag_ids, unknown, "unknown-tag"),
        (form_ids, [not form for form in forms], "missing-form"),
        (tag_ids, [not tag for tag in tags], "missing-tag"),
    ):
        if any(flagged):
            found = np.flatnonzero(np.array(flagged)[ids])
            flaws.update(dict.fromkeys(found.tolist(), flaw))
    return dict(sorted(flaws.items()))


def _doubts(
    document: Document, layout: Layout, unsure: Sequence[tuple[int, Choice]]
) -> list[Doubt]:
    import numpy as np

    if not unsure:
        return []
    starts = layout.chunk_starts()
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
