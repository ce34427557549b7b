"""The client's open documents, in the place of those of pygls.

Those of pygls split lines at every character that Unicode calls a line break, which is not what
clients do, and copy a document once for every position.
"""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types
from pygls.workspace import TextDocument, Workspace

from taglint.formats.delimited import split_keeping_ends
from taglint.server.text import TextIndex


class OpenDocument(TextDocument):
    """A document as its client has it."""

    def __init__(self, uri: str, source: str, version: int | None, encoding: str) -> None:
        super().__init__(uri, source, version)
        self.index = TextIndex(source, encoding)

    @property
    def source(self) -> str:
        return self.index.text

    @property
    def lines(self) -> Sequence[str]:
        return split_keeping_ends(self.index.text)

    def offset_at_position(self, client_position: types.Position) -> int:
        return self.index.offset(client_position)

    def apply_change(self, change: types.TextDocumentContentChangeEvent) -> None:
        if isinstance(change, types.TextDocumentContentChangePartial):
            self.index.edit(*self.index.extent(change.range), change.text)
        else:
            self.index = TextIndex(change.text, self.index.encoding)


class OpenDocuments(Workspace):
    """The documents that are open; made of a fresh workspace of pygls at initialization."""

    def __init__(self, before: Workspace) -> None:
        encoding = str(getattr(before.position_encoding, "value", before.position_encoding))
        folders = list(before.folders.values())
        super().__init__(before.root_uri, workspace_folders=folders, position_encoding=encoding)
        self.encoding = encoding

    def _create_text_document(
        self,
        doc_uri: str,
        source: str | None = None,
        version: int | None = None,
        language_id: str | None = None,
    ) -> TextDocument:
        return OpenDocument(doc_uri, source or "", version, self.encoding)

    def find(self, uri: str) -> OpenDocument | None:
        known = self.text_documents.get(uri) or self.text_documents.get(_plain(uri))
        return known if isinstance(known, OpenDocument) else None

    def update_text_document(
        self,
        text_doc: types.VersionedTextDocumentIdentifier,
        change: types.TextDocumentContentChangeEvent,
    ) -> None:
        # A change of a document that is not open is the client's mistake, and no reason to stop.
        if self.find(text_doc.uri):
            super().update_text_document(text_doc, change)


def _plain(uri: str) -> str:
    from urllib.parse import unquote

    return unquote(uri)
