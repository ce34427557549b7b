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
    LEMMA,
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
from taglint.formats.distinct import KnownIds, Units, piece_ids, units_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Numbers = NDArray[np.int32]
    Flags = NDArray[np.bool_]

UNKNOWN = ord("_")
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
            marked = value.startswith(SPACE) or f"|{SPACE}" in value
            return CLOSED * (NO_SPACE in value.split("|")) | MARKED * marked
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
            alike = begin(units, starts[some], alike, self._usual)
            numbers[some[alike]] = self[self._usual]
            some = some[~alike]
        if len(some):
            numbers[some] = piece_ids(units, self._known, starts[some], stops[some])
            self._note_usual(numbers)
        return np.array(self.kinds, np.int32)[numbers]


class Words(dict[str, int]):
    """Numbers the distinct words: what stands in the columns FORM to XPOS.

    pieces: the words by number. types: the type id of each. tagged: whether it has a UPOS.
    """

    def __init__(self, vocabulary: Vocabulary, tag_column: int) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.types = array("i")
        self.tagged = array("b")
        self.known = KnownIds(self.__getitem__)
        self._vocabulary = vocabulary
        self._tag = tag_column - FORM

    def __missing__(self, piece: str) -> int:
        known = self[piece] = len(self)
        self.pieces.append(piece)
        cells = piece.split("\t")
        form, tag = cells[0], cells[self._tag]
        flaw = "" if form and tag else "empty-column"
        self.types.append(self._vocabulary.intern(TokenType(form, tag, flaw)))
        self.tagged.append(cells[UPOS - FORM] != "_")
        return known


class Pieces(dict[str, int]):
    """Numbers what distinct ranges and empty nodes have in the columns FORM to XPOS.

    plain: whether it is a form without blanks and no more.
    """

    def __init__(self) -> None:
        super().__init__()
        self.plain = array("b")
        self.known = KnownIds(self.__getitem__)

    def __missing__(self, piece: str) -> int:
        known = self[piece] = len(self)
        form, *others = piece.split("\t")
        self.plain.append(others == ["_"] * len(others) and len(form.split()) == 1)
        return known


class Columns:
    """What the numbered sentences of a document have in their columns.

    end: the characters of a line end. tagged: whether a word has a UPOS.
    """

    def __init__(self, vocabulary: Vocabulary, tag_column: int, end: str) -> None:
        self.tagged = False
        self._end = end
        self._words = vocabulary.table(
            f"conllu:{tag_column}", Words, lambda: Words(vocabulary, tag_column)
        )
        self._present = np.zeros(0, bool)
        self._values = {column: Values(column) for column in (FEATS, DEPREL, DEPS, MISC)}
        self._heads: set[str] = set()
        self._most = 0
        self._ids, self._pieces, self._keys = Ids(), Pieces(), Keys()

    def distinct(self) -> list[set[str]]:
        """The distinct values of each column, but perhaps for the `_` of ranges and empty nodes."""
        found: list[set[str]] = [set() for _ in COLUMNS]
        found[ID].update(map(str, range(1, self._most + 1)), self._ids)
        found[HEAD] |= self._heads
        pieces = self._words.pieces
        present = [pieces[index] for index in np.flatnonzero(self._present).tolist()]
        for some in (present, list(self._pieces)):
            cells = "\t".join(some).split("\t") if some else []
            for column in (FORM, LEMMA, UPOS, XPOS):
                values = set(cells[column - FORM :: XPOS])
                found[column] |= values if some is present or column == FORM else values - {"_"}
        for column, known in self._values.items():
            found[column].update(known)
            if not known.unknown:
                found[column].discard("_")
        return found

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
        self.tagged = self.tagged or bool(np.array(self._words.tagged)[numbers].any())
        return np.array(self._words.types)[numbers]


def _strings(text: str, starts: Integers, stops: Integers, chosen: Flags) -> Iterator[str]:
    """What stands in the chosen extents."""
    some = np.flatnonzero(chosen)
    for start, stop in zip(starts[some].tolist(), stops[some].tolist(), strict=True):
        yield text[start:stop]
