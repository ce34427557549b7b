"""CoNLL-U sentence whose `sent_id` is missing, malformed or used twice.

What it finds: a sentence without a `# sent_id = …` line or with several; an id that is empty or
has a slash in it (reserved for parallel treebanks) or blanks in or behind it; an id that an earlier
sentence of the document has. Where no sentence of a document has an id, that is said once.

Why it matters: corrections, splits and references name sentences by their id.

Fix: blanks behind the id are removed; otherwise none.

Options: none.

Source: validation level 2 of Universal Dependencies.
"""

from collections import Counter
from collections.abc import Collection, Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Edit, Evidence, Severity
from taglint.formats.conllu_sentences import TITLED, Comment, ConlluLayout
from taglint.rules import Change, Context, Problem, Rule, Scope
from taglint_rules.tokens._conllu import FORMATS, example, first_line, joined


def check(document: Document, context: Context) -> Iterator[Problem]:
    first_use: dict[str, Comment] = {}
    missing: list[tuple[int, int]] = []
    doubtful = _doubtful(document)
    for block in map(document.layout.sentence, doubtful):
        comments = [comment for comment in block.comments if comment.key == "sent_id"]
        if not comments:
            missing.append(first_line(block, document.text))
        for comment in comments[1:]:
            yield _problem(comment, "a second sent_id of this sentence", "several")
        for comment in comments[:1]:
            yield from _value(document, comment, first_use)
    others = len(doubtful) < document.sentence_count
    yield from _missing(missing, others or bool(first_use))


def _doubtful(document: Document) -> list[int]:
    """The sentences but those that have a single sound id, which no other has."""
    layout: ConlluLayout = document.layout
    values = dict(document.decoded.names)
    untitled = layout.sentences_without(TITLED)
    for index in untitled:
        values.pop(index, None)
    if not untitled and _are_sound(values.values()):
        return []
    counts: Counter[str] = Counter(values.values())
    for index in untitled:
        counts.update(item.value or "" for item in layout.sentence(index).comments
                      if item.key == "sent_id")  # fmt: skip
    bad = {value for value, count in counts.items() if count > 1 or not _is_sound(value)}
    sentences = range(document.sentence_count)
    return [index for index in sentences if values.get(index) in bad or index not in values]


def _are_sound(values: Collection[str]) -> bool:
    together = "".join(values)
    return "" not in values and len({*values}) == len(values) and _is_sound(together)


def _is_sound(value: str) -> bool:
    return len(value.split()) == 1 and "/" not in value


def _value(
    document: Document, comment: Comment, first_use: dict[str, Comment]
) -> Iterator[Problem]:
    value = comment.value or ""
    earlier = first_use.setdefault(value, comment)
    end = comment.start + len(comment.text.rstrip())
    if value and end < comment.end:
        edits = (Edit(end, comment.end, ""),)
        change = Change("remove the blanks", Applicability.SAFE, edits=edits)
        yield Problem("blanks behind the sent_id", span=(end, comment.end), change=change)
    if len(value.split()) != 1:
        what = "has blanks in it" if value else "is empty"
        yield _problem(comment, f"sent_id {what}", "malformed")
    elif "/" in value:
        yield _problem(comment, f"sent_id {value} has a slash in it", "slash")
    elif earlier is not comment:
        line, column = document.lines.position(earlier.start)
        yield Problem(
            f"sent_id {value} is that of an earlier sentence too (line {line})",
            span=(comment.start, comment.end),
            group="repeated",
            evidence=(Evidence(document.path, line, column, earlier.text),),
        )


def _missing(places: list[tuple[int, int]], others: bool) -> Iterator[Problem]:
    if places and not others:
        yield Problem("no sentence has a sent_id", span=places[0], group="missing")
        return
    for span in places:
        yield Problem("sentence without sent_id", span=span, group="missing")


def _problem(comment: Comment, message: str, group: str) -> Problem:
    return Problem(message, span=(comment.start, comment.end), group=group)


WORD = "1 Hi hi INTJ _ _ 0 root _ _"
BARE = joined(WORD)
FIRST, SECOND = joined("# sent_id = a-1", WORD), joined("# sent_id = a-2", WORD)

RULE = Rule(
    code="TOK104",
    name="conllu-sent-id",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.WARNING,
    fix=Applicability.SAFE,
    formats=FORMATS,
    good=(example(FIRST + SECOND), example(FIRST + joined("#sent_id=b", WORD))),
    bad=(
        example(BARE + BARE, BARE.split("\n")[0]),
        example(FIRST + BARE, BARE.split("\n")[0]),
        example(FIRST + SECOND + FIRST, "# sent_id = a-1"),
        example(joined("# sent_id = 1", "# sent_id = 2", WORD), "# sent_id = 2"),
        example(joined("# sent_id = a 1", WORD), "# sent_id = a 1"),
        example(joined("# sent_id =", WORD), "# sent_id ="),
        example(FIRST.replace("a-1", "a-1 "), " ", fixed=FIRST),
        example(joined("# sent_id = a/1", WORD), "# sent_id = a/1"),
    ),
    check_document=check,
)
