"""Lists made of markers of one style, and where their numbering breaks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from taglint.corpus.document import Document
from taglint_rules._memory import kept
from taglint_rules.numbering._markers import Marker, by_style, markers
from taglint_rules.numbering._new_lists import Ground

# Tokens between an item and a list of the same style that may stand inside of it.
INSIDE = 150
# Tokens behind which a marker that does not follow belongs to another list.
APART = 400
APART_IF_SURE = 3000
# Confidence in what has another likely reading: an outer list goes on, another list begins.
DOUBTFUL = 0.4
LIKELY = 0.55
# What else an item 1 is that seems to begin a list.
UNLIKELY = 0.3
FIRST = 1
OUT_OF_ORDER = "is out of order"


class Break(NamedTuple):
    """A marker that does not follow the one before it in its list.

    expected: the number that would. what: `repeats`, `skips`, `restarts`, `goes back`, or
    `is out of order` where the items around it follow each other without it.
    """

    marker: Marker
    before: Marker
    expected: int
    what: str
    confidence: float

    @property
    def anew(self) -> bool:
        """Whether another list begins with the marker."""
        return self.marker.value == FIRST and self.what != OUT_OF_ORDER


# Lists stand inside of others no deeper than this; each marker is looked for in all open ones.
DEEPEST = 20


@dataclass
class Listing:
    """The items of one list, up to now; `step` is -1 in one that counts down."""

    items: list[Marker] = field(default_factory=list)
    step: int = 1

    @property
    def last(self) -> Marker:
        return self.items[-1]

    @property
    def expected(self) -> int:
        return self.last.value + self.step

    def alike(self, marker: Marker) -> bool:
        """Whether an item of this list may stand where a marker stands.

        A list inside of lines does not go on at the beginning of one.
        """
        return not marker.begins or self.last.begins or len(self.items) == 1


def lists(document: Document) -> tuple[list[Listing], list[Break]]:
    """All lists of at least two items of a document, and their breaks in order."""
    return kept("lists", (document,), lambda: _lists(document))  # type: ignore[no-any-return]


def _lists(document: Document) -> tuple[list[Listing], list[Break]]:
    listings: list[Listing] = []
    breaks: list[Break] = []
    found = markers(document)
    ground = Ground(document, found)
    for items in by_style(found):
        reader = Reader(items, ground)
        breaks += reader.read()
        listings += [listing for listing in reader.listings if len(listing.items) > 1]
    return listings, sorted(breaks)


class Reader:
    """Reads the markers of one style into lists."""

    def __init__(self, markers: list[Marker], ground: Ground) -> None:
        self._markers, self._ground = markers, ground
        self._nexts = _next_clear(markers)
        self.listings: list[Listing] = []
        self._open: list[Listing] = []

    def read(self) -> Iterator[Break]:
        for marker, following in zip(self._markers, self._nexts, strict=True):
            if self._open and self._continue(marker, following):
                continue
            found = self._break(marker, following) if self._open and marker.clear else None
            if found:
                yield found
            if found and not found.anew:
                self._accept(marker, found)
            elif marker.clear or marker.value == 1:
                self._begin(marker)

    def _continue(self, marker: Marker, following: int) -> bool:
        """Put a marker into the innermost list if it is the next item there."""
        current = self._open[-1]
        if len(current.items) == 1 and marker.value == current.last.value - 1:
            current.step = -1 if following == marker.value - 1 else 1
        if current.expected == marker.value:
            current.items.append(marker)
            return True
        return False

    def _begin(self, marker: Marker) -> None:
        if self._open and marker.first - self._open[-1].last.last > INSIDE:
            self._open.clear()
        self._open = [*self._open[1 - DEEPEST :], Listing([marker])]
        self.listings.append(self._open[-1])

    def _accept(self, marker: Marker, found: Break) -> None:
        """Go on behind a break, in the outer list that expects the marker if there is one."""
        while len(self._open) > 1 and self._outer(marker):
            self._open.pop()
        if found.what == OUT_OF_ORDER:
            marker = marker._replace(value=found.expected)
        self._open[-1].items.append(marker)

    def _outer(self, marker: Marker) -> bool:
        """Whether an open list around the innermost one expects a marker."""
        return any(
            listing.expected == marker.value
            and (marker.begins or listing.last.sentence == marker.sentence)
            for listing in self._open[:-1]
        )

    def _break(self, marker: Marker, following: int) -> Break | None:
        """How a marker breaks the innermost list; None where it begins another one."""
        listing = self._open[-1]
        before, expected, step = listing.last, listing.expected, listing.step
        gap, listed = marker.first - before.last, len(listing.items) > 1
        if gap > APART_IF_SURE:
            return None
        between = following == expected + step and following != marker.value + step
        if between and (marker.value != FIRST or not self._begins_list(listing, marker, expected)):
            sure = 0.95 if listed or gap <= APART else 0.75
            sure = sure if listing.alike(marker) else DOUBTFUL
            return Break(marker, before, expected, OUT_OF_ORDER, sure)
        if marker.value == FIRST:
            return self._restart(listing, marker, following)
        goes_on = following == marker.value + step
        if not (listed or goes_on) or (gap > APART and not (listed and goes_on)):
            return None
        sure = min(0.9 if listed and goes_on else 0.75, self._doubt(listing, marker))
        return Break(marker, before, expected, _what(marker.value, expected, step), sure)

    def _restart(self, listing: Listing, marker: Marker, following: int) -> Break | None:
        """Whether an item 1 stands where the next item of a list should."""
        before, listed = listing.last, len(listing.items) > 1
        if listing.step < 0 or marker.behind == ":":
            return None
        if not listed and (before.value != FIRST or following != FIRST + 1):
            return None
        new = self._begins_list(listing, marker, FIRST)
        if new and marker.first - before.last > APART:
            return None
        what = "restarts" if listed else "repeats"
        return Break(marker, before, listing.expected, what, UNLIKELY if new else LIKELY)

    def _begins_list(self, listing: Listing, marker: Marker, value: int) -> bool:
        return self._ground.begins_list(listing.items, self._run(marker, value))

    def _run(self, first: Marker, value: int) -> list[Marker]:
        """The items from a marker on that count up from a value, those of inner lists left out."""
        run = [first]
        for marker in self._markers[bisect_right(self._markers, first) :]:
            if marker.first - run[-1].last > APART_IF_SURE:
                break
            if marker.value == value + len(run):
                run.append(marker)
        return run

    def _doubt(self, listing: Listing, marker: Marker) -> float:
        """How sure a break can be where the marker may also go on with another list."""
        if not listing.alike(marker):
            return DOUBTFUL
        if not self._outer(marker):
            return 1.0
        # A list inside an item stands in its line more often than on lines of its own.
        return LIKELY if marker.begins and listing.items[0].begins else DOUBTFUL


def _next_clear(markers: list[Marker]) -> list[int]:
    """For each marker the number of the next clear one; 0 where none follows."""
    found = [0] * len(markers)
    for index in range(len(markers) - 2, -1, -1):
        later = markers[index + 1]
        found[index] = later.value if later.clear else found[index + 1]
    return found


def _what(value: int, expected: int, step: int) -> str:
    if value == expected - step:
        return "repeats"
    return "skips" if (value - expected) * step > 0 else "goes back"
