"""How the lines of a vertical text are built: columns, their separator, what is no token."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from taglint.characters import is_punctuation
from taglint.corpus.lines import split_lines
from taglint.corpus.vocabulary import TokenType
from taglint.patterns import lazy

# Kinds of lines. INSIDE is markup that ends no sentence, such as `<g/>`.
TOKEN, BOUNDARY, INSIDE, COMMENT = "token", "boundary", "inside", "comment"

SAMPLE_CHARACTERS = 60_000
SAMPLE_LINES = 500
MARKUP = lazy(r"</?([A-Za-z][\w.-]*)(?:\s[^<>]*)?/?>|<([!?])[^<>]*>")
# Markup that stands inside of sentences in corpora for concordancers; all other ends them.
INLINE = frozenset(("g", "b", "i", "hi", "name", "w", "lb", "pb", "ne", "foreign", "unclear"))
METADATA = lazy(r"#\s*[\w.:-]+\s*[=:]")
NAMED = lazy(r"""#\s*sent_id\s*=\s*(\S.*)|<s\s(?:[^<>]*\s)?id=["']([^"'<>]+)["']""")
INDEX = lazy(r"([0-9]{1,9})(?:[-.][0-9]{1,9})?")
TAG = lazy(r"-?[A-Za-z][A-Za-z0-9*$.+|=:,_/-]*|\$?[^\w\s]{1,5}", re.ASCII)
POSITION = lazy(r"[BIMESLU][-_]\S+")
POSITIONS = frozenset(("O", "B", "I", "M", "E", "S"))
SUFFIXES = frozenset((".vert", ".vrt", ".iob", ".bio", ".bmes", ".bioes", ".conll", ".tt"))
CONLLU_WIDTH = 10
# Below this share of lines with as many columns a text is no table, whatever its columns hold.
LEAST_REGULAR = 0.5
BLANKS = lazy(r"\s+")
CELL = lazy(r"\S+")


class Shape(NamedTuple):
    """What the lines of a document have in common.

    tab: columns are separated by tabs, else by blanks. width: the usual number of columns, 0
    where there is none. form, tag: 0-based columns. indexed: the first column counts. padded:
    blanks align the columns, so that runs of them are in order.
    """

    tab: bool = True
    width: int = 0
    form: int = 0
    tag: int = 1
    indexed: bool = False
    padded: bool = False


class Pieces(NamedTuple):
    """A line's token and the offsets of form and tag in the line."""

    token: TokenType
    form_at: int
    tag_at: int


def shape_of(text: str, options: Mapping[str, Any]) -> Shape:
    """The shape of a document, from its beginning and the format's options."""
    lines = list(content_lines(text, Shape()))
    tab = _tab(lines, str(options.get("separator", "auto")))
    rows = [cells(line, tab) for line in lines]
    widths = Counter(map(len, rows))
    width, most = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    regular = [row for row in rows if len(row) == width]
    indexed = width > 2 and _counts([row[0] for row in rows])
    form = int(indexed)
    chosen = _chosen_column(options)
    tag = _tag_column(regular, form, width) if chosen is None else chosen
    # A width that many lines do not have says nothing about the others.
    width = width if most >= 0.95 * len(rows) and most >= 10 else 0
    return Shape(tab, width, form, tag, indexed, not tab and _padded(lines))


def content_lines(text: str, shape: Shape) -> Iterator[str]:
    """The lines of the beginning of a text that are tokens, or may be."""
    kinds = ((line, kind_of(line, shape)) for line in sample_lines(text))
    return (line for line, kind in kinds if kind == TOKEN)


def sample_lines(text: str) -> list[str]:
    head = text[:SAMPLE_CHARACTERS]
    lines = split_lines(head)
    if len(text) > len(head) and len(lines) > 1:
        lines.pop()
    return lines[:SAMPLE_LINES]


def kind_of(line: str, shape: Shape) -> str:
    """What a line is. A `COMMENT` is one only where no sentence is open."""
    if not line or line.isspace():
        return BOUNDARY
    if line[0] == "<" and "\t" not in line and (markup := MARKUP.fullmatch(line.strip())):
        return INSIDE if (markup[1] or "").lower() in INLINE else BOUNDARY
    if line.startswith("-DOCSTART-"):
        return BOUNDARY
    if line[0] == "#" and _is_metadata(line, shape):
        return COMMENT
    return TOKEN


def _is_metadata(line: str, shape: Shape) -> bool:
    if shape.indexed or METADATA.match(line):
        return True
    number = len(cells(line, shape.tab))
    return number != (shape.width or number) or (shape.tab and number == 1 and len(line) > 1)


def name_in(line: str) -> str | None:
    """The sentence's id in a comment or in markup."""
    found = NAMED.match(line) if line[:1] in ("#", "<") else None
    return (found[1] or found[2]).strip() if found else None


def cells(line: str, tab: bool) -> list[str]:
    return line.rstrip(" ").split("\t") if tab else line.split()


def pieces(line: str, shape: Shape) -> Pieces:
    """A token line into its token; a blank at the line's end counts for nothing."""
    columns = _tab_columns(line) if shape.tab else _blank_columns(line)
    if len(columns) == 1:
        at, form = columns[0]
        return Pieces(TokenType(form, "", "missing-separator"), at, at + len(form))
    form_at, form = columns[min(shape.form, len(columns) - 1)]
    if len(columns) <= shape.tag:
        flaw = "missing-tag" if form else "missing-form"
        return Pieces(TokenType(form, "", flaw), form_at, form_at + len(form))
    tag_at, tag = columns[shape.tag]
    return Pieces(
        TokenType(form, tag, _flaw(line, shape, len(columns), form, tag)), form_at, tag_at
    )


