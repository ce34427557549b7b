"""Whether an item 1 behind other items begins a list of its own.

Lists are told apart by what stands between them: a colon or a heading, an item of the list around
both, more lines or more text than between the items of either. Where there is nothing of it the
list was broken.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from taglint.characters import CLOSERS, PAIRS, is_han
from taglint.corpus.document import Document
from taglint_rules.numbering._markers import Marker

# Tokens that any item may have, on lines of its own or inside of one, else so many times those of
# the usual item.
ANY_ITEM = 200
APART = 400
TIMES = 2
NEARLY = 1.5
# Items of one list stand no farther from each other, where anything else may be.
CREDIBLE = 1000
# Tokens behind a single item on a line of its own that make no list of it.
INSIDE = 150
# Lines that an item may have beyond so many times those of the usual one.
MORE_LINES = 1
# Items of the list around both are looked for so many markers back.
BACK = 12

Items = Sequence[Marker]


class Ground:
    """The text in which a document's lists stand."""

    def __init__(self, document: Document, markers: Items) -> None:
        self._document, self._markers = document, markers
        self._firsts = [marker.first for marker in markers]

    def begins_list(self, items: Items, run: Items) -> bool:
        """Whether a list begins with the first of a run 1, 2, 3, … behind the items of another."""
        before, marker = items[-1], run[0]
        if marker.behind == ":" or (marker.begins and not before.begins):
            return True
        if _far(items, run) or self._inside_other(items, marker):
            return True
        # Hardly any list has a single item.
        if len(items) == 1 and marker.begins and marker.first - before.last <= INSIDE:
            return False
        return self._other_lines(items, run) or self._has_heading(items, run)

    def _inside_other(self, items: Items, marker: Marker) -> bool:
        """Whether an item between them belongs to a list that began before both."""
        seen = {item.style for item in self._between(items[0], items[-1])}
        at = bisect_left(self._firsts, items[0].first)
        earlier = {(item.style, item.value) for item in self._markers[max(at - BACK, 0) : at]}
        for item in self._between(items[-1], marker):
            if item.style not in seen and (item.style, item.value - 1) in earlier:
                return True
            seen.add(item.style)
        return False

    def _between(self, before: Marker, marker: Marker) -> Iterator[Marker]:
        """The items of other styles between two of one."""
        first, last = (bisect_left(self._firsts, item.first) for item in (before, marker))
        for item in self._markers[first + 1 : last]:
            if item.clear and item.style != marker.style:
                yield item

    def _other_lines(self, items: Items, run: Items) -> bool:
        """Whether there are more lines between them than between other items."""
        before, marker = items[-1], run[0]
        if not marker.begins:
            return marker.sentence != before.sentence
        usual = _usual(self._lines(*pair) for pair in _pairs(items, run))
        return self._lines(before, marker) > TIMES * usual + MORE_LINES

    def _lines(self, before: Marker, marker: Marker) -> int:
        """The lines from an item to the next, without those of tables, captions and inner lists."""
        inner = {item.sentence for item in self._between(before, marker) if item.begins}
        lines = range(before.sentence + 1, marker.sentence)
        between = sum(line not in inner and not self._is_beside_text(line) for line in lines)
        return between + (marker.sentence > before.sentence)

    def _is_beside_text(self, line: int) -> bool:
        """Whether a line is a row of a table, the head above one, or all in brackets."""
        first, last = self._edges(line)
        row, bracket = last.isdigit(), last in CLOSERS
        head = (bracket or _is_word(last)) and self._edges(line + 1)[1].isdigit()
        return row or head or (bracket and PAIRS.get(first) == last)

    def _has_heading(self, items: Items, run: Items) -> bool:
        """Whether a line between them ends in a word, and none between other items."""
        return self._headed(items[-1], run[0]) and not any(
            self._headed(*pair) for pair in _pairs(items, run)
        )

    def _headed(self, before: Marker, marker: Marker) -> bool:
        """Whether a line between two items ends in a word; those above rows of a table, and those
        that are indented, are part of an item."""
        for line in range(before.sentence + 1, marker.sentence):
            first, last = self._edges(line)
            if _is_word(last) and first.strip() and not self._edges(line + 1)[1].isdigit():
                return True
        return False

    def _edges(self, line: int) -> tuple[str, str]:
        """The first and the last character of a line; blanks at its end do not count."""
        tokens = self._document.sentence_tokens(line)
        forms = [self._document.token(at).form for at in (tokens.start, tokens.stop - 1)]
        return forms[0][:1], forms[1].strip()[-1:]


def _far(items: Items, run: Items) -> bool:
    """Whether there is more text between them than in other items."""
    gap = run[0].first - items[-1].last
    usual = _usual(here.first - item.last for item, here in _pairs(items, run))
    # Two items far apart are no list, so they tell nothing.
    single = len(items) == 2 and items[1].first - items[0].last > APART
    most = max(ANY_ITEM if run[0].begins else APART, TIMES * usual)
    return single or gap > min(most, max(APART, NEARLY * usual), CREDIBLE)


def _pairs(items: Items, run: Items) -> Iterator[tuple[Marker, Marker]]:
    """Each item of both lists with the next one, where they are not far apart."""
    for item, following in chain(pairwise(items), pairwise(run)):
        if following.first - item.last <= CREDIBLE:
            yield item, following


def _usual(numbers: Iterator[int]) -> int:
    """The median; 0 of none."""
    ordered = sorted(numbers)
    return ordered[len(ordered) // 2] if ordered else 0


def _is_word(character: str) -> bool:
    return is_han(character) or character.isalpha()
