"""Classifier, unit or vague numeral behind a number, tagged as another word.

What it finds: behind a numeral 多, 余 or 来 that is no numeral (`4800/m 多/a 名/q`), the unit of a
date or time that is neither classifier nor time word (`1/m 月/n 25/m 日/b`, `8/m 点/gi`), and a
common short classifier of the tagset that is a noun, pronoun or localiser (`三/m 本/rz 书/n`).

Why it matters: taggers choose the most frequent tag of such words, which is another one; behind a
number there is no choice, and quantities and dates are missed by any search for them.

Fix: unsafe; gives 多, 余 and 来 the tag of numerals, and units and classifiers that of classifiers.

Options: none.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint_rules.numbering._numerals import classifier_tag
from taglint_rules.numbering._units import VAGUE, counts, right_tag


def check(document: Document, context: Context) -> Iterator[Problem]:
    types, ids, tagset = document.vocabulary.types, document.ids, context.tagset
    if tagset is None or classifier_tag("", tagset) is None:
        return
    # Two tagsets may have one name; those of a run live as long as its vocabulary.
    wrong = document.types_where(
        (RULE.code, id(tagset)), lambda token: len(token.form) == 1 and right_tag(token, tagset)
    )
    for place in document.places(wrong) if wrong else ():
        number = document.token(place - 1) if place else None
        if number and counts(number, types[ids[place]].form, tagset):
            yield _problem(document, place, wrong[ids[place]])


def _problem(document: Document, place: int, right: str) -> Problem:
    form, tag, *_ = document.token(place)
    change = Change(f"tag it {right}", Applicability.UNSAFE, ((form, right),))
    return Problem(
        f"{form} behind the number {document.token(place - 1).form} is tagged {tag}",
        tokens=(place, place + 1),
        confidence=0.9 if form in VAGUE else 0.8,
        group=f"{form}/{tag}",
        change=change,
    )


RULE = Rule(
    code="NUM008",
    name="unit-as-word",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    fix=Applicability.UNSAFE,
    good=(
        Example("200/m 多/m 位/q 10/m 月/t 一/d 多/a 就/d 乱/a 三/m 位/q"),
        Example("15/m 月/n 很/d 多/a 点/gi 本/rz 书/n 1/m 对/p 3/m"),
        Example("20/CD dogs/NNS", tagset="penn"),
    ),
    bad=(
        Example("4800/m 多/a 名/q", found=("多/a",), fixed="4800/m 多/m 名/q"),
        Example("1/m 月/n 25/m 日/b", found=("月/n", "日/b"), fixed="1/m 月/qt 25/m 日/qt"),
        Example("三/nz 本/rz 书/n", found=("本/rz",), fixed="三/nz 本/q 书/n"),
    ),
    check_document=check,
)
