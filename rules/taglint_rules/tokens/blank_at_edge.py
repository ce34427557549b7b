"""Form that begins or ends with a blank.

What it finds: in formats that write no blanks between tokens, a form with a blank at its edge:
` a/nz` after `：/w`. The blank belongs to the layout of the text that was tagged (a list item's
indent, a line break), not to the word.

Why it matters: ` a` and `a` are two words to every count and search.

Fix: unsafe; takes the blank out, which changes the text.

Options: none.
"""

from taglint.corpus.vocabulary import TokenType
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Problem, Rule, Scope


def check(token: TokenType, context: Context) -> Problem | None:
    word = token.form.strip()
    if word == token.form or not word:
        return None
    side = "begins" if token.form[0].isspace() else "ends"
    change = Change("take out the blank", Applicability.UNSAFE, tokens=((word, token.tag),))
    return Problem(f"form {word} {side} with a blank", group="edge", change=change)


RULE = Rule(
    code="TOK011",
    name="blank-at-edge",
    doc=__doc__,
    scope=Scope.TYPE,
    unless=("NUM002",),
    fix=Applicability.UNSAFE,
    changes_text=True,
    formats=("unspaced",),
    good=(Example("如下/v：/w主体/n", format="unspaced"),),
    bad=(
        Example(
            "如下/v：/w  主体/n检测/vn",
            format="unspaced",
            found=("  主体/n",),
            fixed="如下/v：/w主体/n检测/vn",
        ),
    ),
    check_type=check,
)
