"""Form that the corpus writes both in full width and in half width.

What it finds: letters, numerals and punctuation in the width that the corpus has less often:
`1998` where it writes `１９９８`, `ＧＤＰ` where it writes `GDP`, and the marks `,;:!?` between
Chinese words where it writes `，`. A numeral or Latin word of which the corpus has one spelling
only is reported where a hundred times as many others of its kind are in the other width.

Why it matters: one word is two to every count, and a model learns neither well.

Fix: unsafe; writes the spelling that the corpus has more often.

Options: none.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint_rules.text._width import ANY_FULL, folded, kind, other_width, places, spellings, width

NEARLY_ALL = 100
# A kind of forms, and their width.
Kind = tuple[str, str]
OTHER_WIDTH = {"half": "full", "full": "half"}


class Verdict(NamedTuple):
    """The usual spelling of a form, how often the corpus has it, and how often this one."""

    usual: str
    total: int
    own: int
    subject: str


def gather(document: Document, context: Context) -> Counter[str]:
    return spellings(document)


def judge(counts: Counter[str], context: Context) -> dict[str, Verdict]:
    """The forms in the minority."""
    if not any(map(ANY_FULL.search, counts)):
        return {}
    plain = {form: folded(form) for form in counts}
    alike: dict[str, list[str]] = {}
    for form, spelling in plain.items():
        alike.setdefault(spelling, []).append(form)
    several = [forms for forms in alike.values() if len(forms) > 1]
    verdicts: dict[str, Verdict] = {}
    for forms in several:
        usual = max(forms, key=lambda form: (counts[form], form))
        for form in forms:
            if counts[form] < counts[usual]:
                verdicts[form] = Verdict(usual, counts[usual], counts[form], "it")
    return _by_their_kind(counts, plain, set(chain.from_iterable(several))) | verdicts


def _by_their_kind(
    counts: Counter[str], plain: Mapping[str, str], several: Collection[str]
) -> dict[str, Verdict]:
    """The forms that are not of several widths, where nearly all of their kind have another."""
    kinds = {form: (kind(spelling), width(form)) for form, spelling in plain.items()}
    sums: Counter[Kind] = Counter()
    for form, count in counts.items():
        sums[kinds[form]] += count
    others = {each: sums[each[0], OTHER_WIDTH[each[1]]] for each in sums if _decides(each)}
    few = {each for each, other in others.items() if other >= NEARLY_ALL * sums[each]}
    return {
        form: Verdict(other_width(form), others[each], sums[each], f"{each[0]}s")
        for form, each in kinds.items()
        if each in few and form not in several
    }


def _decides(each: Kind) -> bool:
    name, own = each
    return bool(name) and own in OTHER_WIDTH


def locate(document: Document, verdicts: dict[str, Verdict], context: Context) -> Iterator[Problem]:
    for place in places(document, verdicts):
        form, tag, *_ = document.token(place)
        usual, count, own, subject = verdicts[form]
        message = f"{form} in {width(form)} width; the corpus has {subject} {own} times this way"
        change = Change(f"write {usual}", Applicability.UNSAFE, tokens=((usual, tag),))
        yield Problem(
            f"{message} and {count} times in {width(usual)} width, as in {usual}",
            tokens=(place, place + 1),
            part="form",
            confidence=(count - own) / (count + own + 1),
            group=folded(form),
            change=change,
        )


RULE = Rule(
    code="TXT008",
    name="width-variant",
    doc=__doc__,
    scope=Scope.CORPUS,
    fix=Applicability.UNSAFE,
    changes_text=True,
    good=(
        Example("１９９８/m 年/q ，/w １９９８/m 年/q 。/w"),
        Example("Windows/nx 95/m ,/w Office/nx ，/w 好/a ，/w 了/y"),
        Example("The/at dog/nn ,/, 1998/cd", tagset="brown"),
    ),
    bad=(
        Example("１９９８/m 年/q １９９８/m 年/q １９９８/m 年/q 1998/m 年/q", found=("1998",),
                fixed="１９９８/m 年/q １９９８/m 年/q １９９８/m 年/q １９９８/m 年/q"),
        Example("天/n ,/w 好/a ，/w ，/w", found=(",",), fixed="天/n ，/w 好/a ，/w ，/w"),
        Example("GDP/n GDP/n ＧＤＰ/n", found=("ＧＤＰ",), fixed="GDP/n GDP/n GDP/n"),
        Example("２/m " * 100 + "31/m", found=("31",), fixed="２/m " * 100 + "３１/m"),
    ),
    gather=gather,
    judge=judge,
    locate=locate,
)  # fmt: skip
