"""When documents are checked, and how the client hears of it: pushed to it, or pulled by it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import NamedTuple

from lsprotocol import types

from taglint.server.diagnostics import diagnostics
from taglint.server.project import Project
from taglint.server.state import TaglintServer, path_of
from taglint.server.view import View
from taglint.server.worker import Turn

# After a change the other documents of a corpus follow when there was no other for so long.
OTHERS_AFTER = 0.5
# Where corpus rules take long, they follow when a document was left alone for so long.
SETTLED_AFTER = 0.8
# A request for the diagnostics of the workspace is answered when there is news, or after so long.
LONGEST_WAIT = 60.0


class Publishing:
    def __init__(self, server: TaglintServer) -> None:
        self._server = server
        self._due: dict[str, asyncio.Task[None]] = {}
        self._news = asyncio.Event()
        server.on_change.append(self._corpus_changed)

    @property
    def pulls(self) -> bool:
        """Whether the client asks for diagnostics. It would show those pushed to it twice."""
        document = self._server.client_capabilities.text_document
        return document is not None and document.diagnostic is not None

    def changed(self, uri: str) -> None:
        """A document is to be checked when it has been left alone for a while."""
        self.tell()
        self.cancel(uri)
        if not self.pulls:
            self._plan(uri, self._server.settings.debounce / 1000, leads=True)

    def opened(self, uri: str) -> None:
        """A document is to be checked at once."""
        self.tell()
        if not self.pulls:
            self._plan(uri, 0, leads=True)

    def _plan(self, uri: str, wait: float, leads: bool) -> None:
        """leads: whether the other documents of its corpus follow."""
        self.cancel(uri)
        self._due[uri] = self._server.start(self._push(uri, wait, leads))

    def _is_due(self, uri: str) -> bool:
        task = self._due.get(uri)
        return task is not None and not task.done()

    def cancel(self, uri: str) -> None:
        task = self._due.pop(uri, None)
        if task is not None:
            task.cancel()

    def everything(self) -> None:
        """All open documents are to be checked again."""
        self.tell()
        if not self.pulls:
            for uri in self._server.open_uris:
                self._plan(uri, 0, leads=False)
        elif self._can_refresh():
            self._server.workspace_diagnostic_refresh(None)

    async def pull(self, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        uri = params.text_document.uri
        found = await self._server.answer(uri, _diagnosed)
        if found is not None and not found.project.ready and not self._can_refresh():
            # A client that cannot be told to ask again waits until the corpus is counted.
            await self._server.gathered(found.project)
            found = await self._server.answer(uri, _diagnosed)
        # A client that asks again and again would put off what it asks for.
        if found is not None and not found.is_settled and not self._is_due(uri):
            self._due[uri] = self._server.start(self._settle(uri))
        return types.RelatedFullDocumentDiagnosticReport(found.diagnostics if found else [])

    async def pull_workspace(
        self, params: types.WorkspaceDiagnosticParams
    ) -> types.WorkspaceDiagnosticReport:
        """The diagnostics of all files of the configured corpora. A client that has them all
        already is answered when something changes, so that it need not ask again and again."""
        known = {item.uri: item.value for item in params.previous_result_ids}
        if known:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), LONGEST_WAIT)
                await self._quiet()
        self._news.clear()
        return types.WorkspaceDiagnosticReport(await self._server.workspace_items(known))

    async def _quiet(self) -> None:
        """Wait until nothing has changed for a while."""
        with suppress(TimeoutError):
            while True:
                self._news.clear()
                await asyncio.wait_for(self._news.wait(), OTHERS_AFTER)

    async def _push(self, uri: str, wait: float, leads: bool) -> None:
        await asyncio.sleep(wait)
        found = await self._server.answer(uri, _diagnosed)
        document = self._server.documents.find(uri)
        if found is None or document is None or document.version != found.version:
            return
        self._server.publish(document.uri, found.diagnostics, found.version)
        if leads:
            self._others(uri, found.project)
        if not found.is_settled:
            await self._settle(uri)

    async def _settle(self, uri: str) -> None:
        """Let corpus rules that take long follow when a document was left alone for longer."""
        await asyncio.sleep(SETTLED_AFTER)
        await self._server.settle(uri)
        if not self.pulls:
            self._plan(uri, 0, leads=False)
        elif self._can_refresh():
            self._server.workspace_diagnostic_refresh(None)

    def _others(self, uri: str, project: Project) -> None:
        """The findings of corpus rules in other open documents may be others now."""
        corpus = set(project.corpus)
        for other in self._server.open_uris:
            if other != uri and path_of(other) in corpus:
                self._plan(other, OTHERS_AFTER, leads=False)

    def _corpus_changed(self, project: Project) -> None:
        self.everything()

    def _can_refresh(self) -> bool:
        workspace = self._server.client_capabilities.workspace
        known = workspace.diagnostics if workspace else None
        return known is not None and bool(known.refresh_support)

    def tell(self) -> None:
        self._news.set()


class Diagnosed(NamedTuple):
    project: Project
    version: int | None
    diagnostics: list[types.Diagnostic]
    is_settled: bool


def _diagnosed(view: View, turn: Turn) -> Diagnosed:
    # Until the corpus is counted there is nothing to settle; all is checked again then.
    settled = not view.project.ready or view.project.is_settled(view.path)
    return Diagnosed(view.project, view.version, diagnostics(view), settled)
