"""A sitting without a browser: groups, reach, undo; and a server that lets nobody else in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from taglint.commands.inputs import checking_inputs
from taglint.decisions import contradictions, read_decisions, revise
from taglint.engine.rulings import Who
from taglint.findings import TaglintError
from taglint.review.details import detail
from taglint.review.sitting import Sitting, tokens_of
from taglint.review.web import Server
from tests.decisions.test_obeying import FLAGS

TEXT = "他/r 报道/vvn 了/u\n她/r 报道/vvn 了/u\n听/v 他/r 报道/vvn 了/u\n好/a 新闻/nnn\n好/a ,/n\n"
PATH = Path("taglint-decisions.yaml")


@pytest.fixture
def sitting(folder: Path) -> Sitting:
    (folder / "a.txt").write_text(TEXT, "utf-8")
    return sit()


def sit(*select: str) -> Sitting:
    inputs = checking_inputs((), {**FLAGS, "select": select or ("TAG001", "TAG003")})
    return Sitting(inputs.session, inputs.check().findings, PATH, Who("li", "2026-01-31"))


def places(sitting: Sitting) -> list[int]:
    return [sitting.findings[number].line for group in sitting.groups for number in group.items]


def test_groups_come_certain_and_large_first(sitting: Sitting) -> None:
    assert places(sitting) == [1, 2, 3, 4, 5]
    assert [len(group.items) for group in sitting.groups] == [3, 1, 1]


@pytest.mark.parametrize(
    ("scope", "settled", "left"),
    [
        ("place", [0], [2, 3, 4, 5]),
        ("context", [0, 2], [2, 4, 5]),
        ("everywhere", [0, 1, 2], [4, 5]),
        ("group", [0, 1, 2], [4, 5]),
    ],
)
def test_a_later_run_obeys_what_was_settled(
    sitting: Sitting, scope: str, settled: list[int], left: list[int]
) -> None:
    assert sitting.decide(0, "keep", scope) == settled
    assert places(sit()) == left


def test_undo_goes_back_step_by_step(sitting: Sitting) -> None:
    sitting.decide(3, "change", "place", "新闻/n")
    sitting.decide(0, "keep", "group")
    assert len(read_decisions(PATH)) == 4
    assert sitting.undo() == [0, 1, 2]
    assert [item.to for item in read_decisions(PATH)] == [("新闻/n",)]
    assert sitting.undo() == [3]
    assert read_decisions(PATH) == {}
    assert sitting.undo() == []


def test_ruling_anew_replaces(sitting: Sitting) -> None:
    sitting.decide(0, "keep", "place")
    sitting.decide(0, "change", "place", "报道/v")
    assert [item.to for item in read_decisions(PATH)] == [("报道/v",)]


def test_what_was_accepted_is_not_asked_again(folder: Path) -> None:
    """Also where the fix is of characters, which stays a finding until it is applied."""
    (folder / "a.txt").write_text("好/a a\u200b/nx 的/u 了/u\n", "utf-8")
    assert sit("TXT004").decide(0, "accept", "place") == [0]
    assert sit("TXT004").findings == []


def test_a_contradiction_is_settled_by_ruling_anew(sitting: Sitting) -> None:
    other = sit()
    sitting.decide(0, "keep", "place")
    theirs = list(read_decisions(PATH))
    other.decide(0, "change", "place", "报道/v")
    revise(PATH, theirs)
    assert len(contradictions(read_decisions(PATH))) == 1
    third = sit()
    third.decide(0, "change", "place", "报道/vn")
    assert [item.to for item in read_decisions(PATH)] == [("报道/vn",)]
    third.undo()
    assert len(contradictions(read_decisions(PATH))) == 1


def test_what_another_person_decides_meanwhile_stays(sitting: Sitting) -> None:
    other = sit()
    sitting.decide(0, "keep", "place")
    other.decide(3, "keep", "place")
    sitting.decide(1, "keep", "place")
    assert len(read_decisions(PATH)) == 3


@pytest.mark.parametrize(
    ("verdict", "scope", "to"),
    [
        ("accept", "place", ""),
        ("change", "everywhere", "报道/v"),
        ("change", "place", "x"),
        ("?", "", ""),
    ],
)
def test_a_refusal_decides_nothing(sitting: Sitting, verdict: str, scope: str, to: str) -> None:
    with pytest.raises(TaglintError):
        sitting.decide(0, verdict, scope, to)
    assert read_decisions(PATH) == {} and not sitting.decided


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("a/n", ["a/n"]),
        ("New York/NNP is/VB ", ["New York/NNP", "is/VB"]),
        ("  a/nz )/w", ["  a/nz", ")/w"]),
        ("1/2/m", ["1/2/m"]),
    ],
)
def test_tokens_are_typed_as_they_are_shown(text: str, tokens: list[str]) -> None:
    assert tokens_of(text) == tokens


def test_details_propose_and_show_the_word_elsewhere(sitting: Sitting) -> None:
    shown = detail(sitting, 4, ["a.txt"], {})
    assert shown["proposed"] == {"old": [(",", "n")], "to": [(",", "w")]}
    assert shown["tags"][0]["tag"] == "w"
    shown = detail(sitting, 0, ["a.txt"], {})
    (lines,) = [item["lines"] for item in shown["concordance"]]
    assert [row["line"] for row in lines] == [2, 3]
    assert shown["reach"] == {"place": 1, "context": 2, "everywhere": 3, "group": 3}


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server(lambda path, data: {"path": path, **data})
    thread = Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.shutdown()
    thread.join()
    found.server_close()


def ask(
    server: Server, method: str, path: str, body: Any = None, **headers: str
) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, names)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def test_only_this_machine_listens(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_the_token_opens(server: Server) -> None:
    status, page = ask(server, "GET", f"/?token={server.token}")
    assert (status, "<title>taglint review</title>" in page) == (200, True)
    status, answer = ask(server, "POST", "/api/x", '{"a": 1}', X_Taglint_Token=server.token)
    assert (status, json.loads(answer)) == (200, {"path": "/api/x", "a": 1})


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {}),
        ("GET", "/?token=x", {}),
        ("GET", "/api/queue", {}),
        ("POST", "/api/decide", {"X_Taglint_Token": "wrong"}),
        ("POST", "/api/decide", {"X_Taglint_Token": "TOKEN", "Host": "evil.example"}),
        ("GET", "/?token=TOKEN", {"Host": "evil.example"}),
    ],
)
def test_nobody_else_gets_in(
    server: Server, method: str, path: str, headers: dict[str, str]
) -> None:
    headers = {name: value.replace("TOKEN", server.token) for name, value in headers.items()}
    path = path.replace("TOKEN", server.token)
    body = "{}" if method == "POST" else None
    assert ask(server, method, path, body, **headers)[0] == 403


@pytest.mark.parametrize(
    ("body", "status"), [("[]", 400), ("{", 400), ("[" * 99_999, 400), ("x" * 200_000, 413)]
)
def test_odd_bodies_are_refused(server: Server, body: str, status: int) -> None:
    assert ask(server, "POST", "/api/x", body, X_Taglint_Token=server.token)[0] == status
