"""What a CoNLL-U document has besides forms and tags: lines, columns, ids, comments, offsets.

Nothing here is made while a document is decoded; rules ask for it, and only for the sentences
they look at.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cache, cached_property
from itertools import compress
from typing import NamedTuple, Protocol

from taglint.corpus.document import TokenSpan
from taglint.corpus.lines import LINE_END
from taglint.patterns import lazy

COLUMNS = ("ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC")
ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC = range(10)
WIDTH = len(COLUMNS)
WORD, RANGE, NODE = "word", "range", "empty node"
# The words that a regular block has at most.
MOST_REGULAR = 1024
# What is known of a block. UNIFORM: comments, then lines of ten columns. REGULAR: that, and the ids
# are 1, 2, 3 and so on. ORDERED: it is regular but for ranges and empty nodes, which stand where
# they belong, have nothing in columns that are not theirs, and no blanks in the form of a range;
# only what the text is made of speaks of the blank behind it.
UNIFORM, REGULAR, ORDERED = 1, 2, 4
# What is only looked for in long texts. KNOWN: its values are among those of `Distinct`. TITLED:
# there is one `# sent_id = …` and one `# text = …`, with values without blanks around them, however
# spelled. PLAIN: no other comment looks like metadata. TREE: every HEAD is a word's id, and that of
# a single one 0, which all lead to; the relation of that one and of no other is root, and none is
# missing. SPELT: the text is the forms, to the letter.
KNOWN, TITLED, PLAIN, TREE, SPELT = 8, 16, 32, 64, 128
# The names of metadata without blanks, hyphens and underscores.
METADATA = ("sentid", "text", "newdoc", "newdocid", "newpar", "newparid", "parallelid")
# Values that are searched for one by one.
FEW = 16

RANGE_ID = lazy(r"[0-9]+-[0-9]+")
NODE_ID = lazy(r"[0-9]+\.[0-9]+")
ANY_ID = lazy(r"[0-9]+(?:[-.][0-9]+)?")
SET = re.compile(b"\1")
PIECE = lazy(r"\S+")
UPOS_SHAPE = lazy(r"_|[A-Z]{1,5}")
HEAD_SHAPE = lazy(r"_|[0-9]+")
SENT_ID = lazy(r"^#[^\S\r\n]*sent_id[^\S\r\n]*=[^\S\r\n]*([^\s][^\r\n]*)", re.MULTILINE)

Piece = tuple[int, int]


class Comment(NamedTuple):
    """A line that begins with `#`, without its line end; `start` is its offset."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def key(self) -> str:
        """What stands before the equals sign, or all of it, without blanks around it."""
        return self.text[1:].partition("=")[0].strip()

    @property
    def value(self) -> str | None:
        """What stands behind the equals sign without blanks around it; None without one."""
        _, sign, value = self.text.partition("=")
        return value.strip() if sign else None


class Row(NamedTuple):
    """A line that is neither blank nor a comment; `start` is its offset.

    cells: what stands between tabs; ten of them where the line is in order. kind: `WORD`,
    `RANGE` or `NODE`; a line with an id of no such shape counts as a word.
    """

    start: int
    text: str
    cells: list[str]
    kind: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def id(self) -> str:
        return self.cells[ID]

    @property
    def name(self) -> str:
        """The id, also where the number of columns is wrong."""
        return self.cells[ID] if self.whole else self.text.split(None, 1)[0]

    @property
    def whole(self) -> bool:
        return len(self.cells) == WIDTH

    def span(self, column: int) -> tuple[int, int]:
        """The offsets of a cell."""
        start = self.start + sum(map(len, self.cells[:column])) + column
        return start, start + len(self.cells[column])

    @property
    def bounds(self) -> tuple[int, int]:
        """The first and last word of a range; an empty node's word and its number behind it."""
        left, _, right = self.id.partition("-" if self.kind == RANGE else ".")
        return int(left), int(right)


