"""Blank-delimited tokens, form and tag joined by one separator: `slash` and `underscore`.

One line is one sentence. A distinct spelling (`迈向/v`) is parsed once; a line then is a list of
dictionary look-ups. Where tokens stand is found out again only for the lines that are asked for.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from itertools import accumulate, chain, compress, pairwise
from typing import TYPE_CHECKING, overload

from taglint.corpus.document import Decoded, TokenSpan
from taglint.corpus.lines import LINE_END, first_lines
from taglint.corpus.vocabulary import TokenType, Vocabulary
from taglint.formats.base import Guess, Sample, Settings
from taglint.patterns import lazy
from taglint.rules import Option

if TYPE_CHECKING:
    from taglint.formats.distinct import KnownIds

CHUNK = lazy(r"\S+")
PARAGRAPH_ID = lazy(r"\d{8}-\d{2}-\d{3}-\d{3}(?:[/_]m)?(?=\s|$)")
# `]nt`, `]/nt`, several of them; only after a tag that is there.
CLOSED = lazy(r"(?:/?[A-Za-z][A-Za-z0-9]*)?")
DETACHED = lazy(r"\]/?(?!w)[A-Za-z][A-Za-z0-9]*$")
# Treebank chunk files: brackets that stand alone, `[ the/DT board/NN ]`, and rules of `=`.
LOOSE_LINE = lazy(r"\[\s.*\s\]")
LOOSE = frozenset("[]")
# What opens a compound: `[中央/n`, and neither `[/w` nor a bracket that stands alone.
OPENED = lazy(r"\[(?=[^\s/])")
BLANK = lazy(r"\s")
# As `TokenType._make`, which takes three times as long.
TOKEN = partial(tuple.__new__, TokenType)
# Characters from which on a line is decoded in pieces.
LONG_LINE = 1 << 16
# Pieces that are split at a time: so few that their tokens are looked up from the cache.
BATCH = 32
# Characters from which on a text is long, without and with NumPy at hand, and those of it that are
# looked at together.
LONG_TEXT = 200_000, 20_000
STRETCH = 1 << 20
# So many pieces of samples are remembered.
REMEMBERED = 1 << 16
RULE_LINE = lazy(r"\s*={5,}\s*")
TAG_SHAPE = lazy(r"[A-Za-z][A-Za-z0-9*$+|-]*$|[^\w\s]{1,5}$")


class Delimited:
    """A format of blank-delimited tokens with one separator between form and tag."""

    resegments = True
    separator = "  "

    def __init__(self, name: str, title: str, mark: str, brackets: bool, separator: str) -> None:
        self.name = name
        self.title = title
        self.mark = mark
        self.brackets = brackets
        self.separator = separator
        self.options: Mapping[str, Option] = {}
        # Many small files have the same words, which detection meets again in each.
        self.looks_tagged = lru_cache(REMEMBERED)(self._looks_tagged)
        self._marked_once = lru_cache(REMEMBERED)(
            lambda chunk: chunk.count(mark) == 1 and self.looks_tagged(chunk)
        )
        self._sampled = lru_cache(REMEMBERED)(self.parse)

    def guess(self, sample: Sample) -> Guess:
        chunks = self._sample_chunks(sample.text)
        if not chunks:
            return Guess(0.0, "no tokens")
        good = sum(map(self._marked_once, chunks)) if self.mark in sample.text else 0
        share = good / len(chunks)
        reason = f"{share:.0%} of the blank-separated pieces are form{self.mark}tag"
        if share < 0.9 and _is_table(sample.text):
            return Guess(share * 0.4, f"{reason}, but the lines are rows of a table")
        return Guess(share * 0.95, reason)

    def tags(self, sample: Sample) -> Counter[str]:
        tags: Counter[str] = Counter()
        for chunk, number in Counter(self._sample_chunks(sample.text)).items():
            token = self._sampled(chunk)
            if not token.flaw:
                tags[token.tag] += number
        return tags

    def token(self, form: str, tag: str) -> str:
        return f"{form}{self.mark}{tag}"

    def can_write(self, form: str, tag: str) -> bool:
        spelling = self.token(form, tag)
        return spelling.split() == [spelling] and self.parse(spelling) == TokenType(form, tag)

    def decode(self, text: str, vocabulary: Vocabulary, settings: Settings) -> Decoded:
        spellings = self._spellings(vocabulary, self.brackets and bool(OPENED.search(text)))
        if self.brackets and _has_loose_brackets(text):
            return self._decode_blocks(text, spellings)
        pieces = _Pieces(text)
        named = pieces.cut_long(name_lines(pieces, has_tab_ids(text, self)))
        loaded = "numpy" in sys.modules
        split = _split_long if len(text) >= LONG_TEXT[loaded] else _split
        ids, counts = split(text, pieces, spellings)
        return _decoded(ids, counts, pieces, named, LineLayout(spellings, text))

    def _decode_blocks(self, text: str, spellings: Spellings) -> Decoded:
        """As `decode` where the lines are chunks, so that blank lines and rules end a sentence."""
        ids = array("i")
        starts: list[int] = []
        bounds: list[tuple[int, int]] = []
        for start, end in _blocks(text):
            chunks = [chunk for chunk in text[start:end].split() if chunk not in LOOSE]
            if chunks:
                starts.append(len(ids))
                bounds.append((start, end))
                ids.extend(map(spellings.__getitem__, chunks))
        starts.append(len(ids))
        return Decoded(ids, starts, BlockLayout(spellings, text, bounds))

    def parse(self, spelling: str, compounds: bool = True) -> TokenType:
        """A blank-free spelling into a token type.

        compounds: whether the text opens any, so that `]/nt` alone may close one.
        """
        opening, closing, body = "", "", spelling
        if self.brackets and ("[" in spelling or "]" in spelling):
            if DETACHED.match(spelling) and (compounds or self.mark not in spelling):
                return TokenType("", "", "detached-bracket", "", spelling)
            opening, body, closing = _split_brackets(spelling, self.mark)
        form, mark, tag = body.rpartition(self.mark)
        if not mark:
            return TokenType(body, "", "missing-separator", opening, closing)
        if not form:
            return TokenType("", tag, "missing-form", opening, closing)
        if not tag:
            return TokenType(form, "", "missing-tag", opening, closing)
        # Few tags, but each spelling would have one of its own.
        return TOKEN((form, sys.intern(tag), "", opening, closing))

    def _spellings(self, vocabulary: Vocabulary, compounds: bool) -> Spellings:
        name = f"{self.name}:{compounds}"
        return vocabulary.table(name, Spellings, lambda: Spellings(self, vocabulary, compounds))

    def _sample_chunks(self, text: str) -> list[str]:
        chunks = [chunk for line in _sample_lines(text) for chunk in line.split()]
        if self.brackets and _has_loose_brackets(text):
            return [chunk for chunk in chunks if chunk not in LOOSE and not RULE_LINE.match(chunk)]
        return chunks

    def _looks_tagged(self, chunk: str) -> bool:
        """Whether a blank-free piece is a form and something that may be a tag."""
        token = self._sampled(chunk)
        return not token.flaw and len(token.tag) <= 12 and bool(TAG_SHAPE.match(token.tag))


class Spellings(dict[str, int]):
    """Spelling to type id; a spelling seen for the first time is parsed."""

    def __init__(self, format_: Delimited, vocabulary: Vocabulary, compounds: bool) -> None:
        super().__init__()
        self._format = format_
        self._vocabulary = vocabulary
        self._compounds = compounds
        self.extents = Extents(self.parse)

    def parse(self, spelling: str) -> TokenType:
        return self._format.parse(spelling, self._compounds)

    @cached_property
    def known(self) -> KnownIds:
        """The same by hashes of the spellings, which need not be kept besides."""
        from taglint.formats.distinct import KnownIds

        return KnownIds(self._ids_of)

    def _ids_of(self, spellings: list[str]) -> list[int]:
        parse, compounds = self._format.parse, self._compounds
        return self._vocabulary.intern_all([parse(each, compounds) for each in spellings])

    def __missing__(self, spelling: str) -> int:
        known = self[spelling] = self._vocabulary.intern(self.parse(spelling))
        return known


class Extents(dict[str, tuple[int, ...]]):
    """Spelling to the offsets of its token in it, in the order of `TokenSpan`."""

    def __init__(self, parse: Callable[[str], TokenType]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, spelling: str) -> tuple[int, ...]:
        known = self[spelling] = _extent(self._parse(spelling), len(spelling))
        return known


class Spans(Sequence[TokenSpan]):
    """The tokens of a stretch of text, each found out where it is asked for.

    chunks: where each begins and ends.
    """

    def __init__(self, extents: Extents, text: str, chunks: list[tuple[int, int]]) -> None:
        self._extents = extents
        self._text = text
        self._chunks = chunks
        # A long token may be asked for many times.
        self._found: dict[int, TokenSpan] = {}

    def __len__(self) -> int:
        return len(self._chunks)

    @overload
    def __getitem__(self, index: int) -> TokenSpan: ...
    @overload
    def __getitem__(self, index: slice) -> list[TokenSpan]: ...
    def __getitem__(self, index: int | slice) -> TokenSpan | list[TokenSpan]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        found = self._found.get(index)
        if found is None:
            start, end = self._chunks[index]
            offsets = self._extents[self._text[start:end]]
            found = self._found[index] = TokenSpan(*[start + offset for offset in offsets])
        return found


def _chunks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [chunk.span() for chunk in CHUNK.finditer(text, start, end)]


def _extent(token: TokenType, length: int) -> tuple[int, ...]:
    if token.flaw == "detached-bracket":
        return 0, length, 0, 0, length, length
    start, end = len(token.opening), length - len(token.closing)
    return start, end, start, start + len(token.form), end - len(token.tag), end


class LineLayout:
    """Finds the tokens of a line, or of a piece of a very long one, again.

    offsets: where each block's first token may begin, behind the line's id. ends: where those of
    the pieces of long lines end; all others end with their line.
    """

    def __init__(self, spellings: Spellings, text: str) -> None:
        self._extents = spellings.extents
        self.text = text
        self.offsets: list[int] = []
        self.ends: dict[int, int] = {}

    def block_at(self, offset: int) -> int:
        return bisect_right(self.offsets, offset) - 1

    def spans(self, block: int) -> Spans:
        start = self.offsets[block]
        end = self.ends.get(block)
        if end is None:
            found = LINE_END.search(self.text, start)
            end = found.start() if found else len(self.text)
        return Spans(self._extents, self.text, _chunks(self.text, start, end))


class BlockLayout:
    """Finds the tokens of a block of lines again; brackets that stand alone are none.

    bounds: start and end offset of each sentence.
    """

    def __init__(self, spellings: Spellings, text: str, bounds: list[tuple[int, int]]) -> None:
        self._extents = spellings.extents
        self.text = text
        self._bounds = bounds

    def spans(self, sentence: int) -> Spans:
        chunks = _chunks(self.text, *self._bounds[sentence])
        tokens = [(start, end) for start, end in chunks if self.text[start:end] not in LOOSE]
        return Spans(self._extents, self.text, tokens)


def has_tab_ids(text: str, format_: Delimited) -> bool:
    """Whether every line begins with an id of its own and a tab: `sent_id<TAB>word/tag …`.

    Where tabs separate the tokens, what precedes the first is a token like any other.
    """
    lines = [line for line in _sample_lines(text) if line.strip()]
    if not lines or any(line.count("\t") != 1 for line in lines):
        return False
    names = [line.partition("\t")[0] for line in lines]
    if len(set(names)) != len(names) or any(len(name.split()) != 1 for name in names):
        return False
    return sum(map(format_.looks_tagged, names)) * 2 < len(names)


class _Pieces:
    """The lines of a text; very long ones can be cut at blanks.

    offsets: where each piece begins. continued: the pieces that go on with the line before.
    """

    def __init__(self, text: str) -> None:
        self.texts = text.split("\n") if "\r" not in text else split_keeping_ends(text)
        width = 1 if "\r" not in text else 0
        lengths = [len(piece) + width for piece in self.texts]
        self.offsets = [0, *accumulate(lengths)][:-1]
        self._longest = max(lengths)
        self.continued: set[int] = set()

    def cut_long(self, named: dict[int, str]) -> dict[int, str]:
        """Cut the very long lines. named: ids by line. Gives the ids by piece."""
        if self._longest <= LONG_LINE:
            return named
        texts, offsets, names = self.texts, self.offsets, {}
        self.texts, self.offsets = [], []
        for line, (text, offset) in enumerate(zip(texts, offsets, strict=True)):
            if line in named:
                names[len(self.texts)] = named[line]
            for start, end in _cuts(text):
                if start:
                    self.continued.add(len(self.texts))
                self.texts.append(text[start:end])
                self.offsets.append(offset + start)
        return names


def split_keeping_ends(text: str) -> list[str]:
    """The lines with their ends."""
    ends = [match.end() for match in LINE_END.finditer(text)]
    return [text[start:end] for start, end in pairwise([0, *ends, len(text)])]


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the pieces of a line: cut at the first blank behind each long stretch."""
    start = 0
    while len(text) - start > LONG_LINE:
        blank = BLANK.search(text, start + LONG_LINE)
        if blank is None:
            break
        yield start, blank.start()
        start = blank.start()
    yield start, len(text)


