"""Clients of the real server process, over standard input and output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities, make_test_lsp_client

COMMAND = (sys.executable, "-m", "taglint", "server", "--stdio")
# Of the clients that pytest-lsp knows, one that is told diagnostics and one that asks for them.
PUSHED = "neovim@v0.7.0"
PULLS = "neovim@v0.11.0"
ENOUGH = 20


class Editor:
    """A client with a folder, and what tests do with it."""

    def __init__(self, client: LanguageClient, folder: Path) -> None:
        self.client = client
        self.folder = folder
        self.applied: list[types.WorkspaceEdit] = []
        self.server: types.ServerCapabilities | None = None

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def document(self, name: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(name))

    def open(self, name: str, text: str) -> None:
        item = types.TextDocumentItem(self.uri(name), "plaintext", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def replace(self, name: str, text: str, version: int = 2) -> None:
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version, self.uri(name)),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    def close(self, name: str) -> None:
        params = types.DidCloseTextDocumentParams(self.document(name))
        self.client.text_document_did_close(params)

    async def pushed(self, name: str) -> list[types.Diagnostic]:
        """The diagnostics that come next for a document."""
        self.client.diagnostics.pop(self.uri(name), None)
        for _ in range(ENOUGH * 100):
            if self.uri(name) in self.client.diagnostics:
                return list(self.client.diagnostics[self.uri(name)])
            await asyncio.sleep(0.01)
        raise TimeoutError(f"no diagnostics of {name}")

    async def shown(self, name: str, count: int) -> list[types.Diagnostic]:
        """The pushed diagnostics of a document, once there are so many."""
        for _ in range(ENOUGH * 100):
            found = list(self.client.diagnostics.get(self.uri(name), ()))
            if len(found) == count:
                return found
            await asyncio.sleep(0.01)
        raise TimeoutError(f"{name} has no {count} diagnostics: {found}")

    async def counted(self) -> None:
        """Wait until the configured corpus is counted."""
        for _ in range(ENOUGH * 20):
            if any(report.items for report in (await self.workspace({})).values()):
                return
            await asyncio.sleep(0.05)
        raise TimeoutError("the corpus is not counted")

    async def pulled(self, name: str) -> list[types.Diagnostic]:
        params = types.DocumentDiagnosticParams(self.document(name))
        report = await self.client.text_document_diagnostic_async(params)
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        return list(report.items)

    async def workspace(self, known: dict[str, str]) -> dict[str, Any]:
        """The report of each file of the workspace by its name."""
        previous = [types.PreviousResultId(self.uri(name), id_) for name, id_ in known.items()]
        report = await self.client.workspace_diagnostic_async(
            types.WorkspaceDiagnosticParams(previous)
        )
        return {Path(item.uri).name: item for item in report.items}

    async def actions(
        self, name: str, range_: types.Range, only: list[str] | None = None
    ) -> dict[str, types.CodeAction]:
        """The actions at a range by their titles."""
        params = types.CodeActionParams(
            self.document(name), range_, types.CodeActionContext([], only)
        )
        found = await self.client.text_document_code_action_async(params)
        # lsprotocol takes an action with a command for a command.
        return {item.title: item for item in found or () if isinstance(item, types.CodeAction)}

    async def run(self, command: str, *arguments: Any) -> None:
        """Have the server execute a command."""
        params = types.ExecuteCommandParams(command, arguments=list(arguments))
        await self.client.workspace_execute_command_async(params)

    def about(self, name: str, found: types.Diagnostic) -> dict[str, Any]:
        """What a code action carries of a finding, but for where it is."""
        return {"uri": self.uri(name), "code": found.code, "start": 0, "fingerprint": found.data}

    async def edits(self, action: types.CodeAction) -> dict[str, list[types.TextEdit]]:
        """The edits of a resolved action by the names of the files."""
        resolved = await self.client.code_action_resolve_async(action)
        assert resolved.edit is not None
        return by_name(resolved.edit)


def by_name(edit: types.WorkspaceEdit) -> dict[str, list[types.TextEdit]]:
    pairs = [(uri, list(edits)) for uri, edits in (edit.changes or {}).items()]
    for change in edit.document_changes or ():
        assert isinstance(change, types.TextDocumentEdit)
        pairs.append((change.text_document.uri, list(change.edits)))
    return {Path(uri).name: edits for uri, edits in pairs}


def at(line: int, start: int, end: int | None = None) -> types.Range:
    return types.Range(
        types.Position(line, start), types.Position(line, start if end is None else end)
    )


WHOLE = types.Range(types.Position(0, 0), types.Position(99_999, 0))


@asynccontextmanager
async def connected(
    folder: Path,
    like: str = PULLS,
    encodings: list[str] | None = None,
    resolves: bool = True,
    refreshes: bool = True,
    **given: Any,
) -> AsyncIterator[Editor]:
    """A server for a folder, with the capabilities of an editor. given: initialization options."""
    client = make_test_lsp_client()
    await client.start_io(*COMMAND)
    try:
        yield await begun(client, folder, like, encodings, resolves, refreshes, given)
    finally:
        await asyncio.wait_for(client.shutdown_session(), ENOUGH)
        await client.stop()


async def begun(
    client: LanguageClient,
    folder: Path,
    like: str = PULLS,
    encodings: list[str] | None = None,
    resolves: bool = True,
    refreshes: bool = True,
    given: Any = None,
) -> Editor:
    editor = Editor(client, folder)
    capabilities = client_capabilities(like)
    kinds = [types.PositionEncodingKind(name) for name in encodings or ["utf-16"]]
    capabilities.general = types.GeneralClientCapabilities(position_encodings=kinds)

    assert capabilities.workspace is not None
    capabilities.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refreshes)
    actions = capabilities.text_document and capabilities.text_document.code_action
    if actions and not resolves:
        actions.resolve_support = None

    @client.feature(types.WORKSPACE_APPLY_EDIT)
    def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        editor.applied.append(params.edit)
        return types.ApplyWorkspaceEditResult(True)

    result = await client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities, root_uri=folder.as_uri(), initialization_options=given
        )
    )
    editor.server = result.capabilities
    return editor
