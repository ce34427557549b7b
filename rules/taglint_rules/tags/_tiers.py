"""What the rules on suspect tags share: one judgement of the corpus, of which each takes a tier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from taglint.corpus.document import Document
from taglint.rules import Context, Problem

if TYPE_CHECKING:
    from taglint.corpus.contexts import Contexts
    from taglint_rules.tags._consistency.rows import Rows
    from taglint_rules.tags._consistency.tiers import Verdict


def judging(
    wanted: Callable[[Verdict], bool],
) -> Callable[[Contexts, Context], Rows[Verdict]]:
    """A function that judges a corpus by the verdicts that a tier wants."""

    def judge(table: Contexts, context: Context) -> Rows[Verdict]:
        from taglint_rules.tags._consistency.tiers import tier

        return tier(table, context, wanted)

    return judge


def locate(document: Document, verdicts: Rows[Verdict], context: Context) -> Iterator[Problem]:
    from taglint_rules.tags._consistency.tiers import problems

    yield from problems(document, verdicts, context)
