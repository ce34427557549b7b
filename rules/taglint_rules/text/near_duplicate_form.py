"""Rare Latin form that is one letter away from another form.

What it finds: in text of another script, pairs of forms of five Latin letters or more that differ
by one letter put in, left out, replaced or exchanged with its neighbour (`nvlink` and `lvlink`),
where one of them at least is rare. Forms that differ only in their endings, as inflected ones do,
or in upper and lower case are left out.

Why it matters: the rarer form is often a misspelling of the other, and at times the other way
round: the counts alone cannot say which.

Fix: none; the message gives both counts.

Options: `rare`, how often the rarer form may occur; `shortest`, the letters a form must have.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from taglint.corpus.document import Document
from taglint.findings import Severity
from taglint.patterns import lazy
from taglint.rules import Context, Example, Option, Problem, Rule, Scope

OTHER_SCRIPT = lazy("[\u0370-\u1dff\u2e80-\ud7ff\uf900-\uffdc\U00020000-\U000323af]")
# Endings by which forms of one word differ.
ENDINGS = frozenset(("", "s", "d", "r", "n", "y", "e", "x", "l", "ing"))
# How many times as often as the rarer form the other must occur to be the likely spelling.
OFTEN = 5


class Neighbour(NamedTuple):
    """The other form of a pair, how often it occurs, and how often the form itself."""

    form: str
    times: int
    own: int


def gather(document: Document, context: Context) -> Counter[str]:
    counts = Counter[str]()
    if not any(map(OTHER_SCRIPT.match, document.characters)):
        return counts
    types = document.vocabulary.types
    for index, count in document.type_counts.items():
        form = types[index].form.strip()
        if len(form) >= context.options["shortest"] and form.isascii() and form.isalpha():
            counts[form.lower()] += count
    return counts


def judge(counts: Counter[str], context: Context) -> dict[str, Neighbour]:
    """The rare forms of pairs, each with its most frequent neighbour."""
    verdicts: dict[str, Neighbour] = {}
    for pair in sorted(_pairs(counts)):
        for form, other in (pair, pair[::-1]):
            own, times = counts[form], counts[other]
            known = verdicts.get(form, Neighbour("", 0, own))
            if own <= context.options["rare"] and own < OFTEN * times and times > known.times:
                verdicts[form] = Neighbour(other, times, own)
    return verdicts


def _pairs(counts: Counter[str]) -> set[tuple[str, str]]:
    """All pairs of forms that one edit makes of each other: both less a letter are alike."""
    shortened: dict[str, list[str]] = {}
    for form in counts:
        for less in {form, *(form[:at] + form[at + 1 :] for at in range(len(form)))}:
            shortened.setdefault(less, []).append(form)
    return {
        (min(one, other), max(one, other))
        for forms in shortened.values()
        for at, one in enumerate(forms)
        for other in forms[at + 1 :]
        if one != other and near(one, other)
    }


def near(one: str, other: str) -> bool:
    """Whether one letter put in, left out, replaced or exchanged makes one form the other.

    Forms that differ in their endings alone do not count.
    """
    short, long = sorted((one, other), key=len)
    at = sum(1 for _ in takewhile(_same, zip(short, long, strict=False)))
    rest, longer = short[at:], long[at:]
    if rest in ENDINGS and longer in ENDINGS:
        return False
    if len(short) < len(long):
        return rest == longer[1:]
    exchanged = rest[:2] == longer[1::-1] and rest[2:] == longer[2:]
    return rest[1:] == longer[1:] or exchanged


def _same(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def locate(
    document: Document, verdicts: dict[str, Neighbour], context: Context
) -> Iterator[Problem]:
    types = document.vocabulary.types
    wanted = {index for index in document.type_ids if types[index].form.strip().lower() in verdicts}
    for place in document.places(wanted) if verdicts else ():
        form = document.token(place).form.strip()
        other, times, own = verdicts[form.lower()]
        yield Problem(
            f"{form} ({own} in the corpus) is one letter away from {other} ({times})",
            tokens=(place, place + 1),
            part="form",
            confidence=0.6 if times >= OFTEN * own else 0.5,
            group="~".join(sorted((form.lower(), other))),
        )


RULE = Rule(
    code="TXT019",
    name="near-duplicate-form",
    doc=__doc__,
    scope=Scope.CORPUS,
    severity=Severity.INFO,
    default=False,
    options={
        "rare": Option(3, "how often the rarer form may occur", kind="int", least=1),
        "shortest": Option(5, "letters that a form must have", kind="int", least=1),
    },
    good=(
        Example("云/n model/n models/n tidb/n tikv/n 2023/m 2024/m"),
        Example("云/n nvlink/nz Nvlink/nz NVLINK/nz"),
        Example("track/NN crack/NN", tagset="penn"),
    ),
    bad=(
        Example("nvlink/nz 和/c lvlink/nz 和/c lvlink/nz", found=("nvlink", "lvlink", "lvlink")),
        Example("云/n " + "tensorflow/nz " * 5 + "tensorflwo/nz", found=("tensorflwo",)),
    ),
    gather=gather,
    judge=judge,
    locate=locate,
)