def name_lines(pieces: _Pieces, tab_ids: bool) -> dict[int, str]:
    """Take the ids from the lines that begin with one: the ids by piece."""
    names: dict[int, str] = {}
    texts = pieces.texts
    for index, text in enumerate(texts):
        if tab_ids or text[8:9] == "-":
            length = name_length(text, tab_ids)
            if length:
                names[index] = _bare_id(text[:length])
                texts[index] = text[length:]
                pieces.offsets[index] += length
    return names


def _split(text: str, pieces: _Pieces, spellings: Spellings) -> tuple[array[int], list[int]]:
    """The type ids of a text's tokens, and how many each piece has."""
    ids = array("i")
    counts: list[int] = []
    for first in range(0, len(pieces.texts), BATCH):
        chunks = [piece.split() for piece in pieces.texts[first : first + BATCH]]
        counts += map(len, chunks)
        ids.fromlist([*map(spellings.__getitem__, chain.from_iterable(chunks))])
    return ids, counts


def _split_long(text: str, pieces: _Pieces, spellings: Spellings) -> tuple[array[int], list[int]]:
    """As `_split`, several times as fast on long texts."""
    import numpy as np

    from taglint.formats.distinct import type_ids

    begins = np.array(pieces.offsets, np.int64)
    ends = begins + np.fromiter(map(len, pieces.texts), np.int64, len(begins))
    ids = array("i")
    counts: list[int] = []
    first = 0
    while first < len(begins):
        start = int(begins[first])
        last = max(first + 1, int(np.searchsorted(ends, start + STRETCH, "right")))
        stretch = text[start : ends[last - 1]]
        within = begins[first:last] - start, ends[first:last] - start
        found, numbers = type_ids(stretch, spellings.known, *within)
        ids.frombytes(found.tobytes())
        counts += numbers.tolist()
        first = last
    return ids, counts