def _flaw(line: str, shape: Shape, number: int, form: str, tag: str) -> str:
    if not form:
        return "missing-form"
    if not tag:
        return "missing-tag"
    if shape.width and number != shape.width:
        return "wrong-columns"
    return "irregular-blank" if _has_irregular_blank(line, shape) else ""


def _has_irregular_blank(line: str, shape: Shape) -> bool:
    """Whether columns are separated by more than a tab, or by more than one blank."""
    body = line.rstrip()
    if shape.tab:
        return any(cell != cell.strip() for cell in body.split("\t"))
    if shape.padded:
        return False
    return body[0].isspace() or any(gap != " " for gap in BLANKS.findall(body))


def _tab_columns(line: str) -> list[tuple[int, str]]:
    """Offset and text of what stands between tabs, without blanks around it."""
    found, at = [], 0
    for cell in line.split("\t"):
        bare = cell.strip()
        found.append((at + (cell.index(bare) if bare else 0), bare))
        at += len(cell) + 1
    return found


def _blank_columns(line: str) -> list[tuple[int, str]]:
    return [(match.start(), match.group()) for match in CELL.finditer(line)]


def _tab(lines: list[str], configured: str) -> bool:
    if configured in ("tab", "blank"):
        return configured == "tab"
    with_tab = sum("\t" in line for line in lines)
    return with_tab * 2 >= len(lines) if with_tab else not any(" " in line for line in lines)


def _counts(column: list[str]) -> bool:
    """Whether a column counts the words of each sentence."""
    column = [cell for cell in column if not cell.startswith("#")]
    numbers = [int(found[1]) for found in map(INDEX.fullmatch, column) if found]
    if len(numbers) < 2 or len(numbers) < 0.9 * len(column):
        return False
    steps = sum(right in (left, left + 1, 1) for left, right in pairwise(numbers))
    return steps >= 0.9 * (len(numbers) - 1) and numbers[0] in (0, 1)


def _chosen_column(options: Mapping[str, Any]) -> int | None:
    """The configured tag column, 0-based; None where it is to be found out."""
    column = options.get("tag-column")
    return column - 1 if isinstance(column, int) and column > 0 else None


def _tag_column(rows: list[list[str]], form: int, width: int) -> int:
    """The first column behind the form that does not mostly repeat it, as lemmas do."""
    for column in range(form + 1, width - 1):
        same = sum(row[column].casefold() == row[form].casefold() for row in rows)
        if same <= 0.4 * len(rows):
            return column
    return max(width - 1, form + 1) if width > form + 2 else form + 1


def _padded(lines: list[str]) -> bool:
    runs = sum("  " in line.strip() for line in lines)
    return runs > 0.2 * len(lines) and runs > 2


def likeness(text: str, shape: Shape, suffix: str) -> tuple[float, str]:
    """How much a text looks vertical, from 0 to 1, and why.

    Two columns make a table as well: running text has sentences, punctuation marks among its
    words, few tags for its many words.
    """
    lines = list(content_lines(text, shape))
    rows = [cells(line, shape.tab) for line in lines]
    width, most = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
    if width < 2 or len(rows) < 2:
        return 0.0, "no columns"
    if shape.tab and shape.indexed and width == CONLLU_WIDTH:
        return 0.0, "ten columns with an index, as in CoNLL-U"
    regular = most / len(rows)
    if regular < LEAST_REGULAR:
        return 0.4 * regular, f"{regular:.0%} of the lines have {width} columns"
    tokens = [pieces(line, shape).token for line in lines]
    tags = [token.tag for token in tokens if token.tag]
    share = sum(bool(TAG.fullmatch(tag)) and len(tag) <= 40 for tag in tags) / len(rows)
    reason = f"{regular:.0%} of the lines have {width} columns, {share:.0%} a tag"
    evidence = _evidence(tokens, tags, sentence_sizes(text, shape), shape.tab)
    if not evidence and suffix not in SUFFIXES:
        return min(0.4, 0.4 * regular * share), f"{reason}, but nothing tells it from a table"
    return 0.95 * regular * share, f"{reason}{evidence}"


def _evidence(tokens: list[TokenType], tags: list[str], sizes: list[int], tab: bool) -> str:
    """What shows that the lines are running text."""
    distinct = set(tags)
    positions = sum(bool(POSITION.fullmatch(tag)) or tag in POSITIONS for tag in tags)
    if positions >= 0.97 * len(tags) and any(map(POSITION.fullmatch, distinct)):
        return ", tags are positions"
    if len(tags) >= 30 and len(distinct) > 0.5 * len(tags):
        return ""
    marks = sum(is_punctuation(token.form) for token in tokens)
    if marks >= max(1, 0.01 * len(tokens)):
        return ", punctuation marks among the words"
    if tab and len(sizes) > 1 and sum(sizes) >= 2 * len(sizes):
        return ", blank lines between sentences"
    return ""


def sentence_sizes(text: str, shape: Shape) -> list[int]:
    """The numbers of lines between boundaries at the beginning of a text."""
    return list(_runs(kind_of(line, shape) == TOKEN for line in sample_lines(text)))


def _runs(flags: Iterable[bool]) -> Iterator[int]:
    size = 0
    for flag in (*flags, False):
        if not flag and size:
            yield size
        size = size + 1 if flag else 0
