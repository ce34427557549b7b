"""A run with a cache finds what one without finds, whatever changed in between."""

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path
from time import sleep
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.corpora import slash_texts

from taglint.configuration import Configuration, FileOptions
from taglint.engine import cache as cache_module
from taglint.engine.cache import FILE, Cache, clean
from taglint.engine.executors import Workers
from taglint.engine.packing import WORD, packed, sealed, unpacked
from taglint.engine.session import Session
from taglint.findings import Finding
from taglint.plugins import installed

USUAL = "他/r 爱/v 国家/n 。/w\n大/a 国家/n ，/w\n"
OPTIONS = FileOptions(format="slash", tagset="pku98", select=("ALL",), min_confidence=0.0)


def found(
    paths: list[str],
    folder: Path | None,
    background: tuple[str, ...] = (),
    options: FileOptions = OPTIONS,
) -> list[Finding]:
    configuration = Configuration(options=options)
    cache = Cache(folder, installed(), configuration) if folder else None
    session = Session(installed(), configuration, cache=cache)
    report = session.check(paths, background)
    if cache:
        cache.close()
    return report.findings


def changed(path: str) -> None:
    with Path(path).open("a", encoding="utf-8") as file:
        file.write("又/d 一/m 天/q\n")


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(8):
        odd = "他/r 爱/v 国家/d 。/w 开/v/ 〔/x\n" if number % 4 == 1 else ""
        (corpus / f"{number}.txt").write_text(USUAL * (10 + number) + odd, "utf-8")
    return sorted(map(str, corpus.iterdir()))


def test_a_second_run_reads_no_file(
    files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = found(files, tmp_path / "cache")
    monkeypatch.setattr("taglint.engine.loading.Loader.load", None)
    assert found(files, tmp_path / "cache") == first != []


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcde"), st.one_of(st.none(), slash_texts)),
        min_size=1,
        max_size=6,
    )
)
def test_runs_after_changes_find_what_a_new_run_finds(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, str | None]]
) -> None:
    folder = tmp_path_factory.mktemp("corpus")
    for name in "abcdef":
        (folder / f"{name}.txt").write_text(USUAL * (ord(name) - 95), "utf-8")
    for name, text in changes:
        path = folder / f"{name}.txt"
        path.unlink(missing_ok=True)
        if text is not None:
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
        paths = sorted(map(str, folder.glob("*.txt")))
        assert found(paths, folder / "cache") == found(paths, None)
        one, *others = paths
        assert found([one], folder / "cache", tuple(others)) == found([one], None, tuple(others))


def test_a_file_that_was_renamed_is_known_by_its_new_name(files: list[str], tmp_path: Path) -> None:
    found(files, tmp_path / "cache")
    Path(files[1]).rename(new := files[1].replace("1.txt", "one.txt"))
    paths = sorted({*files, new} - {files[1]})
    assert found(paths, tmp_path / "cache") == found(paths, None)


def test_other_rules_have_other_entries(files: list[str], tmp_path: Path) -> None:
    found(files, tmp_path / "cache")
    configuration = Configuration(options=FileOptions(format="slash", select=("TOK",)))
    cache = Cache(tmp_path / "cache", installed(), configuration)
    assert not cache.recall(files, files)
    cache.close()


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100])
def test_a_damaged_cache_is_done_without(files: list[str], tmp_path: Path, damage: bytes) -> None:
    first = found(files, tmp_path / "cache")
    (tmp_path / "cache" / FILE).write_bytes(damage)
    assert found(files, tmp_path / "cache") == first
    assert found(files, tmp_path / "cache") == first


BLOBS = (
    ("files", "summary"), ("files", "findings"), ("files", "types"), ("files", "counts"),
    ("sums", "counts"), ("sums", "sizes"), ("located", "findings"), ("answers", "answer"),
)  # fmt: skip