def _decoded(
    ids: array[int], counts: list[int], pieces: _Pieces, named: dict[int, str], layout: LineLayout
) -> Decoded:
    """Put together what the pieces gave: each that has tokens is a block, each line a sentence."""
    if not pieces.continued and not named:
        return _plain(ids, counts, pieces, layout)
    starts: list[int] = []
    blocks: list[int] = []
    names: dict[int, str] = {}
    at = 0
    begun, name = False, ""
    for index, count in enumerate(counts):
        continues = index in pieces.continued
        if not continues:
            begun, name = False, named.get(index, "")
        if count:
            if not begun:
                if name:
                    names[len(starts)] = name
                starts.append(at)
                begun = True
            if continues or index + 1 in pieces.continued:
                layout.ends[len(blocks)] = pieces.offsets[index] + len(pieces.texts[index])
            blocks.append(at)
            layout.offsets.append(pieces.offsets[index])
            at += count
    return Decoded(ids, [*starts, at], layout, names, [*blocks, at])


def _plain(ids: array[int], counts: list[int], pieces: _Pieces, layout: LineLayout) -> Decoded:
    """As `_decoded` where each piece is a line without an id."""
    starts = list(accumulate(filter(None, counts), initial=0))
    layout.offsets = list(compress(pieces.offsets, counts))
    return Decoded(ids, starts, layout)


