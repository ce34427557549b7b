"""CoNLL-U: one word a line in ten tab-separated columns, a blank line behind each sentence.

Tokens are the syntactic words. Ranges (`1-2`), empty nodes (`8.1`), comments and the other
columns stay in the layout. Most sentences are uniform (comments, then lines of ten columns): such
a one is split at its tabs once and its columns are slices. Any other is read line by line.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, compress, islice
from typing import TYPE_CHECKING, NamedTuple

from taglint.corpus.document import Decoded, Document
from taglint.corpus.lines import first_lines, split_lines
from taglint.corpus.vocabulary import TokenType, Vocabulary
from taglint.formats.base import Guess, Remark, Sample, Settings
from taglint.formats.conllu_sentences import (
    ANY_ID,
    FORM,
    MOST_REGULAR,
    ORDERED,
    REGULAR,
    SENT_ID,
    UNIFORM,
    UPOS,
    WIDTH,
    WORD,
    XPOS,
    ConlluLayout,
    Row,
    kind_of,
    lines_between,
    plain_pieces,
    row_of,
    word_pieces,
)
from taglint.patterns import lazy
from taglint.rules import Option

if TYPE_CHECKING:
    from taglint.formats.conllu_columns import Part

TAG_COLUMNS = {"upos": UPOS, "xpos": XPOS}
SUFFIXES = (".conllu", ".conllup", ".conll-u")
SAMPLE_LINES = 300
# How sure an id at the beginning of lines is in a file with one of the suffixes.
NAMED = 0.9
ID_CELL = lazy(rf"(?:{ANY_ID.pattern})\t")
# The id cells of a regular sentence when its text is split at tabs and before line ends.
REGULAR_IDS = ["1", *(f"\n{number}" for number in range(2, MOST_REGULAR + 1))]


# Characters from which on a text is long, without and with NumPy at hand; and types from which on
# there is enough to read for loading it.
LONG_TEXT = 400_000, 8_000
MANY_TYPES = 5_000
# Characters in which the first word is looked for.
HEAD = 4096
# Characters that are read together, at first few, so that it is soon known where the tags are; what
# has so many times as many without a blank line is read line by line.
FIRST, STRETCH, MUCH = 1 << 14, 1 << 19, 4


class Conllu:
    """The format plugin."""

    name = "conllu"
    title = "CoNLL-U, ten columns"
    separator = "\n"
    resegments = False
    suffixes = SUFFIXES
    options: Mapping[str, Option] = {
        "tag-column": Option(
            "auto",
            "the column of the tags; auto: UPOS, or XPOS where no word has a UPOS",
            choices=("auto", *TAG_COLUMNS),
        )
    }

    def guess(self, sample: Sample) -> Guess:
        lines = _sample_lines(sample.text)
        named = sample.suffix in SUFFIXES
        if not lines:
            return Guess(
                0.6 * named, f"comments alone, and the suffix is {sample.suffix or 'none'}"
            )
        good = sum(_in_order(line) for line in lines) / len(lines)
        reason = f"{good:.0%} of the lines have an id and ten tab-separated columns"
        if named and good < NAMED:
            begun = sum(bool(ANY_ID.fullmatch(line.split(None, 1)[0])) for line in lines)
            good = max(good, NAMED * begun / len(lines))
        if named:
            reason += f", and the suffix is {sample.suffix}"
        return Guess(good * 0.99, reason)

    def tags(self, sample: Sample) -> Counter[str]:
        lines = _sample_lines(sample.text, most=None)
        rows = [line.split("\t", XPOS + 1) for line in lines if line.count("\t") == WIDTH - 1]
        words = [row for row in rows if row[0].isdecimal()]
        column = TAG_COLUMNS.get(str(sample.options.get("tag-column")))
        if column is None:
            column = UPOS if any(row[UPOS] != "_" for row in words) else XPOS
        return Counter(row[column] for row in words if row[column] not in ("", "_"))

    def decode(self, text: str, vocabulary: Vocabulary, settings: Settings) -> Decoded:
        column = TAG_COLUMNS.get(str(settings.options.get("tag-column")))
        line_end = _line_end(text)
        if column is None and _has_upos(text):
            column = UPOS
        if column is not None:
            return _Decoding(text, line_end, vocabulary, column).run()
        try:
            return _Decoding(text, line_end, vocabulary, XPOS, only_without_upos=True).run()
        except _HasUpos:
            return _Decoding(text, line_end, vocabulary, UPOS).run()

    def remarks(self, document: Document) -> Iterator[Remark]:
        for block in document.layout.blocks():
            for comment in block.comments:
                yield Remark(comment.start, comment.text, (block.start, block.end))

    def token(self, form: str, tag: str) -> str:
        """A word line; its id is for the sentence it is put into."""
        return f"_\t{form}\t_\t{tag}\t_\t_\t_\t_\t_\t_"

    def can_write(self, form: str, tag: str) -> bool:
        blank = form != form.strip() or not form or len(tag.split()) != 1 or tag != tag.strip()
        return not blank and not any(mark in form for mark in "\t\r\n")


class _HasUpos(Exception):
    """A word has a UPOS, so that the tags are not to be read from XPOS."""


class Chunk(NamedTuple):
    """A piece of text without blank lines in it, most often one sentence."""

    start: int
    text: str


class _Decoding:
    """One document on its way to tokens."""

    def __init__(
        self,
        text: str,
        line_end: str | None,
        vocabulary: Vocabulary,
        column: int,
        only_without_upos: bool = False,
    ) -> None:
        self.text = text
        self.column = column
        self.only_without_upos = only_without_upos
        self.line_end = line_end
        self.vocabulary = vocabulary
        self.words = Words(vocabulary)
        self.ids = array("i")
        self.starts: list[int] = []
        self.names: dict[int, str] = {}
        self.layout = ConlluLayout(text, column, self.line_end)

    def run(self) -> Decoded:
        at_hand = "numpy" in sys.modules or len(self.vocabulary) > MANY_TYPES
        if self.line_end and len(self.text) >= LONG_TEXT[at_hand]:
            self._read_columns(self.line_end)
        else:
            self._read_chunks(0, len(self.text))
        self.starts.append(len(self.ids))
        return Decoded(self.ids, self.starts, self.layout, self.names)

    def _read_columns(self, line_end: str) -> None:
        """As `_read_chunks`, most of it together."""
        from taglint.formats.conllu_columns import Columns

        columns = Columns(self.vocabulary, self.column, line_end, len(self.text))
        self.layout = ConlluLayout(self.text, self.column, line_end, columns)
        first = FIRST if self.only_without_upos else STRETCH
        for start, end in stretches(self.text, line_end, first):
            if end - start > MUCH * STRETCH:
                self._read_chunks(start, end)
                continue
            part = columns.read(self.text, start, end)
            if columns.tagged and self.only_without_upos:
                raise _HasUpos
            self._add_part(part)

    def _add_part(self, part: Part) -> None:
        """Take the blocks of a stretch: those that were read together, and the others."""
        counts, ids = part.counts.tolist(), part.ids
        at = taken = 0
        for first, last in part.runs():
            if part.flags[first]:
                many = sum(counts[at : at + last - first])
                self._add_known(part, first, last, counts[at : at + last - first])
                self.ids.frombytes(ids[taken : taken + many].tobytes())
                at, taken = at + last - first, taken + many
            else:
                self._read_chunks(int(part.begins[first]), int(part.ends[last - 1]))

    def _add_known(self, part: Part, first: int, last: int, counts: list[int]) -> None:
        """Take a run of numbered sentences, but for their type ids."""
        text, sentence = self.text, len(self.starts)
        self.starts += accumulate(counts[:-1], initial=len(self.ids))
        flags = part.flags[first:last].tobytes()
        named = zip(*(each[first:last].tolist() for each in part.names), strict=True)
        self.names.update(enumerate((text[start:end] for start, end in named), sentence))
        for index in part.unnamed(first, last):
            found = SENT_ID.search(text[part.begins[index] : part.bodies[index]])
            if found:
                self.names[sentence + index - first] = found[1].rstrip()
            else:
                del self.names[sentence + index - first]
        begins, ends = array("q", part.begins[first:last].tobytes()), array("q")
        ends.frombytes(part.ends[first:last].tobytes())
        self.layout.add_sentences(begins, ends, flags)

    def _read_chunks(self, start: int, end: int) -> None:
        for chunk in self._chunks(start, end):
            if self.line_end is None or not self._add_uniform(chunk):
                self._add_lines(chunk)

    def _chunks(self, start: int, end: int) -> Iterator[Chunk]:
        """An extent cut at double line ends; in one piece where line ends are of several kinds."""
        if self.line_end is None:
            yield Chunk(start, self.text[start:end])
            return
        blank, at = self.line_end * 2, start
        for piece in self.text[start:end].split(blank):
            body = piece.strip("\r\n")
            if body:
                yield Chunk(at + piece.index(body[0]), body)
            at += len(piece) + len(blank)

    def _add_uniform(self, chunk: Chunk) -> bool:
        """Take a chunk of comments and then lines of ten columns; False where it is none."""
        body, at = chunk.text, 0
        while body.startswith("#", at):
            at = body.find("\n", at) + 1
            if not at:
                return False
        rows = body[at:].replace(self.line_end or "\n", "\t\n")
        cells = rows.split("\t")
        ids = cells[::WIDTH]
        if len(cells) != WIDTH * len(ids) or rows.count("\n") != len(ids) - 1:
            return False
        regular = ids == REGULAR_IDS[: len(ids)]
        if not regular and not (_begin_lines(ids) and "\n#" not in rows):
            return False
        columns = [cells[index::WIDTH] for index in (UPOS, FORM, self.column)]
        if not regular:
            words = [kind_of(name.removeprefix("\n")) == WORD for name in ids]
            columns = [list(compress(column, words)) for column in columns]
        self._refuse_upos(columns[0])
        if columns[0]:
            self._begin_sentence(body[:at])
        flags = UNIFORM | REGULAR | ORDERED if regular else UNIFORM
        self.layout.add(chunk.start, chunk.start + len(body), flags)
        self.ids.extend(map(self.words.__getitem__, zip(*columns[1:], strict=True)))
        return True

    def _add_lines(self, chunk: Chunk) -> None:
        """Take a chunk line by line, cut at lines of blanks, which may still be in it."""
        block: list[tuple[int, str]] = []
        for at, line in lines_between(chunk.text, chunk.start):
            if line.strip():
                block.append((at, line))
            elif block:
                self._add_irregular(block)
                block = []
        if block:
            self._add_irregular(block)

    def _add_irregular(self, lines: list[tuple[int, str]]) -> None:
        rows = [row_of(at, line) for at, line in lines if not line.startswith("#")]
        words = [row for row in rows if row.kind == WORD]
        self._refuse_upos([tag for row in words for tag in _upos_of(row)])
        if words:
            head = "\n".join([line for _, line in lines if line.startswith("#")])
            self._begin_sentence(head)
        last, line = lines[-1]
        self.layout.add(lines[0][0], last + len(line), 0)
        for row in words:
            if row.whole:
                self.ids.append(self.words[row.cells[FORM], row.cells[self.column]])
            else:
                self.ids.append(self.words.malformed(row.text, self.column))

    def _refuse_upos(self, values: Sequence[str]) -> None:
        if self.only_without_upos and values.count("_") != len(values):
            raise _HasUpos

    def _begin_sentence(self, head: str) -> None:
        found = SENT_ID.search(head) if head else None
        if found:
            self.names[len(self.starts)] = found[1].rstrip()
        self.starts.append(len(self.ids))
        self.layout.begin_sentence()


class Words(dict[tuple[str, str], int]):
    """Form and tag to type id."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, pair: tuple[str, str]) -> int:
        flaw = "" if all(pair) else "empty-column"
        known = self[pair] = self._vocabulary.intern(TokenType(*pair, flaw))
        return known

    def malformed(self, line: str, tag_column: int) -> int:
        """The type of a line with a wrong number of columns."""
        form, tag = word_pieces(line, tag_column)
        return self._vocabulary.intern(
            TokenType(line[slice(*form)], line[slice(*tag)], "wrong-columns")
        )


