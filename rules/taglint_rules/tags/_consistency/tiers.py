"""Suspects by the evidence against them, each with its counts in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from taglint.corpus.contexts import Contexts
from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Change, Context, Like, Problem
from taglint.tagsets import Tagset
from taglint_rules._memory import kept
from taglint_rules.tags._allowed import may_bear
from taglint_rules.tags._consistency.around import Around
from taglint_rules.tags._consistency.conditions import Question
from taglint_rules.tags._consistency.evidence import Evidence
from taglint_rules.tags._consistency.glance import Glance
from taglint_rules.tags._consistency.marks import unmarked
from taglint_rules.tags._consistency.rows import Rows, rows_of
from taglint_rules.tags._consistency.suspects import Suspects, find_suspects
from taglint_rules.tags._consistency.view import Integers, shared_view


@dataclass(frozen=True, slots=True)
class Verdict:
    """A suspect tag; counts leave the token itself out.

    own, other: tags without marks. mark: what the token's tag has besides. where: the narrowest
    context in which the other tag was seen. in_context: how often the own and the other tag were
    seen there. seen: how often the form bears each at all.
    """

    form: str
    own: str
    other: str
    chance: float
    where: str
    in_context: tuple[int, int]
    seen: tuple[int, int]
    left: str
    right: str
    mark: str = ""

    @property
    def same_words(self) -> bool:
        return self.where == "word between words"


def tier(table: Contexts, context: Context, wanted: Callable[[Verdict], bool]) -> Rows[Verdict]:
    """The verdicts that a tier wants; all tiers share one judgement of the table."""
    chosen = {
        row: item
        for row, item in _judged(table, context).items()
        # What may not be borne at all is reported by the rules on types.
        if wanted(item)
        and may_bear(item.form, item.own, context.tagset)
        and may_bear(item.form, item.other, context.tagset)
    }
    return rows_of(table, chosen)


def _judged(table: Contexts, context: Context) -> dict[int, Verdict]:
    """By row the verdicts that are so sure."""

    def said() -> dict[int, Verdict]:
        about = partial(table.present, context.types)
        suspects = _suspects(unmarked(table, context.tagset), about, context)
        least = context.min_confidence
        return _said(suspects, table, max(least, suspects.least)) if suspects else {}

    return kept("verdicts", (table,), said, context.shared)  # type: ignore[no-any-return]


def _said(suspects: Suspects, table: Contexts, least: float) -> dict[int, Verdict]:
    """The verdicts with the marks that the tags in the table have."""
    found = dict(_verdicts(suspects, least))
    if suspects.view.table is not table:
        for row, verdict in found.items():
            tag = table.tags[table.middle[row] - 1]
            found[row] = replace(verdict, mark=tag[len(verdict.own) :])
    return found


def _suspects(
    table: Contexts, about: Callable[[Integers], NDArray[np.bool_]], context: Context
) -> Suspects | None:
    view, tagset = shared_view(table, context), context.tagset
    if tagset is None:
        return find_suspects(view, about)
    others = _tags(tagset, "other") | _put_together(set(table.tags.tolist()), tagset)
    return find_suspects(view, about, others, _tags(tagset, "morpheme"))


def _tags(tagset: Tagset, cls: str) -> set[str]:
    return {tag.name for tag in tagset.tags.values() if tag.cls == cls}


def _put_together(names: set[str], tagset: Tagset) -> set[str]:
    """Those of the tags that are built of others, as contractions and foreign words have them."""
    known = ((name, tagset.find(name)) for name in names)
    return {name for name, tag in known if tag and tag.name.casefold() != name.casefold()}


def problems(document: Document, verdicts: Rows[Verdict], context: Context) -> Iterator[Problem]:
    for token, verdict in verdicts.found(document):
        if verdict.chance >= context.min_confidence:
            yield _problem(token, verdict)


def _problem(token: int, verdict: Verdict) -> Problem:
    form, own, other = verdict.form, verdict.own, verdict.other
    right = f"{other}{verdict.mark}"
    change = Change(f"tag {form} {right}", Applicability.UNSAFE, tokens=((form, right),))
    return Problem(
        message(verdict),
        tokens=(token, token + 1),
        part="tag",
        confidence=verdict.chance,
        group=f"{form} {own} {other}",
        change=change,
        like=tuple(Like(form, tag, verdict.left, verdict.right) for tag in (other, own)),
    )


def message(verdict: Verdict) -> str:
    """The counts in words."""
    form, own, other = verdict.form, verdict.own, verdict.other
    first = f"{form} is tagged {own}{verdict.mark} here"
    elsewhere = f"elsewhere {_times(verdict.seen[1], other)}, {_times(verdict.seen[0], own)}"
    if not any(verdict.seen):
        return f"{first}; its ending and its neighbours suggest {other}"
    if not verdict.where:
        return f"{first}; {elsewhere}"
    near = {
        "word between words": f"between {verdict.left or '⟨'} and {verdict.right or '⟩'}",
        "word after word": f"after {verdict.left or 'a sentence begins'}",
        "word before word": f"before {verdict.right or 'a sentence ends'}",
    }.get(verdict.where, "between these tags")
    counts = f"{_times(verdict.in_context[1], other)}, {_times(verdict.in_context[0], own)}"
    return f"{first}; {near} {counts}; {elsewhere}"


def _times(count: int, tag: str) -> str:
    return {0: f"never {tag}", 1: f"once {tag}"}.get(count, f"{count} times {tag}")


def _stepped(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """In steps of their log odds: a token more elsewhere is not another verdict."""
    sure = np.clip(chances, 1e-6, 1 - 1e-6)
    odds = np.round(np.log(sure / (1 - sure)) / STEP) * STEP
    return np.asarray(1 / (1 + np.exp(-odds)))


def _verdicts(suspects: Suspects, least: float) -> Iterator[tuple[int, Verdict]]:
    """By row of the table, the verdicts that are so sure."""
    view, compared, table = suspects.view, suspects.compared, suspects.view.table
    every = _stepped(suspects.chance).round(4)
    # A tag that the form was never seen with is a guess, and so not worth listing far down.
    needed = np.where(compared.other_seen > 0, least, max(least, GUESSED))
    chosen = np.flatnonzero(every >= needed)
    row, own, other = compared.row[chosen], compared.own[chosen], compared.other[chosen]
    where, own_there, other_there = _narrowest(suspects.glance, row, own, other)
    columns = (
        row, view.form[table.middle[row]], own, other, every[chosen], where,
        own_there, other_there, compared.own_seen[chosen], compared.other_seen[chosen],
        view.form[table.left[row]], view.form[table.right[row]],
    )  # fmt: skip
    forms, tags = view.forms, view.tags
    for at, form, mine, rival, chance, name, few, many, seen, rival_seen, left, right in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        yield at, Verdict(
            forms[form], tags[mine], tags[rival], chance, CONTEXTS[name], (few, many),
            (seen, rival_seen), forms[left], forms[right],
        )  # fmt: skip


# From this chance on a tag is worth listing that the form was never seen with.
GUESSED = 0.02
# Of log odds: at most .0125 of a chance.
STEP = 0.05
CONTEXTS = ("word between words", "word after word", "word before word", "tags", "")


def _narrowest(
    glance: Glance, row: Integers, own: Integers, other: Integers
) -> tuple[Integers, Integers, Integers]:
    """The first context of `CONTEXTS` in which the other tag was seen more often than the own
    one, and both counts."""
    where = np.full(len(row), len(CONTEXTS) - 1)
    own_there, other_there = np.zeros_like(row), np.zeros_like(row)
    few, around = Evidence(glance, row, ()), Around(glance.view, row)
    for number, name in reversed(list(enumerate(CONTEXTS[:3]))):
        mine, _ = few.seen(name, Question(row, own, own), around)
        theirs, _ = few.seen(name, Question(row, own, other), around)
        better = theirs > mine
        where[better] = number
        own_there[better], other_there[better] = mine[better], theirs[better]
    return where, own_there, other_there
