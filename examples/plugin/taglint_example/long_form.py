"""Form of very many characters.

What it finds: a form of more than `most` characters that holds no separator of its own, as
URLs and paths do.

Why it matters: it is usually several words that the segmenter left in one piece.

Fix: none.

Options: `most`, how many characters a form may have.
"""

from taglint.corpus.vocabulary import TokenType
from taglint.findings import Severity
from taglint.rules import Context, Example, Option, Problem, Rule, Scope


def check(token: TokenType, context: Context) -> Problem | None:
    length = len(token.form)
    if length <= context.options["most"] or "/" in token.form:
        return None
    return Problem(f"form of {length} characters", part="form", confidence=0.6)


RULE = Rule(
    code="EXA001",
    name="long-form",
    doc=__doc__,
    scope=Scope.TYPE,
    severity=Severity.INFO,
    options={"most": Option(12, "how many characters a form may have", kind="int")},
    good=(Example("中华人民共和国/ns 万岁/v"),),
    bad=(
        Example("今天天气很好我们去公园玩吧/n", found=("今天天气很好我们去公园玩吧",)),
        Example("今天天气/n", found=("今天天气",), options={"most": 3}),
    ),
    check_type=check,
)
