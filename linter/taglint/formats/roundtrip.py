r"""CoNLL-U that remembers the file it was made of, so that the way back gives the same bytes.

The first comment says what holds everywhere:

    # taglint.source = format=slash encoding=utf-8 bom=no tagset=pku98 joint=/ gap=\s\s end=\n …

`joint` stands between form and tag, `gap` behind a token, `end` behind a sentence, `lead` before
the first token and `tail` behind the last, `odd` is half a character of UTF-16 at the file's end;
`\i` stands for the sentence's id. What is different at
a token is in its MISC column: `Gap`, the brackets `Opening` and `Closing`, `Form` and `Tag` where
the columns cannot show them, and `Raw` where the token is not form, joint and tag. They count as
long as the columns show what they showed; after an edit the columns count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, pairwise, zip_longest
from typing import NamedTuple
from unicodedata import east_asian_width

from taglint.corpus.document import Document, TokenSpan
from taglint.corpus.encoding import BOMS, CODECS, Source
from taglint.corpus.lines import LINE_END
from taglint.corpus.vocabulary import TokenType
from taglint.findings import TaglintError
from taglint.formats.conllu_sentences import (
    DEPREL,
    DEPS,
    FEATS,
    FORM,
    HEAD,
    ID,
    LEMMA,
    MISC,
    UPOS,
    WIDTH,
    XPOS,
)
from taglint.formats.escapes import escape, shown, shown_tag, unescape
from taglint.tagsets import Tagset

HEADER = "# taglint.source = "
SAMPLE_SENTENCES = 2000
LOST_COLUMNS = {LEMMA: "LEMMA", FEATS: "FEATS", HEAD: "HEAD", DEPREL: "DEPREL", DEPS: "DEPS"}
EMPTY = ["_"] * (MISC - FEATS)
OWN_MISC = frozenset(("Gap", "Opening", "Closing", "Form", "Tag", "Raw", "SpaceAfter"))
COMMENT = re.compile(r"#([^=]*)=\s?(.*)")
NAME_MARK = "\\i"


class Usual(NamedTuple):
    """What a document mostly has, escaped: see the module."""

    joint: str = ""
    gap: str = ""
    end: str = ""


class Gap(NamedTuple):
    """The text between two tokens: compound brackets written at them, and what is between."""

    closing: str
    text: str
    opening: str


class Stretch(NamedTuple):
    """A sentence with its tokens.

    opening: brackets before its first token. gaps: what stands behind each token; behind the
    last one up to the next sentence. following: the next sentence's own id.
    """

    number: int
    opening: str
    tokens: list[TokenType]
    spans: list[TokenSpan]
    gaps: list[Gap]
    following: str | None

    @property
    def behind(self) -> str:
        """The text up to the next sentence, escaped."""
        return with_mark(self.gaps[-1].text, self.following)


def is_carrier(text: str) -> bool:
    """Whether a text was written by `to_conllu`."""
    return text.startswith(HEADER)


def to_conllu(document: Document, tagset: Tagset | None) -> str:
    """A document as CoNLL-U: tags in XPOS, and in UPOS what the tagset maps them to."""
    usual = _usual(document)
    writer = _Writer(document, tagset, usual)
    head = f"{HEADER}{_header(document, usual)}\n"
    return "".join((head, *map(writer.block, stretches(document))))


def _header(document: Document, usual: Usual) -> str:
    lead, tail = _edges(document)
    source = document.source
    values = {
        "format": document.format,
        "encoding": source.encoding,
        "bom": "yes" if source.bom else "no",
        "tagset": escape(document.tagset or ""),
        **usual._asdict(),
        "lead": lead,
        "tail": tail,
    }
    if source.tail:
        values["odd"] = source.tail.hex()
    return " ".join(f"{key}={value}" for key, value in values.items())


def stretches(document: Document) -> Iterator[Stretch]:
    """The sentences that have tokens."""
    starts = document.decoded.starts
    filled = [number for number, (a, b) in enumerate(pairwise(starts)) if a < b]
    opening = _first_opening(document)
    for number, following in zip_longest(filled, filled[1:]):
        tokens = [document.token(index) for index in document.sentence_tokens(number)]
        spans = list(document.sentence_spans(number))
        ahead, name = [(TokenType("", ""), len(document.text))], None
        if following is not None:
            ahead = [(document.token(starts[following]), document.span(starts[following]).start)]
            name = own_name(document, following)
        ahead = [*zip(tokens[1:], [span.start for span in spans[1:]], strict=True), *ahead]
        gaps = [
            gap_between(document.text[span.end : start], token.closing, right.opening)
            for token, span, (right, start) in zip(tokens, spans, ahead, strict=True)
        ]
        yield Stretch(number, opening, tokens, spans, gaps, name)
        opening = gaps[-1].opening


def gap_between(text: str, closing: str, opening: str) -> Gap:
    if not closing and not opening:
        return Gap("", text, "")
    closing = closing if closing and text.startswith(closing) else ""
    text = text[len(closing) :]
    opening = opening if opening and text.endswith(opening) else ""
    return Gap(closing, text[: len(text) - len(opening)], opening)


def with_mark(text: str, name: str | None) -> str:
    """A text escaped, the sentence's name in it replaced by a mark."""
    if not name or text.count(name) != 1:
        return escape(text)
    return NAME_MARK.join(map(escape, text.split(name)))


