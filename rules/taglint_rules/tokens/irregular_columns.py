"""Line whose columns are not separated or counted as in the rest of the document.

What it finds: in vertical text, a line with more or fewer columns than nearly all others have,
or with blanks beside a tab, or with several blanks where the document has one.

Why it matters: programs that split at the usual separator read an empty column, or take one
column for another.

Fix: none; whether the word has a blank in it or a column is missing is not in the text.

Options: none.
"""

from taglint.corpus.vocabulary import TokenType
from taglint.findings import Severity
from taglint.rules import Context, Example, Problem, Rule, Scope

MESSAGES = {
    "irregular-blank": "blanks between the columns of {} are not as elsewhere",
    "wrong-columns": "the line of {} has another number of columns than elsewhere",
}
REGULAR = "今天\tt\n天气\tn\n很\td\n好\ta\n。\tw\n" * 8


def check(token: TokenType, context: Context) -> Problem | None:
    return Problem(MESSAGES[token.flaw].format(token.form), group=token.flaw)


RULE = Rule(
    code="TOK201",
    name="irregular-columns",
    doc=__doc__,
    scope=Scope.TYPE,
    severity=Severity.ERROR,
    formats=("vertical",),
    flaws=tuple(MESSAGES),
    good=(
        Example(REGULAR, format="vertical"),
        Example("He    PRP\nreckons  VBZ\nit    PRP\n", format="vertical", tagset="penn"),
    ),
    bad=(
        Example("今天\tt\n天气 \tn\n", format="vertical", found=("天气 \tn",)),
        Example("in  IN\nSeptember NNP\n", format="vertical", tagset="penn", found=("in  IN",)),
        Example(f"{REGULAR}纽 约\tns\n新\t书\tn\n", format="vertical", found=("新\t书",)),
    ),
    check_type=check,
)
