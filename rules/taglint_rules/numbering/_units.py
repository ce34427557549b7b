"""What stands behind a number and counts: units of dates, classifiers, 多 余 来."""

from __future__ import annotations

import re

from taglint.corpus.vocabulary import TokenType
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


def right_tag(token: TokenType, tagset: Tagset) -> str | None:
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


def counts(number: TokenType, form: str, tagset: Tagset) -> bool:
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


def must_count(number: str, form: str, tag: str, tagset: Tagset | None) -> bool:
    """Whether a form behind a number would be wrong with a tag, whatever that of the number is."""
    numeral = numeral_tag(number, tagset) if tagset else None
    if tagset is None or numeral is None or classifier_tag("", tagset) is None or len(form) != 1:
        return False
    right = right_tag(TokenType(form, tag), tagset)
    return right is not None and counts(TokenType(number, numeral), form, tagset)
