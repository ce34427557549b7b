"""Code actions. They are offered by title at once; what they change is found when one is chosen.

A client that resolves actions gets the edit then. Any other one gets that of the nearest fixes at
once, the rest through a command of the server.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lsprotocol import types

from taglint.decisions import Scope
from taglint.findings import Applicability, Finding
from taglint.reporters.display import escaped
from taglint.server import fixes
from taglint.server.diagnostics import diagnostic
from taglint.server.edits import workspace_edit
from taglint.server.project import GiveWay
from taglint.server.view import View

APPLY = "taglint.apply"
IGNORE = "taglint.ignore"
DECIDE = "taglint.decide"
QUICK_FIX = types.CodeActionKind.QuickFix.value
FIX_ALL = types.CodeActionKind.SourceFixAll.value
FIX_ALL_OWN = f"{FIX_ALL}.taglint"
FIX_ALL_UNSAFE = "source.taglint.fixAllUnsafe"
KINDS = (QUICK_FIX, FIX_ALL_OWN, FIX_ALL_UNSAFE)
# Findings whose fixes are offered at one place.
MOST = 20
# Edits that are found before anyone has asked for them: each takes a decoding of the document.
AT_ONCE = 6


def actions(
    view: View, range_: types.Range, only: Sequence[str] | None, resolves: bool
) -> list[types.CodeAction]:
    """What can be done at a range. only: the kinds that the client asks for."""
    start, end = view.index.extent(range_)
    here = [item for item in view.findings if item.start <= end and start <= item.end]
    offered = [action for item in here[:MOST] for action in _quick_fixes(view, item)]
    offered += _source_actions(view, only)
    chosen = [action for action in offered if _is_wanted(str(action.kind), only)]
    if not resolves:
        for action in chosen[:AT_ONCE]:
            _resolve_fix(view, action)
        for action in chosen:
            _as_command(action)
    return chosen


def _quick_fixes(view: View, finding: Finding) -> Iterator[types.CodeAction]:
    about = {
        "uri": view.uri,
        "code": finding.code,
        "start": finding.start,
        "fingerprint": finding.fingerprint,
    }
    shown = [diagnostic(view, finding)]
    for title, do in _offers(view, finding):
        preferred = (do == "fix" and _is_safe(finding)) or None
        yield types.CodeAction(
            title, QUICK_FIX, shown, is_preferred=preferred, data={"do": do, **about}
        )
    for title, command, scope in _rulings(finding):
        arguments = [{**about, "scope": scope} if scope else about]
        carried = types.Command(title, command, arguments=arguments)
        yield types.CodeAction(title, QUICK_FIX, shown, command=carried)


def _rulings(finding: Finding) -> Iterator[tuple[str, str, str]]:
    """What can be said of a finding instead of mending it: title, command, scope of a decision."""
    yield "This is right here: record the decision", DECIDE, Scope.PLACE
    if finding.tokens:
        shown = fixes.shortened(" ".join(finding.tokens))
        yield f"{shown} is right everywhere: record the decision", DECIDE, Scope.EVERYWHERE
    yield f"Ignore this {finding.code} with a reason", IGNORE, ""


def _offers(view: View, finding: Finding) -> Iterator[tuple[str, str]]:
    """Titles of the fixes of a finding, and what `edit_of` is to do."""
    if fixes.is_applicable(finding):
        assert finding.fix is not None
        remedy = escaped(finding.fix.message)
        remedy = remedy[:1].upper() + remedy[1:]
        before = fixes.shortened(view.index.text[finding.start : finding.end])
        change = f"{before} → {fixes.proposed(view, finding)}"
        yield f"{remedy}: {change} ({_trust(finding)})", "fix"
        count = len(fixes.alike(view, finding))
        if count > 1:
            yield f"{remedy} at all {count} such places here", "alike"
        if len(view.project.corpus) > 1 and view.path in view.project.corpus:
            yield f"{remedy} at all such places in the corpus", "corpus"


def _source_actions(view: View, only: Sequence[str] | None) -> Iterator[types.CodeAction]:
    """Clients may compare kinds by equality: one that asks for all fixes is answered in kind."""
    if view.document is None:
        return
    allowed = {item.fix.applicability for item in view.findings if item.fix}
    kind = FIX_ALL if only and FIX_ALL in only else FIX_ALL_OWN
    if Applicability.SAFE in allowed:
        data = {"do": "all", "uri": view.uri}
        yield types.CodeAction("Fix all that is safe to fix", kind=kind, data=data)
    if Applicability.UNSAFE in allowed:
        data = {"do": "all-unsafe", "uri": view.uri}
        title = "Fix all, changes of annotation included"
        yield types.CodeAction(title, kind=FIX_ALL_UNSAFE, data=data)


def edit_of(
    view: View, data: Mapping[str, Any], give_way: GiveWay, versioned: bool
) -> types.WorkspaceEdit | None:
    """What a chosen action changes; None where the document changed so that nothing is left, or
    where the fix failed its proof."""
    changes = _changes(view, data, give_way)
    return workspace_edit(view, changes, versioned) if changes else None


def _changes(view: View, data: Mapping[str, Any], give_way: GiveWay) -> fixes.Changes:
    if data["do"] in ("all", "all-unsafe"):
        allowed = fixes.UNSAFE if data["do"] == "all-unsafe" else fixes.SAFE
        return fixes.all_fixed(view, allowed) if view.document else {}
    finding = find(view, data)
    if finding is None:
        return {}
    if data["do"] == "alike":
        return fixes.applied(view, fixes.alike(view, finding))
    if data["do"] == "corpus":
        return fixes.applied(view, fixes.alike_in_corpus(view, finding, give_way))
    return fixes.applied(view, [finding])


def find(view: View, data: Mapping[str, Any]) -> Finding | None:
    """The finding that an action was offered for, wherever it stands now."""
    same = [
        item
        for item in view.findings
        if item.code == data["code"] and item.fingerprint == data["fingerprint"]
    ]
    return min(same, key=lambda item: abs(item.start - data["start"]), default=None)


def _is_safe(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.applicability is Applicability.SAFE


def _trust(finding: Finding) -> str:
    return "safe" if _is_safe(finding) else f"confidence {finding.confidence:.2f}"


def _is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    return not only or any(kind == base or kind.startswith(f"{base}.") for base in only)


def _resolve_fix(view: View, action: types.CodeAction) -> None:
    if isinstance(action.data, Mapping) and action.data["do"] in ("fix", "alike"):
        action.edit = edit_of(view, action.data, lambda *_: None, versioned=False)


def _as_command(action: types.CodeAction) -> None:
    if action.edit is None and action.command is None:
        action.command = types.Command(action.title, APPLY, arguments=[action.data])
    action.data = None
