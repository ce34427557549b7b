"""CoNLL-U dependency relation that is malformed or not universal.

What it finds: in DEPREL, a relation that is not of the shape `name` or `name:subtype` in
lower-case letters; in DEPREL and DEPS, one whose name is none of the 37 universal relations (in
DEPS `ref` is allowed too). A document that mostly has relations of another scheme is left alone.

Why it matters: the universal relations are a closed list that every program relies on; most
often an unknown one is a slip.

Fix: none.

Options: none.

Source: validation level 2 of Universal Dependencies.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Severity
from taglint.formats.conllu_sentences import DEPREL, DEPS, NODE, RANGE, ConlluLayout
from taglint.patterns import lazy
from taglint.rules import Context, Problem, Rule, Scope
from taglint_rules.tokens._conllu import FORMATS, example, joined

SHAPE = lazy(r"[a-z]+(?::[a-z]+)?")
UNIVERSAL = frozenset(
    ("acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "clf", "compound",
     "conj", "cop", "csubj", "dep", "det", "discourse", "dislocated", "expl", "fixed", "flat",
     "goeswith", "iobj", "list", "mark", "nmod", "nsubj", "nummod", "obj", "obl", "orphan",
     "parataxis", "punct", "reparandum", "root", "vocative", "xcomp")
)  # fmt: skip


def check(document: Document, context: Context) -> Iterator[Problem]:
    layout: ConlluLayout = document.layout
    relations = {value for value in layout.values[DEPREL] if value != "_" and _is_one(value)}
    known = {value for value in relations if _main(value) in UNIVERSAL}
    if len(known) * 2 < len(relations):
        return
    bad = {value: _fault(value) for value in relations if _fault(value)}
    for row in layout.rows_with(DEPREL, bad):
        if row.kind not in (RANGE, NODE):
            value = row.cells[DEPREL]
            yield Problem(f"{value} {bad[value]}", span=row.span(DEPREL), group=value)
    enhanced = {value: names for value in layout.values[DEPS] if (names := _unknown(value))}
    for row in layout.rows_with(DEPS, enhanced):
        names = enhanced[row.cells[DEPS]]
        message = f"{', '.join(names)} in DEPS is no universal relation"
        yield Problem(message, span=row.span(DEPS), group=names[0])


def _is_one(value: str) -> bool:
    """Empty values and blanks are another rule's business."""
    return len(value.split()) == 1 and value == value.strip()


def _main(relation: str) -> str:
    return relation.partition(":")[0]


def _fault(relation: str) -> str:
    if not SHAPE.fullmatch(relation):
        return "is not of the shape name or name:subtype"
    return "" if _main(relation) in UNIVERSAL else "is no universal relation"


def _unknown(deps: str) -> list[str]:
    """The names in a value of DEPS that are no relations; malformed items are left alone."""
    mains = [item.split(":")[1] for item in deps.split("|") if item.count(":")]
    return [name for name in mains if name.isalpha() and name not in UNIVERSAL | {"ref"}]


GOOD = joined(
    "1 Dogs _ NOUN _ _ 2 nsubj 2:nsubj|2:ref _", "2 bark _ VERB _ _ 0 root 0:root _",
    "3 now _ ADV _ _ 2 obl:tmod 2:obl:tmod _",
)  # fmt: skip

RULE = Rule(
    code="TOK114",
    name="conllu-relation",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    formats=FORMATS,
    good=(
        example(GOOD),
        example(joined("1 Dogs _ NOUN _ _ 2 SBJ _ _", "2 bark _ VERB _ _ 0 ROOT _ _")),
    ),
    bad=(
        example(GOOD.replace("\tnsubj\t", "\tnsbj\t"), "nsbj"),
        example(GOOD.replace("\tobl:tmod\t", "\tobl:Tmod\t"), "obl:Tmod"),
        example(GOOD.replace("2:obl:tmod", "2:obj:x|2:ob"), "2:obj:x|2:ob"),
    ),
    check_document=check,
)
