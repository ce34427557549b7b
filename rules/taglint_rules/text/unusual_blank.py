"""Blank other than space, tab and line end.

What it finds: no-break spaces, ideographic spaces, the typographic spaces of Unicode, vertical
tab, form feed, U+0085 and the separators of lines and paragraphs. What a document has in many
places, such as an indent before every paragraph, is reported once.

Why it matters: programs disagree on whether these divide tokens or lines: for Python's
`str.split` nearly all do, for `awk`, `cut` and most tokenisers none.

Fix: safe where every blank divides tokens (slash, underscore): writes a space, nothing at the
edge of a line. None where a blank may be part of a form.

Options: `allow` lists characters to accept; `limit` is the number of places that are reported
one by one.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Edit
from taglint.rules import Change, Context, Example, Option, Problem, Rule, Scope
from taglint_rules.text._characters import BLANK_DELIMITED, described, runs

Span = tuple[int, int]
BLANKS = "\x0b\x0c\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"


def check(document: Document, context: Context) -> Iterator[Problem]:
    allowed = set(context.options["allow"])
    places: dict[str, list[Span]] = {}
    for match in runs(document, BLANKS):
        if not set(match.group()) <= allowed:
            places.setdefault(match.group(), []).append(match.span())
    for run, spans in places.items():
        if len(spans) > context.options["limit"]:
            yield _problem(document, context, run, spans)
        else:
            for span in spans:
                yield _problem(document, context, run, [span])


def _problem(document: Document, context: Context, run: str, spans: list[Span]) -> Problem:
    """One finding, at the first of the places that it is about."""
    much = f" in {len(spans)} places" if len(spans) > 1 else ""
    edits = tuple(Edit(*span, _plain(document.text, *span)) for span in spans)
    change = Change("write a space", Applicability.SAFE, edits=edits)
    return Problem(
        f"unusual blank {described(run)}{much}",
        span=spans[0],
        group=run,
        change=change if context.format in BLANK_DELIMITED else None,
    )


def _plain(text: str, start: int, end: int) -> str:
    """What to write: nothing at the edge of a line."""
    edge = text[start - 1 : start] in ("", "\r", "\n") or text[end : end + 1] in ("", "\r", "\n")
    return "" if edge else " "


RULE = Rule(
    code="TXT010",
    name="unusual-blank",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    fix=Applicability.SAFE,
    options={
        "allow": Option([], "characters to accept", kind="list"),
        "limit": Option(20, "places reported one by one", kind="int", least=0),
    },
    good=(
        Example("天气/n  好/a\t真/d\r\n好/a"),
        Example("天气/n\u3000好/a", options={"allow": ["\u3000"]}),
    ),
    bad=(
        Example("天气/n\xa0好/a 了/y", found=("\xa0",), fixed="天气/n 好/a 了/y"),
        Example("\u3000\u3000天/n 好/a\x0c\n", found=("\u3000\u3000", "\x0c"), fixed="天/n 好/a\n"),
        Example("天/n\u3000很/d\u3000好/a", found=("\u3000",), fixed="天/n 很/d 好/a",
                options={"limit": 1}),
    ),
    check_document=check,
)  # fmt: skip
