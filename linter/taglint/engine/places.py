"""Problems to findings: where they stand, what they are called, what would fix them."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import normalize

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType
from taglint.engine.selection import Active
from taglint.findings import Applicability, Edit, Finding, Fix, fingerprint
from taglint.formats.base import Format
from taglint.patterns import lazy
from taglint.rules import Change, Problem

# Letters and digits on either side that identify a place. A whole line would change with every
# edit in it where a line holds a whole document.
CONTEXT = 24
# So far away they are looked for, and so many tokens without any are gone through one by one.
FARTHEST, FEW = 200, 8
# A token is shown up to so many characters: one of a megabyte may have a finding in each of them.
LONGEST = 500
# What is asked again and again of the tokens around findings is remembered for so many.
REMEMBERED = 1 << 12
# A mark with one of these ends a sentence within a format's sentence, which may be a document.
ENDS = frozenset("。！？!?.")
END = "."
LINE_BREAK = lazy(r"[\r\n]")


def finding(document: Document, format_: Format, active: Active, problem: Problem) -> Finding:
    """What is reported for a problem of a document."""
    start, end = _span(document, problem)
    first, last = problem.tokens or document.tokens_within(start, max(end, start + 1))
    line, column = document.lines.position(start)
    end_line, end_column = document.lines.position(end)
    tokens = tuple(_shown(document, index) for index in range(first, last))
    sentence = document.sentence_of(first) if first < len(document) else -1
    rule = active.rule
    return Finding(
        path=document.path,
        start=start,
        end=end,
        code=rule.code,
        name=rule.name,
        severity=active.severity,
        message=problem.message,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        sentence=document.sentence_name(sentence) if sentence >= 0 else "",
        token=first - document.decoded.starts[sentence] + 1 if sentence >= 0 else 0,
        tokens=tokens,
        confidence=problem.confidence,
        fingerprint=fingerprint(
            rule.code,
            (*tokens, *_detail(document, problem, first)),
            surroundings(document, start, first, last),
        ),
        group=f"{rule.code}:{problem.group}" if problem.group else "",
        fix=_fix(document, format_, problem, (first, last)),
        evidence=problem.evidence,
    )


def _span(document: Document, problem: Problem) -> tuple[int, int]:
    if problem.span is not None:
        return problem.span
    assert problem.tokens is not None, "a problem needs tokens or a span"
    first, last = problem.tokens
    span = document.span(first)
    if problem.part == "form":
        return span.form_start, span.form_end
    if problem.part == "tag":
        return span.tag_start, span.tag_end
    return span.start, document.span(last - 1).end


def _shown(document: Document, index: int) -> str:
    span = document.span(index)
    if span.end - span.start <= LONGEST:
        return document.text[span.start : span.end]
    return f"{document.text[span.start : span.start + LONGEST]}…"


def _detail(document: Document, problem: Problem, first: int) -> tuple[str, ...]:
    """What tells apart the problems that a rule has with the same tokens, none where it has one
    by the tokens alone: the cause, the characters, and where in the token they are."""
    if problem.span is None:
        return (problem.group,) if problem.group else ()
    start, end = problem.span
    inside = first < len(document) and document.span(first).start <= start
    offset = start - document.span(first).start if inside else -1
    return (problem.group, document.text[start:end], str(offset))


def surroundings(document: Document, start: int, first: int, last: int) -> str:
    """The letters and digits around a place within its sentence.

    Tags, boundaries, marks, blanks and widths do not count: mending one finding must not rename
    those beside it.
    """
    home = _home(document, start, first, last)
    if home < 0:
        return ""
    tokens = document.sentence_tokens(home)
    # Backwards character by character, so that boundaries do not show.
    before = _near(document, range(first - 1, max(tokens.start, first - FARTHEST) - 1, -1))
    if last > first and _ends(document.token(last - 1).form):
        return f"{before}\0"
    return f"{before}\0{_near(document, range(last, min(tokens.stop, last + FARTHEST)))}"


def _home(document: Document, start: int, first: int, last: int) -> int:
    """The sentence of a place, -1 where it has none.

    One that touches no token belongs to that before it on its line, else to the one behind it
    unless its line is blank: comments stand before their sentence.
    """
    if first < last:
        return document.sentence_of(first)
    text = document.text
    end = document.span(first - 1).end if first else 0
    before = LINE_BREAK.split(text[end : max(start, end)])
    if first and len(before) == 1:
        return document.sentence_of(first - 1)
    if first == len(document):
        return -1
    behind = LINE_BREAK.split(text[start : document.span(first).start])
    blank = len(behind) > 1 and not (before[-1] + behind[0]).strip()
    return -1 if blank else document.sentence_of(first)


def _near(document: Document, tokens: range) -> str:
    """What is next, up to `CONTEXT` characters or the end of a sentence."""
    near, at, silent = "", 0, 0
    nearest = slice(CONTEXT) if tokens.step > 0 else slice(None, -CONTEXT - 1, -1)
    while at < len(tokens) and len(near) < CONTEXT:
        piece = _plain(document.token(tokens[at]))
        if piece == END:
            break
        near += piece[nearest]
        silent = 0 if piece else silent + 1
        # A line may hold a hundred thousand marks, with a finding at each of them.
        at += 1 if silent < FEW else _silence(document, tokens[at], tokens.step)
    return near[:CONTEXT]


def _silence(document: Document, token: int, step: int) -> int:
    """How many tokens without letters follow each other from one of them on, itself counted."""
    runs = document.made.get(_silence)
    if runs is None:
        types = document.vocabulary.types
        silent = {index for index in document.type_ids if not _plain(types[index])}
        runs = document.made[_silence] = _runs(document.places(silent))
    begins, ends = runs
    run = bisect_right(begins, token) - 1
    return int(ends[run] - token) if step > 0 else int(token - begins[run]) + 1


def _runs(places: Sequence[int]) -> tuple[array[int], array[int]]:
    """Where runs of successive numbers begin, and one past where they end."""
    begins, ends = array("q"), array("q")
    for place in places:
        if not ends or place != ends[-1]:
            begins.append(place)
            ends.append(place)
        ends[-1] += 1
    return begins, ends


@lru_cache(REMEMBERED)
def _plain(token: TokenType) -> str:
    """The letters and digits of a form; a mark in place of one that ends a sentence."""
    if _ends(token.form):
        return END
    letters = filter(str.isalnum, normalize("NFKC", token.form))
    # The form of a malformed token may hold its tag as well, in the letters of tagsets.
    return "".join(letter for letter in letters if not (token.flaw and letter.isascii()))


@lru_cache(REMEMBERED)
def _ends(form: str) -> bool:
    return not ENDS.isdisjoint(form) and not any(map(str.isalnum, form))


def _fix(
    document: Document, format_: Format, problem: Problem, tokens: tuple[int, int]
) -> Fix | None:
    change = problem.change
    if change is None:
        return None
    edits = change.edits or _edits(document, format_, change, tokens)
    applicability = change.applicability
    if change.tokens and not _applicable(document, format_, change, tokens):
        applicability = Applicability.DISPLAY
    return Fix(applicability, change.message, edits)


def _applicable(
    document: Document, format_: Format, change: Change, tokens: tuple[int, int]
) -> bool:
    """Whether the format can hold the change: it may bar new boundaries, or some spellings."""
    forms = [document.token(index).form for index in range(*tokens)]
    same = forms == [form for form, _ in change.tokens]
    writable = all(format_.can_write(form, tag) for form, tag in change.tokens)
    return writable and (same or format_.resegments)


def _edits(
    document: Document, format_: Format, change: Change, tokens: tuple[int, int]
) -> tuple[Edit, ...]:
    """The edits that write the changed tokens: of the tags alone where the forms stay."""
    old = [document.token(index) for index in range(*tokens)]
    spans = document.spans(*tokens)
    same = [token.form for token in old] == [form for form, _ in change.tokens]
    if same and not any(token.flaw for token in old):
        return tuple(
            Edit(span.tag_start, span.tag_end, tag)
            for span, token, (_, tag) in zip(spans, old, change.tokens, strict=True)
            if token.tag != tag
        )
    written = [format_.token(form, tag) for form, tag in change.tokens]
    text = _separator(document, format_, tokens).join(written)
    return (Edit(spans[0].start, spans[-1].end, text),)


def _separator(document: Document, format_: Format, tokens: tuple[int, int]) -> str:
    """What stands between tokens around here, else what the format writes."""
    first, last = tokens
    for left, right in ((first, first + 1), (last - 1, last), (first - 1, first)):
        if 0 <= left < right < len(document):
            gap = document.text[document.span(left).end : document.span(right).start]
            if (
                not gap.strip()
                and not set(gap) & {"\n", "\r"}
                and bool(gap) == bool(format_.separator)
            ):
                return gap
    return format_.separator
