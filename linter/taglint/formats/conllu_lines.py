"""Where the lines, sentences, rows and cells of a stretch of CoNLL-U stand, as arrays.

Most sentences are comments and then rows of ten columns, of which the words have the ids 1, 2, 3:
such a one is numbered. All other rows of it are ranges or empty nodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from taglint.formats.conllu_sentences import (
    ID,
    MISC,
    MOST_REGULAR,
    NODE_ID,
    RANGE_ID,
    WIDTH,
)
from taglint.formats.distinct import MASKS, KnownIds, Units, one_by_one, piece_ids

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Numbers = NDArray[np.int32]
    Flags = NDArray[np.bool_]
    Hashes = NDArray[np.uint64]

TAB, NEWLINE, MARK, ZERO = map(ord, "\t\n#0")
# Digits of the numbers in a numbered sentence.
DIGITS = len(str(MOST_REGULAR))
# For digits of sixteen bits each, four in a word, of which the last is the highest: how far so many
# are shifted there, what is taken off and added to see whether they are digits, their values.
SHIFTS = np.array([16 * (DIGITS - size) for size in range(DIGITS + 1)], np.uint64)
ZEROS, SIXES, ABOVE = (np.uint64(code * 0x0001_0001_0001_0001) for code in (ZERO, 6, 0xFFF0))
PLACES, LAST = np.uint64(1 + (10 << 16) + (100 << 32) + (1000 << 48)), np.uint64(48)
# For about so many distinct ids of ranges and empty nodes a document has a table: two to this.
ID_BITS = 10
# What a row is by its id.
OTHER, RANGE, NODE = range(3)


class Lines(NamedTuple):
    """The lines that are not empty.

    starts, ends: their offsets. last: for each the index of its line end among the separators.
    separators: the offsets of all tabs and line feeds. blocks: of which block each line is.
    comment, row: whether it is one.
    """

    starts: Integers
    ends: Integers
    last: Integers
    separators: Integers
    blocks: Integers
    comment: Flags
    row: Flags


class Blocks(NamedTuple):
    """first: the first line of each block, and the number of lines. comments: how many lines of
    each are that. uniform: whether it is comments, then rows; words: how many, 0 in blocks that are
    not numbered."""

    first: Integers
    comments: Integers
    uniform: Flags


class Rows:
    """Some rows of numbered blocks.

    block: of which each is. number: that of the word, or of the word before. starts: its offset.
    """

    def __init__(
        self,
        separators: Integers,
        base: Integers,
        block: Integers,
        number: Integers,
        starts: Integers,
        stops: Integers,
    ) -> None:
        self.block = block
        self.number = number
        self.starts = starts
        self._separators = separators
        self._base = base
        self._ends = {MISC: stops}

    def __len__(self) -> int:
        return len(self.block)

    def ends(self, column: int) -> Integers:
        """The offsets of the ends of the cells of a column."""
        known = self._ends.get(column)
        if known is None:
            known = self._ends[column] = self._separators[column:][self._base]
        return known

    def cells(self, column: int, last: int | None = None) -> tuple[Integers, Integers]:
        """Where the cells of a column stand, or what reaches to the last column."""
        starts = self.ends(column - 1) + 1 if column else self.starts
        return starts, self.ends(column if last is None else last)

    def some(self, chosen: Integers | Flags) -> Rows:
        """Some of these rows."""
        arrays = (self._base, self.block, self.number, self.starts, self._ends[MISC])
        return Rows(self._separators, *(each[chosen] for each in arrays))


class Others(NamedTuple):
    """The rows that are no words: their indices among all rows, what they are, the numbers of their
    ids."""

    at: Integers
    kind: Numbers
    left: Numbers
    right: Numbers

    def words(self, number: int) -> Integers:
        """The indices of all other ones of so many rows."""
        word = np.ones(number, bool)
        word[self.at] = False
        return np.flatnonzero(word)


class Ids(dict[str, int]):
    """Numbers the distinct ids that are not those of words, with what they are."""

    def __init__(self) -> None:
        super().__init__()
        self.known = KnownIds(one_by_one(self.__getitem__), ID_BITS)
        self._found: list[tuple[int, int, int]] = []

    def __missing__(self, name: str) -> int:
        known = self[name] = len(self)
        self._found.append(_parsed(name))
        return known

    def look_up(self, units: Units, starts: Integers, stops: Integers) -> NDArray[np.int32]:
        """Kind, left and right number of some ids, one row each."""
        numbers = piece_ids(units, self.known, starts, stops)
        found: NDArray[np.int32] = np.array(self._found, np.int32).reshape(-1, 3)[numbers].T
        return found


def _parsed(name: str) -> tuple[int, int, int]:
    for kind, shape, sign in ((RANGE, RANGE_ID, "-"), (NODE, NODE_ID, ".")):
        if shape.fullmatch(name) and len(name) <= 2 * DIGITS:
            left, right = name.split(sign)
            plain = f"{int(left)}{sign}{int(right)}" == name
            # A number that is written in another way is none that can be counted on.
            return (kind, int(left), int(right)) if plain else (kind, -1, -1)
    return OTHER, 0, 0


def lines_of(codes: NDArray[np.uint16], end: int) -> Lines:
    """end: the characters of a line end."""
    separators = np.flatnonzero((codes - TAB).astype(codes.dtype, copy=False) < 2)
    last = np.flatnonzero(codes[separators] == NEWLINE)
    behind = separators[last] + 1
    starts = np.empty_like(behind)
    starts[:1], starts[1:] = 0, behind[:-1]
    ends = behind - end
    full = ends > starts
    tabs = np.diff(last, prepend=-1) - 1
    begun = full.copy()
    begun[1:] &= ~full[:-1]
    blocks = (np.cumsum(begun) - 1)[full]
    starts, ends, last, tabs = starts[full], ends[full], last[full], tabs[full]
    comment = codes[starts] == MARK
    return Lines(starts, ends, last, separators, blocks, comment, ~comment & (tabs == WIDTH - 1))


def blocks_of(lines: Lines) -> Blocks:
    number = int(lines.blocks[-1]) + 1 if len(lines.blocks) else 0
    first = np.searchsorted(lines.blocks, np.arange(number + 1))
    comments = np.bincount(lines.blocks[lines.comment], minlength=number)
    rows = np.bincount(lines.blocks[lines.row], minlength=number)
    uniform = (comments + rows == np.diff(first)) & (rows > 0) & (rows <= MOST_REGULAR)
    # Comments come first.
    late = lines.comment[1:] & lines.row[:-1] & (lines.blocks[1:] == lines.blocks[:-1])
    uniform[lines.blocks[1:][late]] = False
    return Blocks(first, comments, uniform)


def rows_of(units: Units, lines: Lines, blocks: Blocks, ids: Ids) -> tuple[Rows, Others | None]:
    """The rows of the numbered blocks, and which of them are no words, if any. A block that is not
    numbered is not uniform any more."""
    at = np.flatnonzero(lines.row & blocks.uniform[lines.blocks])
    block = lines.blocks[at]
    place = at - (blocks.first[:-1] + blocks.comments - 1)[block]
    base = lines.last[at] - (WIDTH - 1)
    rows = Rows(lines.separators, base, block, place, lines.starts[at], lines.ends[at])
    found = numbers_in(units, *rows.cells(ID))
    if np.array_equal(found, place):
        return rows, None
    return _with_others(units, rows, found, blocks, ids)


def _with_others(
    units: Units, rows: Rows, found: Integers, blocks: Blocks, ids: Ids
) -> tuple[Rows, Others | None]:
    """As `rows_of` where not all rows are words. found: the numbers that are their ids."""
    at = np.flatnonzero(found < 0)
    starts, stops = rows.cells(ID)
    kind, left, right = ids.look_up(units, starts[at], stops[at])
    word = np.ones(len(found), bool)
    word[at[kind != OTHER]] = False
    counted = np.cumsum(word)
    before = counted - word
    number = counted - before[np.arange(len(found)) - rows.number + 1]
    sizes = np.bincount(rows.block, word, len(blocks.uniform))
    wrong = word & (found != number)
    blocks.uniform[rows.block[wrong]] = False
    blocks.uniform[sizes == 0] = False
    rows.number = number
    right_ones = blocks.uniform[rows.block]
    if not right_ones.all():
        places = np.cumsum(right_ones) - 1
        kept = right_ones[at]
        at, kind, left, right = places[at[kept]], kind[kept], left[kept], right[kept]
        rows = rows.some(right_ones)
    return rows, Others(at, kind, left, right) if len(at) else None


def numbers_in(units: Units, starts: Integers, stops: Integers) -> Integers:
    """The numbers in some cells, -1 where there is none as it is usually written."""
    lengths = stops - starts
    wrong = (lengths < 1) | (lengths > DIGITS)
    lengths[wrong] = 1
    # All digits at once: the last to the highest sixteen bits.
    shifts = SHIFTS[lengths]
    digits = ((_four(units, starts) & MASKS[lengths * 2]) << shifts) - (ZEROS << shifts)
    wrong |= ((digits | (digits + SIXES)) & ABOVE) != 0
    wrong |= (lengths > 1) & (units.codes[starts] == ZERO)
    found: Integers = (digits * PLACES >> LAST).astype(np.int64)
    found[wrong] = -1
    return found


def _four(units: Units, starts: Integers) -> Hashes:
    """Four characters from each offset on, sixteen bits each; astral ones are taken for U+FFFF."""
    if units.width == 2:
        return units.words[starts]
    found = np.zeros(len(starts), np.uint64)
    for place in range(DIGITS):
        codes = units.codes[np.minimum(starts + place, len(units.codes) - 1)]
        found |= np.minimum(codes, 0xFFFF).astype(np.uint64) << np.uint64(16 * place)
    return found
