"""Other programs write to the corpus while taglint works on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Done
from tests.faults.corpora import COMMAND, CORPUS, changed, contents, left, put
from tests.faults.tally import MEANWHILE, fault

Taglint = Callable[..., Done]
THEIRS = "别人/r  写/v  的/u\n".encode()


def truncated(path: Path) -> None:
    os.truncate(path, 20)


def rewritten(path: Path) -> None:
    path.write_bytes(THEIRS)


def replaced(path: Path) -> None:
    other = path.with_name("other.tmp")
    other.write_bytes(THEIRS)
    other.replace(path)


def removed(path: Path) -> None:
    path.unlink()


def made_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


every_meddling = pytest.mark.parametrize(
    "meddle",
    [truncated, rewritten, replaced, removed, made_a_folder],
    ids=lambda each: each.__name__,
)


def meddling(
    monkeypatch: pytest.MonkeyPatch, path: Path, meddle: Callable[[Path], None], reads: int
) -> None:
    """Something happens to a file after it has been read so many times."""
    read, seen = Path.read_bytes, []

    def read_bytes(self: Path) -> bytes:
        data = read(self)
        if self.name == path.name:
            seen.append(1)
            if len(seen) == reads:
                meddle(path)
        return data

    monkeypatch.setattr(Path, "read_bytes", read_bytes)


@pytest.mark.parametrize("reads", [1, 2])
@every_meddling
@fault(MEANWHILE)
def test_what_another_program_wrote_meanwhile_stays(
    folder: Path,
    taglint: Taglint,
    monkeypatch: pytest.MonkeyPatch,
    meddle: Callable[[Path], None],
    reads: int,
) -> None:
    """`reads`: when it happens, after the first reading of the file or that before writing."""
    corpus = put(folder / "corpus")
    path = corpus / "a.txt"
    meddling(monkeypatch, path, meddle, reads)
    done = taglint(*COMMAND[:-1], "--no-cache", "corpus")
    if reads == 2 and not path.is_dir() and path.exists():
        # Between the last look and the renaming no program can be stopped: the new bytes win.
        assert path.read_bytes() not in (b"", CORPUS["a.txt"][:20])
        return
    assert done.status == 2
    assert "a.txt: " in done.err and "not fixed" in done.err
    expected = {truncated: CORPUS["a.txt"][:20], rewritten: THEIRS, replaced: THEIRS}.get(meddle)
    assert (path.read_bytes() if path.is_file() else None) == expected
    assert not left(corpus)
    assert "下/v".encode("gb18030") in (corpus / "c.txt").read_bytes(), "the others are fixed"


@pytest.mark.parametrize("warm", [False, True])
@pytest.mark.parametrize("reads", [1, 2, 3])
@every_meddling
@fault(MEANWHILE)
def test_a_cache_never_takes_a_file_for_what_it_was(
    folder: Path,
    taglint: Taglint,
    monkeypatch: pytest.MonkeyPatch,
    meddle: Callable[[Path], None],
    reads: int,
    warm: bool,
) -> None:
    """The file is read for the cache as well; the next run finds what one without a cache finds."""
    corpus = put(folder / "corpus")
    path = corpus / "a.txt"
    check = (*(word for word in COMMAND[:-1] if word != "--fix"), "corpus")
    if warm:
        taglint(*check)
    with monkeypatch.context() as patch:
        meddling(patch, path, meddle, reads)
        taglint(*check)
    cached, anew = taglint(*check), taglint(*check, "--no-cache")
    assert (cached.status, cached.out, cached.err) == (anew.status, anew.out, anew.err)


@pytest.mark.parametrize("reads", [1, 2, 3])
@every_meddling
@fault(MEANWHILE)
def test_what_the_cache_knows_of_a_file_mends_no_other_bytes(
    folder: Path,
    taglint: Taglint,
    monkeypatch: pytest.MonkeyPatch,
    meddle: Callable[[Path], None],
    reads: int,
) -> None:
    corpus = put(folder / "corpus")
    path = corpus / "a.txt"
    theirs = folder / "theirs"
    taglint(*(word for word in COMMAND[:-1] if word != "--fix"), "corpus")
    with monkeypatch.context() as patch:
        meddling(patch, path, meddle, reads)
        done = taglint(*COMMAND[:-1], "corpus")
    assert done.status in (0, 1, 2) and "internal error" not in done.err
    put(theirs)
    alone = theirs / "a.txt"
    taglint(*COMMAND[:-1], "theirs")
    possible = [alone.read_bytes()]
    alone.write_bytes(CORPUS["a.txt"])
    meddle(alone)
    if alone.is_file():
        possible.append(alone.read_bytes())
        taglint(*COMMAND[:-1], "--no-cache", "theirs")
        possible.append(alone.read_bytes())
    assert not path.is_file() or path.read_bytes() in possible
    assert not left(corpus)


def test_runs_that_fix_the_same_files_at_once(tmp_path: Path) -> None:
    alone = put(tmp_path / "alone")
    command = [sys.executable, "-m", "taglint", *COMMAND]
    subprocess.run(command, cwd=alone, check=False, timeout=60)
    fixed, folder = contents(alone), put(tmp_path / "corpus")
    started = [
        subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    for process in started:
        _, said = process.communicate(timeout=120)
        assert process.returncode in (0, 1) or "changed while it was read" in said, said
    assert changed(folder, fixed) == {"a.txt", "b.txt", "c.txt"}
    assert not left(folder)


def test_a_reader_never_sees_a_mixture(tmp_path: Path) -> None:
    """While another process replaces a file over and over, each look at it is of one version."""
    path = tmp_path / "a.txt"
    versions = [bytes([mark]) * 300_000 for mark in b"abc"]
    path.write_bytes(versions[0])
    program = (
        "import sys; from pathlib import Path; from taglint.corpus.files import replace_file\n"
        "for n in range(60): replace_file(Path(sys.argv[1]), bytes([97 + n % 3]) * 300_000)"
    )
    process = subprocess.Popen([sys.executable, "-c", program, str(path)])
    looks = 0
    while process.poll() is None:
        assert path.read_bytes() in versions
        looks += 1
    assert process.returncode == 0 and looks > 10
