"""Makes decisions of findings: what a person ruled about one, in terms of content."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from taglint.corpus.document import Document
from taglint.decisions import Decision, Scope, Verdict
from taglint.engine.deciding import located, neighbours, place_of, spelled
from taglint.engine.proofs import decoded_with
from taglint.engine.session import Session
from taglint.findings import Applicability, Finding, Fix, TaglintError
from taglint.formats.base import running_text

SHOWN = 12


@dataclass(frozen=True)
class Who:
    """Who decides, and on which day (`2026-01-31`); both may be empty."""

    name: str = ""
    day: str = ""


def whoever(name: str | None = None) -> Who:
    """Who decides today; without a name, whom git calls the user."""
    day = datetime.now(UTC).astimezone().date().isoformat()
    return Who(_git_name() if name is None else name, day)


def _git_name() -> str:
    try:
        done = subprocess.run(
            ["git", "config", "user.name"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace").strip()


def keep(session: Session, item: Finding, scope: Scope, who: Who) -> Decision:
    """It is right as it is."""
    document = session.document(item.path)
    return _decision(document, item, located(document, item), Verdict.KEEP, scope, (), who)


def accept(session: Session, item: Finding, scope: Scope, who: Who) -> Decision:
    """Its fix is right. Raises `TaglintError` where it has none that can be applied."""
    document = session.document(item.path)
    if item.fix is None or item.fix.applicability is Applicability.DISPLAY:
        raise TaglintError("this finding has no fix that can be applied")
    outcome = result(session, document, item, item.fix)
    if outcome is None:
        tokens = located(document, item)
        return _decision(document, item, tokens, Verdict.ACCEPT, Scope.PLACE, (), who)
    tokens, to = outcome
    return _decision(document, item, tokens, Verdict.CHANGE, scope, to, who)


def change(session: Session, item: Finding, to: Sequence[str], scope: Scope, who: Who) -> Decision:
    """Its tokens become others, as `form/tag`. Raises `TaglintError` where they cannot."""
    document = session.document(item.path)
    first, last = located(document, item)
    if first == last:
        raise TaglintError("this finding is about no tokens")
    forms, tags = zip(*(part.rpartition("/")[::2] for part in to), strict=True) if to else ((), ())
    if not all(forms) or not all(tags):
        raise TaglintError("write each token as form/tag")
    old = running_text(document, first, last)
    if "".join(forms) != old:
        raise TaglintError(f"the tokens must spell {old}")
    format_ = session.plugins.formats[document.format]
    for form, tag in zip(forms, tags, strict=True):
        if not format_.can_write(form, tag):
            raise TaglintError(f"the format {format_.name} cannot hold {form}/{tag}")
    same = list(forms) == [document.token(index).form for index in range(first, last)]
    if not same and not format_.resegments:
        raise TaglintError(f"the format {format_.name} bars new boundaries")
    tokens = (first, last)
    if tuple(to) == spelled(document, first, last):
        return _decision(document, item, tokens, Verdict.KEEP, scope, (), who)
    return _decision(document, item, tokens, Verdict.CHANGE, scope, tuple(to), who)


def _decision(
    document: Document,
    item: Finding,
    tokens: tuple[int, int],
    verdict: Verdict,
    scope: Scope,
    to: tuple[str, ...],
    who: Who,
) -> Decision:
    first, last = tokens
    about = first < last
    left, right = neighbours(document, first, last) if about else ("", "")
    if not about:
        scope = Scope.PLACE
    everywhere = scope is Scope.EVERYWHERE
    return Decision(
        rule=item.code,
        tokens=spelled(document, first, last),
        verdict=verdict,
        scope=scope,
        to=to,
        finding=item.fingerprint if scope is Scope.PLACE else "",
        at=place_of(document, first, last) if about and scope is Scope.PLACE else "",
        left="" if everywhere else left,
        right="" if everywhere else right,
        text=around(document, first, last) if scope is Scope.PLACE else "",
        by=who.name,
        on=who.day,
    )


def around(document: Document, first: int, last: int) -> str:
    """A place for readers: its text in brackets, with some of the text on either side."""
    if first >= last:
        return ""
    home = document.sentence_tokens(document.sentence_of(first))
    before = running_text(document, max(home.start, first - SHOWN), first)[-SHOWN:]
    after = running_text(document, last, min(home.stop, last + SHOWN))[:SHOWN]
    return f"{before}[{running_text(document, first, last)}]{after}"


def result(
    session: Session, document: Document, item: Finding, fix: Fix
) -> tuple[tuple[int, int], tuple[str, ...]] | None:
    """What a fix makes of tokens: the tokens it is about and what they become, as `form/tag`;
    None where it changes the text, or no token."""
    first, last = located(document, item)
    tags = _retagged(document, fix, first, last)
    if tags:
        return (first, last), tags
    after = decoded_with(session, document, [fix])
    if after is None or first == last or running_text(after) != running_text(document):
        return None
    for edit in fix.edits:
        low, high = document.tokens_within(edit.start, max(edit.end, edit.start + 1))
        if low < high:
            first, last = min(first, low), max(last, high)
    start = len(running_text(document, 0, first))
    end = len(running_text(document, 0, last))
    new = _between(after, start, end)
    if new is None:
        return None
    old, to = spelled(document, first, last), spelled(after, *new)
    return None if old == to else ((first, last), to)


def _retagged(document: Document, fix: Fix, first: int, last: int) -> tuple[str, ...]:
    """The tokens with new tags, where a fix does no more than that; decoding costs much more."""
    new = {(edit.start, edit.end): edit.text for edit in fix.edits}
    tags: list[str] = []
    for index in range(first, last):
        token, span = document.token(index), document.span(index)
        text = new.pop((span.tag_start, span.tag_end), token.tag)
        if token.flaw or not text.strip():
            return ()
        tags.append(f"{token.form}/{text}")
    changed = tuple(tags) != spelled(document, first, last)
    return tuple(tags) if changed and not new else ()


def _between(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """The tokens of a stretch of running text, None where one lies across its ends."""
    types, at, first = document.vocabulary.types, 0, -1
    for place, index in enumerate(document.ids):
        if at == start and first < 0:
            first = place
        at += len(types[index].form)
        if at >= end:
            return (first, place + 1) if at == end and first >= 0 else None
    return None
