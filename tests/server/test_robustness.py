"""Whatever a client sends, the server goes on; large documents do not stop it."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types

from taglint.server import actions, colours, completion, fixes, hints, hover, navigation, symbols
from taglint.server.diagnostics import diagnostics
from taglint.server.view import View
from taglint.server.worker import Turn
from tests.conftest import Done
from tests.engine.corpora import slash_texts, unspaced_texts
from tests.server.connections import COMMAND, PUSHED, connected
from tests.server.rig import Rig

MEGABYTE = "他/r增长/v了/u。/w经济/n发展/vn很/d快/a，/w" * 26_000


def everything(view: View, position: types.Position) -> None:
    """Ask for all there is at a position."""
    everywhere = types.Range(types.Position(0, 0), types.Position(9999, 0))
    diagnostics(view)
    hover.hover(view, position)
    completion.complete(view, position)
    navigation.definition(view, position)
    navigation.references(view, position, True)
    navigation.highlights(view, position)
    symbols.symbols(view, nested=True)
    colours.semantic_tokens(view)
    colours.semantic_tokens(view, types.Range(position, position))
    hints.hints(view, everywhere)
    if view.document is not None:
        fixes.formatted(view)
    for action in actions.actions(view, everywhere, None, resolves=True):
        if isinstance(action.data, dict):
            actions.edit_of(view, action.data, lambda *_: None, versioned=True)


@settings(max_examples=40, deadline=None)
@given(
    slash_texts | unspaced_texts | st.text(max_size=40),
    st.sampled_from(["utf-8", "utf-16", "utf-32"]),
    st.tuples(st.integers(0, 4), st.integers(0, 30)),
    st.sampled_from(["a.txt", "a.conllu", "a.tsv", "untitled"]),
)
def test_no_text_is_too_broken(
    tmp_path_factory: pytest.TempPathFactory,
    text: str,
    encoding: str,
    place: tuple[int, int],
    name: str,
) -> None:
    folder = tmp_path_factory.getbasetemp()

    def ask(view: View, turn: Turn) -> bool:
        everything(view, types.Position(*place))
        return True

    async def work() -> None:
        rig = Rig(folder, encoding)
        try:
            await rig.ready()
            rig.open(name, text)
            assert await rig.server.answer(rig.uri(name), ask)
        finally:
            rig.close()

    asyncio.run(work())


@pytest.mark.asyncio
async def test_a_client_that_makes_mistakes_is_served_on(tmp_path: Path) -> None:
    async with connected(tmp_path, PUSHED) as editor:
        editor.replace("never-opened.txt", "好/a")
        editor.close("never-opened.txt")
        nowhere = types.TextDocumentIdentifier("untitled:Untitled-1")
        position = types.Position(7, 7)
        there = types.HoverParams(nowhere, position)
        assert await editor.client.text_document_hover_async(there) is None
        item = types.TextDocumentItem("untitled:Untitled-1", "text", 1, "今天/t  ,/n  好/a\n")
        editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        while "untitled:Untitled-1" not in editor.client.diagnostics:
            await asyncio.sleep(0.01)
        assert len(editor.client.diagnostics["untitled:Untitled-1"]) == 1


@pytest.mark.asyncio
async def test_a_megabyte_on_one_line_stays_responsive(tmp_path: Path) -> None:
    assert len(MEGABYTE.encode()) > 1_000_000
    async with connected(tmp_path, PUSHED) as editor:
        editor.open("a.txt", MEGABYTE)
        await editor.pushed("a.txt")
        start = perf_counter()
        for version in range(2, 42):
            change(editor.client, editor.uri("a.txt"), version)
        position = types.HoverParams(editor.document("a.txt"), types.Position(0, 100))
        assert await editor.client.text_document_hover_async(position)
        # Forty edits and a whole check of 200,000 tokens.
        assert perf_counter() - start < 10


def change(client: Any, uri: str, version: int) -> None:
    at = types.Position(0, version * 20)
    edit = types.TextDocumentContentChangePartial(types.Range(at, at), "好/a")
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(version, uri), [edit]
        )
    )


def test_the_server_ends_with_its_client() -> None:
    server = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdin is not None
    server.stdin.close()
    assert server.wait(20) in (0, 1)


Send = Callable[..., None]


@contextmanager
def initialized() -> Iterator[tuple[subprocess.Popen[bytes], Send]]:
    """A server that has answered to `initialize`, and what sends it messages."""
    server = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdin and server.stdout

    def send(**message: Any) -> None:
        assert server.stdin
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        server.stdin.flush()

    with server:
        try:
            params = {"processId": None, "rootUri": None, "capabilities": {}}
            send(id=1, method="initialize", params=params)
            assert server.stdout.readline().startswith(b"Content-Length")
            yield server, send
        finally:
            server.kill()


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_the_server_ends_when_it_is_told_to(told: signal.Signals) -> None:
    with initialized() as (server, _):
        server.send_signal(told)
        assert server.wait(timeout=20) == -told


@pytest.mark.parametrize(("first", "status"), [((), 1), (("shutdown",), 0)])
def test_an_exit_that_was_not_announced_is_a_mistake(first: tuple[str, ...], status: int) -> None:
    with initialized() as (server, send):
        for number, method in enumerate(first, 2):
            send(id=number, method=method)
        send(method="exit")
        assert server.wait(timeout=20) == status


def test_what_is_missing_is_said() -> None:
    code = "import sys; sys.modules['pygls'] = None; from taglint.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "server"], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert done.stderr == (
        "taglint: the language server is not installed; run pip install 'taglint[server]'\n"
    )


def test_the_command_explains_itself(taglint: Callable[..., Done]) -> None:
    done = taglint("server", "--help")
    assert done.status == 0
    assert "'taglint[server]'" in done.out
