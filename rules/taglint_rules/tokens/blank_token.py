"""Blank tagged as a token, inside Chinese text.

What it finds: a token that is nothing but blanks between two tokens of Han characters, as in
`主/ag /x体/ng`. Blanks beside Latin words, digits and marks are how many texts are typeset, and
are left alone.

Why it matters: Chinese is written without blanks; one between Han characters usually cuts a
word in two (a line break of the text that was tagged, or a copying fault).

Fix: unsafe; takes the token out, which changes the text.

Options: none.
"""

from collections.abc import Iterator

from taglint.characters import is_han
from taglint.corpus.document import Document
from taglint.findings import Applicability, Edit
from taglint.rules import Change, Context, Example, Problem, Rule, Scope


def check(document: Document, context: Context) -> Iterator[Problem]:
    for index in document.places(document.types_where("blank", lambda token: token.form.isspace())):
        if not 0 < index < len(document) - 1:
            continue
        left, right = document.token(index - 1).form, document.token(index + 1).form
        if is_han(left[-1:]) and is_han(right[:1]):
            span = document.span(index)
            edits = (Edit(span.start, span.end, ""),)
            change = Change("take out the blank", Applicability.UNSAFE, edits=edits)
            message = f"blank token between {left} and {right}"
            yield Problem(message, tokens=(index, index + 1), group="blank", change=change)


RULE = Rule(
    code="TOK012",
    name="blank-token",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    unless=("SEG008",),
    fix=Applicability.UNSAFE,
    changes_text=True,
    formats=("unspaced",),
    good=(Example("参见/v /xGPU/nz /x索引/n。/w", format="unspaced"),),
    bad=(
        Example(
            "进行/v主/ag /x体/ng检测/vn",
            format="unspaced",
            found=(" /x",),
            fixed="进行/v主/ag体/ng检测/vn",
        ),
    ),
    check_document=check,
)
