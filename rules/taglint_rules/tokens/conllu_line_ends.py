"""CoNLL-U file whose lines end in CRLF or CR.

What it finds: a document in which every line ends in CRLF, or every line in CR; it is said once, at
the first of them. Where ends are mixed, `mixed-line-endings` reports them.

Why it matters: the format demands LF. Programs that know nothing else read U+000D as part of the
last column.

Fix: safe; every line ends in LF. Files of more than 100,000 lines are left to faster programs.

Options: none.

Source: the format description and validation level 1 of Universal Dependencies.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.corpus.lines import LINE_END
from taglint.findings import Applicability, Edit, Severity
from taglint.formats.conllu_sentences import ConlluLayout
from taglint.rules import Change, Context, Problem, Rule, Scope
from taglint_rules.tokens._conllu import FORMATS, example, joined

# Each line is an edit of its own.
MOST = 100_000


def check(document: Document, context: Context) -> Iterator[Problem]:
    layout: ConlluLayout = document.layout
    text = document.text
    if layout.line_end == "\n" or (layout.line_end is None and "\n" in text):
        return
    end, name = ("\r\n", "CRLF") if layout.line_end else ("\r", "CR")
    at = text.find(end)
    if at >= 0:
        message = f"lines end in {name}, where the format demands LF"
        yield Problem(message, span=(at, at + len(end)), group=name, change=_change(text))


def _change(text: str) -> Change | None:
    if text.count("\r") > MOST:
        return None
    edits = tuple(Edit(*match.span(), "\n") for match in LINE_END.finditer(text))
    return Change("write LF", Applicability.SAFE, edits=edits)


GOOD = joined("# sent_id = 1", "1 Hi hi INTJ _ _ 0 root _ _")

RULE = Rule(
    code="TOK115",
    name="conllu-line-ends",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.WARNING,
    fix=Applicability.SAFE,
    formats=FORMATS,
    good=(example(GOOD), example(GOOD.replace("\n\n", "\r\n\n"))),
    bad=(
        example(GOOD.replace("\n", "\r\n"), "\r\n", fixed=GOOD),
        example(GOOD.replace("\n", "\r"), "\r", fixed=GOOD),
    ),
    check_document=check,
)
