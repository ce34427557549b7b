"""List marker tokenised or tagged unlike others.

What it finds: markers of list items whose tag is that of a word (`1./nz`, `①/n`, `a/nz )/w`); and
markers of one style that are one token here and several there (`1./m` beside `1/m ./w`), or that
bear another tag than nearly all others: the minority is reported.

Why it matters: the structure of a document can only be read from its markers if they look alike,
and a marker that is called a name is one to every count of names.

Fix: unsafe; gives the marker the tag or the tokens that the corpus has most often, or the tagset's
numeral tag where all are wrong.

Options: none.
"""

from __future__ import annotations

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint.tagsets import Tagset
from taglint_rules.numbering._marker_styles import Verdict, judged, listed, treatment
from taglint_rules.numbering._markers import Marker, pieces, value_token
from taglint_rules.numbering._numerals import mistagged
from taglint_rules.numbering._tallies import Tally, Verdicts, by_treatment, tally, types_of


def gather(document: Document, context: Context) -> Tally:
    return Tally(
        (treatment(document, marker), tally(document, marker.first, marker.last))
        for marker in listed(document)
    )


def judge(counts: Tally, context: Context) -> Verdicts[Verdict]:
    verdicts = judged(by_treatment(counts), context.tagset)
    return Verdicts(verdicts, types_of(counts, verdicts))


def locate(document: Document, found: Verdicts[Verdict], context: Context) -> Iterator[Problem]:
    for marker in listed(document) if found else ():
        verdict = found.of.get(treatment(document, marker))
        if verdict and not _known(document, marker, context.tagset):
            yield _problem(document, marker, verdict, context.tagset)


def _known(document: Document, marker: Marker, tagset: Tagset | None) -> bool:
    """Whether another rule reports the marker's number as a mistagged numeral."""
    token = document.token(value_token(document, marker))
    tag = tagset.find(token.tag) if tagset else None
    return tag is not None and tagset is not None and mistagged(token.form, tag, tagset) > 0


def _problem(
    document: Document, marker: Marker, verdict: Verdict, tagset: Tagset | None
) -> Problem:
    at = value_token(document, marker)
    extent = (at, at + 1) if verdict.split is None else (marker.first, marker.last)
    form = "".join(document.token(index).form for index in range(*extent))
    return Problem(
        verdict.message,
        tokens=extent,
        confidence=verdict.confidence,
        group=treatment(document, marker).replace("\t", " "),
        change=_change(form, verdict, tagset),
    )


def _change(form: str, verdict: Verdict, tagset: Tagset | None) -> Change | None:
    if verdict.split:
        tokens = pieces(form, verdict.tag, tagset)
        return Change("split it", Applicability.UNSAFE, tokens) if tokens else None
    message = f"tag it {verdict.tag}" if verdict.split is None else "make it one token"
    return Change(message, Applicability.UNSAFE, ((form, verdict.tag),)) if verdict.tag else None


RULE = Rule(
    code="NUM002",
    name="list-marker-style",
    doc=__doc__,
    scope=Scope.CORPUS,
    fix=Applicability.UNSAFE,
    good=(
        Example("1./m 好/a 。/w 2./m 好/a"),
        Example("（/w Ａ/nx ）/w 好/a 。/w （/w Ｂ/nx ）/w 好/a", tagset="pku98"),
        Example("1/nz ./w 好/a 。/w 2/nz ./w 好/a"),
    ),
    bad=(
        Example("1./nz 好/a 。/w 2./nz 好/a", found=("1./nz", "2./nz"),
                fixed="1./m 好/a 。/w 2./m 好/a"),
        Example("①/n 好/a 。/w ②/n 好/a", found=("①/n", "②/n"), fixed="①/m 好/a 。/w ②/m 好/a"),
        Example("a/nz )/w 好/a 。/w b/nz )/w 好/a", found=("a/nz", "b/nz"),
                fixed="a/x )/w 好/a 。/w b/x )/w 好/a"),
        Example("1/m ./w 好/a 。/w 2/m ./w 好/a 。/w 3./m 好/a", found=("3./m",),
                fixed="1/m ./w 好/a 。/w 2/m ./w 好/a 。/w 3/m ./w 好/a"),
        Example("（/w 一/m ）/w 好/a 。/w （二）/m 好/a 。/w （三）/m 好/a",
                found=("（/w 一/m ）/w",),
                fixed="（一）/m 好/a 。/w （二）/m 好/a 。/w （三）/m 好/a"),
    ),
    gather=gather,
    judge=judge,
    locate=locate,
)  # fmt: skip
