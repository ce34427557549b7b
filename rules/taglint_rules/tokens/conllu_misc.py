"""CoNLL-U item of MISC that is malformed, misspelled or misplaced.

What it finds: empty items (a `|` too many) and items without a name (`=x`); blanks around names
and values; the well-known names in another case (`spaceafter`); well-known names that are there
twice; `SpaceAfter` with another value than `No`, and `NoSpaceAfter=Yes`; `SpaceAfter` on words
inside a range and on empty nodes, which the running text does not have.

Why it matters: programs that put the text together or show glosses overlook such an item.

Fix: empty items, blanks around names and values and exact repetitions are removed, known names
are spelled as usual. Misplaced items and values are left to a person.

Options: none.

Source: validation level 2 of Universal Dependencies.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Severity
from taglint.formats.conllu_sentences import MISC, NODE, Block, ConlluLayout, Row
from taglint.patterns import lazy
from taglint.rules import Change, Context, Problem, Rule, Scope
from taglint_rules.tokens._conllu import (
    FORMATS,
    covered,
    example,
    joined,
    ordered,
    rewrite,
)  # fmt: skip

NAMES = ("SpaceAfter", "Lang", "Translit", "LTranslit", "Gloss", "LId", "LDeriv", "Ref")
MARK = lazy(r"(?:^|\|)SpaceAfter=")
USUAL = {name.lower(): name for name in NAMES}


def check(document: Document, context: Context) -> Iterator[Problem]:
    layout: ConlluLayout = document.layout
    bad = {value: faults for value in layout.values[MISC] if (faults := faults_of(value))}
    for row in layout.rows_with(MISC, bad):
        message = "; ".join(dict.fromkeys(bad[row.cells[MISC]]))
        yield Problem(message, span=row.span(MISC), group=message, change=_change(row))
    for block in layout.disordered():
        yield from _misplaced(block)


def faults_of(misc: str) -> list[str]:
    """What is wrong about a value of MISC; blanks at its edges are another rule's business."""
    if misc in ("_", ""):
        return []
    faults: list[str] = []
    names: list[str] = []
    for item in misc.strip().split("|"):
        name, sign, value = item.partition("=")
        names.append(name)
        if not item.strip():
            faults.append("an empty item")
        elif sign and not name.strip():
            faults.append(f"{item} has no name")
        elif name != name.strip() or value != value.strip():
            faults.append(f"blanks around name or value in {item.strip()}")
        faults += _known_name_faults(name.strip(), sign, value.strip())
    return faults + [f"{name} is there twice" for name in NAMES if names.count(name) > 1]


def _known_name_faults(name: str, sign: str, value: str) -> Iterator[str]:
    usual = USUAL.get(name.lower())
    if usual and usual != name:
        yield f"{name} is usually spelled {usual}"
    if name == "SpaceAfter" and sign and value != "No":
        yield f"SpaceAfter={value}: the only value is No"
    if name == "NoSpaceAfter":
        yield "NoSpaceAfter instead of SpaceAfter=No"


def _misplaced(block: Block) -> Iterator[Problem]:
    inside = covered(block) if ordered(block) else frozenset()
    for index, misc in enumerate(block.values(MISC)):
        kind = block.kinds[index]
        if kind != NODE and block.names[index] not in inside:
            continue
        if MARK.search(misc):
            where = "an empty node" if kind == NODE else "a word inside a range"
            span = block.rows[index].span(MISC)
            yield Problem(f"SpaceAfter on {where}", span=span, group=where)


def _change(row: Row) -> Change | None:
    mended = "|".join(dict.fromkeys(filter(None, map(_mended, row.cells[MISC].split("|"))))) or "_"
    if mended == row.cells[MISC] or faults_of(mended):
        return None
    return rewrite(row, MISC, mended, f"write {mended}")


def _mended(item: str) -> str:
    if item.strip() == "NoSpaceAfter=Yes":
        return "SpaceAfter=No"
    name, sign, value = item.partition("=")
    return USUAL.get(name.strip().lower(), name.strip()) + sign + value.strip()


def _example(misc: str) -> str:
    return f"1\tHi\t_\tINTJ\t_\t_\t0\troot\t_\t{misc}\n\n"


RANGED = joined(
    "1-2 al _ _ _ _ _ _ _ _", "1 a _ ADP _ _ 0 root _ _", "1.1 x _ X _ _ _ _ _ _",
    "2 el _ DET _ _ 1 det _ Note",
)  # fmt: skip

RULE = Rule(
    code="TOK110",
    name="conllu-misc",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.WARNING,
    fix=Applicability.SAFE,
    formats=FORMATS,
    good=(example(_example("Gloss=a greeting|SpaceAfter=No|note|Translit=h=i")), example(RANGED)),
    bad=(
        example(_example("Gloss=a|"), "Gloss=a|", fixed=_example("Gloss=a")),
        example(_example("Gloss = a"), "Gloss = a", fixed=_example("Gloss=a")),
        example(_example("spaceAfter=No"), "spaceAfter=No", fixed=_example("SpaceAfter=No")),
        example(_example("NoSpaceAfter=Yes"), "NoSpaceAfter=Yes", fixed=_example("SpaceAfter=No")),
        example(_example("Ref=a|Ref=a"), "Ref=a|Ref=a", fixed=_example("Ref=a")),
        example(_example("Ref=a|Ref=b"), "Ref=a|Ref=b"),
        example(_example("SpaceAfter=Yes"), "SpaceAfter=Yes"),
        example(_example("=a"), "=a"),
        example(RANGED.replace("Note", "SpaceAfter=No"), "SpaceAfter=No"),
        example(RANGED.replace("X\t_\t_\t_\t_\t_\t_", "X\t_\t_\t_\t_\t_\tSpaceAfter=No"),
                "SpaceAfter=No"),
    ),
    check_document=check,
)  # fmt: skip
