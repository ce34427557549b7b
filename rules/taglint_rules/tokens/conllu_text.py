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
from taglint.formats.conllu_sentences import SPELT, Comment
from taglint.rules import Change, Context, Problem, Rule, Scope
from taglint_rules.tokens._alignment import difference
from taglint_rules.tokens._conllu import FORMATS, example, first_line, joined


def check(document: Document, context: Context) -> Iterator[Problem]:
    missing: list[tuple[int, int]] = []
    for block in document.layout.sentences(unless=SPELT):
        texts = [comment for comment in block.comments if comment.key == "text"]
        if not texts:
            missing.append(first_line(block, document.text))
        else:
            yield from _edges(texts[0])
            yield from difference(block, texts[0].value or "")
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