def name_length(line: str, tab_ids: bool) -> int:
    """How many characters of a line are its id: a PFR paragraph id, or what precedes a tab."""
    if tab_ids:
        length = line.find("\t") + 1
        return length if len(line[:length].split()) == 1 and line[length:].strip() else 0
    found = PARAGRAPH_ID.match(line) if line[8:9] == "-" else None
    return found.end() if found else 0


def _bare_id(head: str) -> str:
    return head.strip().removesuffix("/m").removesuffix("_m")


def _split_brackets(spelling: str, mark: str) -> tuple[str, str, str]:
    """Opening brackets, body and closing brackets of a spelling."""
    body = spelling.lstrip("[")
    if not body or body.startswith(mark):
        # The innermost bracket is the form itself: `[/w`, `[[/w`.
        body = "[" + body if body != spelling else body
    opening = spelling[: len(spelling) - len(body)]
    inner = body[: _closing_start(body)]
    if mark not in inner.strip(mark) or inner.endswith(mark):
        return opening, body, ""
    return opening, inner, body[len(inner) :]


def _closing_start(body: str) -> int:
    """Where the closing brackets at the end begin; the length where there are none. Looks from the
    end, as a pattern would begin anew at each bracket."""
    start = len(body)
    while (at := body.rfind("]", 0, start)) >= 0 and CLOSED.fullmatch(body, at + 1, start):
        start = at
    return start


def _has_loose_brackets(text: str) -> bool:
    lines = [line.strip() for line in _sample_lines(text) if line.strip()]
    loose = sum(bool(LOOSE_LINE.fullmatch(line)) for line in lines)
    return loose > 1 and loose >= 0.2 * len(lines)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Start and end offset of each run of lines that are neither blank nor rules."""
    at = start = 0
    for line, width in _lines_with_widths(text):
        if not line.strip() or RULE_LINE.fullmatch(line):
            yield start, at
            start = at + width
        at += width
    yield start, min(at, len(text))


def _is_table(text: str) -> bool:
    """Whether all lines have the same number of tabs, two or more."""
    counts = {line.count("\t") for line in _sample_lines(text) if line.strip()}
    return len(counts) == 1 and min(counts) > 1


def _sample_lines(text: str, most: int = 200) -> list[str]:
    return first_lines(text[:200_000], most)


def _lines_with_widths(text: str) -> list[tuple[str, int]]:
    """Each line with the number of characters it takes, line end included."""
    if "\r" not in text:
        return [(line, len(line) + 1) for line in text.split("\n")]
    return [(line, len(line)) for line in split_keeping_ends(text)]
