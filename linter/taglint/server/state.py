"""The server's state: what is open, what governs it, and what the client has been told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from functools import partial
from glob import has_magic
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from taglint import __version__
from taglint.configuration.nodes import ConfigurationError
from taglint.findings import Finding, TaglintError, cause
from taglint.server.actions import edit_of
from taglint.server.diagnostics import diagnostics, mistakes
from taglint.server.documents import OpenDocuments
from taglint.server.project import Project, Projects, watched
from taglint.server.settings import Settings, changed
from taglint.server.text import TextIndex
from taglint.server.view import View
from taglint.server.worker import Turn, Worker

Result = TypeVar("Result")
Item = (
    types.WorkspaceFullDocumentDiagnosticReport | types.WorkspaceUnchangedDocumentDiagnosticReport
)


class Opened(NamedTuple):
    """An open document at the moment of a request."""

    uri: str
    path: str
    version: int | None
    text: str


class TaglintServer(LanguageServer):
    def __init__(self, worker: Worker) -> None:
        super().__init__("taglint", __version__)
        self.worker = worker
        # The exit status; a client that ends without saying so first has made a mistake.
        self.status, self.is_shut_down = 0, False
        self._loop: asyncio.AbstractEventLoop | None = None
        self.settings = Settings()
        self.projects = Projects(Path.cwd())
        self._views: dict[str, View] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._gathering: dict[Project, asyncio.Task[Any]] = {}
        self._complaint = ""
        self._mistaken: set[str] = set()
        # What was closed since the workspace was last reported: outside of the corpora nothing
        # is found in closed files.
        self._closed: set[str] = set()
        self.on_change: list[Callable[[Project], None]] = []

    @property
    def documents(self) -> OpenDocuments:
        workspace = self.protocol.workspace
        assert isinstance(workspace, OpenDocuments)
        return workspace

    @property
    def open_uris(self) -> list[str]:
        return [document.uri for document in self.documents.text_documents.values()]

    def begin(self, params: types.InitializeParams) -> None:
        """Take over pygls' workspace, and what the client says at initialization."""
        self._loop = asyncio.get_running_loop()
        documents = OpenDocuments(self.protocol.workspace)
        self.protocol._workspace = documents
        folders = [folder.uri for folder in params.workspace_folders or ()]
        root = to_fs_path(documents.root_uri or (folders or [""])[0]) or str(Path.cwd())
        self.projects = Projects(Path(root))
        self.set(params.initialization_options)

    async def has_corpus(self) -> bool:
        """Whether the workspace's own configuration names a corpus."""
        return bool(await self.worker.run(lambda turn: self._own_corpus()))

    def _own_corpus(self) -> list[str]:
        try:
            return self.projects.of(str(self.projects.root / "any")).corpus
        except TaglintError:
            return []

    async def corpus_patterns(self) -> list[str]:
        """What the client is to watch besides configurations: the corpus and its tagset."""
        return await self.worker.run(lambda turn: self._own_patterns())

    def _own_patterns(self) -> list[str]:
        try:
            configuration = self.projects.of(str(self.projects.root / "any")).configuration
        except TaglintError:
            return []
        folders = [f"**/{name}/**" for name in configuration.corpus if not has_magic(name)]
        files = [f"**/{name}" for name in configuration.corpus]
        return [*files, *folders, *(f"**/{path.name}" for path in watched(configuration))]

    def set(self, given: Any) -> None:
        self.settings, wrong = changed(self.settings, given)
        self.projects.config = self.settings.config or None
        for line in wrong:
            self.say(line)

    def say(self, message: str, type_: types.MessageType = types.MessageType.Error) -> None:
        self.window_show_message(types.ShowMessageParams(type_, message))

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run something beside the requests. The loop itself would forget it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        """What goes wrong beside the requests is said: no request would get the error."""
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self.complain(TaglintError(f"internal error: {cause(error)}"))

    async def answer(
        self, uri: str, job: Callable[[View, Turn], Result], patient: bool = False
    ) -> Result | None:
        """What a job makes of an open document; None where it is not open, or where the
        configuration cannot be used."""
        if self.documents.find(uri) is None:
            return None
        run = self.worker.run_patiently if patient else self.worker.run
        try:
            return await run(partial(self._with_view, path_of(uri), self._opened(), job))
        except TaglintError as error:
            self.complain(error)
            return None

    def _opened(self) -> dict[str, Opened]:
        """All open documents by their paths, as they are now."""
        found: dict[str, Opened] = {}
        for document in self.documents.text_documents.values():
            path = path_of(document.uri)
            found[path] = Opened(document.uri, path, document.version, document.source)
        return found

    def _with_view(
        self,
        path: str,
        opened: Mapping[str, Opened],
        job: Callable[[View, Turn], Result],
        turn: Turn,
    ) -> Result:
        return job(self._look(path, opened, turn), turn)

    def _put(self, opened: Mapping[str, Opened]) -> None:
        """Bring the projects up to date with what is open; one that cannot be used is for its own
        documents to complain of."""
        for path, item in opened.items():
            with suppress(TaglintError):
                self.projects.of(path).put(path, item.text)

    def _look(self, path: str, documents: Mapping[str, Opened], turn: Turn) -> View:
        """Check a document and view it. In the engine's thread."""
        opened = documents[path]
        project = self.projects.of(path)
        self._put(documents)
        known = self._views.get(opened.uri)
        if known is None or not self._is_current(known, opened, project):
            findings = project.check(opened.path, turn.give_way)
            index = TextIndex(opened.text, self.documents.encoding)
            uris = {item.path: item.uri for item in documents.values()}
            document = project.document(opened.path)
            known = self._views[opened.uri] = View(
                opened.uri, opened.path, opened.version, index, project, self.settings, document,
                findings, project.revision, uris,
            )  # fmt: skip
        known.version = opened.version
        self._later(self._after_look, project)
        return known

    def _is_current(self, view: View, opened: Opened, project: Project) -> bool:
        same = view.index.text == opened.text and view.settings is self.settings
        return same and view.project is project and view.revision == project.revision

    def _later(self, call: Callable[..., None], *arguments: Any) -> None:
        """Call something in the loop's thread."""
        assert self._loop is not None
        self._loop.call_soon_threadsafe(call, *arguments)

    def _after_look(self, project: Project) -> None:
        """The configuration is good; its corpus is to be counted if it was not yet."""
        self._complaint = ""
        for uri in self._mistaken:
            self.publish(uri, [])
        self._mistaken.clear()
        if not project.ready and project not in self._gathering:
            self._gathering[project] = self.start(self._gather(project))

    async def gathered(self, project: Project) -> None:
        """Wait until the corpus of a project is counted."""
        task = self._gathering.get(project)
        if task is not None:
            await asyncio.wait([task])

    async def _gather(self, project: Project) -> None:
        try:
            await self.worker.run_patiently(lambda turn: project.gather(turn.give_way))
        except TaglintError as error:
            self.complain(error)
        finally:
            self._gathering.pop(project, None)
        for tell in self.on_change:
            tell(project)

    async def workspace_items(self, known: Mapping[str, str]) -> list[Item]:
        """A report for every file of the corpora. known: the state that the client has of each."""
        opened = self._opened()
        projects = await self.worker.run(partial(self._projects, opened))
        items: list[Item] = []
        for project in projects:
            job = partial(self._items_of, project, opened, known)
            items += await self.worker.run_patiently(job)
        reported = {item.uri for item in items}
        gone = (self._closed - reported).difference(self.open_uris)
        items += (types.WorkspaceFullDocumentDiagnosticReport(uri, []) for uri in sorted(gone))
        self._closed.clear()
        return items

    def _projects(self, opened: Mapping[str, Opened], turn: Turn) -> list[Project]:
        """The projects in use, and that of the workspace's own configuration."""
        self._own_corpus()
        self._put(opened)
        return self.projects.all()

    def _items_of(
        self,
        project: Project,
        opened: Mapping[str, Opened],
        known: Mapping[str, str],
        turn: Turn,
    ) -> list[Item]:
        found = project.check_corpus(turn.give_way)
        views = (self._view_of(project, path, found[path], opened) for path in found)
        return [report_of(view, known) for view in views]

    def _view_of(
        self, project: Project, path: str, findings: list[Finding], opened: Mapping[str, Opened]
    ) -> View:
        """A file of the corpus as far as its diagnostics need it."""
        item = opened.get(path)
        uris = {other.path: other.uri for other in opened.values()}
        uri, version = (item.uri, item.version) if item else (str(from_fs_path(path)), None)
        index = TextIndex(project.session.text(path), self.documents.encoding)
        return View(uri, path, version, index, project, self.settings, None, findings, uris=uris)

    def publish(self, uri: str, found: list[types.Diagnostic], version: int | None = None) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))

    def complain(self, error: TaglintError) -> None:
        """Say what is wrong once, and show it in the configuration file."""
        if str(error) == self._complaint:
            return
        self._complaint = str(error)
        self.say(f"taglint: {error}")
        if isinstance(error, ConfigurationError):
            by_path: dict[str, list[Any]] = {}
            for mistake in error.mistakes:
                by_path.setdefault(mistake.place.path, []).append(mistake)
            for path, found in by_path.items():
                uri = str(from_fs_path(str(Path(path).absolute())))
                self._mistaken.add(uri)
                self.publish(uri, mistakes(found))

    async def edit_of(self, data: Any) -> types.WorkspaceEdit | None:
        """What a code action changes; says so where that is nothing."""
        if not isinstance(data, Mapping) or "uri" not in data:
            return None
        versioned = self.client_knows_versions
        edit = await self.answer(
            str(data["uri"]),
            lambda view, turn: edit_of(view, data, turn.give_way, versioned),
            patient=data.get("do") == "corpus",
        )
        if edit is None:
            text = "taglint: not applied: the text has changed, or other text would change with it"
            self.say(text, types.MessageType.Warning)
        return edit

    async def settle(self, uri: str) -> None:
        """Have corpus rules judge an open document as it is now, however long that takes."""
        path, opened = path_of(uri), self._opened()
        if path in opened:
            with suppress(TaglintError):
                await self.worker.run(partial(self._settled, path, opened))

    def _settled(self, path: str, opened: Mapping[str, Opened], turn: Turn) -> None:
        self._put(opened)
        self.projects.of(path).settle(path, turn.give_way)
        self._views.pop(opened[path].uri, None)

    async def saved(self, uri: str) -> None:
        await self.worker.run(lambda turn: self.projects.saved(path_of(uri)))

    async def closed(self, uri: str) -> None:
        self._views.pop(uri, None)
        self._closed.add(uri)
        await self.worker.run(lambda turn: self.projects.forget(path_of(uri)))

    async def files_changed(self, paths: list[str]) -> bool:
        """Files changed outside of the editor. Whether that matters to any project."""
        opened = {path_of(uri) for uri in self.open_uris}
        outside = [path for path in paths if path not in opened]
        return await self.worker.run(lambda turn: self.projects.files_changed(outside))

    def watch(self, patterns: Iterable[str]) -> None:
        """Ask the client to tell of changed files, if it can."""
        workspace = self.client_capabilities.workspace
        known = workspace.did_change_watched_files if workspace else None
        if known is None or not known.dynamic_registration:
            return
        watchers = [types.FileSystemWatcher(pattern) for pattern in patterns]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        registration = types.Registration(f"{method} {watchers[0].glob_pattern}", method, options)
        self.client_register_capability(types.RegistrationParams([registration]))

    @property
    def client_resolves_actions(self) -> bool:
        document = self.client_capabilities.text_document
        known = document.code_action if document else None
        support = known.resolve_support if known else None
        return support is not None and "edit" in support.properties

    @property
    def client_reads_markdown(self) -> bool:
        document = self.client_capabilities.text_document
        known = document.hover if document else None
        return bool(known and types.MarkupKind.Markdown in (known.content_format or ()))

    @property
    def client_nests_symbols(self) -> bool:
        document = self.client_capabilities.text_document
        known = document.document_symbol if document else None
        return bool(known and known.hierarchical_document_symbol_support)

    @property
    def client_knows_versions(self) -> bool:
        workspace = self.client_capabilities.workspace
        known = workspace.workspace_edit if workspace else None
        return bool(known and known.document_changes)


def report_of(view: View, known: Mapping[str, str]) -> Item:
    state = state_of(view.findings)
    if known.get(view.uri) == state:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(view.uri, state, view.version)
    return types.WorkspaceFullDocumentDiagnosticReport(
        view.uri, diagnostics(view), view.version, result_id=state
    )


def state_of(findings: Iterable[Finding]) -> str:
    """A name for what was found in a file: it is the same as long as nothing else is found."""
    seen = "".join(f"{item.start} {item.end} {item.fingerprint}\n" for item in findings)
    return blake2b(seen.encode(), digest_size=8).hexdigest()


def path_of(uri: str) -> str:
    """The absolute path of a document; of one without a file, its address."""
    return to_fs_path(uri) or uri
