"""Numeral tagged unlike nearly all others of its kind.

What it finds: numbers, decimals, percentages, ordinals and the like, by their spelling, with a
tag that such numerals bear rarely where nearly all have the corpus's numeral tag: `1998/t` where
numbers are `m`, `30%/mq` where percentages are `m`. Numerals with the tag of a word are left to
`numeral-as-word`, and so are numerals in Han characters, which are words of many classes.

Why it matters: what is one class to every reader is two to every count.

Fix: unsafe; gives the numeral the tag that nearly all have.

Options: none.
"""

from collections.abc import Iterator
from typing import NamedTuple

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint_rules.numbering._numerals import (
    CLASSIFIER_TAGS,
    LIST_MARKER,
    OF_TIME,
    TIME_TAGS,
    WORDS,
    kind,
)
from taglint_rules.numbering._tallies import (
    Tally,
    Verdicts,
    by_treatment,
    gather_numerals,
    treated,
    types_of,
)

# How many times as often as another tag the usual one must be.
NEARLY_ALL = 50
# What may be written of days and hours, too.
LEFT_OUT = OF_TIME | WORDS | {"decimal"}


class Verdict(NamedTuple):
    """The usual tag of a kind of numeral, how often it bears it, and how often another."""

    usual: str
    times: int
    own: int


def judge(counts: Tally, context: Context) -> Verdicts[Verdict]:
    usual: dict[str, tuple[int, str]] = {}
    treated = by_treatment(counts)
    for key, count in treated.items():
        name, tag = key.split("\t")
        usual[name] = max(usual.get(name, (0, "")), (count, tag))
    numerals = context.tagset.numeral if context.tagset else ()
    verdicts: dict[str, Verdict] = {}
    for key, count in treated.items():
        times, tag = usual[key.split("\t")[0]]
        if tag in numerals and times > NEARLY_ALL * count:
            verdicts[key] = Verdict(tag, times, count)
    return Verdicts(verdicts, types_of(counts, verdicts))


def locate(document: Document, judged: Verdicts[Verdict], context: Context) -> Iterator[Problem]:
    verdicts, types = judged.of, document.vocabulary.types
    wanted = {
        index: verdicts[key]
        for index, key in treated(document).items()
        if key in verdicts
        and kind(types[index].form) not in LEFT_OUT
        and _comparable(types[index], context)
    }
    for place in document.places(wanted):
        (form, tag, *_), verdict = document.token(place), wanted[document.ids[place]]
        name, usual = kind(form), verdict.usual
        change = Change(f"tag it {usual}", Applicability.UNSAFE, ((form, usual),))
        yield Problem(
            f"{name} {form} is tagged {tag}, as {verdict.own} are; {verdict.times} are {usual}",
            tokens=(place, place + 1),
            confidence=0.7,
            group=f"{name}/{tag}",
            change=change,
        )


def _comparable(token: TokenType, context: Context) -> bool:
    """Whether a tag is one of numerals, times or classifiers: the others are words' or marks'."""
    tag = context.tagset.find(token.tag) if context.tagset else None
    if tag is None or tag.name == LIST_MARKER:
        return False
    return tag.cls == "numeral" or tag.name in (*TIME_TAGS, *CLASSIFIER_TAGS)


RULE = Rule(
    code="NUM009",
    name="numeral-tag-varies",
    doc=__doc__,
    scope=Scope.CORPUS,
    fix=Applicability.UNSAFE,
    good=(
        Example("7/m 8/m 1998/t"),
        Example("7/m " * 51 + "一/d 9/nz"),
        Example("7/CD " * 51 + "1/LS ./.", tagset="penn"),
    ),
    bad=(
        Example("7/m " * 51 + "1998/t", found=("1998/t",), fixed="7/m " * 51 + "1998/m"),
        Example("7%/m " * 51 + "8%/mq", found=("8%/mq",), fixed="7%/m " * 51 + "8%/m"),
    ),
    gather=gather_numerals,
    judge=judge,
    locate=locate,
)
