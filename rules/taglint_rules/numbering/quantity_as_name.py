"""Numeral and classifier in one token that is tagged as a name.

What it finds: a form made of a numeral and a classifier (`三个/nz`, `几年/nz`, `余家/nz`) or a date
in words (`一九九八年/nz`, `28日/nz`) whose tag is one that taggers give to unknown words.

Why it matters: taggers call what their dictionary lacks a name. The same construction is a
quantity beside it (`一个/mq`), and a count of names is full of quantities.

Fix: unsafe; a date gets the tag of time words, and a quantity is split into numeral and classifier;
after 多, 几, 数 and 余 it stays one word with the tag of numerals.

Options: none.
"""

from taglint.corpus.vocabulary import TokenType
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint.tagsets import Tagset
from taglint_rules.numbering._numerals import (
    STARTING,
    is_date,
    kind,
    quantity,
    split_quantity,
    time_tag,
    unknown_to_tagger,
)

# Before a classifier these make a word with it: 多次, 几天, 数人, 余家.
BOUND = frozenset("多几数余")


def check(token: TokenType, context: Context) -> Problem | None:
    parts, tagset = quantity(token.form), context.tagset
    dated = is_date(token.form)
    if tagset is None or not (parts or dated) or kind(token.form):
        return None
    tag = tagset.find(token.tag)
    if tag is None or not unknown_to_tagger(tag, tagset):
        return None
    what = "date" if dated else "numeral with classifier"
    message = f"{what} {token.form} is tagged {token.tag} ({tag.en or tag.cls})"
    change = _tag_date(token.form, tagset) if dated else _count(token.form, parts, tagset)
    return Problem(message, confidence=0.9, group=f"{what}/{token.tag}", change=change)


def _tag_date(form: str, tagset: Tagset) -> Change | None:
    right = time_tag(tagset)
    return Change(f"tag it {right}", Applicability.UNSAFE, ((form, right),)) if right else None


def _count(form: str, parts: tuple[str, str] | None, tagset: Tagset) -> Change | None:
    if parts is None or not tagset.numeral:
        return None
    if parts[0] in BOUND:
        right = tagset.numeral[-1]
        return Change(f"tag it {right}", Applicability.UNSAFE, ((form, right),))
    return split_quantity(parts, tagset)


RULE = Rule(
    code="NUM004",
    name="quantity-as-name",
    doc=__doc__,
    scope=Scope.TYPE,
    fix=Applicability.UNSAFE,
    good=(Example("一个/mq 三/m 个/q 一块/s 一行/n 三亚/ns 一家人/n 十分/d 五点/t"),),
    bad=(
        Example("三个/nz 层面/n", found=("三个/nz",), fixed="三/m 个/q 层面/n"),
        Example("第一名/nz 余家/nz 80年代/nz", found=("第一名/nz", "余家/nz", "80年代/nz"),
                fixed="第一/mq 名/q 余家/mq 80年代/t"),
        Example("七位/nz 专家/n", tagset="pku98", found=("七位/nz",), fixed="七/m 位/q 专家/n"),
    ),
    among=lambda vocabulary, _: vocabulary.beginning(STARTING),
    check_type=check,
)  # fmt: skip
