from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from toy_plugins import toy_plugins

from taglint.plugins import Plugins

Write = Callable[[Mapping[str, str]], Path]


@pytest.fixture(scope="session")
def plugins() -> Plugins:
    return toy_plugins()


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes files by relative path into an empty folder, which is the working directory."""
    monkeypatch.chdir(tmp_path)

    def write_files(files: Mapping[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return tmp_path

    return write_files
