"""Foreign string, address or symbol tagged unlike others of its shape.

What it finds: forms whose tag is not the one that nearly all other forms of the same shape have in
this corpus: in Chinese text strings of Latin letters (lower, upper and mixed case, with digits,
single letters), in any text web and mail addresses and symbols; and spellings of one form in
another case or width that have another tag (`GPU/nz` beside `gpu/n`). Distinct forms are counted,
so that a frequent one does not decide. A tag that several such forms bear is probably meant, and
units, numerals and marks that the tagset lists are left alone; numbers have rules of their own.

Why it matters: taggers guess strings they do not know, and a search for one tag misses the half
that was guessed differently.

Fix: unsafe; gives the form the tag that the others have.

Options: none.
"""

from collections import Counter
from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint_rules.tags._of_types import OfTypes, of_types
from taglint_rules.tags._shapes import Pair, Verdict, gathered, judged


def gather(document: Document, context: Context) -> Counter[Pair]:
    return gathered(document, context)


def judge(counts: Counter[Pair], context: Context) -> OfTypes[Verdict]:
    return of_types(judged(counts, context.tagset), context.min_confidence)


def locate(document: Document, verdicts: OfTypes[Verdict], context: Context) -> Iterator[Problem]:
    for place in verdicts.places(document):
        form, tag, *_ = document.token(place)
        yield _problem(place, form, tag, verdicts.said[form, tag])


def _problem(place: int, form: str, tag: str, verdict: Verdict) -> Problem:
    shape, usual, agreeing, total, confidence = verdict
    if shape == "variant":
        why = f"other spellings of it are {usual} {agreeing} times of {total}"
    else:
        why = f"{agreeing} of {total} other {_plural(shape)} are {usual}"
    return Problem(
        f"{form} is tagged {tag}; {why}",
        tokens=(place, place + 1),
        confidence=confidence,
        group=f"{shape}/{tag}" if shape != "variant" else f"{form}/{tag}",
        change=Change(f"tag it {usual}", Applicability.UNSAFE, ((form, usual),)),
    )


def _plural(shape: str) -> str:
    if "string" in shape:
        return shape.replace("string", "strings")
    return f"{shape}es" if shape.endswith("s") else f"{shape}s"


NAMES = "用/v abc/nx 和/c def/nx 和/c ghi/nx 和/c jkl/nx 和/c mno/nx 和/c {} 很/d 好/a 的/ude1"

RULE = Rule(
    code="TAG014",
    name="inconsistent-shape",
    doc=__doc__,
    scope=Scope.CORPUS,
    fix=Applicability.UNSAFE,
    good=(
        Example(NAMES.format("pqr/nx")),
        Example(NAMES.format("3/m mb/q")),
        Example("the/DT cat/NN May/NNP may/MD US/NNP us/PRP", tagset="penn"),
    ),
    bad=(
        Example(NAMES.format("pqr/v"), found=("pqr/v",), fixed=NAMES.format("pqr/nx")),
        Example("用/v gpu/n 和/c 好/a gpu/n ，/w 用/v GPU/nz", found=("GPU/nz",),
                fixed="用/v gpu/n 和/c 好/a gpu/n ，/w 用/v GPU/n"),
    ),
    gather=gather,
    judge=judge,
    locate=locate,
)  # fmt: skip