def own_name(document: Document, sentence: int) -> str | None:
    """A sentence's own id, where a comment can hold it."""
    name = document.decoded.names.get(sentence)
    return name if name and shown(name) == name else None


def _edges(document: Document) -> tuple[str, str]:
    """The text before the first token and behind the last one, escaped."""
    if not len(document):
        return escape(document.text), ""
    start = document.span(0).start - len(_first_opening(document))
    lead = with_mark(document.text[:start], own_name(document, document.sentence_of(0)))
    return lead, escape(document.text[document.span(len(document) - 1).end :])


def _first_opening(document: Document) -> str:
    opening = document.token(0).opening if len(document) else ""
    return opening if opening and document.text[: document.span(0).start].endswith(opening) else ""


def _usual(document: Document) -> Usual:
    joints: Counter[str] = Counter()
    gaps: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for stretch in islice(stretches(document), SAMPLE_SENTENCES):
        joints.update([document.text[span.form_end : span.tag_start] for span in stretch.spans])
        gaps.update([gap.text for gap in stretch.gaps[:-1]])
        if stretch.gaps[-1].text or len(stretch.spans):
            ends[stretch.behind] += 1
    return Usual(escape(_most(joints)), escape(_most(gaps)), _most(ends))


def _most(counts: Counter[str]) -> str:
    return max(counts, key=lambda text: (counts[text], text), default="")


class Columns(NamedTuple):
    """What follows from a token alone: the cells from FORM to DEPS and MISC attributes."""

    form: str
    others: str
    misc: list[str]


