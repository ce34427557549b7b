"""The result of decoding: tokens as arrays of numbers beside tables of forms and tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Reading = tuple[str, str]  # tag, next form


class Doubt(NamedTuple):
    """A boundary that the text leaves nearly open.

    `token`: index of the token whose tag it ends. `offset`: the code point where the chosen tag
    ends. `chosen`, `runner_up`: tag and next form; an empty tag where the slash before it would
    belong to the form. `margin`: how much better the chosen reading is, in nats.
    """

    token: int
    offset: int
    chosen: Reading
    runner_up: Reading
    margin: float


class Spans(NamedTuple):
    """0-based code-point offsets, one entry per token; ends are exclusive."""

    form_start: NDArray[np.int64]
    form_end: NDArray[np.int64]
    tag_start: NDArray[np.int64]
    tag_end: NDArray[np.int64]


@dataclass
class Layout:
    """What offsets are computed from, when they are asked for.

    `chunk_ids`: the number of each chunk of the text, `chunk_sizes`: the length of each distinct
    one in code points. `rests`: per chunk, the number of the form that begins in it. `separators`:
    per regular token, the chunk that its tag begins, and `tag_ids` its tag. `bare`: token and end
    of the forms that hold a slash but have no tag. `orphans`: index among the regular tokens, start
    and end of each piece without a slash.
    """

    chunk_ids: NDArray[np.int32]
    chunk_sizes: NDArray[np.int64]
    rests: NDArray[np.int32]
    separators: NDArray[np.int64]
    tag_ids: NDArray[np.int32]
    bare: list[tuple[int, int]] = field(default_factory=list)
    orphans: list[tuple[int, int, int]] = field(default_factory=list)

    def chunk_ends(self) -> NDArray[np.int64]:
        """Where each chunk of the text ends."""
        import numpy as np

        return np.cumsum(self.chunk_sizes[self.chunk_ids] + 1) - 1

    def chunk_starts(self) -> NDArray[np.int64]:
        """Where each chunk of the text begins: the end of a tag is counted from there."""
        return self.chunk_ends() - self.chunk_sizes[self.chunk_ids]


def lengths(strings: Sequence[str]) -> NDArray[np.int64]:
    """Length of each string in code points."""
    import numpy as np

    return np.fromiter(map(len, strings), np.int64, len(strings))


@dataclass
class Decoding:
    """Tokens of a text.

    `forms`, `tags`: the distinct ones; `form_ids`, `tag_ids`: an index into them per token.
    `flaws`: by token index, what is wrong with it: `missing-tag`, `missing-form`, `unknown-tag`.
    `doubts`: the boundaries that remain nearly open, in order.
    """

    text: str
    forms: list[str]
    tags: list[str]
    form_ids: NDArray[np.int32]
    tag_ids: NDArray[np.int32]
    flaws: dict[int, str]
    doubts: list[Doubt]
    layout: Layout

    def __len__(self) -> int:
        return len(self.form_ids)

    @cached_property
    def offsets(self) -> Spans:
        """Where every form and tag stands. The slash is at `form_end`, except in a token without
        one: there form and tag end together."""
        import numpy as np

        layout = self.layout
        ends = layout.chunk_ends()
        tag_start = (ends - layout.chunk_sizes[layout.chunk_ids])[layout.separators]
        count = len(layout.separators)
        before = np.concatenate([np.zeros(1, np.int64), layout.separators])[:count]
        form_start = ends[before] - lengths(self.forms)[layout.rests[before]]
        tag_end = tag_start + lengths(self.tags)[layout.tag_ids]
        spans = Spans(form_start, tag_start - 1, tag_start, tag_end)
        for token, end in layout.bare:
            for offsets in spans[1:]:
                offsets[token] = end
        return self._with_orphans(spans)

    def _with_orphans(self, spans: Spans) -> Spans:
        import numpy as np

        orphans = self.layout.orphans
        if not orphans:
            return spans
        at = [position for position, _, _ in orphans]
        starts = [start for _, start, _ in orphans]
        ends = [end for _, _, end in orphans]
        return Spans(
            np.insert(spans.form_start, at, starts),
            *(np.insert(offsets, at, ends) for offsets in spans[1:]),
        )

    def spans(self, first: int, last: int) -> list[tuple[int, int, int, int]]:
        """Start and end of form and tag of the tokens from `first` up to, not including, `last`."""
        columns = [offsets[first:last].tolist() for offsets in self.offsets]
        return list(zip(*columns, strict=True))

    @cached_property
    def line_starts(self) -> NDArray[np.int64]:
        """Per physical line, the index of the first token that begins on it or after."""
        import numpy as np

        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return np.searchsorted(self.offsets.form_start, np.array(starts, np.int64))
