"""What a person rules about a finding in the editor."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lsprotocol import types

from taglint.decisions import Scope, revise
from taglint.engine.rulings import keep, whoever
from taglint.server.actions import find
from taglint.server.edits import workspace_edit
from taglint.server.ignoring import comment, write_entry
from taglint.server.state import TaglintServer
from taglint.server.view import View

GONE = "taglint: the text has changed; this is not found any more"


async def ignore(server: TaglintServer, about: Any, reason: Any = "") -> None:
    """Ignore a finding. about: what its code action carries. reason: why, if the client asked."""
    if not isinstance(about, Mapping) or "uri" not in about:
        return
    versioned = server.client_knows_versions

    def work(view: View) -> types.WorkspaceEdit | str:
        finding = find(view, about)
        if finding is None:
            return GONE
        edit = comment(view, finding, str(reason or ""))
        if edit is not None:
            return workspace_edit(view, {view.path: [edit]}, versioned)
        path = view.project.configuration.for_writing(view.project.cover.suppressions)
        line = write_entry(path, finding, str(reason or ""))
        return f"taglint: {finding.code} is ignored in {_short(path, server)}, line {line}"

    done = await server.answer(str(about["uri"]), lambda view, turn: work(view))
    if isinstance(done, types.WorkspaceEdit):
        await server.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(done))
    elif done is not None:
        server.say(done, types.MessageType.Info)


async def decide(server: TaglintServer, about: Any) -> None:
    """Record that a finding's tokens are right as they are. about: what its code action carries,
    with the scope of the decision."""
    if not isinstance(about, Mapping) or "uri" not in about:
        return
    scope = Scope(about.get("scope", Scope.PLACE))

    def work(view: View) -> str:
        finding = find(view, about)
        if finding is None:
            return GONE
        decision = keep(view.project.session, finding, scope, whoever())
        configuration = view.project.configuration
        path = configuration.for_writing(configuration.decisions_path)
        revise(path, [decision])
        return f"taglint: {finding.code} is decided in {_short(path, server)}"

    done = await server.answer(str(about["uri"]), lambda view, turn: work(view))
    if done is not None:
        server.say(done, types.MessageType.Info)


def _short(path: Path, server: TaglintServer) -> str:
    root = server.projects.root
    return str(path.relative_to(root) if path.is_relative_to(root) else path)
