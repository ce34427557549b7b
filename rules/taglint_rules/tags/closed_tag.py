"""Tag of a closed class on a word that is not in the class.

What it finds: a tag of which the tagset lists all words there are, on another one: `that/WRB`,
`说/vshi`. Words of letters that are one or two letters from a listed one are probably misspelled
and tagged as what was meant, and so is what follows the torn-off beginning of a word, `where/GW
ever/WRB`; these are reported with little confidence.

Why it matters: closed classes are what parsers and searches rely on most.

Fix: unsafe; writes the tag of the same family whose list has the word (`that/WDT`, of the tags
that begin with `W`), else the tag of the word's other places that fits the neighbours best; none
where the word occurs nowhere else.

Options: none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules._gathering import gather

if TYPE_CHECKING:
    from taglint.corpus.contexts import Contexts
    from taglint_rules.tags._consistency.rows import Rows


def judge(table: Contexts, context: Context) -> Rows[str]:
    from taglint_rules.tags._consistency.closed import judge_closed

    return judge_closed(table, context)


def locate(document: Document, verdicts: Rows[str], context: Context) -> Iterator[Problem]:
    from taglint_rules.tags._consistency.closed import closed_problems

    yield from closed_problems(document, verdicts, context)


RULE = Rule(
    code="TAG012",
    name="closed-tag-on-other-word",
    doc=__doc__,
    scope=Scope.CORPUS,
    fix=Applicability.UNSAFE,
    good=(
        Example("我/rr 是/vshi 人/n"),
        Example("Where/WRB there/EX is/VBZ", tagset="penn"),
        Example("当然/d 说/v", tagset="pku98"),
    ),
    bad=(
        Example("我/rr 说/vshi 话/n 他/rr 说/v 话/n", found=("vshi",),
                fixed="我/rr 说/v 话/n 他/rr 说/v 话/n"),
        Example("the/DT day/NN that/WRB they/PRP came/VBD", tagset="penn", found=("WRB",),
                fixed="the/DT day/NN that/WDT they/PRP came/VBD"),
        Example("out/PRP$ house/NN", tagset="penn", found=("PRP$",)),
    ),
    gather=gather,
    judge=judge,
    locate=locate,
)  # fmt: skip
