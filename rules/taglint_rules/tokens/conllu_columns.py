"""CoNLL-U line that has not ten columns.

What it finds: a line that is neither a comment nor blank and does not have ten columns with one
tab between each two; also a line that is no word line at all.

Why it matters: programs read such a line as another word than the one that is meant, or stop.

Fix: where a line has ten pieces and blanks plainly stand for tabs (id, tag and head are where
they belong), the blanks become tabs. Otherwise none: which column is missing is not in the text.

Options: none.

Source: the format description and validation level 1 of Universal Dependencies.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Edit, Severity
from taglint.formats.conllu_sentences import ANY_ID, WIDTH, Row, plain_pieces
from taglint.rules import Change, Context, Problem, Rule, Scope
from taglint_rules.tokens._conllu import FORMATS, example, joined


def check(document: Document, context: Context) -> Iterator[Problem]:
    for block in document.layout.ragged():
        for row in block.rows:
            if not row.whole:
                yield Problem(
                    _message(row),
                    span=(row.start, row.end),
                    group=str(len(row.cells)),
                    change=_change(row),
                )


def _message(row: Row) -> str:
    if not ANY_ID.fullmatch(row.name):
        return "line is neither a comment nor a word line: it does not begin with an id"
    if len(row.cells) == 1:
        return "columns are separated by blanks instead of tabs"
    return f"{len(row.cells)} tab-separated columns instead of {WIDTH}"


def _change(row: Row) -> Change | None:
    pieces = plain_pieces(row.text)
    if not pieces:
        return None
    text = "\t".join(row.text[start:end] for start, end in pieces)
    return Change(
        "separate the columns by tabs", Applicability.SAFE, edits=(Edit(row.start, row.end, text),)
    )


GOOD = joined("# sent_id = 1", "1 Dogs dog NOUN _ _ 2 nsubj _ _", "2 bark bark VERB _ _ 0 root _ _")
WITH_BLANKS = GOOD.replace("VERB\t_\t", "VERB _ ")
SHORT = GOOD.replace("\tdog", "")
STRAY = "Dogs bark\n" + GOOD

RULE = Rule(
    code="TOK101",
    name="conllu-columns",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    fix=Applicability.SAFE,
    formats=FORMATS,
    good=(example(GOOD), example(joined("1 New\u00a0York _ PROPN _ _ 0 root _ _"))),
    bad=(
        example(WITH_BLANKS, "2\tbark\tbark\tVERB _ _\t0\troot\t_\t_", fixed=GOOD),
        example(GOOD + "1 Hi hi INTJ _ _ 0 root _ _\n\n", "1 Hi hi INTJ _ _ 0 root _ _",
                fixed=GOOD + joined("1 Hi hi INTJ _ _ 0 root _ _")),
        example(SHORT, "1\tDogs\tNOUN\t_\t_\t2\tnsubj\t_\t_"),
        example(STRAY, "Dogs bark"),
    ),
    check_document=check,
)  # fmt: skip
