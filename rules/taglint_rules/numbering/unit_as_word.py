"""Classifier, unit or vague numeral behind a number, tagged as another word.

What it finds: behind a numeral 多, 余 or 来 that is no numeral (`4800/m 多/a 名/q`), the unit of a
date or time that is neither classifier nor time word (`1/m 月/n 25/m 日/b`, `8/m 点/gi`), and a
common short classifier of the tagset that is a noun, pronoun or localiser (`三/m 本/rz 书/n`).

Why it matters: taggers choose the most frequent tag of such words, which is another one; behind a
number there is no choice, and quantities and dates are missed by any search for them.

Fix: unsafe; gives 多, 余 and 来 the tag of numerals, and units and classifiers that of classifiers.

Options: none.
"""

import re
from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint.tagsets import Tagset
from taglint_rules.numbering._numerals import (
    CLASSIFIER_TAGS,
    TIME_TAGS,
    classifier_tag,
    kind,
    numeral_tag,
    plain,
    unknown_to_tagger,
)

COUNTED = frozenset(("integer", "decimal", "thousands", "mixed numeral", "Han numeral"))
VAGUE = frozenset("多余来")
UNITS = {
    "月": re.compile("0?[1-9]|1[0-2]"),
    "日": re.compile("0?[1-9]|[12][0-9]|3[01]"),
    "点": re.compile("0?[0-9]|1[0-9]|2[0-4]"),
}
# Of these, a word behind a number is none: 一对, "1 to …".
NOT_COUNTED = frozenset(("NOUN", "PRON", "X"))
LOCALISER = "f"
STROKE = "下"


def check(document: Document, context: Context) -> Iterator[Problem]:
    types, ids, tagset = document.vocabulary.types, document.ids, context.tagset
    if tagset is None or classifier_tag("", tagset) is None:
        return
    short = (index for index in document.type_ids if len(types[index].form) == 1)
    wrong = {index: right for index in short if (right := _right(types[index], tagset))}
    for place in document.places(wrong) if wrong else ():
        number = document.token(place - 1) if place else None
        if number and _counts(number, types[ids[place]].form, tagset):
            yield _problem(document, place, wrong[ids[place]])


def _right(token: TokenType, tagset: Tagset) -> str | None:
    """The tag that a token should have behind a number; none where it has it."""
    tag = tagset.find(token.tag)
    if tag is None or tag.cls in ("numeral", "punctuation"):
        return None
    if tag.name in (*CLASSIFIER_TAGS, *TIME_TAGS) or tag.parent in CLASSIFIER_TAGS:
        return None
    if token.form in VAGUE:
        return numeral_tag(token.form, tagset)
    right = classifier_tag(token.form, tagset)
    if token.form in UNITS:
        return right
    known = right is not None and token.form in tagset.tags[right].typical
    return right if known and (tag.upos in NOT_COUNTED or tag.name == LOCALISER) else None


def _counts(number: TokenType, form: str, tagset: Tagset) -> bool:
    """Whether a token is a number that a word behind it belongs to."""
    spelled, tag = plain(number.form), tagset.find(number.tag)
    if tag is None or not (tag.cls == "numeral" or unknown_to_tagger(tag, tagset)):
        return False
    if form in UNITS:
        return UNITS[form].fullmatch(spelled) is not None
    # 一 may be an adverb (一多, 一来), and 下 a verb (三下乡), but 一下 counts.
    if form in VAGUE or form == STROKE:
        return kind(number.form) in COUNTED and (number.form == "一") == (form == STROKE)
    return kind(number.form) in COUNTED


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
        Example("1/m 月/n 25/m 日/b", found=("月/n", "日/b"), fixed="1/m 月/q 25/m 日/q"),
        Example("三/nz 本/rz 书/n", found=("本/rz",), fixed="三/nz 本/q 书/n"),
    ),
    check_document=check,
)