def _upos_of(row: Row) -> list[str]:
    """The UPOS of a row, where it is sure which column that is."""
    if row.whole:
        return [row.cells[UPOS]]
    return [row.text[slice(*piece)] for piece in plain_pieces(row.text)[UPOS : UPOS + 1]]


def stretches(text: str, line_end: str, first: int) -> Iterator[tuple[int, int]]:
    """A text cut behind blank lines. first: characters of the first one, at least."""
    start, size = 0, first
    while start < len(text):
        blank = text.find(line_end * 2, start + size)
        end = blank + 2 * len(line_end) if blank >= 0 else len(text)
        yield start, end
        start, size = end, STRETCH


def _has_upos(text: str) -> bool:
    """Whether the first word plainly has a UPOS; that it has none does not mean that no word has
    one."""
    rows = (line.split("\t") for line in first_lines(text[:HEAD], HEAD) if line[:1] != "#")
    words = (row for row in rows if len(row) == WIDTH and row[0].isdecimal())
    return next(words, [""] * WIDTH)[UPOS] not in ("", "_")


def _begin_lines(ids: list[str]) -> bool:
    """Whether every id begins a line of its own. Line ends stand at the beginning of cells."""
    return all(map(str.strip, ids)) and all(name[0] == "\n" for name in ids[1:])


def _line_end(text: str) -> str | None:
    """What ends every line of a text; None where several things do."""
    if "\r" not in text:
        return "\n"
    pairs = text.count("\r\n")
    return "\r\n" if pairs == text.count("\r") == text.count("\n") else None


def _in_order(line: str) -> bool:
    return line.count("\t") == WIDTH - 1 and bool(ID_CELL.match(line))


def _sample_lines(text: str, most: int | None = SAMPLE_LINES) -> list[str]:
    """The lines that are neither blank nor comments."""
    lines = split_lines(text)
    return [*islice((line for line in lines if line.strip() and line[0] != "#"), most)]


CONLLU = Conllu()
