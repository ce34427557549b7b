"""Invisible character.

What it finds: zero-width blanks and joiners, soft hyphens, marks of direction, variation
selectors, fillers and other format characters that are not to be seen, where nothing around
needs them. Joiners belong to the scripts that join and to emoji, zero-width blanks to Thai and
the like, marks of direction to documents with right-to-left text, selectors to emoji, Han and a
few symbols.

Why it matters: a form with one of them is another form than the same without it: it is counted,
looked up and tagged as another word, and nobody sees why.

Fix: unsafe; removes it. Shown only where it is all there is of a form.

Options: `allow` lists characters to accept.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Edit
from taglint.rules import Change, Context, Example, Option, Problem, Rule, Scope
from taglint_rules.text._characters import character_class, described, present, runs
from taglint_rules.text._scripts import MARK, RIGHT_TO_LEFT, belongs

# U+FEFF is the byte order mark's.
INVISIBLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)


def check(document: Document, context: Context) -> Iterator[Problem]:
    if not present(document, character_class(INVISIBLE)):
        return
    right_to_left = bool(present(document, RIGHT_TO_LEFT))
    for match in runs(document, INVISIBLE):
        run, span = match.group(), match.span()
        if set(run) <= set(context.options["allow"]) or belongs(document.text, *span):
            continue
        if right_to_left and MARK.fullmatch(run):
            continue
        yield Problem(
            f"invisible character {described(run)}",
            span=span,
            group=run,
            change=_change(document, *span),
        )


def _change(document: Document, start: int, end: int) -> Change:
    token = document.token_at(start)
    span = document.span(token) if token < len(document) else None
    alone = span is not None and start <= span.form_start and span.form_end <= end
    kind = Applicability.DISPLAY if alone else Applicability.UNSAFE
    return Change("remove it", kind, edits=(Edit(start, end, ""),))


RULE = Rule(
    code="TXT004",
    name="invisible-character",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    fix=Applicability.UNSAFE,
    changes_text=True,
    options={"allow": Option([], "characters to accept", kind="list")},
    good=(
        Example("می\u200cخواهم/v क्\u200dष/n שלום\u200f/n", tagset=None),
        Example("👩\u200d💻/e ❤\ufe0f/e 1\ufe0f\u20e3/e 🏳\ufe0f\u200d🌈/e", tagset=None),
        Example("สวัสดี\u200bครับ/x", tagset=None),
        Example("葛\U000e0100城/ns"),
        Example("天\xad气/n", options={"allow": ["\xad"]}),
    ),
    bad=(
        Example("天\u200b气/n 好/a", found=("\u200b",), fixed="天气/n 好/a"),
        Example("co\xadop/n \u202a好\u202c/a", found=("\xad", "\u202a", "\u202c"),
                fixed="coop/n 好/a"),
        Example("天\ufe0f/n 好\u200d\u2060/a", found=("\ufe0f", "\u200d\u2060"), fixed="天/n 好/a"),
        Example("天气/n \u200b/w", found=("\u200b",)),
    ),
    check_document=check,
)  # fmt: skip
