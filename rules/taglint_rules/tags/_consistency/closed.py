"""Tags of closed classes on words that are not in them, with the tag that fits best instead."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

import numpy as np

from taglint.corpus.contexts import Contexts
from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Change, Context, Problem
from taglint.tagsets import Tag, Tagset
from taglint_rules.tags._consistency.candidates import Tokens, compare, rivals
from taglint_rules.tags._consistency.evidence import Evidence
from taglint_rules.tags._consistency.glance import Glance
from taglint_rules.tags._consistency.rows import Rows, rows_of
from taglint_rules.tags._consistency.view import Integers, View, shared_view
from taglint_rules.tags._spelling import within_two

SURE, UNSURE = 0.9, 0.2
SHOWN = 6


def judge_closed(table: Contexts, context: Context) -> Rows[str]:
    """The rows with such a tag, with the tag that the counts speak for, `""` if they do not."""
    tagset, view = context.tagset, shared_view(table, context)
    listed = {at: tag for at, name in enumerate(view.tags) if (tag := exhaustive(tagset, name))}
    types = [
        index
        for index in np.flatnonzero(np.isin(view.tag, list(listed))).tolist()
        if outside_of(view.forms[view.form[index]], listed[view.tag[index]])
    ]
    rows = np.flatnonzero(np.isin(table.middle, types)) if types else np.zeros(0, np.int64)
    return rows_of(table, _best(view, tagset, rows) if len(rows) else {})


def _best(view: View, tagset: Tagset | None, rows: Integers) -> dict[int, str]:
    own = view.own(rows)
    glance = Glance(view)
    compared = compare(Evidence(glance, rows), rivals(glance, Tokens(rows, own, own), -np.inf))
    kin = {
        row: kin_of(view.forms[_form(view, row)], _tag(view, row), tagset) for row in rows.tolist()
    }
    best = dict(kin)
    for row, other, seen in zip(
        compared.row.tolist(), compared.other.tolist(), compared.other_seen.tolist(), strict=True
    ):
        tag = view.tags[other]
        if (
            seen
            and not kin[row]
            and not outside_of(view.forms[_form(view, row)], exhaustive(tagset, tag))
        ):
            best[row] = tag
    return best


def _form(view: View, row: int) -> int:
    return int(view.form[view.table.middle[row]])


def _tag(view: View, row: int) -> str:
    return view.tags[int(view.tag[view.table.middle[row]])]


def kin_of(form: str, name: str, tagset: Tagset | None) -> str:
    """Of the tags that the tagset lists a word under, the one whose name is most like that of the
    tag it bears: tags of a family share their first letters, and are taken for each other. Empty
    where none is like it, or several are."""
    alike: dict[int, list[str]] = {}
    for tag in tagset.tags.values() if tagset else ():
        if tag.words & {form, form.lower()}:
            alike.setdefault(_shared_letters(name, tag.name), []).append(tag.name)
    most = max(alike, default=0)
    return alike[most][0] if most and len(alike[most]) == 1 else ""


def _shared_letters(one: str, other: str) -> int:
    """How many letters two tags begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def exhaustive(tagset: Tagset | None, name: str) -> Tag | None:
    """The tag if it is one of which all words are listed."""
    tag = tagset.find(name) if tagset else None
    return tag if tag is not None and tag.exhaustive and tag.name == name else None


def outside_of(form: str, tag: Tag | None) -> bool:
    return tag is not None and not {form, form.lower()} & tag.words


def closed_problems(document: Document, best: Rows[str], context: Context) -> Iterator[Problem]:
    for token, other in best.found(document):
        form, name, *_ = document.token(token)
        tag = exhaustive(context.tagset, name)
        assert tag is not None
        meant = form.isascii() and any(within_two(form.lower(), word) for word in tag.words)
        unsure = meant or _is_part(document, token, context.tagset)
        yield _problem(token, form, tag, other, UNSURE if unsure else SURE)


def _is_part(document: Document, token: int, tagset: Tagset | None) -> bool:
    """Whether a token may be the end of a word that was split by mistake, whose tag it bears: a
    tag of no word class stands before it, or before a hyphen."""
    first = document.sentence_tokens(document.sentence_of(token)).start
    before = range(max(first, token - 2), token)
    tags = [tagset.find(document.token(index).tag) for index in before] if tagset else []
    return any(tag is not None and tag.cls == "other" for tag in tags)


def _problem(token: int, form: str, tag: Tag, other: str, confidence: float) -> Problem:
    listed = ", ".join(sorted(tag.words)[:SHOWN]) + (" …" if len(tag.words) > SHOWN else "")
    change = Change(f"tag {form} {other}", Applicability.UNSAFE, tokens=((form, other),))
    return Problem(
        f"{form} is tagged {tag.name} ({tag.en}), whose words are {listed}",
        tokens=(token, token + 1),
        part="tag",
        confidence=confidence,
        group=f"{form}/{tag.name}",
        change=change if other else None,
    )
