"""A document as the features see it: text, tokens, findings and positions at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lsprotocol.types import Location, Position, Range
from pygls.uris import from_fs_path

from taglint.corpus.document import Document
from taglint.findings import Finding
from taglint.server.project import Project
from taglint.server.settings import Settings
from taglint.server.text import TextIndex
from taglint.tagsets import Tagset


@dataclass
class View:
    """One open document. Made and used in the engine's thread.

    document: None where the text is no tagged corpus. revision: that of the project.
    """

    uri: str
    path: str
    version: int | None
    index: TextIndex
    project: Project
    settings: Settings
    document: Document | None
    findings: list[Finding]
    revision: int = 0
    uris: dict[str, str] = field(default_factory=dict)
    _indexes: dict[str, TextIndex] = field(default_factory=dict)

    @cached_property
    def tagset(self) -> Tagset | None:
        name = self.document.tagset if self.document else None
        return self.project.plugins.tagset(name) if name else None

    def offset(self, position: Position) -> int:
        return self.index.offset(position)

    def range(self, start: int, end: int) -> Range:
        return self.index.range(start, end)

    def token_at(self, position: Position) -> int | None:
        """The token at a position, or the one that ends there."""
        document, offset = self.document, self.offset(position)
        if document is None or not len(document):
            return None
        index = min(document.token_at(offset), len(document) - 1)
        for near in (index, index - 1):
            if near >= 0 and document.span(near).start <= offset <= document.span(near).end:
                return near
        return None

    def uri_of(self, path: str) -> str:
        """The address of a path, as the client wrote it if it is open there."""
        if path == self.path:
            return self.uri
        return self.uris.get(path) or str(from_fs_path(str(Path(path).absolute())))

    def index_of(self, path: str) -> TextIndex:
        """The positions in any file of the project."""
        if path == self.path:
            return self.index
        known = self._indexes.get(path)
        if known is None:
            text = self.project.session.text(path)
            known = self._indexes[path] = TextIndex(text, self.index.encoding)
        return known

    def location(self, path: str, start: int, end: int) -> Location:
        return Location(self.uri_of(path), self.index_of(path).range(start, end))
