"""CoNLL-U sentence text that is missing or differs from the forms.

What it finds: a sentence without a `# text = …` line or with several; blanks at the edges of the
text; the first place at which it differs from the forms, written together as `SpaceAfter=No` has
it (a range counts instead of its words). Where no sentence has a text, that is said once.

Why it matters: the text says what was tokenised. Where the two differ, one of them is wrong.

Fix: blanks at the edges are removed. Where text and forms agree but for blanks that the forms
have too many, `SpaceAfter=No` is entered.

Options: none.

Source: validation level 2 of Universal Dependencies.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Edit, Severity
from taglint.formats.conllu_sentences import FORM, MISC, Block, Comment, Row
from taglint.rules import Change, Context, Problem, Rule, Scope
from taglint_rules.tokens._conllu import (
    FORMATS,
    example,
    first_line,
    joined,
    ordered,
    surface,
)  # fmt: skip

NO_SPACE = "SpaceAfter=No"
SHOWN = 20


def check(document: Document, context: Context) -> Iterator[Problem]:
    missing: list[tuple[int, int]] = []
    for block in document.layout.sentences():
        texts = [comment for comment in block.comments if comment.key == "text"]
        if not texts:
            missing.append(first_line(block, document.text))
        else:
            yield from _edges(texts[0])
            yield from _difference(block, (texts[0].value or ""))
        for comment in texts[1:]:
            span = (comment.start, comment.end)
            yield Problem("a second text of this sentence", span=span, group="several")
    if missing and len(missing) == document.sentence_count:
        yield Problem("no sentence has a text", span=missing[0], group="missing")
    else:
        yield from (Problem("sentence without text", span=it, group="missing") for it in missing)


def _edges(comment: Comment) -> Iterator[Problem]:
    value = comment.text.partition("=")[2]
    bare = value.strip()
    first = comment.end - len(value)
    before, behind = len(value) - len(value.lstrip()), len(value) - len(value.rstrip())
    if not bare:
        return
    if before > 1:
        yield _blanks("at the beginning of", (first + 1, first + before))
    if behind:
        yield _blanks("at the end of", (comment.end - behind, comment.end))


def _blanks(where: str, span: tuple[int, int]) -> Problem:
    change = Change("remove the blanks", Applicability.SAFE, edits=(Edit(*span, ""),))
    return Problem(f"blanks {where} the text", span=span, group="blanks", change=change)


def _difference(block: Block, text: str) -> Iterator[Problem]:
    if not ordered(block) or _agrees(block, text):
        return
    at, closed, unmarked = 0, False, []
    rows = [block.rows[index] for index in surface(block)]
    for row in rows:
        form = row.cells[FORM]
        if not text.startswith(form, at):
            yield _mismatch(row, text[at:], closed)
            return
        at += len(form)
        closed = NO_SPACE in _items(row)
        if not closed and at < len(text):
            if not text[at].isspace():
                unmarked.append(row)
            at = len(text) - len(text[at:].lstrip())
    if at < len(text) and rows:
        rest = text[at : at + SHOWN]
        yield Problem(f"behind the last form the text goes on: {rest}",
                      span=rows[-1].span(FORM), group="longer")  # fmt: skip
    elif unmarked:
        yield _unmarked(unmarked)


def _agrees(block: Block, text: str) -> bool:
    """Whether a sentence is its text to the letter: quick, and the usual case."""
    forms, misc = block.column(FORM), block.column(MISC)
    pieces = [
        forms[index] if NO_SPACE in misc[index].split("|") else forms[index] + " "
        for index in surface(block)
    ]
    return "".join(pieces).rstrip(" ") == text


def _mismatch(row: Row, rest: str, closed: bool) -> Problem:
    form, shown = row.cells[FORM], rest[:SHOWN]
    if not rest:
        message = f"the text ends before {form}"
    elif closed and rest.lstrip().startswith(form):
        message = f"the text has a blank before {form}, the word before has {NO_SPACE}"
    else:
        message = f"the text goes on with {shown}, the forms with {form}"
    return Problem(message, span=row.span(FORM), group="differs")


def _unmarked(rows: list[Row]) -> Problem:
    free = all(not item.startswith("SpaceAfter=") for row in rows for item in _items(row))
    edits = [Edit(*row.span(MISC), _closed(row.cells[MISC])) for row in rows]
    change = Change(f"enter {NO_SPACE}", Applicability.SAFE, edits=tuple(edits)) if free else None
    message = f"the text has no blank behind {rows[0].cells[FORM]}, which lacks {NO_SPACE}"
    return Problem(message, span=rows[0].span(MISC), group="unmarked", change=change)


def _items(row: Row) -> list[str]:
    return row.cells[MISC].split("|")


def _closed(misc: str) -> str:
    return NO_SPACE if misc in ("_", "") else f"{misc}|{NO_SPACE}"


LINES = ("1 Hi hi INTJ _ _ 0 root _ SpaceAfter=No", "2 ! ! PUNCT _ _ 1 punct _ _")
RANGED = joined(
    "# text = al mar", "1-2 al _ _ _ _ _ _ _ _", "1 a _ ADP _ _ 3 case _ _",
    "2 el _ DET _ _ 3 det _ _", "3 mar _ NOUN _ _ 0 root _ _",
)  # fmt: skip
GOOD = joined("# text = Hi!", *LINES)

RULE = Rule(
    code="TOK105",
    name="conllu-text",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    fix=Applicability.SAFE,
    severity=Severity.WARNING,
    formats=FORMATS,
    good=(example(GOOD), example(RANGED)),
    bad=(
        example(GOOD + joined(*LINES), LINES[0].replace(" ", "\t")),
        example(GOOD.replace("Hi!", "Hi! "), " ", fixed=GOOD),
        example(GOOD.replace("= Hi!", "=   Hi!"), "  ", fixed=GOOD),
        example(GOOD.replace("SpaceAfter=No", "_"), "_", fixed=GOOD),
        example(GOOD.replace("Hi!", "Hi !"), "!"),
        example(GOOD.replace("Hi!", "Ho!"), "Hi"),
        example(GOOD.replace("Hi!", "Hi"), "!"),
        example(GOOD.replace("Hi!", "Hi! Ho"), "!"),
        example(RANGED.replace("al mar", "a el mar"), "al"),
        example(joined("# text = Hi!", "# text = Hi!", *LINES), "# text = Hi!"),
    ),
    check_document=check,
)  # fmt: skip
