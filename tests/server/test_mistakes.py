"""A rule that fails, as only a faulty one does, is named; the server goes on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from taglint.findings import TaglintError
from tests.server.rig import Rig


def test_what_fails_beside_the_requests_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    async def fail() -> None:
        raise ValueError("no good")

    async def work() -> None:
        rig = Rig(tmp_path)
        monkeypatch.setattr(rig.server, "say", lambda text, *_: said.append(text))
        await rig.ready()
        for _ in range(2):
            await asyncio.wait([rig.server.start(fail())])
        rig.open("a.txt", "今天/t  ,/n\n")
        assert len(await rig.findings("a.txt")) == 1
        rig.server.complain(TaglintError("rule X failed"))
        rig.close()

    asyncio.run(work())
    assert said == [
        "taglint: internal error: ValueError: no good",
        "taglint: rule X failed",
    ]