class _Writer:
    """Writes sentences; what follows from a token type alone is made once."""

    def __init__(self, document: Document, tagset: Tagset | None, usual: Usual) -> None:
        self._document = document
        self._tagset = tagset
        self._usual = usual
        self._gap = unescape(usual.gap)
        self._joint = unescape(usual.joint)
        self._columns: dict[TokenType, Columns] = {}

    def block(self, stretch: Stretch) -> str:
        """A sentence with its comments and the blank line behind it."""
        name = own_name(self._document, stretch.number) or str(stretch.number + 1)
        rows: list[str] = []
        text: list[str] = []
        opening = stretch.opening
        following = [*stretch.tokens[1:], None]
        for token, span, gap, right in zip(
            stretch.tokens, stretch.spans, stretch.gaps, following, strict=True
        ):
            columns = self._column(token, span)
            before = [f"Opening={escape(opening)}"] if opening else []
            space = right is not None and self._has_space(token, right, gap.text)
            behind = self._inside(gap, space) if right is not None else self._end(stretch)
            misc = "|".join((*before, *columns.misc, *behind)) or "_"
            rows.append(f"{len(rows) + 1}\t{columns.form}\t{columns.others}\t{misc}\n")
            text += (columns.form, " " if space else "")
            opening = gap.opening
        return f"# sent_id = {name}\n# text = {''.join(text)}\n{''.join(rows)}\n"

    def _inside(self, gap: Gap, space: bool) -> list[str]:
        """The attributes for what stands between two tokens of a sentence."""
        found = [] if space else ["SpaceAfter=No"]
        if gap.text != self._gap:
            found.append(f"Gap={escape(gap.text)}")
        return [*found, *_closing(gap)]

    def _end(self, stretch: Stretch) -> list[str]:
        """The same behind a sentence; behind the last one the header has it."""
        if self._document.decoded.starts[stretch.number] + len(stretch.spans) == len(
            self._document
        ):
            return []
        gap = [] if stretch.behind == self._usual.end else [f"Gap={stretch.behind}"]
        return [*gap, *_closing(stretch.gaps[-1])]

    def _column(self, token: TokenType, span: TokenSpan) -> Columns:
        raw = self._document.text[span.start : span.end]
        if raw != f"{token.form}{self._joint}{token.tag}":
            return self._made(token, [f"Raw={escape(raw)}"])
        known = self._columns.get(token)
        if known is None:
            known = self._columns[token] = self._made(token, [])
        return known

    def _made(self, token: TokenType, raw: list[str]) -> Columns:
        form, tag = shown(token.form), shown_tag(token.tag)
        upos = upos_of(self._tagset, token.tag)
        attributes = []
        if raw or form != token.form:
            attributes.append(f"Form={escape(token.form)}")
        if raw or tag != token.tag:
            attributes.append(f"Tag={escape(token.tag)}")
        return Columns(form, f"_\t{upos}\t{tag}\t_\t_\t_\t_", attributes + raw)

    def _has_space(self, left: TokenType, right: TokenType, gap: str) -> bool:
        """Whether running text has a blank there: between words of scripts that write blanks."""
        if left.form[-1:].isspace() or right.form[:1].isspace():
            return True
        if not (gap[:1].isspace() or gap[-1:].isspace()):
            return False
        return not (is_wide(left.form[-1:]) or is_wide(right.form[:1]))


def upos_of(tagset: Tagset | None, tag: str) -> str:
    """The universal tag of a tag: `X`, as for all other words, where its tagset maps it to none or
    it is none. Without a tagset nothing is known of any."""
    if not tagset:
        return "_"
    known = tagset.find(tag)
    return (known and known.upos) or "X"


@lru_cache(maxsize=65536)
def is_wide(character: str) -> bool:
    """Whether a character is of an East Asian script or form."""
    return bool(character) and east_asian_width(character) in "WF"


def _closing(gap: Gap) -> list[str]:
    return [f"Closing={escape(gap.closing)}"] if gap.closing else []


@dataclass
class Restored:
    """The text that a CoNLL-U file was made of. lost: what else the file has, with counts."""

    text: str
    format: str
    source: Source
    tagset: str | None
    lost: Counter[str] = field(default_factory=Counter)


def from_conllu(text: str, tagset_named: Callable[[str], Tagset | None]) -> Restored:
    """The way back. Raises `TaglintError` where the header is damaged."""
    head = LINE_END.split(text, 1)[0].removeprefix(HEADER)
    values = dict(item.split("=", 1) for item in head.split(" ") if "=" in item)
    reader = _Reader(values, tagset_named(unescape(values.get("tagset", ""))))
    pieces = reader.pieces(text)
    return Restored(
        text="".join(pieces),
        format=values.get("format", ""),
        source=_source(values),
        tagset=unescape(values.get("tagset", "")) or None,
        lost=reader.lost,
    )


def _source(values: dict[str, str]) -> Source:
    encoding = values.get("encoding", "")
    if encoding not in CODECS.values():
        raise TaglintError(f"the comment taglint.source names no known encoding: {encoding!r}")
    boms = [bom for bom, codec in BOMS if codec == encoding]
    bom = boms[0] if boms and values.get("bom") == "yes" else b""
    odd = values.get("odd", "")
    return Source(encoding, bom, bytes.fromhex(odd) if re.fullmatch("[0-9a-f]{2}", odd) else b"")


