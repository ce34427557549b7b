"""Blanks between tokens that differ from the rest of the document.

What it finds: runs of blanks between two tokens of a line that are not what most of the
document has there (one blank, two blanks, a tab); of a very long document its beginning decides.

Why it matters: nothing is lost, but files differ without cause, and simple scripts that split
at the usual blank stumble.

Fix: safe; writes the document's usual blank. None for tabs where most lines begin with something
else than a well-formed token: what precedes a tab could be read as an id.

Options: none.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import chain, islice, pairwise

from taglint.corpus.document import Document
from taglint.findings import Applicability, Edit
from taglint.rules import Change, Context, Example, Problem, Rule, Scope

# The usual blank is what so many tokens at the beginning have most.
SAMPLE = 100_000
# By so many lines a format tells whether each begins with an id.
LINES = 200
# Finding one sentence by its characters takes about as long as looking at so many in order.
FAR = 8


def check(document: Document, context: Context) -> Iterator[Problem]:
    usual = usual_blank(document)
    settled = "\t" not in document.text or lines_begin_with_tokens(document)
    for start, end in chain.from_iterable(map(partial(gaps, document), suspects(document, usual))):
        gap = document.text[start:end]
        if gap != usual:
            change = None
            # A tab more or less could make an id of what stands before it.
            if settled or "\t" not in gap + usual:
                change = Change(
                    "write the usual blank", Applicability.SAFE, edits=(Edit(start, end, usual),)
                )
            message = f"{gap!r} between tokens where the document has {usual!r}"
            yield Problem(message, span=(start, end), group=repr(gap), change=change)


def gaps(document: Document, sentence: int) -> Iterator[tuple[int, int]]:
    """Start and end of the blanks and tabs between the tokens of a sentence. Other blanks are for
    `unusual-blank` to mend first."""
    for left, right in pairwise(document.sentence_spans(sentence)):
        gap = document.text[left.end : right.start]
        if gap and not gap.strip(" \t"):
            yield left.end, right.start


def usual_blank(document: Document) -> str:
    counts = Counter[str]()
    for sentence in range(document.sentence_of(min(SAMPLE, len(document)) - 1) + 1):
        counts.update(document.text[start:end] for start, end in gaps(document, sentence))
    return max(counts, key=lambda gap: (counts[gap], gap), default=" ")


def lines_begin_with_tokens(document: Document) -> bool:
    """Whether most lines at the beginning do, well-formed ones, so that none has an id."""
    number, tokens = min(LINES, document.sentence_count), 0
    for sentence in range(number):
        first = document.sentence_tokens(sentence).start
        start = document.sentence_spans(sentence)[0].start
        before = document.text[document.text.rfind("\n", 0, start) + 1 : start]
        tokens += not before.strip() and not document.token(first).flaw
    return tokens * 4 >= number * 3


def suspects(document: Document, usual: str) -> Iterator[int]:
    """The sentences, in order, that may have another blank than the usual one."""
    # A run of blanks that is not the usual one behind another character.
    other = re.compile(f"[ \t]++(?<![^ \t]{re.escape(usual)})")
    most = document.sentence_count // FAR
    runs = [run.start() for run in islice(other.finditer(document.text), most + 1)]
    if len(runs) > most:
        yield from range(document.sentence_count)
        return
    end = 0
    for start in runs:
        place = document.token_at(start) if start >= end else len(document)
        if place < len(document):
            sentence = document.sentence_of(place)
            end = document.sentence_spans(sentence)[-1].end
            yield sentence


RULE = Rule(
    code="TOK015",
    name="irregular-blank",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    default=False,
    fix=Applicability.SAFE,
    formats=("slash", "underscore"),
    good=(Example("今天/t  天气/n  好/a"), Example("今天/t 天气/n [很/d 好/a]n")),
    bad=(Example("今天/t 天气/n 很/d  好/a", found=("  ",), fixed="今天/t 天气/n 很/d 好/a"),),
    check_document=check,
)