class Block:
    """A run of lines that are not blank: most often one sentence.

    start, end: offsets, without the last line end. uniform: comments, then lines of ten columns.
    regular: uniform, and the ids are 1, 2, 3 and so on.
    """

    def __init__(self, text: str, start: int, end: int, regular: bool, uniform: bool) -> None:
        self.start = start
        self.end = end
        self.regular = regular
        self.uniform = uniform
        self._raw = text[start:end]

    @cached_property
    def lines(self) -> list[tuple[int, str]]:
        """Each line with its offset, without its end."""
        return lines_between(self._raw, self.start)

    @cached_property
    def comments(self) -> list[Comment]:
        if self.uniform:
            return self._leading_comments()
        return [Comment(at, line) for at, line in self.lines if line.startswith("#")]

    @cached_property
    def rows(self) -> list[Row]:
        return [row_of(at, line) for at, line in self.lines if not line.startswith("#")]

    @cached_property
    def names(self) -> list[str]:
        """The ids of all rows, also of those with a wrong number of columns."""
        return self.column(ID) if self.uniform else [row.name for row in self.rows]

    @cached_property
    def kinds(self) -> list[str]:
        """What each row is, by its id: `WORD`, `RANGE` or `NODE`."""
        return list(map(kind_of, self.names))

    def values(self, index: int) -> list[str]:
        """A cell for every row; `""` where the number of columns is wrong."""
        if self.uniform:
            return self.column(index)
        return [row.cells[index] if row.whole else "" for row in self.rows]

    def word_column(self, index: int) -> list[str]:
        """A column of the words alone, of lines that have ten columns."""
        if self.regular:
            return self.column(index)
        if not self.uniform:
            return [row.cells[index] for row in self.words if row.whole]
        return list(compress(self.column(index), [kind == WORD for kind in self.kinds]))

    @property
    def words(self) -> list[Row]:
        return [row for row in self.rows if row.kind == WORD]

    @property
    def sent_id(self) -> str | None:
        return self.value("sent_id")

    @property
    def text(self) -> str | None:
        """The sentence as running text, as its comment has it."""
        return self.value("text")

    def value(self, key: str) -> str | None:
        """The value of the first comment with this key."""
        return next((comment.value for comment in self.comments if comment.key == key), None)

    def column(self, index: int) -> list[str]:
        """A column, top to bottom, of all lines that have ten columns."""
        if self.uniform:
            return self._cells[index::WIDTH]
        return [row.cells[index] for row in self.rows if row.whole]

    @cached_property
    def _cells(self) -> list[str]:
        at = 0
        while self._raw.startswith("#", at):
            at = self._raw.find("\n", at) + 1
        body = self._raw[at:]
        if "\r" in body:
            body = body.replace("\r\n", "\n")
        return body.replace("\n", "\t").split("\t")

    def _leading_comments(self) -> list[Comment]:
        found, at, raw = [], 0, self._raw
        while raw.startswith("#", at):
            end = raw.find("\n", at)
            line = raw[at:end]
            found.append(Comment(self.start + at, line.removesuffix("\r")))
            at = end + 1
        return found


class Distinct(Protocol):
    """What blocks have in their columns that are `KNOWN`."""

    def distinct(self) -> list[set[str]]:
        """The distinct values of each column, perhaps without the `_` of what are no words, and
        without forms and lemmas that are not empty and have no blanks."""


class ConlluLayout:
    """The blocks of a document, and where the tokens of a sentence stand.

    begins, ends: the offsets of each block. flags: what is known of each. tag_column: the column
    that the tags are read from. line_end: what ends every line, None where several things do.
    known: the values of blocks that are `KNOWN`.
    """

    def __init__(
        self, text: str, tag_column: int, line_end: str | None, known: Distinct | None = None
    ) -> None:
        self.text = text
        self.line_end = line_end
        self.tag_column = tag_column
        self.begins = array("q")
        self.ends = array("q")
        self.flags = bytearray()
        self._known = known
        # The block of each sentence; a block without words is none.
        self._sentences = array("i")

    def add(self, start: int, end: int, flags: int) -> None:
        """Add a block."""
        self.begins.append(start)
        self.ends.append(end)
        self.flags.append(flags)

    def begin_sentence(self) -> None:
        """The block that comes next is a sentence."""
        self._sentences.append(len(self.flags))

    def add_sentences(self, begins: array[int], ends: array[int], flags: bytes) -> None:
        """Add many blocks, each a sentence."""
        self._sentences.extend(range(len(self.flags), len(self.flags) + len(flags)))
        self.begins += begins
        self.ends += ends
        self.flags += flags

    def block(self, index: int) -> Block:
        flags = self.flags[index]
        extent = self.begins[index], self.ends[index]
        return Block(self.text, *extent, bool(flags & REGULAR), bool(flags & UNIFORM))

    def blocks(self, unless: int = 0) -> Iterator[Block]:
        """All blocks in order but those with a flag, made anew each time: a corpus of them would
        not fit in memory."""
        return map(self.block, self.without(unless))

    def without(self, flag: int) -> Sequence[int]:
        """The indices of the blocks without a flag."""
        if not flag:
            return range(len(self.flags))
        return [found.start() for found in SET.finditer(self.flags.translate(_lacking(flag)))]

    def sentences(self, unless: int = 0) -> Iterator[Block]:
        """The blocks with words in them but those with a flag: without one, one for each sentence
        of the document."""
        return (self.block(index) for index in self._sentences if not self.flags[index] & unless)

    def disordered(self) -> Iterator[Block]:
        """The blocks with anything but comments, plain words, and what is `ORDERED` in them."""
        return self.blocks(ORDERED)

    def ragged(self) -> Iterator[Block]:
        """The blocks that are not uniform."""
        return self.blocks(UNIFORM)

    def sentence(self, index: int) -> Block:
        return self.block(self._sentences[index])

    def sentences_without(self, flag: int) -> list[int]:
        """The indices of the sentences whose blocks are without a flag."""
        flags = self.flags
        return [at for at, block in enumerate(self._sentences) if not flags[block] & flag]

    def block_at(self, offset: int) -> int:
        return bisect_right(self._sentences, bisect_right(self.begins, offset) - 1) - 1

    def spans(self, sentence: int) -> list[TokenSpan]:
        return [token_span(row, self.tag_column) for row in self.sentence(sentence).words]

    @cached_property
    def values(self) -> tuple[frozenset[str], ...]:
        """The distinct values of each column, perhaps without the `_` of ranges and empty nodes,
        and without forms and lemmas that are not empty and have no blanks: what is right about a
        value is right wherever it stands."""
        others: list[set[str]] = [set() for _ in COLUMNS]
        for block in self.blocks(KNOWN):
            for index, values in enumerate(others):
                values.update(block.column(index))
        pairs = zip(self.known_values, others, strict=True)
        return tuple(known if other <= known else known | other for known, other in pairs)

    @cached_property
    def known_values(self) -> tuple[frozenset[str], ...]:
        """As `values` of the blocks that are `KNOWN` alone."""
        known, self._known = self._known, None
        return tuple(map(frozenset, known.distinct() if known else [()] * WIDTH))

    def rows_with(self, column: int, wanted: Collection[str]) -> Iterator[Row]:
        """The rows of ten columns that have one of these values in a column."""
        wanted = frozenset(wanted)
        for index in self._blocks_with(column, wanted):
            block = self.block(index)
            if not wanted.isdisjoint(block.column(column)):
                yield from (row for row in block.rows if row.whole and row.cells[column] in wanted)

    def _blocks_with(self, column: int, wanted: Collection[str]) -> Sequence[int]:
        """The indices of the blocks that may have one of these values in a column."""
        known = self.known_values[column].intersection(wanted)
        if not known:
            return self.without(KNOWN) if wanted else ()
        if len(known) > FEW or column == ID:
            return range(len(self.flags))
        found = set(self.without(KNOWN))
        for value in known:
            found.update(self._found("\t" + value + ("\t" if column < MISC else "")))
        return sorted(found)

    def _found(self, string: str) -> Iterator[int]:
        """The blocks that have this in them."""
        at = self.text.find(string)
        while at >= 0:
            index = bisect_right(self.begins, at) - 1
            if index >= 0:
                yield index
            at = self.text.find(string, max(at + 1, self.ends[index] if index >= 0 else 0))