def test_damaged_entries_are_made_again(files: list[str], tmp_path: Path) -> None:
    first = found(files, tmp_path / "cache")
    with sqlite3.connect(tmp_path / "cache" / FILE) as database:
        for table, column in BLOBS:
            database.execute(f"update {table} set {column} = x'00' || substr({column}, 2)")
    database.close()
    assert found(files, tmp_path / "cache") == first


def test_entries_that_are_gone_are_counted_again(files: list[str], tmp_path: Path) -> None:
    first = found(files, tmp_path / "cache")
    with sqlite3.connect(tmp_path / "cache" / FILE) as database:
        database.execute("update files set counts = x'00'")
        database.execute("delete from sums")
        database.execute("delete from located")
    database.close()
    assert found(files, tmp_path / "cache") == first


@pytest.mark.parametrize("change", ["set types = x'00'", "set types = null"])
def test_types_that_are_lost_leave_findings_and_their_evidence(
    files: list[str], tmp_path: Path, change: str
) -> None:
    checked, others = [files[5]], (*files[:5], *files[6:])
    found(files, tmp_path / "cache")
    first = found(checked, None, others)
    assert any(item.evidence for item in first)
    with sqlite3.connect(tmp_path / "cache" / FILE) as database:
        database.execute(f"update files {change}")
        database.execute("delete from located")
        database.execute("delete from answers")
    database.close()
    assert found(checked, tmp_path / "cache", others) == first


