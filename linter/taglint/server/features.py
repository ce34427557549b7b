"""What the server answers to each request and notification: thin, one function each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lsprotocol import types

from taglint.server import (
    actions,
    colours,
    completion,
    fixes,
    hints,
    hover,
    navigation,
    rulings,
    symbols,
)
from taglint.server.edits import text_edits
from taglint.server.publishing import Publishing
from taglint.server.state import TaglintServer, path_of
from taglint.server.view import View
from taglint.server.worker import Turn, Worker

Job = Callable[[View, Turn], Any]
# The configuration, and files beside it that cover findings.
WATCHED = (
    "**/.taglint*.{yaml,yml,tsv}",
    "**/pyproject.toml",
    "**/taglint-decisions.yaml",
)


def make_server(worker: Worker) -> TaglintServer:
    server = TaglintServer(worker)
    publishing = Publishing(server)
    for add in (_lifetime, _synchronisation, _diagnostics, _actions, _reading, _tokens):
        add(server, publishing)
    return server


def _lifetime(server: TaglintServer, publishing: Publishing) -> None:
    @server.feature(types.INITIALIZE)
    async def initialize(params: types.InitializeParams) -> None:
        server.begin(params)
        # Clients keep the diagnostics of closed files where they can ask for the workspace's.
        if await server.has_corpus():
            _workspace_diagnostics(server, publishing)

    @server.feature(types.INITIALIZED)
    async def initialized(params: types.InitializedParams) -> None:
        server.watch([*WATCHED, *await server.corpus_patterns()])

    @server.feature(types.SHUTDOWN)
    def shutdown(params: None) -> None:
        server.worker.close()
        server.is_shut_down = True

    @server.feature(types.EXIT)
    def exit_(params: None) -> None:
        server.status = 0 if server.is_shut_down else 1


def _synchronisation(server: TaglintServer, publishing: Publishing) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        publishing.opened(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        publishing.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def did_save(params: types.DidSaveTextDocumentParams) -> None:
        await server.saved(params.text_document.uri)
        publishing.everything()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def did_close(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        publishing.cancel(uri)
        await server.closed(uri)
        if not publishing.pulls:
            server.publish(uri, [])
        publishing.tell()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def did_change_watched_files(params: types.DidChangeWatchedFilesParams) -> None:
        if await server.files_changed([path_of(item.uri) for item in params.changes]):
            publishing.everything()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def did_change_configuration(params: types.DidChangeConfigurationParams) -> None:
        server.set(params.settings)
        publishing.everything()


def _diagnostics(server: TaglintServer, publishing: Publishing) -> None:
    options = types.DiagnosticOptions(True, True, identifier="taglint")

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def diagnostic(
        params: types.DocumentDiagnosticParams,
    ) -> types.DocumentDiagnosticReport:
        return await publishing.pull(params)


def _workspace_diagnostics(server: TaglintServer, publishing: Publishing) -> None:
    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    async def workspace_diagnostic(
        params: types.WorkspaceDiagnosticParams,
    ) -> types.WorkspaceDiagnosticReport:
        return await publishing.pull_workspace(params)


def _actions(server: TaglintServer, publishing: Publishing) -> None:
    options = types.CodeActionOptions(code_action_kinds=actions.KINDS, resolve_provider=True)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
        resolves = server.client_resolves_actions
        return await server.answer(
            params.text_document.uri,
            lambda view, turn: actions.actions(view, params.range, only, resolves),
        )

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(params: types.CodeAction) -> types.CodeAction:
        params.edit = await server.edit_of(params.data)
        return params

    @server.command(actions.APPLY)
    async def apply(data: Any) -> None:
        edit = await server.edit_of(data)
        if edit is not None:
            await server.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit))

    @server.command(actions.IGNORE)
    async def ignore(*given: Any) -> None:
        await rulings.ignore(server, *given)
        publishing.everything()

    @server.command(actions.DECIDE)
    async def decide(about: Any) -> None:
        await rulings.decide(server, about)
        publishing.everything()

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    async def format_document(
        params: types.DocumentFormattingParams,
    ) -> list[types.TextEdit] | None:
        return await server.answer(params.text_document.uri, _formatted)


def _reading(server: TaglintServer, publishing: Publishing) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def on_hover(params: types.HoverParams) -> types.Hover | None:
        return await server.answer(
            params.text_document.uri,
            lambda view, turn: hover.hover(view, params.position, server.client_reads_markdown),
        )

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=completion.TRIGGERS),
    )
    async def complete(params: types.CompletionParams) -> types.CompletionList | None:
        return await server.answer(
            params.text_document.uri,
            lambda view, turn: completion.complete(view, params.position),
        )

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> types.Location | None:
        return await server.answer(
            params.text_document.uri,
            lambda view, turn: navigation.definition(view, params.position),
        )

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def references(params: types.ReferenceParams) -> list[types.Location] | None:
        declared = params.context.include_declaration
        return await server.answer(
            params.text_document.uri,
            lambda view, turn: navigation.references(view, params.position, declared),
        )

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    async def highlights(
        params: types.DocumentHighlightParams,
    ) -> list[types.DocumentHighlight] | None:
        return await server.answer(
            params.text_document.uri,
            lambda view, turn: navigation.highlights(view, params.position),
        )


def _tokens(server: TaglintServer, publishing: Publishing) -> None:
    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def document_symbols(params: types.DocumentSymbolParams) -> Any:
        nested = server.client_nests_symbols
        return await server.answer(
            params.text_document.uri, lambda view, turn: symbols.symbols(view, nested)
        )

    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, colours.LEGEND)
    async def semantic_tokens(params: types.SemanticTokensParams) -> types.SemanticTokens | None:
        return await server.answer(
            params.text_document.uri, lambda view, turn: colours.semantic_tokens(view)
        )

    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, colours.LEGEND)
    async def semantic_tokens_range(
        params: types.SemanticTokensRangeParams,
    ) -> types.SemanticTokens | None:
        return await server.answer(
            params.text_document.uri,
            lambda view, turn: colours.semantic_tokens(view, params.range),
        )

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def inlay_hints(params: types.InlayHintParams) -> list[types.InlayHint] | None:
        return await server.answer(
            params.text_document.uri, lambda view, turn: hints.hints(view, params.range)
        )


def _formatted(view: View, turn: Turn) -> list[types.TextEdit]:
    if view.document is None:
        return []
    return text_edits(view.index, fixes.formatted(view).get(view.path, ()))
