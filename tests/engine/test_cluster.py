"""Dask gives what one process gives, whatever happens to its workers."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.conftest import Done

from taglint.configuration import Configuration, FileOptions
from taglint.corpus.uncounted import Uncounted
from taglint.engine.examining import Examiner
from taglint.engine.executors import Question
from taglint.engine.session import Session
from taglint.findings import TaglintError
from taglint.plugins import installed
from taglint.report import Report

dask = pytest.importorskip("dask", reason="the extra dask is not installed")
distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
from taglint.engine.adding import added_up  # noqa: E402
from taglint.engine.cluster import Cluster, _answer  # noqa: E402

USUAL = "他/r 爱/v 国家/n 。/w\n大/a 国家/n ，/w\n"
OPTIONS = FileOptions(format="slash", tagset="pku98", min_confidence=0.0)
CONFIGURATION = Configuration(options=OPTIONS)
POISON = "poison.txt"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for number in range(40):
        odd = "他/r 爱/v 国家/d 。/w 开/v/ 〔/x\n" if number % 4 == 1 else ""
        (tmp_path / f"{number:02}.txt").write_text(USUAL * (10 + number) + odd, "utf-8")
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe\x00" + USUAL.encode() * 2)
    return sorted(map(str, tmp_path.iterdir()))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    made = Cluster(CONFIGURATION, 2)
    yield made
    made.close()


def alone(files: list[str]) -> Session:
    return Session(installed(), CONFIGURATION)


def together(cluster: Cluster) -> Session:
    return Session(installed(), CONFIGURATION, executor=cluster)


def test_a_cluster_finds_what_one_process_finds(files: list[str], cluster: Cluster) -> None:
    expected, found = alone(files).check(files), together(cluster).check(files)
    assert found.findings == expected.findings and found.files == expected.files
    assert any(item.evidence for item in expected.findings)


def test_a_cluster_finds_the_same_again(files: list[str], cluster: Cluster) -> None:
    session = together(cluster)
    first = session.check(files).findings
    assert session.check(files).findings == first
    session.reload(files[0])
    assert session.check(files).findings == first


def test_counts_that_leave_a_worker_are_made_before(
    files: list[str], cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dask sends them from another thread, while the worker reads the next files."""
    monkeypatch.setattr(distributed, "get_worker", lambda: SimpleNamespace(address="here"))
    batch = [Question("examine", path, (True,), True) for path in files[:3]]
    _, outcomes = _answer(cluster._setup, batch, None, False)
    counts = [each for _, state in outcomes for each in state.counts.values()]
    assert len(counts) > 10 and not any(isinstance(each, Uncounted) for each in counts)


def test_files_are_asked_about_by_size_and_number(
    files: list[str], cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(files[0]).write_text(USUAL * 100, "utf-8")
    monkeypatch.setattr("taglint.engine.cluster.BYTES", Path(files[0]).stat().st_size - 1)
    batches = list(cluster._batches("examine", dict.fromkeys(files, (True,))))
    assert [path for batch in batches for _, path, *_ in batch] == files
    assert [len(batch) for batch in batches[:2]] == [1, len(files) // 16]


def test_a_text_that_was_edited_is_checked_as_it_is_now(files: list[str], cluster: Cluster) -> None:
    session, other = together(cluster), alone(files)
    for each in (session, other):
        each.check(files)
        each.edit(files[3], USUAL + "国家/d 国家/x\n", each.document(files[3]).source)
    assert session.check(files).findings == other.check(files).findings


@pytest.mark.parametrize("moment", [3, 30, 41])
def test_a_worker_that_is_killed_costs_nothing_but_time(
    files: list[str], cluster: Cluster, moment: int
) -> None:
    found = with_a_worker_killed(files, cluster, moment)
    assert found.findings == alone(files).check(files).findings
    assert not found.errors


def test_what_dask_gives_up_when_a_worker_is_killed_is_done_again(files: list[str]) -> None:
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}):
        cluster = Cluster(CONFIGURATION, 2)
    try:
        found = with_a_worker_killed(files, cluster, 30)
    finally:
        cluster.close()
    assert found.findings == alone(files).check(files).findings
    assert not found.errors


def with_a_worker_killed(files: list[str], cluster: Cluster, moment: int) -> Report:
    """What is found if a worker is killed before so many files are done."""
    killed: list[int] = []

    def kill(done: int, *_: Any) -> None:
        if done + 1 == moment and not killed:
            pids = cluster.client.run(os.getpid)
            killed.append(next(iter(pids.values())))
            os.kill(killed[0], signal.SIGKILL)

    found = together(cluster).check(files, progress=kill)
    assert killed
    return found


