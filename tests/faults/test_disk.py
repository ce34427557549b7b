"""Disks that are full, folders that may not be written, limits on the size of a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.corpora import COMMAND, changed, contents, left, put
from tests.faults.tally import FAILING, fault

ROOT = os.name == "posix" and os.geteuid() == 0


def taglint(
    folder: Path, *arguments: str, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "taglint", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=before,
        # Where files may not grow, Python would leave a part of a module's bytecode behind.
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


@pytest.fixture
def fixed(tmp_path: Path) -> dict[str, bytes]:
    """The corpus as it is to be."""
    folder = put(tmp_path / "fixed")
    taglint(folder, *COMMAND)
    return contents(folder)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few pages, of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24k", "tmpfs", str(folder)]
    if not ROOT or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only the superuser may mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@fault(FAILING)
def test_on_a_full_disk_files_stay_and_it_is_said(
    small_disk: Path, fixed: dict[str, bytes]
) -> None:
    folder = put(small_disk / "corpus")
    (small_disk / "filler").write_bytes(bytes(shutil.disk_usage(small_disk).free))
    done = taglint(folder, *COMMAND)
    assert done.returncode == 2
    assert "a.txt: cannot write: No space left on device; not fixed" in done.stderr
    assert changed(folder, fixed) == set() and not left(folder)
    (small_disk / "filler").unlink()
    taglint(folder, *COMMAND)
    assert contents(folder) == fixed


@fault(FAILING)
def test_a_limit_on_the_size_of_files_stops_the_large_one_alone(
    tmp_path: Path, fixed: dict[str, bytes]
) -> None:
    resource = pytest.importorskip("resource")
    folder = put(tmp_path / "corpus")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (900, 900))

    done = taglint(folder, *COMMAND, before=limit)
    assert done.returncode == 2
    assert "b.txt: cannot write: File too large; not fixed" in done.stderr
    assert changed(folder, fixed) == {"a.txt", "c.txt"} and not left(folder)


def test_on_a_disk_that_is_read_only_files_stay_and_it_is_said(
    small_disk: Path, fixed: dict[str, bytes]
) -> None:
    folder = put(small_disk / "corpus")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    stays_as_it_was(folder, fixed)


@pytest.mark.skipif(ROOT, reason="the superuser may write into any folder")
def test_in_a_folder_that_may_not_be_written_files_stay_and_it_is_said(
    tmp_path: Path, fixed: dict[str, bytes]
) -> None:
    folder = put(tmp_path / "corpus")
    folder.chmod(0o555)
    stays_as_it_was(folder, fixed)
    folder.chmod(0o755)


def stays_as_it_was(folder: Path, fixed: dict[str, bytes]) -> None:
    with fault(FAILING):
        done = taglint(folder, *COMMAND)
    assert done.returncode == 2
    assert done.stderr.count(": cannot write: ") == done.stderr.count("; not fixed") == 3
    assert changed(folder, fixed) == set() and not left(folder)


@pytest.mark.parametrize(
    "arguments",
    [
        ("baseline", "--isolated", "a.txt", "--baseline", "out.tsv"),
        ("lexicon", "build", "--isolated", "a.txt", "-o", "out.tsv"),
        ("convert", "a.txt", "--to", "conllu", "-o", "out.tsv"),
        ("report", "--isolated", "a.txt", "-o", "out.tsv"),
    ],
)
@fault(FAILING)
def test_no_half_written_new_file_stays(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    resource = pytest.importorskip("resource")
    folder = put(tmp_path / "corpus")
    (folder / "a.txt").write_bytes(
        "".join(f"今天{n}/t  下／v  雨/n  。/w\n" for n in range(200)).encode()
    )

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))

    done = taglint(folder, *arguments, before=limit)
    assert done.returncode == 2, done
    assert done.stderr.count("\n") == 1 and "cannot write" in done.stderr, done.stderr
    assert not (folder / "out.tsv").exists() and not left(folder)
