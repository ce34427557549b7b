"""Tag that the project's lexicon does not give the form.

What it finds: a form that the configured `lexicon` lists, with a tag that it does not list for it.
Forms that are not in the lexicon are not looked at. `taglint lexicon build` writes such a file
from a corpus; a person strikes out what is wrong, and what is left is the rule.

Why it matters: what has been decided once holds everywhere, and a slip shows on the day it is
made.

Fix: unsafe; writes the tag of the lexicon where it lists a single one. With several the message
names them, the most frequent one first.

Options: none. A lexicon that is to help decoding alone is not enforced where this rule is ignored.
"""

from taglint.corpus.vocabulary import Judged, TokenType, Vocabulary
from taglint.findings import Applicability
from taglint.lexicon import ranked
from taglint.rules import Change, Context, Example, Problem, Rule, Scope

# Not an estimate from counts: a person wrote the list, and few lists are complete.
CONFIDENCE = 0.95
NAMED = 6


def among(_: Vocabulary, context: Context) -> Judged | None:
    """All types, or without a lexicon none."""
    return None if context.lexicon else Judged()


def check(token: TokenType, context: Context) -> Problem | None:
    tags = context.lexicon.get(token.form) if context.lexicon else None
    if not tags or token.tag in tags:
        return None
    known = [tag for tag, _ in ranked(tags)]
    change = None
    if len(known) == 1:
        new = (token.form, known[0])
        change = Change(f"write {known[0]}", Applicability.UNSAFE, tokens=(new,))
    more = f" and {len(known) - NAMED} more" if len(known) > NAMED else ""
    message = (
        f"{token.form} is tagged {token.tag}; the lexicon has {', '.join(known[:NAMED])}{more}"
    )
    group = f"{token.form}/{token.tag}"
    return Problem(message, part="tag", confidence=CONFIDENCE, group=group, change=change)


LEXICON = "云\tn\t7\n学习\tv\t9\n学习\tvn\t4\n"

RULE = Rule(
    code="TAG017",
    name="lexicon-violation",
    doc=__doc__,
    scope=Scope.TYPE,
    fix=Applicability.UNSAFE,
    good=(
        Example("云/n 学习/v 机器/nz", lexicon=LEXICON),
        Example("云/v 学习/n 机器/nz"),
    ),
    bad=(
        Example("云/nz 学习/n 机器/nz", lexicon=LEXICON, found=("nz", "n"),
                fixed="云/n 学习/n 机器/nz"),
    ),
    among=among,
    check_type=check,
)  # fmt: skip
