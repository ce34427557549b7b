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

# Id of the word or empty node, message, group.
Fault = tuple[str, str, str]


def check(document: Document, context: Context) -> Iterator[Problem]:
    layout: ConlluLayout = document.layout
    values = layout.values[DEPS] - {"_", ""}
    if not values:
        return
    bad = {value: faults for value in values if (faults := faults_of(value))}
    without: list[Block] = []
    heads = Heads()
    for block in layout.sentences():
        if set(block.column(DEPS)) <= {"_", ""}:
            without.append(block)
        else:
            yield from _block(block, bad, heads)
    if without:
        span = first_line(without[0], document.text)
        count = f"{len(without)} of {document.sentence_count} sentences"
        message = f"{count} have no enhanced dependencies; this is the first"
        yield Problem(message, span=span, group="without")


class Heads(dict[str, list[str]]):
    """The heads in each distinct value of DEPS."""

    def __missing__(self, deps: str) -> list[str]:
        found = self[deps] = heads_of(deps)
        return found


def _block(block: Block, bad: dict[str, list[str]], heads: Heads) -> Iterator[Problem]:
    malformed = bool(bad) and not bad.keys().isdisjoint(block.column(DEPS))
    if malformed:
        for row in block.rows:
            if row.whole and row.cells[DEPS] in bad:
                yield _malformed(row, bad[row.cells[DEPS]])
    if not ordered(block):
        return
    rows = zip(block.names, block.column(DEPS), block.kinds, strict=True)
    graph = {name: heads[deps] for name, deps, kind in rows if kind != RANGE}
    faults = list(_references(graph))
    if not faults and not malformed:
        faults = list(_unreachable(graph))
    if faults:
        # Most sentences have none: rows are not made for them.
        nodes = {row.id: row for row in block.rows if row.kind != RANGE}
        for name, message, group in faults:
            yield Problem(message, span=nodes[name].span(DEPS), group=group)


def _malformed(row: Row, faults: list[str]) -> Problem:
    text = mended(row.cells[DEPS])
    change = rewrite(row, DEPS, text, f"write {text}") if text else None
    return Problem("; ".join(faults), span=row.span(DEPS), group="malformed", change=change)


def _references(graph: dict[str, list[str]]) -> Iterator[Fault]:
    for name, heads in graph.items():
        for head in dict.fromkeys(heads):
            if head == name:
                yield name, f"{name} is its own head in DEPS", "head"
            elif head != "0" and head not in graph:
                yield name, f"head {head} in DEPS: there is no such word or empty node", "head"


def _unreachable(graph: dict[str, list[str]]) -> Iterator[Fault]:
    lost = unreachable(graph)
    if lost:
        message = f"no path in DEPS leads from head 0 to {', '.join(lost)}"
        yield lost[0], message, "unreachable"


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
