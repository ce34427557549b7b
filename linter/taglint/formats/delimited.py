"""Blank-delimited tokens, form and tag joined by one separator: `slash` and `underscore`.

One line is one sentence. A distinct spelling (`迈向/v`) is parsed once; a line then is a list of
dictionary look-ups. Where tokens stand is found out again only for the lines that are asked for.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Mapping
from itertools import chain

from taglint.corpus.document import Decoded, TokenSpan
from taglint.corpus.lines import LINE_END
from taglint.corpus.vocabulary import TokenType, Vocabulary
from taglint.formats.base import Guess, Sample, Settings
from taglint.rules import Option

CHUNK = re.compile(r"\S+")
PARAGRAPH_ID = re.compile(r"\d{8}-\d{2}-\d{3}-\d{3}(?:/m)?(?=\s|$)")
# `]nt`, `]/nt`, several of them; only after a tag that is there.
CLOSING = re.compile(r"(?:\]/?[A-Za-z][A-Za-z0-9]*|\](?=$|\]))+$")
DETACHED = re.compile(r"\]/?(?!w)[A-Za-z][A-Za-z0-9]*$")
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
        chunks = [chunk for line in _sample_lines(sample.text) for chunk in line.split()]
        if not chunks:
            return Guess(0.0, "no tokens")
        good = sum(chunk.count(self.mark) == 1 and self._looks_tagged(chunk) for chunk in chunks)
        share = good / len(chunks)
        return Guess(
            share * 0.95, f"{share:.0%} of the blank-separated pieces are form{self.mark}tag"
        )

    def tags(self, sample: Sample) -> Counter[str]:
        lines = _sample_lines(sample.text)
        tokens = (self.parse(chunk) for line in lines for chunk in line.split())
        return Counter(token.tag for token in tokens if not token.flaw)

    def token(self, form: str, tag: str) -> str:
        return f"{form}{self.mark}{tag}"

    def can_write(self, form: str, tag: str) -> bool:
        spelling = self.token(form, tag)
        return len(spelling.split()) == 1 and self.parse(spelling) == TokenType(form, tag)

    def decode(self, text: str, vocabulary: Vocabulary, settings: Settings) -> Decoded:
        spellings = self._spellings(vocabulary)
        ids = array("i")
        starts: list[int] = []
        offsets: list[int] = []
        names: dict[int, str] = {}
        tab_ids = has_tab_ids(text)
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

    def _looks_tagged(self, chunk: str) -> bool:
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


class LineLayout:
    """Finds the tokens of a line again: one sentence a line, tokens between blanks.

    offsets: where each sentence's first token may begin, behind its id.
    """

    def __init__(self, format_: Delimited, text: str, offsets: list[int]) -> None:
        self._format = format_
        self._text = text
        self._offsets = offsets

    def spans(self, sentence: int) -> list[TokenSpan]:
        start = self._offsets[sentence]
        end = LINE_END.search(self._text, start)
        chunks = CHUNK.finditer(self._text, start, end.start() if end else len(self._text))
        return [self._span(chunk.group(), chunk.start()) for chunk in chunks]

    def _span(self, spelling: str, at: int) -> TokenSpan:
        token = self._format.parse(spelling)
        if token.flaw == "detached-bracket":
            end = at + len(spelling)
            return TokenSpan(at, end, at, at, end, end)
        start = at + len(token.opening)
        end = at + len(spelling) - len(token.closing)
        form_end = start + len(token.form)
        tag_start = end - len(token.tag)
        return TokenSpan(start, end, start, form_end, tag_start, end)


def has_tab_ids(text: str) -> bool:
    """Whether every line begins with an id of its own and a tab: `sent_id<TAB>word/tag …`."""
    lines = [line for line in _sample_lines(text) if line.strip()]
    heads = [line.partition("\t") for line in lines]
    if not lines or not all(tab and head and not head[-1].isspace() for head, tab, _ in heads):
        return False
    names = [head for head, _, _ in heads]
    return len(set(names)) == len(names) and not any(len(name.split()) > 1 for name in names)


def name_length(line: str, tab_ids: bool) -> int:
    """How many characters of a line are its id: a PFR paragraph id, or what precedes a tab."""
    if tab_ids:
        return line.find("\t") + 1
    found = PARAGRAPH_ID.match(line) if line[8:9] == "-" else None
    return found.end() if found else 0


def _bare_id(head: str) -> str:
    return head.rstrip("\t").removesuffix("/m")


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


def _sample_lines(text: str, most: int = 200) -> list[str]:
    return LINE_END.split(text[:200_000])[:most]


def _lines_with_widths(text: str) -> chain[tuple[str, int]] | list[tuple[str, int]]:
    """Each line with the number of characters it takes, line end included."""
    if "\r" not in text:
        return [(line, len(line) + 1) for line in text.split("\n")]
    ends = [match.end() for match in LINE_END.finditer(text)]
    bounds = zip([0, *ends], [*ends, len(text)], strict=True)
    return [(text[start:end], end - start) for start, end in bounds]
