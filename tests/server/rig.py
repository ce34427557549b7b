"""The server in this process, fed with messages, so that a test can look inside."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from lsprotocol import types

from taglint.server.features import make_server
from taglint.server.state import TaglintServer
from taglint.server.worker import Worker


class Output:
    """What the server writes goes nowhere."""

    def write(self, data: bytes) -> None: ...

    def close(self) -> None: ...


class Rig:
    """A server that is being initialized. Documents are in `folder`, or nowhere."""

    def __init__(self, folder: Path, encoding: str = "utf-16") -> None:
        self.server: TaglintServer = make_server(Worker())
        self.server.protocol.set_writer(Output())
        self.folder = folder
        general = types.GeneralClientCapabilities(
            position_encodings=[types.PositionEncodingKind(encoding)]
        )
        pulls = types.TextDocumentClientCapabilities(
            diagnostic=types.DiagnosticClientCapabilities()
        )
        self._id = 0
        self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": folder.as_uri(),
                "capabilities": self.server.protocol._converter.unstructure(
                    types.ClientCapabilities(general=general, text_document=pulls)
                ),
            },
        )

    def request(self, method: str, params: Any) -> None:
        self._id += 1
        self._send({"id": self._id, "method": method, "params": params})

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        protocol = self.server.protocol
        protocol.handle_message(protocol.structure_message({"jsonrpc": "2.0", **message}))

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str) -> None:
        document = {"uri": self.uri(name), "languageId": "text", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, name: str, version: int, *changes: dict[str, Any]) -> None:
        document = {"uri": self.uri(name), "version": version}
        params = {"textDocument": document, "contentChanges": list(changes)}
        self.notify("textDocument/didChange", params)

    def pull(self, name: str) -> None:
        """Ask for the diagnostics of a document, as a client does that shows them."""
        self.request("textDocument/diagnostic", {"textDocument": {"uri": self.uri(name)}})

    def text(self, name: str) -> str:
        document = self.server.documents.find(self.uri(name))
        assert document is not None
        return document.source

    async def findings(self, name: str) -> list[Any]:
        found = await self.server.answer(self.uri(name), lambda view, turn: view.findings)
        assert found is not None
        return found

    async def ready(self) -> None:
        """Wait for the answer to the initialization, as a client must."""
        while not hasattr(self.server.protocol, "server_capabilities"):
            await asyncio.sleep(0.001)

    def close(self) -> None:
        self.server.worker.close()
