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

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Severity
from taglint.formats.conllu_sentences import DEPREL, HEAD, TREE, Block, ConlluLayout
from taglint.rules import Context, Problem, Rule, Scope
from taglint_rules.tokens._conllu import FORMATS, example, joined, ordered
from taglint_rules.tokens._tree import faults_of


def check(document: Document, context: Context) -> Iterator[Problem]:
    layout: ConlluLayout = document.layout
    if layout.values[HEAD] <= {"_"}:
        return
    for block in layout.sentences(unless=TREE):
        if ordered(block):
            yield from _block(block)


def _block(block: Block) -> Iterator[Problem]:
    heads, relations = block.word_column(HEAD), block.word_column(DEPREL)
    ids = [str(place + 1) for place in range(len(heads))]
    faults = list(faults_of(ids, heads, relations))
    words = block.words if faults else []
    for index, column, message in faults:
        yield Problem(message, span=words[index].span(column), group=str(column))


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
