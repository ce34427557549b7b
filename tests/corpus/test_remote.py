"""Files elsewhere give what the same files here give, and are only read."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.conftest import Done

from taglint.corpus.remote import is_remote

fsspec = pytest.importorskip("fsspec", reason="the extra remote is not installed")

FILES = {"a.txt": "今天/t  天气/n  好/a\n", "b.txt": "很/d  热／a  。/w\n", "c.json": "{}"}
CHECK = ("check", "--isolated", "--no-cache", "--output-format", "concise", "--quiet", "-j1")


@pytest.fixture
def elsewhere(folder: Path) -> Iterator[str]:
    """The files in memory, and beside in the working folder."""
    (folder / "corpus").mkdir()
    for name, text in FILES.items():
        (folder / "corpus" / name).write_text(text, "utf-8")
        with fsspec.open(f"memory://corpus/{name}", "wb") as file:
            file.write(text.encode())
    yield "memory://corpus"
    fsspec.filesystem("memory").rm("/corpus", recursive=True)


@pytest.mark.parametrize("ending", ["", "/*.txt", "/b.txt"])
def test_files_elsewhere_are_checked_like_files_here(
    elsewhere: str, taglint: Callable[..., Done], ending: str
) -> None:
    here, there = (taglint(*CHECK, f"{place}{ending}") for place in ("corpus", elsewhere))
    assert here.out and there.status == here.status == 1
    assert there.out.replace("memory:///", "").replace("memory://", "") == here.out


def test_the_corpus_of_a_configuration_may_be_elsewhere(
    elsewhere: str, taglint: Callable[..., Done], folder: Path
) -> None:
    (folder / ".taglint.yaml").write_text(f"corpus: ['{elsewhere}']\n", "utf-8")
    done = taglint("check", "--no-cache", "--output-format", "concise")
    assert "corpus/b.txt" in done.out and not done.err


def test_files_elsewhere_are_not_written(elsewhere: str, taglint: Callable[..., Done]) -> None:
    done = taglint("check", "--isolated", "--fix", "--unsafe-fixes", "--quiet", elsewhere)
    assert done.status == 2 and "only read; not fixed" in done.err
    assert fsspec.filesystem("memory").cat("/corpus/b.txt").decode() == FILES["b.txt"]


@pytest.mark.parametrize(
    "name", ["memory://nowhere", "memory://nowhere/*.txt", "nosuchsystem://a/b", "file:///nowhere"]
)
def test_what_is_not_there_is_one_line(taglint: Callable[..., Done], name: str) -> None:
    done = taglint(*CHECK, name)
    assert done.status == 2 and done.err.count("\n") == 1 and name in done.err


def test_without_fsspec_it_is_said_what_to_install(
    taglint: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fsspec.core", None)
    done = taglint(*CHECK, "s3://bucket/corpus")
    assert done.status == 2 and "pip install 'taglint[remote]'" in done.err


def test_names_with_a_scheme_are_elsewhere() -> None:
    assert is_remote("s3://bucket/a.txt") and is_remote("hdfs://host/a")
    assert not any(map(is_remote, ("a.txt", "C://a.txt", "a/b://c", "-", "://")))
