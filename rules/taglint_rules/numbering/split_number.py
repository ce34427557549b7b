"""Number split at its own mark.

What it finds: decimals, thousands, percentages, times of day, calendar dates, fractions and
mixed numerals that are several tokens (`1/m ./w 8/m`, `50/m ,/w 000/m`, `70/m 亿/m`) where the
corpus has those of its kind in one; decimals, thousands, times and dates also where it has none.
A corpus that splits a kind of number as a rule may do so, and what it has in one token is reported
where that is rare.

Why it matters: 1 and 8 are counted instead of 1.8, and the mark as the end of a sentence.

Fix: unsafe; makes the number one token with the tagset's numeral tag.

Options: none.
"""

from collections.abc import Iterator
from typing import NamedTuple

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint_rules.numbering._compounds import (
    Split,
    split_numbers,
    treatments,
    whole_numbers,
)
from taglint_rules.numbering._numerals import kind, numeral_tag
from taglint_rules.numbering._tallies import Tally, Verdicts, by_treatment, types_of

# Confidence in a number of this kind being one token where the corpus does not show it.
ALONE = {"decimal": 0.7, "thousands": 0.7, "calendar date": 0.6, "clock time": 0.55}
# How many times as often as the other a treatment must be to be the rule.
RULE_OF = 20
WAYS = ("whole", "split")


class Verdict(NamedTuple):
    """What is reported of a kind of number: its treatment, the counts and the confidence."""

    split: bool
    whole_count: int
    split_count: int
    confidence: float


def gather(document: Document, context: Context) -> Tally:
    return treatments(document)


def judge(counts: Tally, context: Context) -> Verdicts[Verdict]:
    verdicts = {name: verdict for name, verdict in _judged(counts) if verdict.confidence}
    wrong = {f"{name}\t{WAYS[verdict.split]}" for name, verdict in verdicts.items()}
    return Verdicts(verdicts, types_of(counts, wrong))


def _judged(counts: Tally) -> Iterator[tuple[str, Verdict]]:
    times = by_treatment(counts)
    for name in sorted({key.split("\t")[0] for key in times}):
        whole, split = times[f"{name}\twhole"], times[f"{name}\tsplit"]
        share = abs(whole - split) / (whole + split + 1)
        if split > RULE_OF * whole > 0:
            yield name, Verdict(False, whole, split, share)
        elif split:
            confidence = max(share if whole > split else 0.0, ALONE.get(name, 0.0))
            yield name, Verdict(True, whole, split, confidence)


def locate(document: Document, found: Verdicts[Verdict], context: Context) -> Iterator[Problem]:
    verdicts = found.of
    rare = frozenset(name for name, verdict in verdicts.items() if not verdict.split)
    if len(rare) < len(verdicts):
        for split in split_numbers(document):
            if split.kind in verdicts and split.kind not in rare:
                yield _problem(document, split, verdicts[split.kind], context)
    for place in whole_numbers(document, rare) if rare else ():
        name = kind(document.token(place).form)
        yield _problem(document, Split(place, place + 1, name), verdicts[name], context)


def _problem(document: Document, split: Split, verdict: Verdict, context: Context) -> Problem:
    tokens = [document.token(index) for index in range(split.first, split.last)]
    form = "".join(token.form for token in tokens)
    ways = f"{verdict.whole_count} in one token, {verdict.split_count} split"
    what = "is split" if verdict.split else "is one token"
    tag = numeral_tag(form, context.tagset) if context.tagset else None
    change = Change("make it one token", Applicability.UNSAFE, ((form, tag),)) if tag else None
    return Problem(
        f"{split.kind} {form} {what}; the corpus has {ways}",
        tokens=(split.first, split.last),
        confidence=verdict.confidence,
        group=split.kind,
        change=change if verdict.split else None,
    )


RULE = Rule(
    code="NUM005",
    name="split-number",
    doc=__doc__,
    scope=Scope.CORPUS,
    fix=Applicability.UNSAFE,
    good=(
        Example("1.8/m 倍/q ，/w 50/m %/w ，/w 16/m ：/w 9/m 。/w 1/m ./w 2/m 个/q"),
        Example("9.5/CD %/NN ,/, 3/CD //HYPH 4/CD", tagset="penn"),
    ),
    bad=(
        Example("有/v 1/m ./w 8/m 倍/q", found=("1/m ./w 8/m",), fixed="有/v 1.8/m 倍/q"),
        Example("有/v 50/m ,/w 000/m 人/n", found=("50/m ,/w 000/m",), fixed="有/v 50,000/m 人/n"),
        Example("5%/m 6%/m 7%/m 8/m %/w", found=("8/m %/w",), fixed="5%/m 6%/m 7%/m 8%/m"),
        Example("2亿/m 3亿/m 70/nz 亿/nz", found=("70/nz 亿/nz",), fixed="2亿/m 3亿/m 70亿/m"),
        Example("1/CD %/NN " * 21 + "30%/CD", tagset="penn", found=("30%/CD",)),
    ),
    gather=gather,
    judge=judge,
    locate=locate,
)
