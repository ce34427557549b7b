"""Boundary that the text leaves open.

What it finds: in unspaced text, a place where a tag may end sooner or later, because Latin
letters or digits follow it, and the statistics of the text prefer neither reading clearly:
`弄/vngx/nz` is 弄/v ngx/nz or 弄/vn gx/nz.

Why it matters: every program that reads the file has to guess there, and each guesses
differently. Blanks between tokens would end the doubt for good.

Fix: unsafe, and only with `write: blanks`: the whole file is written with blanks, as it was
decoded. Not where a form holds a blank. The file's format is `slash` from then on; configure it
so, or leave its detection to taglint.

Options: `write`, `keep` (the default: report only) or `blanks`. How close two readings must be
to count as undecidable is the format option `doubtful`.
"""

from collections.abc import Iterator
from math import exp

from taglint.corpus.document import Document
from taglint.findings import Applicability, Edit
from taglint.rules import Change, Context, Example, Option, Problem, Rule, Scope


def check(document: Document, context: Context) -> Iterator[Problem]:
    doubts = document.layout.doubts
    blanks = with_blanks(document) if doubts and context.options["write"] == "blanks" else None
    for doubt in doubts:
        (tag, form), (other_tag, other_form) = doubt.chosen, doubt.runner_up
        word = document.token(doubt.token).form
        read, other = f"{word}/{tag} {form}", f"{word}/{other_tag} {other_form}"
        yield Problem(
            f"read as {read}, but {other} is nearly as likely",
            tokens=(doubt.token, min(doubt.token + 2, len(document))),
            confidence=1 / (1 + exp(doubt.margin - 1)),
            change=blanks,
        )


def with_blanks(document: Document) -> Change | None:
    """The change that writes the whole document with blanks between its tokens."""
    if document.types_where("with blanks", lambda token: len(token.form.split()) != 1):
        return None
    edits = [
        Edit(span.end, span.end, " ")
        for sentence in range(document.sentence_count)
        for span in document.sentence_spans(sentence)[:-1]
    ]
    return Change("write the file with blanks", Applicability.UNSAFE, edits=tuple(edits))


RULE = Rule(
    code="TOK006",
    name="undecidable-boundary",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    fix=Applicability.UNSAFE,
    formats=("unspaced",),
    options={
        "write": Option("keep", "whether the fix writes blanks", choices=("keep", "blanks")),
    },
    good=(Example("叫/v他/rr来/v。/w", format="unspaced"),),
    bad=(
        Example("弄/vngx/nz。/w", format="unspaced", found=("弄/vngx/nz",)),
        Example(
            "弄/vngx/nz。/w",
            format="auto",
            found=("弄/vngx/nz",),
            options={"write": "blanks"},
            fixed="弄/v ngx/nz 。/w",
        ),
    ),
    check_document=check,
)
