"""Numeral and classifier, or number and unit of a date, in one token where others are two.

What it finds: quantities (`三个/m`, `161个/m`) and dates (`1998年/t`, `7日/t`) that are one token
where nearly all of the corpus are two, or two where nearly all are one (`7/m 日/q`). Quantities
that are words of their own, such as `一个`, `多次` or `几天`, are left alone.

Why it matters: the same construction is found by one search and missed by the other, and a
segmenter learns neither.

Fix: unsafe; splits or joins as nearly all of the corpus does.

Options: none.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint_rules.numbering._numerals import (
    numeral_tag,
    quantity,
    split_quantity,
    time_tag,
)
from taglint_rules.numbering._quantities import DATE, Pair, split_pairs, treatments, wholes
from taglint_rules.numbering._tallies import Tally, Verdicts, by_treatment, types_of

# How many times as often as the other a treatment must be to be the rule.
RULE_OF = 20
WAYS = ("whole", "split")


class Verdict(NamedTuple):
    """The rare treatment of quantities or dates, and how often the corpus has either."""

    split: bool
    rare: int
    usual: int


def gather(document: Document, context: Context) -> Tally:
    return treatments(document, context.tagset)


def judge(counts: Tally, context: Context) -> Verdicts[Verdict]:
    verdicts: dict[str, Verdict] = {}
    times = by_treatment(counts)
    for what in sorted({key.split("\t")[0] for key in times}):
        wholes, splits = times[f"{what}\twhole"], times[f"{what}\tsplit"]
        if splits and wholes > RULE_OF * splits:
            verdicts[what] = Verdict(True, splits, wholes)
        elif wholes and splits > RULE_OF * wholes:
            verdicts[what] = Verdict(False, wholes, splits)
    wrong = {f"{what}\t{WAYS[verdict.split]}" for what, verdict in verdicts.items()}
    return Verdicts(verdicts, types_of(counts, wrong))


def locate(document: Document, judged: Verdicts[Verdict], context: Context) -> Iterator[Problem]:
    verdicts = judged.of
    split = {what for what, verdict in verdicts.items() if verdict.split}
    for pair in split_pairs(document, split, judged.types):
        yield _problem(document, pair, verdicts[pair.what], context)
    for pair in _wholes(document, verdicts.keys() - split, context):
        yield _problem(document, pair, verdicts[pair.what], context)


def _wholes(document: Document, kinds: Collection[str], context: Context) -> Iterator[Pair]:
    names = wholes(document, context.tagset) if kinds else {}
    for place in document.places({index for index, name in names.items() if name in kinds}):
        yield Pair(place, place + 1, names[document.ids[place]])


def _problem(document: Document, pair: Pair, verdict: Verdict, context: Context) -> Problem:
    form = "".join(document.token(index).form for index in range(pair.first, pair.last))
    ways = ("two tokens", "one token") if verdict.split else ("one token", "two tokens")
    message = f"{pair.what} {form} is {ways[0]}; the corpus has {verdict.rare} such"
    # A number of years may look like the name of one.
    sure = 0.8 if verdict.split else 0.95
    return Problem(
        f"{message} and {verdict.usual} of {ways[1]}",
        tokens=(pair.first, pair.last),
        confidence=sure * verdict.usual / (verdict.usual + verdict.rare),
        group=f"{pair.what} {ways[0]}",
        change=_change(form, pair.what, verdict, context),
    )


def _change(form: str, what: str, verdict: Verdict, context: Context) -> Change | None:
    tagset, parts = context.tagset, quantity(form)
    if tagset is None:
        return None
    if verdict.split:
        tag = time_tag(tagset) if what == DATE else numeral_tag(form, tagset)
        joined = ((form, tag),) if tag else ()
        return Change("make it one token", Applicability.UNSAFE, joined) if joined else None
    return split_quantity(parts, tagset) if parts else None


RULE = Rule(
    code="NUM006",
    name="quantity-style",
    doc=__doc__,
    scope=Scope.CORPUS,
    fix=Applicability.UNSAFE,
    good=(
        Example("三/m 个/q " * 30 + "一个/m 多次/m 三角/n", tagset="pku98"),
        Example("1998年/t " * 30 + "6000/m 年/q", tagset="pku98"),
    ),
    bad=(
        Example("三/m 个/q " * 21 + "161个/m", tagset="pku98", found=("161个/m",),
                fixed="三/m 个/q " * 21 + "161/m 个/q"),
        Example("1998年/t " * 21 + "7/m 日/q", tagset="pku98", found=("7/m 日/q",),
                fixed="1998年/t " * 21 + "7日/t"),
    ),
    gather=gather,
    judge=judge,
    locate=locate,
)  # fmt: skip
