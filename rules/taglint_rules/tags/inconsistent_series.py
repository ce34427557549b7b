"""Name in a list of names that is tagged as another kind of name.

What it finds: lists such as `索尼/ntc 、/w 松下/ntc 、/w 夏普/nz` in which nearly all members have
one tag of proper names and one has another; and, with less confidence, names of the same tag that
are listed with such a name elsewhere and nowhere else. Members at the ends of a list that may be
parts of longer phrases are left alone, names that stand in lists of their own tag elsewhere too.
The more other lists mix two tags, the less this says.

Why it matters: what stands in one list is mostly of one kind, and a tagger that knows some of the
names and guesses the others splits the kind in two.

Fix: unsafe; gives the name the tag of the others.

Options: none.
"""

from collections import Counter
from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Like, Problem, Rule, Scope
from taglint_rules.tags._of_types import OfTypes, of_types
from taglint_rules.tags._series import Found, Series, enumerations, judged, series


def gather(document: Document, context: Context) -> Counter[Series]:
    return series(document, context.tagset) if context.tagset else Counter()


def judge(counts: Counter[Series], context: Context) -> OfTypes[Found]:
    return of_types(judged(counts, context.tagset), context.min_confidence)


def locate(document: Document, verdicts: OfTypes[Found], context: Context) -> Iterator[Problem]:
    for places in enumerations(document, context.tagset) if context.tagset else ():
        for place in places:
            form, tag, *_ = document.token(place)
            found = verdicts.said.get((form, tag))
            if found:
                yield _problem(place, form, tag, found)


def _problem(place: int, form: str, tag: str, found: Found) -> Problem:
    others = ", ".join(f"{other}/{found.right}" for other in found.others)
    where = "in a list with" if found.direct else "listed with a name that is in a list with"
    return Problem(
        f"{form} is tagged {tag}, {where} {others}",
        tokens=(place, place + 1),
        confidence=found.confidence,
        group=f"{form}/{tag}",
        change=Change(f"tag it {found.right}", Applicability.UNSAFE, ((form, found.right),)),
        like=tuple(Like(other, found.right) for other in found.others),
    )


LIST = "索尼/ntc 、/w 松下/ntc 、/w 夏普/{} 、/w 东芝/ntc 等/udeng 。/w 夏普/{} 和/cc 三洋/{} ，/w"

RULE = Rule(
    code="TAG015",
    name="inconsistent-series",
    doc=__doc__,
    scope=Scope.CORPUS,
    fix=Applicability.UNSAFE,
    good=(
        Example("如/v 索尼/ntc 、/w 松下/ntc 、/w 东芝/ntc 。/w 北京/ns 和/cc 松下/ntc 好/a"),
        Example("去/v 北京/ns 、/w 天津/ns 、/w 黄/nr 山/n 。/w 书/n 、/w 笔/n 、/w 云/nz 。/w"),
        Example("in/IN Paris/NNP ,/, Rome/NNP and/CC Alps/NNPS ./.", tagset="penn"),
    ),
    bad=(
        Example(LIST.format("nz", "nz", "nz"), found=("夏普/nz", "夏普/nz", "三洋/nz"),
                fixed=LIST.format("ntc", "ntc", "ntc")),
        Example("去/v 北京/ns 、/w 上海/nz 和/cc 天津/ns 。/w", found=("上海/nz",),
                fixed="去/v 北京/ns 、/w 上海/ns 和/cc 天津/ns 。/w"),
    ),
    gather=gather,
    judge=judge,
    locate=locate,
)  # fmt: skip
