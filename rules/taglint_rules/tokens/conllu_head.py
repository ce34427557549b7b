"""CoNLL-U heads that make no tree.

What it finds: a HEAD that is no id of a word of its sentence or is missing where others are
there; a word that is its own head; words whose heads lead in a circle; several words with head
0; a word without a relation where others have one; `root` as relation of a word with another
head than 0, or another relation with head 0. Sentences without any heads are left alone.

Why it matters: programs that read dependencies stop at such a sentence, or lose part of it.

Fix: none.

Options: none.

Source: validation level 2 of Universal Dependencies.
"""

import re
from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Severity
from taglint.formats.conllu_sentences import DEPREL, HEAD, Block, ConlluLayout
from taglint.rules import Context, Problem, Rule, Scope
from taglint_rules.tokens._conllu import FORMATS, example, joined, ordered

HEAD_ID = re.compile(r"0|[1-9][0-9]*")
# Index of the word in its sentence, column, message.
Fault = tuple[int, int, str]


def check(document: Document, context: Context) -> Iterator[Problem]:
    layout: ConlluLayout = document.layout
    if layout.values[HEAD] <= {"_"}:
        return
    for block in layout.sentences():
        if ordered(block):
            yield from _block(block)


def _block(block: Block) -> Iterator[Problem]:
    heads, relations = block.word_column(HEAD), block.word_column(DEPREL)
    ids = [str(place + 1) for place in range(len(heads))]
    faults = list(faults_of(ids, heads, relations))
    words = block.words if faults else []
    for index, column, message in faults:
        yield Problem(message, span=words[index].span(column), group=str(column))


def faults_of(ids: list[str], heads: list[str], relations: list[str]) -> Iterator[Fault]:
    """What is wrong about the heads of a sentence; ids are 1, 2, 3 in order."""
    if all(head == "_" for head in heads):
        return
    known = {"0", *ids}
    related = any(relation != "_" for relation in relations)
    sound = True
    for index, (name, head, relation) in enumerate(zip(ids, heads, relations, strict=True)):
        message = "" if head in known and head != name else _head_fault(name, head)
        sound = sound and head in known and head != name
        if message:
            yield index, HEAD, message
        elif related and relation == "_" and head != "_":
            yield index, DEPREL, "no relation, where other words of the sentence have one"
        elif related and relation and (head == "0") != (relation.partition(":")[0] == "root"):
            yield index, DEPREL, _root_fault(head, relation)
    roots = [index for index, head in enumerate(heads) if head == "0"]
    for index in roots[1:]:
        yield index, HEAD, f"a second root: {ids[roots[0]]} has head 0 as well"
    circle = _circle([int(head) for head in heads]) if sound else []
    if circle:
        path = " → ".join(map(str, circle))
        yield circle[0] - 1, HEAD, f"the heads of these words lead in a circle: {path}"


def _head_fault(name: str, head: str) -> str:
    """Empty heads and blanks in them are another rule's business."""
    if not head or len(head.split()) != 1 or head != head.strip():
        return ""
    if head == name:
        return f"word {name} is its own head"
    if head == "_":
        return "no head, where other words of the sentence have one"
    what = "there is no such word" if HEAD_ID.fullmatch(head) else "not an id of a word"
    return f"head {head}: {what}"


def _root_fault(head: str, relation: str) -> str:
    if head == "0":
        return f"the relation of a word with head 0 is root, not {relation}"
    return f"relation {relation} with head {head}: the head of a root is 0"


def _circle(heads: list[int]) -> list[int]:
    """Word ids that lead back to the first of them; none where every word leads to 0."""
    state = [0] * (len(heads) + 1)
    for start in range(1, len(heads) + 1):
        path, at = [], start
        while at and not state[at]:
            state[at] = start
            path.append(at)
            at = heads[at - 1]
        if at and state[at] == start:
            return [*path[path.index(at) :], at]
    return []


GOOD = joined(
    "1 Dogs _ NOUN _ _ 2 nsubj _ _", "2 bark _ VERB _ _ 0 root _ _", "3 loud _ ADV _ _ 2 advmod _ _"
)

RULE = Rule(
    code="TOK108",
    name="conllu-head",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    formats=FORMATS,
    good=(example(GOOD), example(joined("1 Dogs _ NOUN _ _ _ _ _ _", "2 bark _ VERB _ _ _ _ _ _"))),
    bad=(
        example(GOOD.replace("2\tnsubj", "7\tnsubj"), "7"),
        example(GOOD.replace("2\tnsubj", "x\tnsubj"), "x"),
        example(GOOD.replace("2\tnsubj", "_\tnsubj"), "_"),
        example(GOOD.replace("2\tnsubj", "1\tnsubj"), "1"),
        example(GOOD.replace("2\tnsubj", "0\troot"), "0"),
        example(GOOD.replace("0\troot", "0\tdep"), "dep"),
        example(GOOD.replace("nsubj", "root"), "root"),
        example(GOOD.replace("nsubj", "_"), "_"),
        example(GOOD.replace("0\troot", "1\tdep"), "2"),
    ),
    check_document=check,
)
