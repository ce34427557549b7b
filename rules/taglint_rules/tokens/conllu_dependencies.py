"""CoNLL-U enhanced dependencies that are malformed or make no graph.

What it finds: in DEPS, items that are not `head:relation`; heads that are no word or empty node
of the sentence; the word itself as head; items out of order (by head, then by relation) or
repeated; `root` without head 0 or head 0 without `root`; words that no path leads to from head
0. Where some sentences of a document have enhanced dependencies and others have not, that is
said once.

Why it matters: programs that read the enhanced graph stop at such a sentence.

Fix: items are sorted and exact repetitions removed.

Options: none.

Source: validation level 2 of Universal Dependencies.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Severity
from taglint.formats.conllu_sentences import DEPS, RANGE, Block, ConlluLayout, Row
from taglint.rules import Context, Problem, Rule, Scope
from taglint_rules.tokens._conllu import FORMATS, example, first_line, joined, ordered, rewrite
from taglint_rules.tokens._dependencies import faults_of, heads_of, mended, unreachable


def check(document: Document, context: Context) -> Iterator[Problem]:
    layout: ConlluLayout = document.layout
    values = layout.values[DEPS] - {"_", ""}
    if not values:
        return
    bad = {value: faults for value in values if (faults := faults_of(value))}
    without: list[Block] = []
    for block in layout.sentences():
        if set(block.column(DEPS)) <= {"_", ""}:
            without.append(block)
        else:
            yield from _block(block, bad)
    if without:
        span = first_line(without[0], document.text)
        count = f"{len(without)} of {document.sentence_count} sentences"
        message = f"{count} have no enhanced dependencies; this is the first"
        yield Problem(message, span=span, group="without")


def _block(block: Block, bad: dict[str, list[str]]) -> Iterator[Problem]:
    if bad and not bad.keys().isdisjoint(block.column(DEPS)):
        for row in block.rows:
            if row.whole and row.cells[DEPS] in bad:
                yield _malformed(row, bad[row.cells[DEPS]])
    if not ordered(block):
        return
    nodes = {row.id: row for row in block.rows if row.kind != RANGE}
    graph = {name: heads_of(row.cells[DEPS]) for name, row in nodes.items()}
    problems = list(_references(nodes, graph))
    yield from problems
    if not problems and bad.keys().isdisjoint(block.column(DEPS)):
        yield from _unreachable(nodes, graph)


def _malformed(row: Row, faults: list[str]) -> Problem:
    text = mended(row.cells[DEPS])
    change = rewrite(row, DEPS, text, f"write {text}") if text else None
    return Problem("; ".join(faults), span=row.span(DEPS), group="malformed", change=change)


def _references(nodes: dict[str, Row], graph: dict[str, list[str]]) -> Iterator[Problem]:
    for name, heads in graph.items():
        for head in dict.fromkeys(heads):
            if head == name:
                message = f"{name} is its own head in DEPS"
            elif head != "0" and head not in nodes:
                message = f"head {head} in DEPS: there is no such word or empty node"
            else:
                continue
            yield Problem(message, span=nodes[name].span(DEPS), group="head")


def _unreachable(nodes: dict[str, Row], graph: dict[str, list[str]]) -> Iterator[Problem]:
    lost = unreachable(graph)
    if lost:
        message = f"no path in DEPS leads from head 0 to {', '.join(lost)}"
        yield Problem(message, span=nodes[lost[0]].span(DEPS), group="unreachable")


GOOD = joined(
    "1 Dogs _ NOUN _ _ 2 nsubj 2:nsubj|3:nsubj _", "2 bark _ VERB _ _ 0 root 0:root _",
    "3 run _ VERB _ _ 2 conj 2:conj:and _", "3.1 x _ VERB _ _ _ _ 3:dep _",
)  # fmt: skip
PLAIN = joined("1 Hi _ INTJ _ _ 0 root _ _")

RULE = Rule(
    code="TOK109",
    name="conllu-dependencies",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    fix=Applicability.SAFE,
    formats=FORMATS,
    good=(example(GOOD), example(PLAIN)),
    bad=(
        example(GOOD.replace("2:nsubj|3:nsubj", "3:nsubj|2:nsubj"), "3:nsubj|2:nsubj", fixed=GOOD),
        example(
            GOOD.replace("2:nsubj|", "2:nsubj|2:nsubj|"), "2:nsubj|2:nsubj|3:nsubj", fixed=GOOD
        ),
        example(GOOD.replace("2:conj:and", "conj"), "conj"),
        example(GOOD.replace("2:conj:and", "2:Conj"), "2:Conj"),
        example(GOOD.replace("2:conj:and", "9:conj"), "9:conj"),
        example(GOOD.replace("2:conj:and", "3:conj"), "3:conj"),
        example(GOOD.replace("0:root", "0:dep"), "0:dep"),
        example(GOOD.replace("2:conj:and", "3.1:conj"), "3.1:conj"),
        example(GOOD + PLAIN, PLAIN.split("\n")[0]),
    ),
    check_document=check,
)