@cache
def _lacking(flag: int) -> bytes:
    """For each byte whether it lacks the flags."""
    return bytes(not flags & flag for flags in range(256))


def lines_between(raw: str, start: int) -> list[tuple[int, str]]:
    """The lines of a piece of text that begins at an offset, each with its own offset."""
    found = []
    if "\r" not in raw:
        for line in raw.split("\n"):
            found.append((start, line))
            start += len(line) + 1
        return found
    at = 0
    for match in LINE_END.finditer(raw):
        found.append((start + at, raw[at : match.start()]))
        at = match.end()
    found.append((start + at, raw[at:]))
    return found


def row_of(start: int, line: str) -> Row:
    cells = line.split("\t")
    first = cells[ID] if len(cells) == WIDTH else line.split(None, 1)[0]
    return Row(start, line, cells, kind_of(first))


def kind_of(identifier: str) -> str:
    if identifier.isdecimal():
        return WORD
    if RANGE_ID.fullmatch(identifier):
        return RANGE
    return NODE if NODE_ID.fullmatch(identifier) else WORD


def plain_pieces(line: str) -> list[Piece]:
    """Where the columns of a line stand whose blanks plainly stand for tabs; else nothing.

    Plainly: ten pieces, of which the first, fourth and seventh look like id, tag and head.
    """
    pieces = [match.span() for match in PIECE.finditer(line)]
    if len(pieces) != WIDTH:
        return []
    shapes = ((ID, ANY_ID), (UPOS, UPOS_SHAPE), (HEAD, HEAD_SHAPE))
    fits = all(shape.fullmatch(line, *pieces[column]) for column, shape in shapes)
    return pieces if fits else []


def pieces_of(line: str) -> list[Piece]:
    """Where the columns of a line with a wrong number of them most likely stand."""
    plain = plain_pieces(line)
    if plain:
        return plain
    return _cell_spans(line) if "\t" in line else [found.span() for found in PIECE.finditer(line)]


def _cell_spans(line: str) -> list[Piece]:
    spans, at = [], 0
    for cell in line.split("\t"):
        spans.append((at, at + len(cell)))
        at += len(cell) + 1
    return spans


def word_pieces(line: str, tag_column: int) -> tuple[Piece, Piece]:
    """Where form and tag stand in a line with a wrong number of columns.

    A line of a single piece is a form; a tag that is missing is an empty span at the end.
    """
    pieces = pieces_of(line)
    form = pieces[FORM] if len(pieces) > FORM else pieces[0]
    tag = pieces[tag_column] if len(pieces) > tag_column else (len(line), len(line))
    return form, tag


def token_span(row: Row, tag_column: int) -> TokenSpan:
    """Where a word stands: the whole line, and form and tag in it."""
    if row.whole:
        return TokenSpan(row.start, row.end, *row.span(FORM), *row.span(tag_column))
    form, tag = word_pieces(row.text, tag_column)
    bounds = (row.start + offset for offset in (*form, *tag))
    return TokenSpan(row.start, row.end, *bounds)
