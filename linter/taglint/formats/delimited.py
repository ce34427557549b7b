"""Blank-delimited tokens, form and tag joined by one separator: `slash` and `underscore`.

One line is one sentence. A distinct spelling (`迈向/v`) is parsed once; a line then is a list of
dictionary look-ups. Where tokens stand is found out again only for the lines that are asked for.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from taglint.corpus.document import Decoded, TokenSpan
from taglint.corpus.lines import LINE_END
from taglint.corpus.vocabulary import TokenType, Vocabulary
from taglint.formats.base import Guess, Sample, Settings
from taglint.rules import Option

CHUNK = re.compile(r"\S+")
PARAGRAPH_ID = re.compile(r"\d{8}-\d{2}-\d{3}-\d{3}(?:[/_]m)?(?=\s|$)")
# `]nt`, `]/nt`, several of them; only after a tag that is there.
CLOSING = re.compile(r"(?:\]/?[A-Za-z][A-Za-z0-9]*|\](?=$|\]))+$")
DETACHED = re.compile(r"\]/?(?!w)[A-Za-z][A-Za-z0-9]*$")
# Treebank chunk files: brackets that stand alone, `[ the/DT board/NN ]`, and rules of `=`.
LOOSE_LINE = re.compile(r"\[\s.*\s\]")
LOOSE = frozenset("[]")
RULE_LINE = re.compile(r"\s*={5,}\s*")
TAG_SHAPE = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-+*$|][A-Za-z0-9*$]*)*$|[^\w\s]{1,5}$")


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

    def guess(self, sample: Sample) -> Guess:
        chunks = self._sample_chunks(sample.text)
        if not chunks:
            return Guess(0.0, "no tokens")
        good = sum(chunk.count(self.mark) == 1 and self.looks_tagged(chunk) for chunk in chunks)
        share = good / len(chunks)
        reason = f"{share:.0%} of the blank-separated pieces are form{self.mark}tag"
        if share < 0.9 and _is_table(sample.text):
            return Guess(share * 0.4, f"{reason}, but the lines are rows of a table")
        return Guess(share * 0.95, reason)

    def tags(self, sample: Sample) -> Counter[str]:
        tokens = map(self.parse, self._sample_chunks(sample.text))
        return Counter(token.tag for token in tokens if not token.flaw)

    def token(self, form: str, tag: str) -> str:
        return f"{form}{self.mark}{tag}"

    def can_write(self, form: str, tag: str) -> bool:
        spelling = self.token(form, tag)
        return spelling.split() == [spelling] and self.parse(spelling) == TokenType(form, tag)

    def decode(self, text: str, vocabulary: Vocabulary, settings: Settings) -> Decoded:
        spellings = self._spellings(vocabulary)
        if self.brackets and _has_loose_brackets(text):
            return self._decode_blocks(text, spellings)
        ids = array("i")
        starts: list[int] = []
        offsets: list[int] = []
        names: dict[int, str] = {}
        tab_ids = has_tab_ids(text, self)
        at = 0
        for line, width in _lines_with_widths(text):
            chunks = line.split()
            if chunks:
                skip = name_length(line, tab_ids)
                if skip:
                    names[len(starts)] = _bare_id(line[:skip])
                    chunks = line[skip:].split()
                starts.append(len(ids))
                offsets.append(at + skip)
                ids.extend(map(spellings.__getitem__, chunks))
            at += width
        starts.append(len(ids))
        return Decoded(ids, starts, LineLayout(self, text, offsets), names)

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
        return Decoded(ids, starts, BlockLayout(self, text, bounds))

    def parse(self, spelling: str) -> TokenType:
        """A blank-free spelling into a token type."""
        opening, closing, body = "", "", spelling
        if self.brackets:
            if DETACHED.match(spelling):
                return TokenType("", "", "detached-bracket", "", spelling)
            opening, body, closing = _split_brackets(spelling, self.mark)
        form, mark, tag = body.rpartition(self.mark)
        if not mark:
            return TokenType(body, "", "missing-separator", opening, closing)
        if not form:
            return TokenType("", tag, "missing-form", opening, closing)
        if not tag:
            return TokenType(form, "", "missing-tag", opening, closing)
        return TokenType(form, tag, "", opening, closing)

    def _spellings(self, vocabulary: Vocabulary) -> Spellings:
        known = vocabulary.spellings.get(self.name)
        if known is None:
            known = vocabulary.spellings[self.name] = Spellings(self, vocabulary)
        assert isinstance(known, Spellings)
        return known

    def _sample_chunks(self, text: str) -> list[str]:
        chunks = [chunk for line in _sample_lines(text) for chunk in line.split()]
        if self.brackets and _has_loose_brackets(text):
            return [chunk for chunk in chunks if chunk not in LOOSE and not RULE_LINE.match(chunk)]
        return chunks

    def looks_tagged(self, chunk: str) -> bool:
        """Whether a blank-free piece is a form and something that may be a tag."""
        token = self.parse(chunk)
        return not token.flaw and len(token.tag) <= 12 and bool(TAG_SHAPE.match(token.tag))


class Spellings(dict[str, int]):
    """Spelling to type id; a spelling seen for the first time is parsed."""

    def __init__(self, format_: Delimited, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._format = format_
        self._vocabulary = vocabulary

    def __missing__(self, spelling: str) -> int:
        known = self[spelling] = self._vocabulary.intern(self._format.parse(spelling))
        return known


class Extents(dict[str, tuple[int, ...]]):
    """Spelling to the offsets of its token in it, in the order of `TokenSpan`."""

    def __init__(self, format_: Delimited) -> None:
        super().__init__()
        self._format = format_

    def __missing__(self, spelling: str) -> tuple[int, ...]:
        known = self[spelling] = _extent(self._format.parse(spelling), len(spelling))
        return known

    def spans(self, text: str, start: int, end: int) -> list[TokenSpan]:
        """The tokens of a stretch of text."""
        return [
            TokenSpan(*[chunk.start() + offset for offset in self[chunk.group()]])
            for chunk in CHUNK.finditer(text, start, end)
        ]


def _extent(token: TokenType, length: int) -> tuple[int, ...]:
    if token.flaw == "detached-bracket":
        return 0, length, 0, 0, length, length
    start, end = len(token.opening), length - len(token.closing)
    return start, end, start, start + len(token.form), end - len(token.tag), end


class LineLayout:
    """Finds the tokens of a line again: one sentence a line, tokens between blanks.

    offsets: where each sentence's first token may begin, behind its id.
    """

    def __init__(self, format_: Delimited, text: str, offsets: list[int]) -> None:
        self._extents = Extents(format_)
        self._text = text
        self._offsets = offsets

    def spans(self, sentence: int) -> list[TokenSpan]:
        start = self._offsets[sentence]
        end = LINE_END.search(self._text, start)
        return self._extents.spans(self._text, start, end.start() if end else len(self._text))


class BlockLayout:
    """Finds the tokens of a block of lines again; brackets that stand alone are none.

    bounds: start and end offset of each sentence.
    """

    def __init__(self, format_: Delimited, text: str, bounds: list[tuple[int, int]]) -> None:
        self._extents = Extents(format_)
        self._text = text
        self._bounds = bounds

    def spans(self, sentence: int) -> list[TokenSpan]:
        spans = self._extents.spans(self._text, *self._bounds[sentence])
        return [span for span in spans if self._text[span.start : span.end] not in LOOSE]


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


def name_length(line: str, tab_ids: bool) -> int:
    """How many characters of a line are its id: a PFR paragraph id, or what precedes a tab."""
    if tab_ids:
        length = line.find("\t") + 1
        return length if len(line[:length].split()) == 1 else 0
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
    closing = CLOSING.search(body)
    if closing is None or mark not in body[: closing.start()].strip(mark):
        return opening, body, ""
    if body[: closing.start()].endswith(mark):
        return opening, body, ""
    return opening, body[: closing.start()], closing.group()


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
    return LINE_END.split(text[:200_000])[:most]


def _lines_with_widths(text: str) -> chain[tuple[str, int]] | list[tuple[str, int]]:
    """Each line with the number of characters it takes, line end included."""
    if "\r" not in text:
        return [(line, len(line) + 1) for line in text.split("\n")]
    ends = [match.end() for match in LINE_END.finditer(text)]
    bounds = zip([0, *ends], [*ends, len(text)], strict=True)
    return [(text[start:end], end - start) for start, end in bounds]
