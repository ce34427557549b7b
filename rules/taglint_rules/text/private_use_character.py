"""Private-use character.

What it finds: characters of Unicode's private-use areas; neighbouring ones are one finding.

Why it matters: what they mean is known only to the font or the program they come from, such as
the symbol fonts of office programs and the user-defined rows of GBK. Nobody else can read them.

Fix: none; only the source says which characters were meant.

Options: none.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules.text._characters import described, runs

PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"


def check(document: Document, context: Context) -> Iterator[Problem]:
    for match in runs(document, PRIVATE):
        message = f"private-use character {described(match.group())}"
        yield Problem(message, span=match.span(), group=match.group())


RULE = Rule(
    code="TXT009",
    name="private-use-character",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    good=(Example("天气/n 好/a 😀/x"),),
    bad=(
        Example("天\ue5e5气/n \uf0b7/w", found=("\ue5e5", "\uf0b7")),
        Example("\ue000\ue001/x 好/a", found=("\ue000\ue001",)),
    ),
    check_document=check,
)
