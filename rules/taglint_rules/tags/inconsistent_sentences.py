"""Same running words tagged differently.

What it finds: a token in a stretch of eight forms, three before it and four behind, that occurs
elsewhere with another tag, at least as often: sentences that were reprinted, headlines, phrases
of the day. The ends of a sentence count as context, so that a short sentence may be a stretch of
six. Sentences are alike, too, where only numerals or proper names differ. Words in the same
context of three forms are left to other rules; where such a rule reports a token of a longer
stretch as well, it is one defect.

Why it matters: there is no reading in which the same text has two analyses; one of the two tags
is wrong, and both are learned by whoever trains on the corpus.

How sure: the tag may be an error, the other one may be, or both are what annotators do where the
guideline leaves a form open. How often each is the case is fitted to the corpus, and what it was
here follows from how often the stretch has each of the two tags and how often the form has each
elsewhere. What is rather practice than an error is reported by `varying-practice`.

Fix: unsafe; writes the other tag. Of two places that balance only the likelier one is changed.

Options: none.

Source: variation n-grams, after Dickinson and Meurers, "Detecting Errors in Part-of-Speech
Annotation" (EACL 2003), with one long n-gram around a nucleus that is not at its fringe.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules._gathering import gather_stretches

if TYPE_CHECKING:
    from taglint_rules.tags._stretches import Stretches
    from taglint_rules.tags._variation import Verdicts


def judge(counts: Stretches, context: Context) -> Verdicts:
    from taglint_rules.tags._variation import errors

    return errors(counts, context)


def locate(document: Document, verdicts: Verdicts, context: Context) -> Iterator[Problem]:
    from taglint_rules.tags._variation import problems

    yield from problems(document, verdicts, context, lambda case: case.error)


USUAL = "我们/r 要/v 努力/ad 推进/v 和平/n 统一/vn 进程/n 。/w\n"
NAMED = "李/nr 明/nr １月/t ８日/t 在/p 上海/ns 会见/v 代表/n ，/w 王/nr 刚/nr 陪同/v\n"
TITLE = "the/at-tl House/nn-tl of/in-tl Peers/nns-tl met/vbd again/rb today/nr ./.\n"
PLAIN = TITLE.replace("-tl", "")
OTHER = "赵/nr 强/nr ２月/t ５日/t 在/p 广州/ns 会见/vn 代表/n ，/w 孙/nr 亮/nr 陪同/v\n"

RULE = Rule(
    code="TAG013",
    name="inconsistent-sentences",
    doc=__doc__,
    scope=Scope.CORPUS,
    fix=Applicability.UNSAFE,
    unless=("TAG010", "TAG011", "TAG012", "TAG018"),
    good=(
        Example(USUAL * 3 + "我们/r 要/v 统一/v 思想/n ，/w 推进/v 改革/vn", tagset="pku98"),
        Example("我/r 去/v 。/w\n我/r 去/vn 。/w\n", tagset="pku98"),
        Example(PLAIN * 2 + TITLE, tagset="brown"),
    ),
    bad=(
        Example(USUAL * 2 + USUAL.replace("统一/vn", "统一/v"), tagset="pku98", found=("v",),
                fixed=USUAL * 3),
        Example(NAMED * 2 + OTHER, tagset="pku98", found=("vn",),
                fixed=NAMED * 2 + OTHER.replace("/vn", "/v")),
        Example(PLAIN * 2 + TITLE.replace("Peers/nns", "Peers/vbz"), tagset="brown",
                found=("vbz-tl",), fixed=PLAIN * 2 + TITLE),
    ),
    gather=gather_stretches,
    judge=judge,
    locate=locate,
)  # fmt: skip
