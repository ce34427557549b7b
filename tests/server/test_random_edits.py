"""Ten thousand random edits: the server's text stays the client's, its findings those of a check
of that text."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taglint.configuration import load
from taglint.corpus.encoding import Source
from taglint.engine.session import Session
from taglint.plugins import installed
from taglint.server.project import Project
from tests.engine.corpora import DAMAGE, FORMS, TAGS
from tests.server.rig import Rig
from tests.server.test_text import ENCODINGS, Client

EDITS, SESSIONS, SETTLING = 500, 20, 100
BLANKS = (" ", "  ", "", "\n", "\r\n", "\r", "\u2028", "\x85", "\x0c", "😀/x")
CONFIGURATION = "corpus: ['*.txt']\nselect: [ALL]\nmin-confidence: 0\n"


def piece(chance: random.Random) -> str:
    token = f"{chance.choice(FORMS)}/{chance.choice(TAGS)}"
    return chance.choice(
        (token, token, chance.choice(DAMAGE), chance.choice(BLANKS), "/", "[", "]")
    )


def change(chance: random.Random, client: Client) -> dict[str, Any]:
    """A random edit, done to the client's text, as it is told the server."""
    if chance.random() < 0.01:
        client.text = "".join(piece(chance) for _ in range(20))
        return {"text": client.text}
    positions = client.positions()
    at = chance.randrange(len(positions))
    to = min(len(positions) - 1, at + chance.choice((0, 0, 0, 1, 2, 8)))
    new = "".join(piece(chance) for _ in range(chance.choice((0, 1, 1, 2))))
    (start, first), (end, last) = positions[at], positions[to]
    client.replace(start, end, new)
    range_ = {
        side: {"line": place.line, "character": place.character}
        for side, place in (("start", first), ("end", last))
    }
    return {"range": range_, "text": new}


def fresh(texts: dict[str, str], path: str) -> list[Any]:
    """The findings of a check of the files alone, as the command line has them."""
    configuration = load(Path(path).parent, installed())
    session = Session(installed(), configuration)
    for name, text in texts.items():
        session.edit(name, text, Source("utf-8"))
    return session.check([path], [name for name in texts if name != path]).findings


async def work(folder: Path, encoding: str, seed: int, edits: int = EDITS) -> None:
    chance = random.Random(seed)
    rig = Rig(folder, encoding)
    clients = {name: Client("今天/t 天气/n\n好/a", encoding) for name in ("a.txt", "b.txt")}
    try:
        await rig.ready()
        for name, client in clients.items():
            rig.open(name, client.text)
        for number in range(edits):
            name = chance.choice(list(clients))
            rig.change(name, number + 2, change(chance, clients[name]))
            assert rig.text(name) == clients[name].text
            if number % 100 == 99:
                await compare(rig, clients)
    finally:
        rig.close()


async def compare(rig: Rig, clients: dict[str, Client]) -> None:
    texts = {str(rig.folder / name): client.text for name, client in clients.items()}
    for name in clients:
        await rig.findings(name)
    while rig.server._gathering:
        await asyncio.sleep(0.01)
    for name in clients:
        expected = fresh(texts, str(rig.folder / name))
        # Where judging takes long, on a busy machine too, what is shown settles some time after
        # the client has asked for it.
        for _ in range(SETTLING):
            if await rig.findings(name) == expected:
                break
            rig.pull(name)
            await asyncio.sleep(0.05)
        assert await rig.findings(name) == expected


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / ".taglint.yaml").write_text(CONFIGURATION, "utf-8")
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("", "utf-8")
    return folder


@settings(
    max_examples=SESSIONS,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.sampled_from(ENCODINGS), st.integers(0, 2**32))
def test_text_and_findings_stay_those_of_the_client(
    project: Path, encoding: str, seed: int
) -> None:
    asyncio.run(work(project, encoding, seed))


def test_findings_settle_for_a_client_that_asks_again_and_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taglint.server.project.SLOW", 0.0)
    asyncio.run(ask_until_settled(project))


async def ask_until_settled(folder: Path) -> None:
    texts = {"a.txt": "他/r  好/a\n", "b.txt": "GDP/n  " * 9}
    rig = Rig(folder)
    try:
        await rig.ready()
        for name, text in texts.items():
            rig.open(name, text)
        await compare(rig, {name: Client(text, "utf-16") for name, text in texts.items()})
        texts["a.txt"] = "他/r  ＧＤＰ/n\n"
        rig.change("a.txt", 2, {"text": texts["a.txt"]})
        stale = await rig.findings("a.txt")
        assert "TXT008" not in {item.code for item in stale}
        await compare(rig, {name: Client(text, "utf-16") for name, text in texts.items()})
        assert "TXT008" in {item.code for item in await rig.findings("a.txt")}
    finally:
        rig.close()


def test_slow_corpus_rules_follow_and_what_they_found_moves_along(project: Path) -> None:
    asyncio.run(type_in_a_large_corpus(project))


async def type_in_a_large_corpus(folder: Path) -> None:
    """As in a corpus in which judging takes long, whatever it takes here."""
    path, other = str(folder / "a.txt"), "GDP/n  " * 9
    plugins = installed()
    mine = Project(plugins, load(folder, plugins), ())
    mine.put(str(folder / "b.txt"), other)
    mine.gather(lambda *_: None)
    mine.put(path, "他/r  ＧＤＰ/n  ＧＤＰ/n\n")
    width = [item.start for item in mine.check(path, lambda *_: None) if item.code == "TXT008"]
    assert width == [5, 12]
    mine.is_slow = True
    for text, starts in (
        ("好/a  他/r  ＧＤＰ/n  ＧＤＰ/n\n", [10, 17]),
        ("他/r  ＧＤＰＸ/n  ＧＤＰ/n\n", [13]),
        ("他/r  ＧＤＰ/n  ＧＤＰ/n  好/a\n", [5, 12]),
        ("他/r  \n", []),
    ):
        mine.put(path, text)
        found = mine.check(path, lambda *_: None)
        assert [item.start for item in found if item.code == "TXT008"] == starts
    assert not mine.is_settled(path)
    settled = mine.settle(path, lambda *_: None)
    assert mine.is_settled(path)
    texts = {path: mine.session.text(path), str(folder / "b.txt"): other}
    assert settled == fresh(texts, path)