def test_workers_that_dask_gave_up_are_started_anew(
    files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it does with one that a file kills while it starts."""
    monkeypatch.setattr("taglint.engine.cluster.BETWEEN", 0.2)
    with dask.config.set({"distributed.deploy.lost-worker-timeout": 0.1}):
        cluster = Cluster(CONFIGURATION, 2)
        try:
            local = cluster.client.cluster
            for nanny in [*local.workers.values()]:
                local.sync(nanny.close)
            assert not cluster.client.processing()
            found = together(cluster).check(files)
        finally:
            cluster.close()
    assert found.findings == alone(files).check(files).findings
    assert not found.errors


class Poisoning(distributed.WorkerPlugin):  # type: ignore[misc]
    """Has workers die on one file."""

    def setup(self, worker: Any) -> None:
        examine = Examiner.examine

        def deadly(self: Examiner, path: str, checked: bool) -> Any:
            if path.endswith(POISON):
                os.kill(os.getpid(), signal.SIGKILL)
            return examine(self, path, checked)

        Examiner.examine = deadly  # type: ignore[method-assign]


# At 0 all that a worker has to do when it dies is given up with it, as at 3 now and then.
@pytest.mark.parametrize("allowed", [3, 0])
def test_a_file_that_kills_its_workers_is_one_error(files: list[str], allowed: int) -> None:
    poison = Path(files[0]).with_name(POISON)
    poison.write_text(USUAL, "utf-8")
    with dask.config.set({"distributed.scheduler.allowed-failures": allowed}):
        cluster = Cluster(CONFIGURATION, 2)
    try:
        cluster.client.register_plugin(Poisoning())
        found = together(cluster).check([*files, str(poison)])
    finally:
        cluster.close()
    assert [error.path for error in found.errors] == [str(poison)]
    assert found.findings == alone(files).check(files).findings


def losing(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, is_lost: Callable[[Any, list[Any]], bool]
) -> list[Any]:
    """The functions of the tasks that get lost, as they do. is_lost: asked of a function and of
    those before it."""
    monkeypatch.setattr("taglint.engine.cluster.BETWEEN", 0.2)
    submit = cluster.client.submit
    lost: list[Any] = []

    def submitted(function: Any, *given: Any, **options: Any) -> Any:
        if is_lost(function, lost):
            lost.append(function)
            # For a worker that never comes.
            options |= {"workers": "127.0.0.1:1", "allow_other_workers": False}
        return submit(function, *given, **options)

    monkeypatch.setattr(cluster.client, "submit", submitted)
    return lost


def test_a_task_of_which_word_got_lost_is_given_again(
    files: list[str], cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = losing(cluster, monkeypatch, lambda function, lost: function is _answer and not lost)
    assert together(cluster).check(files).findings == alone(files).check(files).findings
    assert lost


def test_counts_of_which_word_got_lost_are_counted_again(
    files: list[str], cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = losing(cluster, monkeypatch, lambda function, lost: function is added_up)
    assert together(cluster).check(files).findings == alone(files).check(files).findings
    assert lost


def test_a_cluster_that_does_nothing_is_one_line(
    files: list[str], cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    losing(cluster, monkeypatch, lambda function, lost: True)
    with pytest.raises(TaglintError, match="nothing to do"):
        together(cluster).check(files)


def test_a_scheduler_is_named_by_its_address_or_by_its_file(
    files: list[str], cluster: Cluster, taglint: Callable[..., Done], tmp_path: Path
) -> None:
    address = cluster.client.scheduler.address
    file = tmp_path / "scheduler.json"
    file.write_text(json.dumps({"address": address}), "utf-8")
    command = ("check", "--isolated", "--output-format", "jsonl", *files[:9])
    expected = taglint(*command, "-j1", "--no-cache")
    cache = "--cache-dir", str(tmp_path / "cache")
    for scheduler, options in ((address, ("--no-cache",)), (str(file), cache), (address, cache)):
        found = taglint(*command, *options, "--scheduler", scheduler)
        assert (found.status, found.out) == (expected.status, expected.out)


def test_a_scheduler_that_does_not_answer_is_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("taglint.engine.cluster.PATIENCE", 1)
    with pytest.raises(TaglintError, match="no Dask scheduler at tcp"):
        Cluster(CONFIGURATION, 1, "tcp://127.0.0.1:9")
