"""Numeral tagged as a word.

What it finds: a form that is a numeral by its spelling (`1990`, `2.5`, `30%`, `1,000`, `80余`,
`二十`, `第9`) whose tag is of a word class: `1990/nz`, `七/nz`, `6/n`. Numerals in Han characters
are reported only where the tag is one that taggers give to unknown words, since `一`, `千万` or
`九五` are adverbs, names and abbreviations as well. Time tags are left alone, and so are version
numbers, addresses and names with letters in them.

Why it matters: counts of numerals and searches such as *numeral, classifier, noun* miss them, and
the word class they were put into fills up with numbers.

Fix: unsafe; gives the numeral the tagset's numeral tag.

Options: none.
"""

from taglint.corpus.vocabulary import TokenType
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint_rules.numbering._numerals import kind, mistagged, numeral_tag


def check(token: TokenType, context: Context) -> Problem | None:
    shape, tagset = kind(token.form), context.tagset
    tag = tagset.find(token.tag) if shape and tagset else None
    if tagset is None or tag is None:
        return None
    confidence = mistagged(token.form, tag, tagset)
    right = numeral_tag(token.form, tagset)
    if not confidence or right is None:
        return None
    message = f"{shape} {token.form} is tagged {token.tag} ({tag.en or tag.cls})"
    change = Change(f"tag it {right}", Applicability.UNSAFE, ((token.form, right),))
    return Problem(message, confidence=confidence, group=f"{shape}/{token.tag}", change=change)


RULE = Rule(
    code="NUM003",
    name="numeral-as-word",
    doc=__doc__,
    scope=Scope.TYPE,
    fix=Applicability.UNSAFE,
    good=(
        Example("1990/m 年/qt 5.3.1/nz x86/gi 3d/gi 一/d 万一/c 2008/t"),
        Example("One/NN of/IN the/DT 12/CD", tagset="penn"),
    ),
    bad=(
        Example("1990/nz 年/qt", found=("1990/nz",), fixed="1990/m 年/qt"),
        Example("３０％/nz 两/nz 第9/nz", found=("３０％/nz", "两/nz", "第9/nz"),
                fixed="３０％/m 两/m 第9/mq"),
        Example("几/d 亿/nz", found=("几/d", "亿/nz"), fixed="几/m 亿/m"),
        Example("12/NN dogs/NNS", tagset="penn", found=("12/NN",), fixed="12/CD dogs/NNS"),
    ),
    check_type=check,
)  # fmt: skip
