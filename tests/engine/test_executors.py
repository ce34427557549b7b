"""Workers give what this process gives, whatever happens to them."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from unittest.mock import Mock

import pytest

from taglint.configuration import Configuration, FileOptions
from taglint.engine import adding, executors
from taglint.engine.examining import Examiner, FileState, Unusable
from taglint.engine.executors import Workers, can_fork
from taglint.engine.session import Session
from taglint.findings import TaglintError
from taglint.plugins import installed

USUAL = "他/r 爱/v 国家/n 。/w\n大/a 国家/n ，/w\n"
OPTIONS = FileOptions(format="slash", tagset="pku98", min_confidence=0.0)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for number in range(12):
        odd = "他/r 爱/v 国家/d 。/w 开/v/ 〔/x\n" if number % 4 == 1 else ""
        (tmp_path / f"{number}.txt").write_text(USUAL * (10 + number) + odd, "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe\x00" + USUAL.encode() * 2)
    return sorted(map(str, tmp_path.iterdir()))


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(Configuration(options=OPTIONS), 2)
    made.worthwhile = 0
    yield made
    made.close()


def serial(files: list[str]) -> Session:
    return Session(installed(), Configuration(options=OPTIONS))


def parallel(workers: Workers) -> Session:
    return Session(installed(), Configuration(options=OPTIONS), executor=workers)


def test_workers_find_what_one_process_finds(files: list[str], workers: Workers) -> None:
    alone, together = serial(files).check(files), parallel(workers).check(files)
    assert together.findings == alone.findings
    assert any(item.evidence for item in alone.findings)
    assert together.files == alone.files and together.errors == alone.errors


def test_what_is_not_checked_is_listed_in_order_of_paths(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.txt").write_text("Prose, of no tagged corpus.\n" * number)
    missing = [str(tmp_path / f"missing{number}.txt") for number in range(12)]
    paths = [*missing, *map(str, tmp_path.iterdir())]
    workers = Workers(Configuration(), 2)
    workers.worthwhile = 0
    for executor in (None, workers):
        session = Session(installed(), Configuration(), executor=executor)
        report = session.check(sorted(paths, reverse=True))
        skipped, errors = ([each.path for each in part] for part in (report.skipped, report.errors))
        assert len(skipped) > 5 and skipped == sorted(skipped)
        assert errors == sorted(missing)
    workers.close()


def test_workers_last_a_run(
    files: list[str], workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[str] = []
    monkeypatch.setattr(executors._Worker, "stop", lambda worker: stopped.append(worker.path))
    parallel(workers).check(files)
    assert not stopped
    monkeypatch.undo()


def test_a_text_that_was_edited_is_checked_as_it_is_now(files: list[str], workers: Workers) -> None:
    session, other = parallel(workers), serial(files)
    for each in (session, other):
        each.check(files)
        each.edit(files[3], USUAL + "国家/d 国家/x\n", each.document(files[3]).source)
    assert session.check(files).findings == other.check(files).findings


class Deadly(Examiner):
    """Its process dies at some files: each time, or only where a mark is not there yet."""

    def examine(self, path: str, checked: bool) -> FileState | Unusable:
        name = Path(path).name
        mark = Path(path).with_suffix(".died")
        if name == "3.txt" or (name == "5.txt" and not mark.exists()):
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().examine(path, checked)


@pytest.mark.skipif(not can_fork(), reason="patches what a forked worker runs")
def test_a_worker_that_dies_costs_at_most_its_file(
    files: list[str], workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "Examiner", Deadly)
    report = parallel(workers).check(files)
    (deadly,) = [path for path in files if Path(path).name == "3.txt"]
    assert [(item.path, item.message) for item in report.errors] == [(deadly, executors.DIED)]
    others = [path for path in files if path != deadly]
    assert report.findings == serial(files).check(others).findings


class Unsettled(Examiner):
    """What it has counted gets lost when it adds that up: its process dies, or has no memory; one
    does, whichever is first."""

    def settle(self, _: str) -> None:
        mark = Path(os.environ["MARK"])
        with suppress(FileExistsError):
            mark.touch(exist_ok=False)
            if os.environ["END"] == "dies":
                os.kill(os.getpid(), signal.SIGKILL)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(adding, "added", Mock(side_effect=MemoryError))
                super().settle(_)
        super().settle(_)


@pytest.mark.skipif(not can_fork(), reason="patches what a forked worker runs")
@pytest.mark.parametrize("end", ["dies", "has no memory"])
def test_what_a_worker_loses_while_it_settles_is_counted_again(
    files: list[str], workers: Workers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, end: str
) -> None:
    monkeypatch.setenv("MARK", str(tmp_path / "mark"))
    monkeypatch.setenv("END", end)
    monkeypatch.setattr(executors, "Examiner", Unsettled)
    found = parallel(workers).check(files)
    assert (tmp_path / "mark").exists()
    assert found.findings == serial(files).check(files).findings and not found.errors


class Faulty(Examiner):
    def examine(self, path: str, checked: bool) -> FileState | Unusable:
        raise TaglintError("rule X failed")


@pytest.mark.skipif(not can_fork(), reason="patches what a forked worker runs")
def test_a_faulty_rule_ends_the_run_with_its_error(
    files: list[str], workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "Examiner", Faulty)
    with pytest.raises(TaglintError, match="rule X failed"):
        parallel(workers).check(files)
