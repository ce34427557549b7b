"""CoNLL-U of long texts, read by columns in NumPy.

Numbered sentences (`conllu_lines`) of a stretch of text are read together, each distinct value
once, and what plainly is in order about them (`conllu_order`) is told from what a rule has to look
at closely. Whatever else there is, is left to be read line by line.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from taglint.corpus.vocabulary import TokenType, Vocabulary
from taglint.formats.conllu_lines import (
    RANGE,
    Ids,
    Others,
    Rows,
    blocks_of,
    lines_of,
    numbers_in,
    rows_of,
)
from taglint.formats.conllu_order import (
    CLOSED,
    LONGEST,
    MARKED,
    NONE,
    OTHER,
    ROOT,
    Keys,
    Surface,
    begin,
    disordered,
    spelt,
    titles_of,
    trees,
)
from taglint.formats.conllu_sentences import (
    COLUMNS,
    DEPREL,
    DEPS,
    FEATS,
    FORM,
    HEAD,
    ID,
    KNOWN,
    MISC,
    ORDERED,
    PLAIN,
    REGULAR,
    SPELT,
    TITLED,
    TREE,
    UNIFORM,
    UPOS,
    XPOS,
)
from taglint.formats.distinct import (
    CELL_BITS,
    KnownIds,
    Units,
    one_by_one,
    piece_ids,
    units_of,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Numbers = NDArray[np.int32]
    Flags = NDArray[np.bool_]

UNKNOWN = ord("_")
# The bits of a table's least size, and of the number of characters for which it has one cell.
LEAST_BITS, CELL_CHARACTERS = 8, 6
NO_SPACE, SPACE = "SpaceAfter=No", "SpaceAfter="


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

    def unnamed(self, first: int, last: int) -> list[int]:
        """The blocks, of those between two, whose ids are not in the usual comment."""
        found: list[int] = (np.flatnonzero(self.names[1][first:last] == 0) + first).tolist()
        return found

    def runs(self) -> Iterator[tuple[int, int]]:
        """The first and one past the last of blocks that stand together and were read, or not."""
        turns = np.flatnonzero(np.diff(self.flags != 0)) + 1
        return pairwise([0, *turns.tolist(), len(self.flags)]) if len(self.flags) else iter(())


class Values(dict[str, int]):
    """Numbers the distinct values of a column. `_` is number 0, there or not.

    kinds: of what kind each value is.
    """

    def __init__(self, column: int, bits: int) -> None:
        super().__init__()
        self.column = column
        self.kinds = array("b")
        self.unknown = False
        self._usual = "_"
        self._known = KnownIds(one_by_one(self.__getitem__), bits)
        self["_"]

    def __missing__(self, value: str) -> int:
        known = self[value] = len(self)
        self.kinds.append(self._kind(value))
        return known

    def _kind(self, value: str) -> int:
        if self.column == MISC:
            marked = value.startswith(SPACE) or f"|{SPACE}" in value
            return CLOSED * (NO_SPACE in value.split("|")) | MARKED * marked
        if value in ("", "_"):
            return NONE
        return ROOT if value.partition(":")[0] == "root" else OTHER

    def take(self, units: Units, starts: Integers, stops: Integers) -> Numbers:
        """The kinds of some cells."""
        numbers = np.full(len(starts), self[self._usual], np.int32)
        alike = stops - starts == len(self._usual)
        if len(self._usual) == 1:
            alike &= units.codes[starts] == ord(self._usual)
        else:
            alike = begin(units, starts, alike, self._usual)
        others = np.flatnonzero(~alike)
        if len(others):
            numbers[others] = piece_ids(units, self._known, starts[others], stops[others])
            self._note_usual(numbers)
        elif len(starts):
            self.unknown = self.unknown or self._usual == "_"
        return np.array(self.kinds, np.int32)[numbers]

    def _note_usual(self, numbers: Numbers) -> None:
        """Remember the value that most cells have: it will be so further on."""
        counts = np.bincount(numbers)
        self.unknown = self.unknown or counts[0] > 0
        usual = next(islice(self, int(counts.argmax()), None))
        if 0 < len(usual) <= LONGEST:
            self._usual = usual


class Words(dict[str, int]):
    """Numbers the distinct words: what stands in the columns FORM to XPOS.

    types: the type id of each. tags: the number of its tags, UPOS and XPOS. faulty: whether one of
    its cells is empty or has blanks. pieces, pairs: the words and the tags by number.
    """

    def __init__(self, vocabulary: Vocabulary, tag_column: int) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.pairs: list[str] = []
        self.types, self.tags, self.faulty = array("i"), array("i"), array("b")
        self.known = KnownIds(one_by_one(self.__getitem__))
        self._vocabulary = vocabulary
        self._tag = tag_column - FORM
        self._pairs: dict[str, int] = {}

    def __missing__(self, piece: str) -> int:
        known = self[piece] = len(self)
        self.pieces.append(piece)
        cells = piece.split("\t")
        form, tag = cells[0], cells[self._tag]
        flaw = "" if form and tag else "empty-column"
        self.types.append(self._vocabulary.intern(TokenType(form, tag, flaw)))
        pair = "\t".join(cells[UPOS - FORM :])
        self.tags.append(self._pairs.setdefault(pair, len(self._pairs)))
        if len(self._pairs) > len(self.pairs):
            self.pairs.append(pair)
        self.faulty.append(piece.split() != cells)
        return known


class Pieces(dict[str, int]):
    """Numbers what distinct ranges and empty nodes have in the columns FORM to XPOS.

    plain: whether it is a form without blanks and no more.
    """

    def __init__(self, bits: int) -> None:
        super().__init__()
        self.plain = array("b")
        self.known = KnownIds(one_by_one(self.__getitem__), bits)

    def __missing__(self, piece: str) -> int:
        known = self[piece] = len(self)
        form, *others = piece.split("\t")
        self.plain.append(others == ["_"] * len(others) and len(form.split()) == 1)
        return known


class Columns:
    """What the numbered sentences of a document have in their columns.

    end: the characters of a line end. size: those of the text.
    """

    def __init__(self, vocabulary: Vocabulary, tag_column: int, end: str, size: int) -> None:
        self._end = end
        self._words = vocabulary.table(
            f"conllu:{tag_column}", Words, lambda: Words(vocabulary, tag_column)
        )
        self._present = np.zeros(0, bool)
        # A document has its own tables, which are not to be larger than it.
        bits = min(CELL_BITS, max(LEAST_BITS, size.bit_length() - CELL_CHARACTERS))
        self._values = {column: Values(column, bits) for column in (FEATS, DEPREL, DEPS, MISC)}
        self._heads: set[str] = set()
        self._most = 0
        self._ids, self._pieces, self._keys = Ids(), Pieces(bits), Keys()

    @property
    def tagged(self) -> bool:
        """Whether a word has a UPOS."""
        return any(not pair.startswith("_\t") for pair in self._tags())

    def _tags(self) -> list[str]:
        """The distinct tags that words have, UPOS and XPOS."""
        known = np.array(self._words.tags, np.int32)
        numbers = np.flatnonzero(np.bincount(known[self._of_words()]))
        return [self._words.pairs[number] for number in numbers.tolist()]

    def _of_words(self) -> Integers:
        """The numbers of the distinct words."""
        return np.flatnonzero(self._present[: len(self._words)])

    def distinct(self) -> list[set[str]]:
        """As `Distinct` has it."""
        found: list[set[str]] = [set() for _ in COLUMNS]
        found[ID].update(map(str, range(1, self._most + 1)), self._ids)
        found[HEAD] |= self._heads
        for pair in self._tags():
            upos, _, xpos = pair.partition("\t")
            found[UPOS].add(upos)
            found[XPOS].add(xpos)
        for piece in [*self._faulty(), *self._pieces]:
            for column, value in enumerate(piece.split("\t"), FORM):
                found[column].update((value,) if value != "_" or column == FORM else ())
        for column, known in self._values.items():
            found[column].update(known)
            if not known.unknown:
                found[column].discard("_")
        return found

    def _faulty(self) -> list[str]:
        """The distinct words that have an empty cell or one with blanks."""
        present = self._of_words()
        faulty = present[np.array(self._words.faulty, bool)[present]]
        return [self._words.pieces[number] for number in faulty.tolist()]

    def read(self, text: str, start: int, end: int) -> Part:
        """The blocks between two offsets, neither of which is within one."""
        piece = text[start:end]
        units = units_of(piece if piece.endswith("\n") else piece + self._end)
        lines = lines_of(units.codes, len(self._end))
        blocks = blocks_of(lines)
        rows, others = rows_of(units, lines, blocks, self._ids)
        usual = UNIFORM | KNOWN | REGULAR | ORDERED
        flags = np.where(blocks.uniform, usual, 0).astype(np.uint8)
        words, surface = self._read_rows(units, rows, others, flags)
        titles = titles_of(units, lines, blocks, self._keys)
        flags[titles.plain] |= PLAIN
        flags[titles.usual] |= TITLED
        told = titles.usual & (flags & ORDERED != 0)
        flags[told & spelt(units, surface, titles.texts, len(flags))] |= SPELT
        begins, ends = lines.starts[blocks.first[:-1]], lines.ends[blocks.first[1:] - 1]
        bodies = lines.starts[np.minimum(blocks.first[:-1] + blocks.comments, len(lines.ends) - 1)]
        names = [np.where(titles.usual, each + start, 0) for each in titles.names]
        return Part(
            begins + start,
            ends + start,
            bodies + start,
            flags,
            np.bincount(words.block, minlength=len(flags))[blocks.uniform],
            self._type_ids(units, words),
            (names[0], names[1]),
        )

    def _read_rows(
        self, units: Units, rows: Rows, others: Others | None, flags: NDArray[np.uint8]
    ) -> tuple[Rows, Surface]:
        """The words, and what makes the text; what is found out goes into the flags of blocks."""
        values = {
            column: known.take(units, *rows.cells(column)) for column, known in self._values.items()
        }
        closed, relations = values[MISC] & CLOSED != 0, values[DEPREL]
        words, surface = rows, Surface(rows, closed)
        if others is not None:
            at = others.words(len(rows))
            words, relations = rows.some(at), relations[at]
            marked = values[MISC] & MARKED != 0
            plain = self._plain(units, rows, others, values)
            wrong, inside = disordered(rows, words, others, plain, marked, len(flags))
            flags[rows.block[others.at]] &= 0xFF ^ REGULAR
            flags[wrong] &= 0xFF ^ ORDERED
            shown = np.zeros(len(rows), bool)
            shown[at[~inside]] = shown[others.at[others.kind == RANGE]] = True
            surface = Surface(rows.some(shown), closed[shown])
        self._most = max(self._most, int(words.number.max(initial=0)))
        heads = self._numbers(units, *words.cells(HEAD))
        flags[trees(words, heads, relations, len(flags)) & (flags != 0)] |= TREE
        return words, surface

    def _numbers(self, units: Units, starts: Integers, stops: Integers) -> Integers:
        """The heads of words."""
        heads = numbers_in(units, starts, stops)
        seen = np.flatnonzero(np.bincount(heads + 1)[1:])
        self._heads.update(map(str, seen.tolist()))
        self._heads.update(_strings(units.text, starts, stops, heads < 0))
        return heads

    def _plain(self, units: Units, rows: Rows, others: Others, values: dict[int, Numbers]) -> Flags:
        """Which of the rows that are no words have nothing in columns that are not theirs."""
        own = rows.some(others.at)
        starts, stops = own.cells(HEAD)
        headed = (stops - starts != 1) | (units.codes[starts] != UNKNOWN)
        self._heads.update(_strings(units.text, starts, stops, headed))
        pieces = piece_ids(units, self._pieces.known, *own.cells(FORM, XPOS))
        bare = np.array(self._pieces.plain, bool)[pieces]
        for column in (FEATS, DEPS):
            bare &= values[column][others.at] == NONE
        headless = ~headed & (values[DEPREL][others.at] == NONE)
        plain: Flags = headless & (bare | (others.kind != RANGE))
        return plain

    def _type_ids(self, units: Units, words: Rows) -> Numbers:
        numbers = piece_ids(units, self._words.known, *words.cells(FORM, XPOS))
        if len(self._words) > len(self._present):
            present = np.zeros(len(self._words) * 2, bool)
            present[: len(self._present)] = self._present
            self._present = present
        self._present[numbers] = True
        return np.array(self._words.types)[numbers]


def _strings(text: str, starts: Integers, stops: Integers, chosen: Flags) -> Iterator[str]:
    """What stands in the chosen extents."""
    some = np.flatnonzero(chosen)
    for start, stop in zip(starts[some].tolist(), stops[some].tolist(), strict=True):
        yield text[start:stop]
