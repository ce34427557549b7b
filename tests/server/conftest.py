"""A server that the tests of a module share, with a small corpus."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import pytest_lsp
from pytest_lsp import ClientServerConfig, LanguageClient

from tests.server.connections import COMMAND, Editor, begun

FILES = {
    ".taglint.yaml": "corpus: [corpus]\ntagset: pku98\n",
    "corpus/a.txt": "我国/n  GDP/n  增长/v  。/w\n" + "GDP/n  增长/vn  很/d  快/a  。/w\n" * 8,
    "corpus/b.txt": "ＧＤＰ/n  的/u  增长/vn  。/w\n",
    "corpus/c.txt": "他/r  来/v  。/w\n",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest_lsp.fixture(scope="module", config=ClientServerConfig(server_command=list(COMMAND)))
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    yield
    await lsp_client.shutdown_session()


@pytest_asyncio.fixture(scope="module")
async def editor(client: LanguageClient, project: Path) -> Editor:
    return await begun(client, project)
