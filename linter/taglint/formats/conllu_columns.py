"""CoNLL-U of long texts, read by columns in NumPy.

Most sentences are regular: comments, then lines of ten columns with the ids 1, 2, 3. All such of a
stretch of text are read together, each distinct value once, and those that plainly are in order are
told from those that a rule has to look at closely. Whatever else there is, is left to be read line
by line.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from taglint.corpus.vocabulary import TokenType, Vocabulary
from taglint.formats.conllu_sentences import (
    COLUMNS,
    DEPREL,
    DEPS,
    FEATS,
    FORM,
    HEAD,
    ID,
    KNOWN,
    LEMMA,
    MISC,
    MOST_REGULAR,
    REGULAR,
    SPELT,
    TITLED,
    TREE,
    UNIFORM,
    UPOS,
    WIDTH,
    XPOS,
)
from taglint.formats.distinct import BLANKS, MASKS, WORD, KnownIds, Units, piece_ids, units_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Numbers = NDArray[np.int32]
    Flags = NDArray[np.bool_]
    Hashes = NDArray[np.uint64]

TAB, NEWLINE, SPACE, MARK, ZERO, UNKNOWN = map(ord, "\t\n #0_")
# How the comments begin that most sentences have.
SENT_ID, TEXT = "# sent_id = ", "# text = "
# Digits of the numbers in a regular sentence; the longest form that is compared with the text.
DIGITS, LONGEST = len(str(MOST_REGULAR)), 64
# For digits of sixteen bits each, four in a word, of which the last is the highest: how far so many
# are shifted there, what is taken off and added to see whether they are digits, their values.
SHIFTS = np.array([16 * (DIGITS - size) for size in range(DIGITS + 1)], np.uint64)
ZEROS, SIXES, ABOVE = (np.uint64(code * 0x0001_0001_0001_0001) for code in (ZERO, 6, 0xFFF0))
PLACES, LAST = np.uint64(1 + (10 << 16) + (100 << 32) + (1000 << 48)), np.uint64(48)
# What a relation is.
OTHER, ROOT, NONE = range(3)
NO_SPACE = "SpaceAfter=No"


class Part(NamedTuple):
    """The blocks of a stretch of text.

    begins, ends: their offsets in the document. bodies: where their comments end. flags: what is
    known of each; 0 where it is to be read line by line. counts: the words of the others. ids: the
    type ids of these words. names: extents of the blocks' ids where they are in the usual comment,
    else empty.
    """

    begins: Integers
    ends: Integers
    bodies: Integers
    flags: NDArray[np.uint8]
    counts: Integers
    ids: Numbers
    names: tuple[Integers, Integers]

    def runs(self) -> Iterator[tuple[int, int]]:
        """The first and one past the last of blocks that stand together and were read, or not."""
        turns = np.flatnonzero(np.diff(self.flags != 0)) + 1
        return pairwise([0, *turns.tolist(), len(self.flags)]) if len(self.flags) else iter(())


class Values(dict[str, int]):
    """Numbers the distinct values of a column. `_` is number 0, there or not.

    kinds: of what kind each value is.
    """

    def __init__(self, column: int) -> None:
        super().__init__()
        self.column = column
        self.kinds = array("b")
        self.unknown = False
        self._usual = ""
        self._known = KnownIds(self.__getitem__)
        self["_"]

    def __missing__(self, value: str) -> int:
        known = self[value] = len(self)
        self.kinds.append(self._kind(value))
        return known

    def _kind(self, value: str) -> int:
        if self.column == MISC:
            return NO_SPACE in value.split("|")
        if value in ("", "_"):
            return NONE
        return ROOT if value.partition(":")[0] == "root" else OTHER

    def _note_usual(self, numbers: Numbers) -> None:
        """Remember the value that half of the cells have, if any: it will be so further on."""
        counts = np.bincount(numbers)
        most = int(counts.argmax())
        usual = next(islice(self, most, None)) if counts[most] * 2 > len(numbers) else ""
        self._usual = usual if 1 < len(usual) <= LONGEST else ""

    def take(self, units: Units, starts: Integers, stops: Integers) -> Numbers:
        """The kinds of some cells."""
        numbers = np.zeros(len(starts), np.int32)
        some = np.flatnonzero((stops - starts != 1) | (units.codes[starts] != UNKNOWN))
        self.unknown = self.unknown or len(some) < len(starts)
        if self._usual and len(some):
            alike = stops[some] - starts[some] == len(self._usual)
            alike = _begin(units, starts[some], alike, self._usual)
            numbers[some[alike]] = self[self._usual]
            some = some[~alike]
        if len(some):
            numbers[some] = piece_ids(units, self._known, starts[some], stops[some])
            self._note_usual(numbers)
        return np.array(self.kinds, np.int32)[numbers]


class Words(dict[str, int]):
    """Numbers the distinct words: what stands in the columns FORM to XPOS.

    types: the type id of each. tagged: whether it has a UPOS.
    """

    def __init__(self, vocabulary: Vocabulary, tag_column: int) -> None:
        super().__init__()
        self.types = array("i")
        self.tagged = array("b")
        self.known = KnownIds(self.__getitem__)
        self._vocabulary = vocabulary
        self._tag = tag_column - FORM

    def __missing__(self, piece: str) -> int:
        known = self[piece] = len(self)
        cells = piece.split("\t")
        form, tag = cells[0], cells[self._tag]
        flaw = "" if form and tag else "empty-column"
        self.types.append(self._vocabulary.intern(TokenType(form, tag, flaw)))
        self.tagged.append(cells[UPOS - FORM] != "_")
        return known


class _Lines(NamedTuple):
    """The lines that are not empty.

    starts, ends: their offsets. last: for each the index of its line end among the separators.
    separators: the offsets of all tabs and line ends. blocks: of which block each line is.
    """

    starts: Integers
    ends: Integers
    last: Integers
    separators: Integers
    blocks: Integers
    comment: Flags
    row: Flags


class _Blocks(NamedTuple):
    """first: the first line of each block, and the number of lines. comments, rows: how many lines
    of each are that. regular: whether it is."""

    first: Integers
    comments: Integers
    rows: Integers
    regular: Flags


class _Rows(NamedTuple):
    """The rows of regular blocks.

    block: of which each is. first: the index of its first row, for each. number: its own, from 1
    on. starts: its offset. ends: those of its cells, one row a column.
    """

    block: Integers
    first: Integers
    number: Integers
    starts: Integers
    ends: Integers

    def cells(self, column: int, last: int | None = None) -> tuple[Integers, Integers]:
        """Where the cells of a column stand, or what reaches to the last column."""
        return self.ends[column - 1] + 1, np.ascontiguousarray(self.ends[last or column])


class Columns:
    """What the regular sentences of a document have in their columns.

    tagged: whether a word has a UPOS.
    """

    def __init__(self, vocabulary: Vocabulary, tag_column: int) -> None:
        self.tagged = False
        self._words = vocabulary.table(
            f"conllu:{tag_column}", Words, lambda: Words(vocabulary, tag_column)
        )
        self._present = np.zeros(0, bool)
        self._values = {column: Values(column) for column in (FEATS, DEPREL, DEPS, MISC)}
        self._heads: set[str] = set()
        self._most = 0

    def distinct(self) -> list[set[str]]:
        """The distinct values of each column."""
        found: list[set[str]] = [set() for _ in COLUMNS]
        found[ID].update(map(str, range(1, self._most + 1)))
        found[HEAD] |= self._heads
        pieces = list(self._words)
        present = [pieces[index] for index in np.flatnonzero(self._present).tolist()]
        cells = "\t".join(present).split("\t") if present else []
        for column in (FORM, LEMMA, UPOS, XPOS):
            found[column].update(cells[column - FORM :: XPOS])
        for column, values in self._values.items():
            found[column].update(values)
            if not values.unknown:
                found[column].discard("_")
        return found

    def read(self, text: str, start: int, end: int) -> Part:
        """The blocks between two offsets, neither of which is within one."""
        piece = text[start:end]
        units = units_of(piece if piece.endswith("\n") else piece + "\n")
        lines = _lines(units.codes)
        blocks = _blocks(lines)
        rows = _rows(units, lines, blocks)
        flags = np.where(blocks.regular, REGULAR | UNIFORM | KNOWN, 0).astype(np.uint8)
        relations, misc = self._kinds(units, rows)
        ids = self._ids(units, rows)
        flags[self._trees(units, rows, relations, flags != 0)] |= TREE
        titled, names, texts = _titles(units, lines, blocks)
        flags[titled] |= TITLED
        flags[titled & _spelt(units, rows, misc, texts, len(flags))] |= SPELT
        begins, ends = lines.starts[blocks.first[:-1]], lines.ends[blocks.first[1:] - 1]
        bodies = lines.starts[np.minimum(blocks.first[:-1] + blocks.comments, len(lines.ends) - 1)]
        shifted = np.where(titled, names[0] + start, 0), np.where(titled, names[1] + start, 0)
        counts = blocks.rows[blocks.regular]
        return Part(begins + start, ends + start, bodies + start, flags, counts, ids, shifted)

    def _ids(self, units: Units, rows: _Rows) -> Numbers:
        """The type ids of the words."""
        numbers = piece_ids(units, self._words.known, *rows.cells(FORM, XPOS))
        if len(self._words) > len(self._present):
            present = np.zeros(len(self._words) * 2, bool)
            present[: len(self._present)] = self._present
            self._present = present
        self._present[numbers] = True
        self.tagged = self.tagged or bool(np.array(self._words.tagged)[numbers].any())
        return np.array(self._words.types)[numbers]

    def _kinds(self, units: Units, rows: _Rows) -> tuple[Numbers, Flags]:
        """What the relations are, and which words have no blank behind them."""
        for column in (FEATS, DEPS):
            self._values[column].take(units, *rows.cells(column))
        self._most = max(self._most, int(rows.number.max(initial=0)))
        relations = self._values[DEPREL].take(units, *rows.cells(DEPREL))
        return relations, self._values[MISC].take(units, *rows.cells(MISC)) != 0

    def _trees(self, units: Units, rows: _Rows, relations: Numbers, regular: Flags) -> Flags:
        """Which of the regular blocks are trees."""
        starts, stops = rows.cells(HEAD)
        heads = _numbers(units, starts, stops)
        self._note(units.text, heads, starts, stops)
        sizes = np.bincount(rows.block, minlength=len(regular))
        root = heads == 0
        wrong = (heads < 0) | (heads > sizes[rows.block]) | (heads == rows.number)
        wrong |= (relations == NONE) | (root != (relations == ROOT))
        bad = _blocks_with(rows, wrong, len(regular))
        bad |= np.bincount(rows.block, root, len(regular)) != 1
        parents = np.where(root | bad[rows.block], rows.first + rows.number, rows.first + heads) - 1
        bad |= _blocks_with(rows, ~_rooted(parents), len(regular))
        return regular & ~bad

    def _note(self, text: str, heads: Integers, starts: Integers, stops: Integers) -> None:
        """Note the distinct heads."""
        seen = np.flatnonzero(np.bincount(heads + 1)[1:])
        self._heads.update(map(str, seen.tolist()))
        others = np.flatnonzero(heads < 0)
        if len(others):
            extents = zip(starts[others].tolist(), stops[others].tolist(), strict=True)
            self._heads.update(text[start:stop] for start, stop in extents)


def _lines(codes: NDArray[np.uint16]) -> _Lines:
    separators = np.flatnonzero((codes - TAB).astype(codes.dtype, copy=False) < 2)
    last = np.flatnonzero(codes[separators] == NEWLINE)
    ends = separators[last]
    starts = np.concatenate(([0], ends[:-1] + 1))
    tabs = np.diff(last, prepend=-1) - 1
    full = ends > starts
    begun = full.copy()
    begun[1:] &= ~full[:-1]
    blocks = (np.cumsum(begun) - 1)[full]
    starts, ends, last, tabs = starts[full], ends[full], last[full], tabs[full]
    comment = codes[starts] == MARK
    return _Lines(starts, ends, last, separators, blocks, comment, ~comment & (tabs == WIDTH - 1))


def _blocks(lines: _Lines) -> _Blocks:
    number = int(lines.blocks[-1]) + 1 if len(lines.blocks) else 0
    first = np.searchsorted(lines.blocks, np.arange(number + 1))
    comments = np.bincount(lines.blocks[lines.comment], minlength=number)
    rows = np.bincount(lines.blocks[lines.row], minlength=number)
    regular = (comments + rows == np.diff(first)) & (rows > 0) & (rows <= MOST_REGULAR)
    # Comments come first.
    late = lines.comment[1:] & lines.row[:-1] & (lines.blocks[1:] == lines.blocks[:-1])
    regular[lines.blocks[1:][late]] = False
    return _Blocks(first, comments, rows, regular)


def _rows(units: Units, lines: _Lines, blocks: _Blocks) -> _Rows:
    """The rows of the regular blocks; a block whose ids are not 1, 2, 3 is none."""
    at = np.flatnonzero(lines.row & blocks.regular[lines.blocks])
    block = lines.blocks[at]
    number = at - blocks.first[block] - blocks.comments[block] + 1
    starts = lines.starts[at]
    ends = _windows(lines.separators, lines.last[at] - (WIDTH - 1))
    wrong = _numbers(units, starts, ends[ID]) != number
    if wrong.any():
        blocks.regular[block[wrong]] = False
        right = blocks.regular[block]
        block, number, starts, ends = block[right], number[right], starts[right], ends[:, right]
    first = np.arange(len(block)) - number + 1
    return _Rows(block, first, number, starts, ends)


def _windows(values: Integers, starts: Integers) -> Integers:
    """So many values as there are columns, from each of some indices on: one row a column."""
    size = WIDTH * values.itemsize
    every = np.ndarray(
        (max(0, len(values) - WIDTH + 1),), f"V{size}", values, 0, (values.itemsize,)
    )
    return every[starts].view(values.dtype).reshape(-1, WIDTH).T


def _numbers(units: Units, starts: Integers, stops: Integers) -> Integers:
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


def _rooted(parents: Integers) -> Flags:
    """Whether the way up from each node ends. parents: a root is its own."""
    root = parents == np.arange(len(parents))
    for _ in range(MOST_REGULAR.bit_length()):
        higher = parents[parents]
        if np.array_equal(higher, parents):
            break
        parents = higher
    ended: Flags = root[parents]
    return ended


def _blocks_with(rows: _Rows, flags: Flags, number: int) -> Flags:
    """Which of so many blocks have a row with a flag."""
    found = np.zeros(number, bool)
    found[rows.block[flags]] = True
    return found


def _titles(
    units: Units, lines: _Lines, blocks: _Blocks
) -> tuple[Flags, tuple[Integers, Integers], tuple[Integers, Integers]]:
    """Which blocks have an id and a text, each in the usual way, and nothing else in comments;
    where the ids and the texts of blocks stand."""
    number = len(blocks.regular)
    comments = np.flatnonzero(lines.comment & blocks.regular[lines.blocks])
    found = []
    usual = blocks.regular & (blocks.comments == 2)
    for prefix in (SENT_ID, TEXT):
        begins = lines.starts[comments] + len(prefix)
        ends = lines.ends[comments]
        long = ends > begins
        right = np.flatnonzero(_begin(units, lines.starts[comments], long, prefix))
        right = right[~BLANKS.take(units.codes[begins[right]], mode="clip")]
        right = right[~BLANKS.take(units.codes[ends[right] - 1], mode="clip")]
        block = lines.blocks[comments[right]]
        usual &= np.bincount(block, minlength=number) == 1
        extents = np.zeros(number, np.int64), np.zeros(number, np.int64)
        extents[0][block], extents[1][block] = begins[right], ends[right]
        found.append(extents)
    return usual, found[0], found[1]


def _begin(units: Units, starts: Integers, right: Flags, prefix: str) -> Flags:
    """At which offsets, of those that are right so far, a prefix stands."""
    step = WORD // units.width
    wanted = units_of(prefix, units.width).words
    some = np.flatnonzero(right)
    places = starts[some]
    for place in range(0, len(prefix), step):
        differ = units.words[places + place] ^ wanted[place]
        same = differ & MASKS[min(step, len(prefix) - place) * units.width] == 0
        if not same.all():
            some, places = some[same], places[same]
    found = np.zeros(len(starts), bool)
    found[some] = True
    return found


def _spelt(
    units: Units, rows: _Rows, closed: Flags, texts: tuple[Integers, Integers], number: int
) -> Flags:
    """Which blocks have a text that is their forms to the letter. closed: words without a blank
    behind them. texts: where the texts stand."""
    starts, stops = rows.cells(FORM)
    lengths = stops - starts
    last = np.ones(len(starts), bool)
    last[:-1] = rows.block[1:] != rows.block[:-1]
    spaced = ~(closed | last)
    behind = np.cumsum(lengths + spaced)
    before = behind - lengths - spaced
    places = before - before[rows.first] + texts[0][rows.block]
    sizes = np.bincount(rows.block, lengths + spaced, number)
    spelt = (sizes == texts[1] - texts[0]) & (sizes > 0)
    spelt[rows.block[lengths > LONGEST]] = False
    some = np.flatnonzero(spelt[rows.block])
    spaces = some[spaced[some]]
    gone = units.codes[places[spaces] + lengths[spaces]] != SPACE
    spelt[rows.block[spaces[gone]]] = False
    step = WORD // units.width
    for done in range(0, LONGEST, step):
        some = some[lengths[some] > done]
        masks = MASKS[np.minimum(lengths[some] - done, step) * units.width]
        differ = units.words[starts[some] + done] ^ units.words[places[some] + done]
        spelt[rows.block[some[differ & masks != 0]]] = False
    found: Flags = spelt
    return found
