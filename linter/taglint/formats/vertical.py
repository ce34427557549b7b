"""`word<TAB>tag`, one token a line, a blank line between sentences.

Columns may also be separated by blanks (CoNLL-2000: `word POS chunk`), may begin with an index
(`1<TAB>word<TAB>tag`), and tags may be positions in a word or name (`B-NAME`), which stay as they
are. How the lines of a document are built is found out once; a distinct line then is parsed once.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping

from taglint.corpus.document import Decoded, TokenSpan
from taglint.corpus.lines import LINE_END, line_starts, split_lines
from taglint.corpus.vocabulary import TokenType, Vocabulary
from taglint.findings import TaglintError
from taglint.formats.base import Guess, Sample, Settings
from taglint.formats.vertical_shape import (
    BOUNDARY,
    COMMENT,
    INSIDE,
    SUFFIXES,
    TOKEN,
    Pieces,
    Shape,
    content_lines,
    kind_of,
    likeness,
    name_in,
    pieces,
    shape_of,
)
from taglint.rules import Option

# What stands for a line that is no token among the type ids.
CODES = {BOUNDARY: -1, INSIDE: -2, COMMENT: -3}
# Tokens whose spans are found together, at most: a sentence may be as long as a file.
BLOCK = 4096


class Vertical:
    """The format plugin."""

    name = "vertical"
    title = "word and tag in columns, one token a line"
    separator = "\n"
    resegments = True
    suffixes = SUFFIXES
    options: Mapping[str, Option] = {
        "tag-column": Option(
            None, "the column of the tags, counted from 1; found out by default", "int", least=2
        ),
        "separator": Option("auto", "what separates the columns", choices=("auto", "tab", "blank")),
    }

    def guess(self, sample: Sample) -> Guess:
        shape = shape_of(sample.text, sample.options)
        return Guess(*likeness(sample.text, shape, sample.suffix))

    def tags(self, sample: Sample) -> Counter[str]:
        shape = shape_of(sample.text, sample.options)
        tokens = (pieces(line, shape).token for line in content_lines(sample.text, shape))
        return Counter(token.tag for token in tokens if not token.flaw)

    def decode(self, text: str, vocabulary: Vocabulary, settings: Settings) -> Decoded:
        """Raises `TaglintError` for a tag column that cannot be."""
        shape = shape_of(text, settings.options)
        if shape.tag <= shape.form:
            least = shape.form + 2
            raise TaglintError(f"option tag-column: tags stand behind words, from {least} on")
        lines = split_lines(text)
        spellings = self._spellings(vocabulary, shape)
        codes = array("i", map(spellings.__getitem__, lines))
        return _sentences(text, lines, codes, spellings)

    def token(self, form: str, tag: str) -> str:
        return f"{form}\t{tag}"

    def can_write(self, form: str, tag: str) -> bool:
        line = self.token(form, tag)
        if len(LINE_END.split(line)) > 1:
            return False
        return kind_of(line, Shape()) == TOKEN and pieces(line, Shape()).token == (
            TokenType(form, tag)
        )

    def _spellings(self, vocabulary: Vocabulary, shape: Shape) -> Lines:
        return vocabulary.table(f"{self.name}:{shape}", Lines, lambda: Lines(shape, vocabulary))


class Lines(dict[str, int]):
    """Line to type id, or to a negative code; a line seen for the first time is parsed."""

    def __init__(self, shape: Shape, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.shape = shape
        self._vocabulary = vocabulary

    def __missing__(self, line: str) -> int:
        kind = kind_of(line, self.shape)
        known = self[line] = CODES[kind] if kind != TOKEN else self.token(line)
        return known

    def token(self, line: str) -> int:
        return self._vocabulary.intern(pieces(line, self.shape).token)


def _sentences(text: str, lines: list[str], codes: array[int], spellings: Lines) -> Decoded:
    """Gather the runs of token lines between boundaries.

    What may be a comment is one only before a sentence; inside, `#` is a word like any other.
    """
    ids = array("i")
    starts: list[int] = []
    blocks: list[int] = []
    firsts: list[int] = []
    names: dict[int, str] = {}
    at, inside = 0, False
    for mark in (*[number for number, code in enumerate(codes) if code < 0], len(lines)):
        if mark > at:
            starts += [] if inside else [len(ids)]
            inside = True
            for first in range(at, mark, BLOCK):
                blocks.append(len(ids) + first - at)
                firsts.append(first)
            ids.extend(codes[at:mark])
        at = mark + 1
        code = codes[mark] if mark < len(lines) else CODES[BOUNDARY]
        if code == CODES[COMMENT] and inside:
            ids.append(spellings.token(lines[mark]))
        elif code == CODES[BOUNDARY]:
            inside = False
        if not inside and mark < len(lines) and (name := name_in(lines[mark])):
            names[len(starts)] = name
    names = {sentence: name for sentence, name in names.items() if sentence < len(starts)}
    starts.append(len(ids))
    blocks.append(len(ids))
    layout = VerticalLayout(text, spellings.shape, blocks, firsts)
    return Decoded(ids, starts, layout, names, blocks)


class VerticalLayout:
    """Finds the lines of a block of tokens again.

    shape: how the lines are built. blocks: index of each block's first token, and the number of
    tokens. firsts: 0-based line number of each block's first token.
    """

    def __init__(self, text: str, shape: Shape, blocks: list[int], firsts: list[int]) -> None:
        self.shape = shape
        self._text = text
        self._blocks = blocks
        self._firsts = firsts
        self._offsets: array[int] | None = None
        self._extents = Extents(shape)

    def spans(self, block: int) -> list[TokenSpan]:
        wanted = self._blocks[block + 1] - self._blocks[block]
        found: list[TokenSpan] = []
        for at, line in self._lines_from(self._offset(block)):
            if len(found) == wanted:
                break
            extent = self._extents[line]
            if extent:
                found.append(TokenSpan(*[at + offset for offset in extent]))
        return found

    def _offset(self, block: int) -> int:
        if self._offsets is None:
            every = line_starts(self._text)
            self._offsets = array("q", [every[first] for first in self._firsts])
        return self._offsets[block]

    def _lines_from(self, at: int) -> Iterator[tuple[int, str]]:
        """Each line from an offset on, with its own offset, without its end."""
        for end in LINE_END.finditer(self._text, at):
            yield at, self._text[at : end.start()]
            at = end.end()
        yield at, self._text[at:]


class Extents(dict[str, tuple[int, ...]]):
    """Line to the offsets of its token in it, in the order of `TokenSpan`; empty for markup."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self._shape = shape

    def __missing__(self, line: str) -> tuple[int, ...]:
        known = () if kind_of(line, self._shape) == INSIDE else _extent(pieces(line, self._shape))
        self[line] = known
        return known


def _extent(found: Pieces) -> tuple[int, ...]:
    token, form, tag = found
    form_end, tag_end = form + len(token.form), tag + len(token.tag)
    return form, max(form_end, tag_end), form, form_end, tag, tag_end


VERTICAL = Vertical()
