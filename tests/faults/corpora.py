"""A small corpus that needs fixing, and what is to be seen in it after a run that went wrong."""

from __future__ import annotations

from pathlib import Path

CORPUS = {
    "a.txt": "今天/t  下／v  雨/n  。/w\n很/d  大/a  。/w\n".encode(),
    "b.txt": ("\ufeff" + "三/m  度 /q  风/n  。/w\r\n" * 40).encode(),
    "c.txt": ("昨天/t  下／v  了/u  雪/n\n" * 20).encode("gb18030"),
    "sound.txt": "今天/t  好/a\n".encode(),
}
COMMAND = ("check", "--isolated", "--fix", "--quiet", "--select", "TOK", ".")


def put(folder: Path) -> Path:
    folder.mkdir()
    for name, data in CORPUS.items():
        (folder / name).write_bytes(data)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of all files but the cache's, and those that a killed run left behind."""
    return {path.name: path.read_bytes() for path in files(folder) if not is_left(path)}


def left(folder: Path) -> list[str]:
    return [path.name for path in files(folder) if is_left(path)]


def files(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if path.parent.name != ".taglint_cache")


def is_left(path: Path) -> bool:
    return path.name.startswith(".taglint-") and path.suffix == ".tmp"


def changed(folder: Path, fixed: dict[str, bytes]) -> set[str]:
    """The names of the files that are fixed; all others must be as they were."""
    now = contents(folder)
    assert now.keys() == CORPUS.keys()
    for name, data in now.items():
        assert data in (CORPUS[name], fixed[name]), f"{name} is neither old nor new"
    return {name for name in CORPUS if now[name] == fixed[name] != CORPUS[name]}