def test_a_cache_that_cannot_be_written_is_done_without(files: list[str], tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, no folder")
    assert found(files, tmp_path / "cache") == found(files, None)


def test_nothing_runs_that_a_cache_holds() -> None:
    import pickle

    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return print, ("run",)

    assert unpacked(packed(1), ()) == 1
    evil, plain = pickle.dumps(Evil()), pickle.dumps(1)
    for body, *sizes in ((evil, 1, len(evil)), (plain, 1 << 60, len(plain)), (plain, 0)):
        head = b"".join(size.to_bytes(WORD, "little") for size in sizes)
        with pytest.raises(ValueError, match="not what was packed"):
            unpacked(sealed(head + body, b""), ("taglint",))


def test_large_arrays_are_those_that_were_packed() -> None:
    every = [np.arange(size, dtype=kind) for kind in (np.uint8, np.int64) for size in (3, 1 << 17)]
    again = unpacked(packed((every, "text"), b"name"), ("numpy",), b"name")
    assert again[1] == "text" and all(map(np.array_equal, every, again[0]))
    assert all(each.flags.aligned for each in again[0])
    with pytest.raises(ValueError, match="damaged"):
        unpacked(packed((every, "text"), b"name"), ("numpy",), b"other")


def test_cleaning_leaves_what_is_not_the_cache(files: list[str], tmp_path: Path) -> None:
    found(files, tmp_path / "cache")
    (tmp_path / "cache" / "mine.txt").write_text("kept")
    assert clean(tmp_path / "cache") and not clean(tmp_path / "cache")
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["mine.txt"]


def test_tables_of_others_are_made_again(files: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    first = found(files, folder)
    with sqlite3.connect(folder / FILE) as database:
        database.execute("alter table files add column more")
        database.execute("delete from files")
    database.close()
    for _ in range(2):
        assert found(files, folder) == first
    cache = Cache(folder, installed(), Configuration(options=OPTIONS))
    assert len(cache.recall(files, files)) == len(files)
    cache.close()


def test_sums_that_another_run_replaces_meanwhile_are_done_without(
    files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cache"
    found(files, folder)

    def after_another_run(data: bytes, *asked: Any) -> Any:
        with sqlite3.connect(folder / FILE) as database:
            every = database.execute("select * from sums").fetchall()
            database.executemany("insert or replace into sums values (?, ?, ?, ?)", every)
        database.close()
        return unpacked(data, *asked)

    monkeypatch.setattr("taglint.engine.cache.unpacked", after_another_run)
    changed(files[0])
    expected = found(files, None)
    assert found(files, folder) == expected
    monkeypatch.undo()
    with sqlite3.connect(folder / FILE) as database:
        assert database.execute("select count(*) from files").fetchone()[0] > len(files)
    database.close()


def test_sums_are_read_while_files_are_examined(
    files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is more than one processor; what was read ahead is what is used."""
    found(files, tmp_path / "cache")
    changed(files[0])
    expected = found(files, None)
    monkeypatch.setattr(Cache, "_stored", None)
    configuration = Configuration(options=OPTIONS)
    cache = Cache(tmp_path / "cache", installed(), configuration)
    executor = Workers(configuration, 2)
    try:
        session = Session(installed(), configuration, executor=executor, cache=cache)
        assert session.check(files).findings == expected
    finally:
        executor.close()
        cache.close()


def test_no_thread_outlives_a_check(
    files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where what is found is known without the sums: workers could be forked beside it."""
    found(files, tmp_path / "cache")
    before = Path(files[0]).read_bytes()
    changed(files[0])
    found(files, tmp_path / "cache")
    Path(files[0]).write_bytes(before)
    with sqlite3.connect(tmp_path / "cache" / FILE) as database:
        database.execute("delete from files where rowid = 1")
    database.close()
    read, ended = cache_module._read_ahead, list[bool]()

    def slowly(*asked: Any) -> Any:
        sleep(0.2)
        ended.append(True)
        return read(*asked)

    monkeypatch.setattr(cache_module, "_read_ahead", slowly)
    configuration = Configuration(options=OPTIONS)
    cache = Cache(tmp_path / "cache", installed(), configuration)
    executor = Workers(configuration, 2)
    session = Session(installed(), configuration, executor=executor, cache=cache)
    expected, others = found(files, None), threading.active_count()
    assert session.check(files).findings == expected
    assert ended and threading.active_count() == others
    executor.close()
    cache.close()


def test_nothing_is_counted_again_where_no_rule_counts(
    files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []
    counts = Cache.counts

    def noted(cache: Cache, key: bytes) -> dict[Any, Any] | None:
        asked.append(key)
        return counts(cache, key)

    monkeypatch.setattr(Cache, "counts", noted)
    options = replace(OPTIONS, select=("TOK",))
    for _ in range(2):
        found(files, tmp_path / "cache", options=options)
        changed(files[0])
    assert len(asked) <= 1


def test_a_file_that_is_gone_with_its_counts_is_told(
    files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run has dropped its entry, and another program the file, after it was recalled."""
    folder = tmp_path / "cache"
    found(files, folder)
    changed(files[0])
    judged = Session._judged

    def after_others(session: Session, *given: Any) -> dict[str, list[Finding]]:
        with sqlite3.connect(folder / FILE) as database:
            database.execute("delete from files")
            database.execute("delete from sums")
        database.close()
        Path(files[3]).unlink()
        return judged(session, *given)

    monkeypatch.setattr(Session, "_judged", after_others)
    configuration = Configuration(options=OPTIONS)
    cache = Cache(folder, installed(), configuration)
    report = Session(installed(), configuration, cache=cache).check(files)
    cache.close()
    assert [error.path for error in report.errors] == [files[3]]
    monkeypatch.undo()
    assert report.findings == found([path for path in files if path != files[3]], None)


def test_only_so_many_answers_are_kept_the_last_ones(
    files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taglint.engine.cache.LEAST_ANSWERS", 4)
    monkeypatch.setattr("taglint.engine.cache.KEPT_ANSWERS", 0)
    cache = Cache(tmp_path / "cache", installed(), Configuration(options=OPTIONS))
    for number in range(9):
        cache.remember_answer(b"%d" % number, number)
    cache.close()
    again = Cache(tmp_path / "cache", installed(), Configuration(options=OPTIONS))
    asked = {str(number): b"%d" % number for number in range(9)}
    assert again.answers(asked) == {str(number): number for number in range(5, 9)}
    again.close()
