"""CoNLL-U comment with metadata that programs will not recognise or that contradicts others.

What it finds: `sent_id`, `text`, `newdoc`, `newpar` and `parallel_id` in a spelling of their own
(`# Sent-ID = 1`, `# text: Hi`); several newdoc, newpar or parallel_id lines at one sentence;
document, paragraph and parallel ids that are used twice; parallel ids of another shape than
`corpus/sentence`; a new document or paragraph although the word before has `SpaceAfter=No`.

Why it matters: a misspelled name is a plain comment, and the information in it is lost.

Fix: none.

Options: none.

Source: validation level 2 of Universal Dependencies.
"""

import re
from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Severity
from taglint.formats.conllu_sentences import MISC, PLAIN, Block, Comment, ConlluLayout
from taglint.patterns import lazy
from taglint.rules import Context, Problem, Rule, Scope
from taglint_rules.tokens._conllu import FORMATS, example, joined, ordered, surface

KEYS = ("sent_id", "text", "newdoc", "newdoc id", "newpar", "newpar id", "parallel_id")
USUAL = {re.sub(r"[-_ ]", "", key): key for key in KEYS}
IDS = ("newdoc id", "newpar id", "parallel_id")
PARALLEL = lazy(r"[a-z]+/[-0-9a-z]+(?:/(?=.)(?:alt[1-9][0-9]*)?(?:part[1-9][0-9]*)?)?")
COLON = lazy(r"#\s*+([\w -]{4,12}?)\s*:")


def check(document: Document, context: Context) -> Iterator[Problem]:
    used: set[tuple[str, str]] = set()
    layout: ConlluLayout = document.layout
    for sentence in layout.sentences_without(PLAIN):
        before = layout.sentence(sentence - 1) if sentence else None
        kinds: set[str] = set()
        for comment in layout.sentence(sentence).comments:
            message = _spelling(comment)
            kind = "" if message else _kind(comment)
            if kind in kinds:
                message = f"a second {kind} of this sentence"
            elif kind:
                kinds.add(kind)
                message = _value(comment, used) or _space_before(kind, before)
            if message:
                span = (comment.start, comment.end)
                yield Problem(message, span=span, group=comment.key)


def _kind(comment: Comment) -> str:
    """`newdoc`, `newpar` or `parallel_id`; `""` for any other comment."""
    name = comment.key.partition(" ")[0]
    return name if comment.key in (*IDS, "newdoc", "newpar") else ""


def _spelling(comment: Comment) -> str:
    """A message where a comment looks like metadata in a spelling of its own."""
    key = comment.key
    if comment.value is None:
        colon = COLON.match(comment.text)
        if colon is None:
            return "sent_id without an equals sign" if key.split()[:1] == ["sent_id"] else ""
        key = colon[1]
    usual = USUAL.get(re.sub(r"[-_ ]", "", key).lower())
    if usual is None or (usual == key and comment.value is not None):
        return ""
    return f"{key} is not recognised; it is written `# {usual} = …`"


def _value(comment: Comment, used: set[tuple[str, str]]) -> str:
    if comment.key not in IDS:
        return ""
    key, value = comment.key, comment.value or ""
    if not value:
        return f"{key} without a value"
    if key == "parallel_id" and not PARALLEL.fullmatch(value):
        return f"parallel_id {value} is not of the shape corpus/sentence"
    if (key, value) in used:
        return f"{key} {value} is used before in this document"
    used.add((key, value))
    return ""


def _space_before(kind: str, before: Block | None) -> str:
    if kind not in ("newdoc", "newpar") or before is None or not ordered(before):
        return ""
    last = before.column(MISC)[surface(before)[-1]]
    if "SpaceAfter=No" not in last.split("|"):
        return ""
    return f"{kind} although the word before has SpaceAfter=No"


WORD = "1 Hi _ INTJ _ _ 0 root _ _"
ONE = joined("# newdoc id = d1", "# newpar", "# sent_id = 1", "# text = Hi", WORD)
TWO = joined("# newpar id = p2", "# parallel_id = pud/n01/alt2", "# a word: a comment", WORD)

RULE = Rule(
    code="TOK111",
    name="conllu-metadata",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.WARNING,
    formats=FORMATS,
    good=(example(ONE + TWO), example(joined("# text of the day = a comment", WORD))),
    bad=(
        example(ONE.replace("sent_id", "Sent-ID"), "# Sent-ID = 1"),
        example(ONE.replace("text =", "text:"), "# text: Hi"),
        example(ONE.replace("sent_id =", "sent_id"), "# sent_id 1"),
        example(ONE.replace("# newpar\n", "# newpar\n# newpar id = p\n"), "# newpar id = p"),
        example(ONE + ONE, "# newdoc id = d1"),
        example(TWO.replace("pud/n01/alt2", "n01"), "# parallel_id = n01"),
        example(TWO + TWO, "# newpar id = p2", "# parallel_id = pud/n01/alt2"),
        example(ONE.replace("root\t_\t_", "root\t_\tSpaceAfter=No") + TWO, "# newpar id = p2"),
    ),
    check_document=check,
)
