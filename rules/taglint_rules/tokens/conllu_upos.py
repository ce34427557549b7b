"""CoNLL-U tag in UPOS that is none of the 17 universal tags.

What it finds: a word or empty node whose UPOS is no universal part-of-speech tag, and words
without one where others have one. A column with no universal tag at all is reported once. Where
UPOS is the column of the tags and the tagset is `upos`, `unknown-tag` reports the words.

Why it matters: the universal tags are a closed list that every program relies on.

Fix: a tag that is right but for its case is written in upper case.

Options: none.

Source: validation level 2 of Universal Dependencies.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Edit, Severity
from taglint.formats.conllu_sentences import KNOWN, NODE, RANGE, UPOS, ConlluLayout, Row
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint_rules.tokens._conllu import FORMATS, UPOS_TAGS, joined


def check(document: Document, context: Context) -> Iterator[Problem]:
    layout: ConlluLayout = document.layout
    values = layout.values[UPOS]
    unknown = {value for value in values - UPOS_TAGS if value != "_" and _is_tag(value)}
    if not unknown and not values & UPOS_TAGS:
        return
    by_tag_rules = layout.tag_column == UPOS and getattr(context.tagset, "name", "") == "upos"
    rows = _wrong_rows(layout, frozenset({*unknown, "_"}))
    if not values & UPOS_TAGS and not by_tag_rules:
        for row in (row for row in rows if row.cells[UPOS] != "_"):
            message = "the column UPOS holds none of the universal tags"
            yield Problem(message, span=row.span(UPOS), group="all")
            break
        return
    for row in rows:
        if row.kind == NODE or not by_tag_rules:
            yield _problem(row)


def _is_tag(value: str) -> bool:
    """Empty values and blanks are another rule's business."""
    return len(value.split()) == 1 and value == value.strip()


def _wrong_rows(layout: ConlluLayout, wrong: frozenset[str]) -> Iterator[Row]:
    nodes = wrong - {"_"}
    plain = wrong.isdisjoint(layout.known_values[UPOS])
    for block in layout.blocks(unless=KNOWN if plain else 0):
        if not (wrong.isdisjoint(block.word_column(UPOS)) and nodes.isdisjoint(block.column(UPOS))):
            rows = (row for row in block.rows if row.whole and row.cells[UPOS] in wrong)
            yield from filter(_is_wrong, rows)


def _is_wrong(row: Row) -> bool:
    """Ranges have no tag; empty nodes need none."""
    return row.kind != RANGE and not (row.kind == NODE and row.cells[UPOS] == "_")


def _problem(row: Row) -> Problem:
    tag, span = row.cells[UPOS], row.span(UPOS)
    if tag == "_":
        return Problem("word without UPOS, where others have one", span=span, group="_")
    change = None
    if tag.upper() in UPOS_TAGS:
        edits = (Edit(*span, tag.upper()),)
        change = Change(f"write {tag.upper()}", Applicability.UNSAFE, edits=edits)
    return Problem(f"{tag} is no universal tag", span=span, group=tag, change=change)


def _example(text: str, *found: str, fixed: str | None = None, tagset: str = "penn") -> Example:
    return Example(text, found, fixed, "conllu", tagset)


GOOD = joined(
    "1-2 al _ _ _ _ _ _ _ _", "1 a _ ADP IN _ 3 case _ _", "2 el _ DET DT _ 3 det _ _",
    "3 mar _ NOUN NN _ 0 root _ _", "3.1 x _ _ _ _ _ _ 3:dep _",
)  # fmt: skip
NODE_TAGGED = GOOD.replace("3.1\tx\t_\t_", "3.1\tx\t_\tNN")

RULE = Rule(
    code="TOK112",
    name="conllu-upos",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    fix=Applicability.UNSAFE,
    formats=FORMATS,
    good=(
        _example(GOOD),
        _example(GOOD, tagset="upos"),
        _example(GOOD.replace("NOUN", "NN"), tagset="upos"),
        _example(joined("1 a _ _ IN _ _ _ _ _")),
    ),
    bad=(
        _example(GOOD.replace("NOUN", "Noun"), "Noun", fixed=GOOD),
        _example(GOOD.replace("NOUN", "N"), "N"),
        _example(GOOD.replace("NOUN", "_"), "_"),
        _example(NODE_TAGGED, "NN", tagset="upos"),
        _example(joined("1 a _ IN _ _ 2 case _ _", "2 sea _ NN _ _ 0 root _ _"), "IN"),
    ),
    check_document=check,
)
