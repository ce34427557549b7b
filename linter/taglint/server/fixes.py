"""What to change in the documents of a project: one fix, those with one cause, all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from taglint.corpus.encoding import Source
from taglint.engine.fixing import apply_proven, fix_all, without_overlaps
from taglint.engine.session import Session
from taglint.findings import Applicability, Edit, Finding
from taglint.reporters.display import ELLIPSIS, escaped
from taglint.rules import ALL, Rule, Scope
from taglint.server.edits import difference
from taglint.server.project import GiveWay
from taglint.server.view import View

SAFE = frozenset((Applicability.SAFE,))
UNSAFE = frozenset((Applicability.SAFE, Applicability.UNSAFE))
Changes = dict[str, list[Edit]]
LONGEST = 40


@dataclass(frozen=True)
class Cause:
    """What findings have in common that one decision settles."""

    code: str
    group: str
    fix: str


def cause(finding: Finding) -> Cause:
    group = finding.group or "\0".join(finding.tokens)
    return Cause(finding.code, group, finding.fix.message if finding.fix else "")


def is_applicable(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.applicability in UNSAFE


def proposed(view: View, finding: Finding) -> str:
    """What stands under a finding after its fix, in few characters."""
    assert finding.fix is not None
    text, at = view.index.text, finding.start
    pieces: list[str] = []
    for edit in sorted(finding.fix.edits):
        pieces += (text[at : edit.start], edit.text)
        at = max(at, edit.end)
    return shortened("".join((*pieces, text[at : finding.end])))


def shortened(text: str) -> str:
    """A text of few characters, with blanks at its ends that can be seen."""
    bare = text.strip()
    start = text.index(bare)
    shown = "␣" * start + escaped(bare) + "␣" * (len(text) - start - len(bare))
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + ELLIPSIS


def applied(view: View, findings: Iterable[Finding]) -> Changes:
    """The edits of those findings' fixes that stand their proof, by path."""
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        by_path.setdefault(finding.path, []).append(finding)
    changes = {path: _proven(view.project.session, path, found) for path, found in by_path.items()}
    return {path: edits for path, edits in changes.items() if edits}


def _proven(session: Session, path: str, findings: list[Finding]) -> list[Edit]:
    chosen = without_overlaps(filter(is_applicable, findings))
    proven = apply_proven(session, session.document(path), chosen, [])
    return sorted(edit for item in proven if item.fix for edit in item.fix.edits)


def alike(view: View, finding: Finding) -> list[Finding]:
    """The findings of the document with the same cause and the same remedy."""
    wanted = cause(finding)
    return [item for item in view.findings if is_applicable(item) and cause(item) == wanted]


def alike_in_corpus(view: View, finding: Finding, give_way: GiveWay) -> list[Finding]:
    """As `alike` for all files of the corpus."""
    wanted = cause(finding)
    found = [item for items in view.project.check_corpus(give_way).values() for item in items]
    return [item for item in found if is_applicable(item) and cause(item) == wanted]


def all_fixed(view: View, allowed: Collection[Applicability]) -> Changes:
    """What `taglint check --fix` changes in the document."""
    session = view.project.session
    background = view.project.corpus if view.project.ready else ()
    return _fixed(view, session, allowed, background)


def formatted(view: View) -> Changes:
    """What the safe fixes of layout change, those of rules that are off by default included; the
    configuration may ignore rules and set their options."""
    project = view.project
    options = project.configuration.options_for(view.path)
    others = [rule.code for rule in project.plugins.rules.values() if not _is_layout(rule)]
    options = replace(options, select=(ALL,), extend_select=(), ignore=(*options.ignore, *others))
    configuration = replace(project.configuration, options=options, overrides=())
    session = Session(project.plugins, configuration)
    session.edit(view.path, view.index.text, _source(view))
    return _fixed(view, session, SAFE, ())


def _is_layout(rule: Rule) -> bool:
    """Whether a rule mends blanks, line ends, or the separators of malformed tokens."""
    safe = rule.fix is Applicability.SAFE and rule.scope is not Scope.CORPUS
    return safe and (not rule.changes_text or rule.family == "TOK")


def _source(view: View) -> Source:
    assert view.document is not None
    return view.document.source


def _fixed(
    view: View, session: Session, allowed: Collection[Applicability], background: Collection[str]
) -> Changes:
    """The outcome of fixing; the session has the document as it was again afterwards."""
    path, before, source = view.path, view.index.text, _source(view)
    try:
        fix_all(session, lambda: session.check([path], tuple(background)), allowed)
        after = session.text(path)
    finally:
        session.edit(path, before, source)
    edits = difference(before, after)
    return {path: edits} if edits else {}
