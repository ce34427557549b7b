"""Numeral tagged as a word.

What it finds: a form that is a numeral by its spelling (`1990`, `2.5`, `30%`, `1,000`, `80余`,
`二十`, `第9`) whose tag is of a word class: `1990/nz`, `七/nz`, `6/n`. Numerals in Han characters
are reported only where the tag is one that taggers give to unknown words, since `一`, `千万` or
`九五` are adverbs, names and abbreviations as well. Time tags are left alone, and so are version
numbers, addresses and names with letters in them, and so is a kind of numerals, such as
percentages, that the corpus gives this one tag throughout while it tags plain numbers as numerals.
In Chinese text, a number behind a Latin word may be part of a name, and is reported with less
confidence.

Why it matters: counts of numerals and searches such as *numeral, classifier, noun* miss them, and
the word class they were put into fills up with numbers.

Fix: unsafe; gives the numeral the tagset's numeral tag.

Options: none.
"""

from collections.abc import Iterator
from dataclasses import replace

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType
from taglint.findings import Applicability
from taglint.patterns import lazy
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint.tagsets import Tagset
from taglint_rules.numbering._meant_tags import meant_tags
from taglint_rules.numbering._numerals import (
    OTHER_NAME,
    kind,
    may_be_mistagged,
    mistagged,
    numeral_tag,
)
from taglint_rules.numbering._tallies import (
    Tally,
    Verdicts,
    by_treatment,
    gather_numerals,
    treated,
    types_of,
)

# Confidence in a number behind a Latin word: it may be part of a name, such as of a version.
IN_NAME = 0.6
LATIN = lazy("[A-Za-zＡ-Ｚａ-ｚ_$#-]+")


def judge(counts: Tally, context: Context) -> Verdicts[str]:
    """The glosses of tags that numerals of a kind should not bear."""
    tagset = context.tagset
    if tagset is None:
        return Verdicts({})
    wrong: dict[str, str] = {}
    meant = meant_tags(counts, tagset)
    for each in by_treatment(counts):
        shape, name = each.split("\t")
        tag = tagset.find(name)
        if tag and may_be_mistagged(shape, tag, tagset) and (shape, tag.name) not in meant:
            wrong[each] = tag.en or tag.cls
    return Verdicts(wrong, types_of(counts, wrong))


def locate(document: Document, judged: Verdicts[str], context: Context) -> Iterator[Problem]:
    tagset = context.tagset
    assert tagset is not None
    types = document.vocabulary.types
    wrong = {
        index: problem
        for index, treatment in treated(document).items()
        if treatment in judged.of and (problem := _judge(types[index], tagset))
    }
    chinese = OTHER_NAME in tagset.tags
    for place in document.places(wrong):
        problem = wrong[document.ids[place]]
        confidence = problem.confidence
        if chinese and confidence > IN_NAME and _behind_latin(document, place):
            confidence = IN_NAME
        yield replace(problem, tokens=(place, place + 1), confidence=confidence)


def _behind_latin(document: Document, place: int) -> bool:
    if place == document.sentence_tokens(document.sentence_of(place)).start:
        return False
    return LATIN.fullmatch(document.token(place - 1).form.strip()) is not None


def _judge(token: TokenType, tagset: Tagset) -> Problem | None:
    """What is wrong with a type wherever it stands."""
    shape, tag = kind(token.form), tagset.find(token.tag)
    confidence = mistagged(token.form, tag, tagset) if tag else 0.0
    right = numeral_tag(token.form, tagset)
    if tag is None or not confidence or right is None:
        return None
    message = f"{shape} {token.form} is tagged {token.tag} ({tag.en or tag.cls})"
    change = Change(f"tag it {right}", Applicability.UNSAFE, ((token.form, right),))
    return Problem(message, confidence=confidence, group=f"{shape}/{token.tag}", change=change)


RULE = Rule(
    code="NUM003",
    name="numeral-as-word",
    doc=__doc__,
    scope=Scope.CORPUS,
    unless=("NUM005",),
    fix=Applicability.UNSAFE,
    good=(
        Example("1990/m 年/qt 5.3.1/nz x86/gi 3d/gi 一/d 万一/c 2008/t"),
        Example("One/NN of/IN the/DT 12/CD", tagset="penn"),
        Example("12/CD of/IN the/DT 1%/NN 2%/NN 3%/NN 4%/NN 5%/NN", tagset="penn"),
    ),
    bad=(
        Example("12/NN of/IN the/DT 1%/NN 2%/NN 3%/NN 4%/NN 5%/CD", tagset="penn",
                found=("12/NN", "1%/NN", "2%/NN", "3%/NN", "4%/NN"),
                fixed="12/CD of/IN the/DT 1%/CD 2%/CD 3%/CD 4%/CD 5%/CD"),
        Example("1990/nz 年/qt", found=("1990/nz",), fixed="1990/m 年/qt"),
        Example("３０％/nz 两/nz 第9/nz", found=("３０％/nz", "两/nz", "第9/nz"),
                fixed="３０％/m 两/m 第9/mq"),
        Example("几/d 亿/nz", found=("几/d", "亿/nz"), fixed="几/m 亿/m"),
        Example("12/NN dogs/NNS", tagset="penn", found=("12/NN",), fixed="12/CD dogs/NNS"),
    ),
    gather=gather_numerals,
    judge=judge,
    locate=locate,
)  # fmt: skip
