"""How soon the language server answers, in milliseconds.

    python benchmarks/server.py CORPUS [--document FILE] [--tokens 10000] [--keys 200]

CORPUS is a spaced, tagged file. Its first `--tokens` tokens are opened in the server, as the file
of a project, and `--keys` characters are typed into them, one at a time. The time from each
change to its diagnostics is printed without the debounce. `--document` is opened by another
server, once it answers. `--background FILE` is a corpus that both judge by.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from lsprotocol import types
from pygls.lsp.client import LanguageClient

DEBOUNCE = 100
TYPED = "新词/n  "


class Client(LanguageClient):
    """A client that is told diagnostics, by version of the document."""

    def __init__(self) -> None:
        super().__init__("benchmark", "1")
        self.told: asyncio.Queue[tuple[int | None, float]] = asyncio.Queue()

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            self.told.put_nowait((params.version, perf_counter()))

    async def answered(self, version: int) -> float:
        """When the diagnostics of a version came."""
        while True:
            told, when = await self.told.get()
            if told == version:
                return when


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--document", type=Path, help="a document whose opening is timed")
    parser.add_argument("--background", type=Path, help="a corpus to judge by")
    parser.add_argument("--tokens", type=int, default=10_000, help="size of the document")
    parser.add_argument("--keys", type=int, default=200, help="how many changes are timed")
    asyncio.run(measured(parser.parse_args()))


async def measured(options: argparse.Namespace) -> None:
    text = first_tokens(options.corpus.read_text("utf-8"), options.tokens)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.background:
            (folder / "background.txt").write_bytes(options.background.read_bytes())
            (folder / ".taglint.yaml").write_text("corpus: ['*.txt']\n", "utf-8")
        await show_typing(folder, text, options.keys)
        if options.document:
            await show_opening(folder, options.document.read_text("utf-8"))


def first_tokens(text: str, count: int) -> str:
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        lines.append(line)
        count -= len(line.split())
        if count <= 0:
            break
    return "".join(lines)


async def show_typing(folder: Path, text: str, keys: int) -> None:
    async with served(folder) as client:
        first = await opened(client, folder, text)
        before = processor(client)
        waits = [await typed(client, folder, text, number) for number in range(2, keys + 2)]
        busy = (processor(client) - before) / keys
    percent = quantiles(waits, n=20)
    print(f"document of {len(text.split())} tokens: first diagnostics after {first:.0f} ms")
    print(
        f"{keys} changes: median {median(waits):.0f} ms, 95% under {percent[-1]:.0f} ms, "
        f"most {max(waits):.0f} ms beyond the debounce of {DEBOUNCE} ms; "
        f"{busy:.0f} ms of processor time each"
    )


def processor(client: Client) -> float:
    """Milliseconds of processor time that the server has taken, where the system tells (Linux)."""
    server = client._server
    stat = Path(f"/proc/{server.pid}/stat") if server else Path()
    if not stat.is_file():
        return float("nan")
    ticks = stat.read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) * 1000 / os.sysconf("SC_CLK_TCK")


async def show_opening(folder: Path, text: str) -> None:
    waits = []
    for _ in range(5):
        async with served(folder) as client:
            waits.append(await opened(client, folder, text))
    print(f"document of {len(text)} characters: opened in {median(waits):.0f} ms (median of 5)")


async def opened(client: Client, folder: Path, text: str) -> float:
    start = perf_counter()
    item = types.TextDocumentItem(uri(folder), "plaintext", 1, text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    return (await client.answered(1) - start) * 1000


async def typed(client: Client, folder: Path, text: str, version: int) -> float:
    """Milliseconds from a change to its diagnostics, without the debounce."""
    lines = text.splitlines()
    line = random.Random(version).randrange(len(lines))
    character = TYPED[version % len(TYPED)]
    at = types.Position(line, 0)
    change = types.TextDocumentContentChangePartial(types.Range(at, at), character)
    document = types.VersionedTextDocumentIdentifier(version, uri(folder))
    start = perf_counter()
    client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))
    return (await client.answered(version) - start) * 1000 - DEBOUNCE


def uri(folder: Path) -> str:
    return (folder / "document.txt").as_uri()


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[Client]:
    client = Client()
    await client.start_io(sys.executable, "-m", "taglint", "server")
    try:
        start = perf_counter()
        await client.initialize_async(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(),
                root_uri=folder.as_uri(),
                initialization_options={"debounce": DEBOUNCE},
            )
        )
        client.initialized(types.InitializedParams())
        print(f"started in {(perf_counter() - start) * 1000:.0f} ms")
        yield client
    finally:
        await client.shutdown_async(None)
        client.exit(None)
        await client.stop()


if __name__ == "__main__":
    main()