class _Reader:
    """Puts tokens together again, and counts what they cannot carry."""

    def __init__(self, values: dict[str, str], tagset: Tagset | None) -> None:
        self._values = values
        self._tagset = tagset
        self._joint = unescape(values.get("joint", ""))
        self._upos_of: dict[str, str] = {}
        self._misc_of: dict[str, dict[str, str]] = {}
        self.lost: Counter[str] = Counter()

    def pieces(self, text: str) -> list[str]:
        pieces: list[str] = []
        behind = self._values.get("lead", "")
        for name, rows in self._blocks(text):
            pieces.append(unescape(behind, name))
            for row, following in zip(rows, [*rows[1:], None], strict=True):
                misc = self._misc(row[MISC])
                usual = self._values.get("end" if following is None else "gap", "")
                behind = misc.get("Gap", usual)
                pieces += (
                    unescape(misc.get("Opening", "")),
                    self._token(row, misc),
                    unescape(misc.get("Closing", "")),
                )
                if following is not None:
                    pieces.append(unescape(behind))
        tail = self._values.get("tail", "") if pieces else behind
        return [*pieces, unescape(tail)]

    def _blocks(self, text: str) -> Iterator[tuple[str, list[list[str]]]]:
        """Name and word rows of each sentence."""
        name, rows = "", list[list[str]]()
        for line in (*LINE_END.split(text)[1:], ""):
            if line.startswith("#"):
                name = self._comment(line) or name
            elif line.strip():
                rows += self._row(line)
            elif rows:
                yield name, rows
                name, rows = "", []

    def _comment(self, line: str) -> str | None:
        found = COMMENT.fullmatch(line)
        key = found[1].strip() if found else ""
        self.lost["comments"] += key not in ("sent_id", "text")
        return found[2] if found and key == "sent_id" else None

    def _row(self, line: str) -> list[list[str]]:
        cells = line.split("\t")
        if len(cells) != WIDTH or not cells[ID].isdecimal():
            kinds = {"-": "multiword ranges", ".": "empty nodes"}
            mark = next((mark for mark in kinds if mark in cells[ID]), "")
            self.lost[kinds.get(mark, "malformed lines")] += 1
            return []
        if cells[LEMMA] != "_" or cells[FEATS:MISC] != EMPTY:
            for column, title in LOST_COLUMNS.items():
                self.lost[f"{title} values"] += cells[column] != "_"
        if cells[UPOS] != "_" and cells[UPOS] != self._upos(cells[XPOS]):
            self.lost["UPOS values"] += 1
        return [cells]

    def _upos(self, tag: str) -> str:
        known = self._upos_of.get(tag)
        if known is None:
            known = self._upos_of[tag] = upos_of(self._tagset, tag)
        return known

    def _misc(self, cell: str) -> dict[str, str]:
        known = self._misc_of.get(cell)
        if known is None:
            items = [item.partition("=") for item in cell.split("|") if item != "_"]
            known = self._misc_of[cell] = {key: value for key, _, value in items}
        strange = known.keys() - OWN_MISC
        if strange:
            self.lost["MISC attributes"] += len(strange)
        return known

    def _token(self, row: list[str], misc: dict[str, str]) -> str:
        if "Form" not in misc and "Tag" not in misc:
            return f"{row[FORM]}{self._joint}{row[XPOS]}"
        form, tag = unescape(misc.get("Form", "")), unescape(misc.get("Tag", ""))
        same_form = "Form" in misc and shown(form) == row[FORM]
        same_tag = "Tag" in misc and shown_tag(tag) == row[XPOS]
        if "Raw" in misc and same_form and same_tag:
            return unescape(misc["Raw"])
        form = form if same_form else row[FORM]
        return f"{form}{self._joint}{tag if same_tag else row[XPOS]}"
