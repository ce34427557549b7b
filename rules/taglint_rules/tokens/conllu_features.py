"""CoNLL-U features that are malformed or out of order.

What it finds: in FEATS, items that are not `Name=Value` (letters and digits, an upper-case letter
first), features out of alphabetical order (case does not count), a feature named twice, values
of one feature out of order or repeated.

Why it matters: the order is part of the format, so that equal features are equal strings.

Fix: features and values are sorted; empty items and exact repetitions are removed. A feature
with two different values is left to a person.

Options: none.

Source: validation level 2 of Universal Dependencies.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Severity
from taglint.formats.conllu_sentences import FEATS, ConlluLayout, Row
from taglint.patterns import lazy
from taglint.rules import Change, Context, Problem, Rule, Scope
from taglint_rules.tokens._conllu import FORMATS, example, joined, rewrite

FEATURE = lazy(
    r"[A-Z][A-Za-z0-9]*(?:\[[a-z0-9]+\])?=[A-Z0-9][A-Za-z0-9]*(?:,[A-Z0-9][A-Za-z0-9]*)*"
)


def check(document: Document, context: Context) -> Iterator[Problem]:
    layout: ConlluLayout = document.layout
    bad = {value: faults for value in layout.values[FEATS] if (faults := faults_of(value))}
    for row in layout.rows_with(FEATS, bad):
        value = row.cells[FEATS]
        message = "; ".join(bad[value])
        yield Problem(message, span=row.span(FEATS), group=value, change=_change(row))


def faults_of(feats: str) -> list[str]:
    """What is wrong about a value of FEATS; blanks are another rule's business."""
    if feats in ("_", "") or len(feats.split()) != 1 or feats != feats.strip():
        return []
    features = feats.split("|")
    faults = [f"{item or 'an empty item'} is no Name=Value" for item in features
              if not FEATURE.fullmatch(item)]  # fmt: skip
    names = [item.partition("=")[0] for item in features]
    faults += [f"feature {name} is there twice" for name in _repeated(names)]
    if not faults and features != sorted(features, key=str.lower):
        faults.append("features are not in alphabetical order")
    for item in features:
        faults += _value_faults(*item.partition("=")[::2])
    return faults


def _value_faults(name: str, value: str) -> Iterator[str]:
    values = value.split(",")
    if len(set(values)) != len(values):
        yield f"a value of {name} is repeated"
    if values != sorted(values, key=str.lower):
        yield f"the values of {name} are not in alphabetical order"


def _repeated(names: list[str]) -> list[str]:
    return sorted({name for name in names if name and names.count(name) > 1})


def _change(row: Row) -> Change | None:
    features = [item for item in row.cells[FEATS].split("|") if item]
    mended = "|".join(sorted(dict.fromkeys(map(_sorted_values, features)), key=str.lower)) or "_"
    if mended == row.cells[FEATS] or faults_of(mended):
        return None
    return rewrite(row, FEATS, mended, f"write {mended}")


def _sorted_values(feature: str) -> str:
    name, sign, value = feature.partition("=")
    return name + sign + ",".join(sorted(dict.fromkeys(value.split(",")), key=str.lower))


def _example(feats: str) -> str:
    return joined(f"1 dogs dog NOUN _ {feats} 0 root _ _")


RULE = Rule(
    code="TOK106",
    name="conllu-features",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    fix=Applicability.SAFE,
    formats=FORMATS,
    good=(example(_example("_")), example(_example("Case=Acc,Nom|Number=Plur|Number[psor]=Sing"))),
    bad=(
        example(_example("Number=Plur|Case=Nom"), "Number=Plur|Case=Nom",
                fixed=_example("Case=Nom|Number=Plur")),
        example(_example("Case=Nom,Acc"), "Case=Nom,Acc", fixed=_example("Case=Acc,Nom")),
        example(_example("Case=Acc,Acc"), "Case=Acc,Acc", fixed=_example("Case=Acc")),
        example(_example("Case=Nom|"), "Case=Nom|", fixed=_example("Case=Nom")),
        example(_example("Case=Acc|Case=Nom"), "Case=Acc|Case=Nom"),
        example(_example("case=Nom"), "case=Nom"),
        example(_example("Plural"), "Plural"),
    ),
    check_document=check,
)  # fmt: skip
