"""Whatever is wrong with the cache: a run with it finds what one without it finds."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from taglint.engine.cache import FILE, FOLDER, SCHEMA
from taglint.engine.packing import WORD, sealed, unpacked
from tests.conftest import LONG, Done
from tests.faults.tally import CUT, DAMAGED, FOREIGN, fault

Taglint = Callable[..., Done]
USUAL = "他/r 爱/v 国家/n 。/w\n大/a 国家/n ，/w\n"
CHECK = ("check", "--isolated", "--select", "ALL", "--min-confidence", "0", "--format", "slash",
         "--tagset", "pku98", "--output-format", "json")  # fmt: skip
COMMAND = [sys.executable, "-m", "taglint"]
ALONE = ("--no-cache", "-j", "1")


@pytest.fixture
def corpus(folder: Path) -> Path:
    """Files in which rules of all scopes find something, with lines of other files for evidence."""
    (folder / "corpus").mkdir()
    for number in range(9):
        odd = f"他/r 爱/v 国家/d 。/w 开{number}/v/ 〔/x\n" if number % 3 == 1 else ""
        (folder / "corpus" / f"{number}.txt").write_text(USUAL * (10 + number) + odd, "utf-8")
    return folder / "corpus"


@pytest.fixture
def right(corpus: Path, taglint: Taglint) -> Done:
    """What an undisturbed run without a cache finds; the cache is filled."""
    alone = taglint(*CHECK, *ALONE, "corpus")
    assert alone.status == 1 and not alone.err
    assert '"evidence": [{' in alone.out, "corpus rules show other places"
    assert taglint(*CHECK, "corpus") == alone
    assert database().stat().st_size > 20_000
    return alone


def database() -> Path:
    return Path(FOLDER, FILE)


def emptied() -> Path:
    # A run may have found nothing worth keeping.
    shutil.rmtree(FOLDER, ignore_errors=True)
    Path(FOLDER).mkdir()
    return database()


def other_program(path: Path, version: int, *statements: str) -> None:
    with sqlite3.connect(path) as opened:
        for statement in ("create table theirs (a)", *statements):
            opened.execute(statement)
        opened.execute(f"pragma user_version = {version}")
    opened.close()


def a_folder() -> None:
    emptied().mkdir()


def a_fifo() -> None:
    os.mkfifo(emptied())


def a_device() -> None:
    emptied().symlink_to("/dev/zero")


def of_another_program() -> None:
    other_program(emptied(), 0, "create table files (mine)")


def of_a_later_version() -> None:
    with sqlite3.connect(database()) as opened:
        opened.execute(f"pragma user_version = {SCHEMA + 1}")
        opened.execute("drop table answers")
    opened.close()


def without_a_table() -> None:
    with sqlite3.connect(database()) as opened:
        opened.execute("drop table digests")
    opened.close()


def with_columns_of_nothing() -> None:
    with sqlite3.connect(database()) as opened:
        opened.execute("update files set summary = 7, counts = 'x', used = null")
        opened.execute("update digests set seen = null, digest = 'x', stamp = x'ff'")
        opened.execute("update answers set used = 'x', answer = null")
        opened.execute("update located set findings = 1.5")
        opened.execute("insert into sums values (null, null, null, null), ('x', 'y', 'z', 1)")
    opened.close()


def with_entries_of_each_other() -> None:
    """What a damaged index does: one key's content is found by another's."""
    with sqlite3.connect(database()) as opened:
        opened.execute("update digests set seen = seen + 1e6")
        for table, key, *columns in (
            ("files", "key", "summary", "findings", "counts"),
            ("answers", "question", "answer"),
            ("located", "key", "findings"),
        ):
            rows = opened.execute(f"select * from {table} order by 1").fetchall()
            for one, other in pairwise([*rows, rows[0]]):
                for number, column in enumerate(columns, 1):
                    opened.execute(
                        f"update {table} set {column} = ? where {key} = ?", (other[number], one[0])
                    )
    opened.close()


def locked() -> None:
    emptied().write_bytes(b"")
    database().chmod(0)


DAMAGES = (a_folder, a_fifo, a_device, of_another_program, of_a_later_version, without_a_table,
           with_columns_of_nothing, with_entries_of_each_other, locked)  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
@fault(FOREIGN)
def test_a_file_that_is_no_cache_makes_no_difference(
    right: Done, taglint: Taglint, damage: Callable[[], None]
) -> None:
    damage()
    assert taglint(*CHECK, "corpus") == right
    assert taglint(*CHECK, "corpus") == right


def test_wherever_the_file_ends_makes_no_difference(right: Done, taglint: Taglint) -> None:
    data = database().read_bytes()
    chance = Random(1)
    for size in (0, 1, 99, 100, 4096, *(chance.randrange(len(data)) for _ in range(10 * LONG))):
        with fault(CUT):
            emptied().write_bytes(data[:size])
            assert taglint(*CHECK, "corpus") == right, size


def test_bytes_that_were_flipped_make_no_difference(right: Done, taglint: Taglint) -> None:
    data = database().read_bytes()
    chance = Random(2)
    for _ in range(60 * LONG):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 1, 3, 20))):
            # Half of them where pages begin, with what SQLite goes by.
            page = chance.randrange(len(data) // 4096) * 4096 + chance.randrange(40)
            at = chance.choice((page, chance.randrange(len(data))))
            damaged[at] = chance.choice((damaged[at] ^ 1 << chance.randrange(8), 0, 255))
        emptied().write_bytes(damaged)
        with fault(DAMAGED):
            assert taglint(*CHECK, "corpus") == right
            assert taglint(*CHECK, "corpus") == right


class Calls:
    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self.call = (function, arguments)

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self.call


EVIL = (
    pickle.dumps(Calls(os.system, "touch ran")),
    pickle.dumps(Calls(eval, "open('ran', 'w')")),
    pickle.dumps([Calls(open, "ran", "w")]),
    pickle.dumps({"a": Calls(subprocess.getoutput, "touch ran")}),
    # By way of a module that the cache may name classes of, and by names with dots.
    b"\x80\x04ctaglint.corpus.files\nreplace_file\n(cpathlib\nPath\n(Vran\ntRC\x01xtR.",
    b"\x80\x04ctaglint.engine.cache\nos.system\n(Vtouch ran\ntR.",
    b"\x80\x04\x8c\x14taglint.engine.cache\x8c\x09os.system\x93(Vtouch ran\ntR.",
    b"\x80\x04cnumpy\nsave\n(Vran\nI1\ntR.",
    b"\x80\x04cnumpy.core.multiarray\nfromfile\n(Vran\ntR.",
    b"\x80\x04cbuiltins\ngetattr\n(cos\nsystem\nVx\ntR.",
    # No code, but not what is expected either.
    pickle.dumps(None),
    pickle.dumps(("a", 1)),
    pickle.dumps({"corpus/0.txt": 7}),
    b"\x80\x04.",
    b"",
)


@pytest.mark.parametrize("evil", EVIL, ids=range(len(EVIL)))
@fault(FOREIGN)
def test_no_code_runs_that_a_cache_holds(right: Done, taglint: Taglint, evil: bytes) -> None:
    blobs = (("files", "summary", "key"), ("files", "findings", "key"),
             ("files", "types", "key"), ("files", "counts", "key"),
             ("sums", "sizes", "members"), ("sums", "counts", "members"),
             ("located", "findings", "key"), ("answers", "answer", "question"))  # fmt: skip
    with sqlite3.connect(database()) as opened:
        opened.create_function("signed", 1, lambda key: _signed(evil, key))
        for table, column, key in blobs:
            opened.execute(f"update {table} set {column} = signed({key})")
    opened.close()
    done = taglint(*CHECK, "corpus")
    assert not Path("ran").exists()
    # A cache of somebody else's making may hold wrong findings, or end in an error; never more.
    assert done == right or (done.status == 2 and done.err.count("\n") == 1), done


@pytest.mark.parametrize("evil", EVIL, ids=range(len(EVIL)))
@fault(FOREIGN)
def test_no_code_runs_that_sums_hold(right: Done, taglint: Taglint, evil: bytes) -> None:
    """They are only looked at where some files are as they were."""
    with sqlite3.connect(database()) as opened:
        ((key, sizes),) = opened.execute("select members, sizes from sums").fetchall()
        names = [*unpacked(sizes, (), key)]
        piece = _signed(evil, key)
        every = pickle.dumps(dict.fromkeys(names, len(piece)))
        values = _signed(every, key), piece * len(names)
        opened.execute("update sums set sizes = ?, counts = ?", values)
    opened.close()
    changed = Path("corpus/0.txt")
    changed.write_bytes(changed.read_bytes() + "好/a 书/n\n".encode())
    done = taglint(*CHECK, "corpus")
    assert not Path("ran").exists()
    expected = taglint(*CHECK, "--no-cache", "corpus")
    assert done == expected or (done.status == 2 and done.err.count("\n") == 1), done


def _signed(data: bytes, key: bytes) -> bytes:
    """As the cache has it: the number of parts, their sizes, and the parts."""
    head = b"".join(number.to_bytes(WORD, "little") for number in (1, len(data)))
    return sealed(head + data, key)


def test_the_cache_writes_through_no_link(right: Done, taglint: Taglint, folder: Path) -> None:
    theirs = folder / "theirs.sqlite"
    other_program(theirs, 0)
    before = theirs.read_bytes()
    for target in (theirs, folder / "new.sqlite"):
        emptied().symlink_to(target)
        assert taglint(*CHECK, "corpus") == right
        assert database().is_symlink()
    shutil.rmtree(FOLDER)
    (folder / "elsewhere").mkdir()
    Path(FOLDER).symlink_to("elsewhere")
    assert taglint(*CHECK, "corpus") == right
    assert theirs.read_bytes() == before and not (folder / "new.sqlite").exists()
    assert not any((folder / "elsewhere").iterdir())


def test_in_a_shared_folder_it_deletes_nothing_but_itself(
    right: Done, taglint: Taglint, folder: Path
) -> None:
    (folder / ".gitignore").write_text("theirs\n")
    other_program(folder / "cache.sqlite", 7)
    before = (folder / "cache.sqlite").read_bytes()
    (folder / FILE).write_bytes(b"damaged" * 1_000)
    for _ in range(2):
        assert taglint(*CHECK, "--cache-dir", ".", "corpus") == right
    assert taglint("clean", "--cache-dir", ".").status == 0
    assert not (folder / FILE).exists()
    assert (folder / ".gitignore").read_text() == "theirs\n"
    assert (folder / "cache.sqlite").read_bytes() == before


# Ends the process at one of the cache's calls of SQLite, or writes a core of what is written so
# far: the files as they are at that moment.
KILLING = """
import os, signal, sqlite3, sys
at, calls = int(sys.argv.pop(1)), 0
def step():
    global calls
    calls += 1
    if calls == at:
        os.kill(os.getpid(), signal.SIGKILL)
class Stepping(sqlite3.Connection):
    def execute(self, *given):
        step()
        found = super().execute(*given)
        step()
        return found
    def executescript(self, script):
        for statement in script.split(";"):
            self.execute(statement)
    def __exit__(self, *given):
        step()
        super().__exit__(*given)
        step()
    def close(self):
        step()
        super().close()
        step()
opened = sqlite3.connect
sqlite3.connect = lambda *given, **named: opened(*given, **named, factory=Stepping)
from taglint.commands.group import run
status = run(sys.argv[1:])
if not at:
    print(calls, file=sys.stderr)
sys.exit(status)
"""


def test_killed_at_any_step_the_next_run_finds_the_same(
    right: Done, taglint: Taglint, corpus: Path
) -> None:
    shutil.rmtree(FOLDER)

    def run(at: int) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-c", KILLING, str(at), *CHECK, "corpus"]
        return subprocess.run(command, capture_output=True, check=False, timeout=60)

    steps = int(run(0).stderr)
    assert steps > 60, "the steps of writing are no longer seen"
    chance = Random(3)
    killed = 0
    for at in sorted(chance.sample(range(1, steps + 1), min(steps, 14 * LONG))):
        shutil.rmtree(FOLDER, ignore_errors=True)
        with fault(CUT):
            killed += run(at).returncode == -signal.SIGKILL
            assert taglint(*CHECK, "corpus") == right, at
            assert taglint(*CHECK, "corpus") == right, at
    assert killed == min(steps, 14 * LONG)


def test_a_log_that_ends_anywhere_makes_no_difference(
    right: Done, taglint: Taglint, folder: Path
) -> None:
    """SQLite writes changes into a log first: what a kill or a power cut leaves of it."""
    shutil.rmtree(FOLDER)
    command = [sys.executable, "-c", KILLING, "0", *CHECK, "corpus"]
    steps = int(subprocess.run(command, capture_output=True, check=False, timeout=60).stderr)
    shutil.rmtree(FOLDER)
    command[3] = str(steps - 2)
    subprocess.run(command, capture_output=True, check=False, timeout=60)
    kept = folder / "kept"
    Path(FOLDER).rename(kept)
    log = (kept / f"{FILE}-wal").read_bytes()
    assert len(log) > 10_000
    chance = Random(4)
    for _ in range(12 * LONG):
        shutil.rmtree(FOLDER, ignore_errors=True)
        shutil.copytree(kept, FOLDER)
        (Path(FOLDER) / f"{FILE}-wal").write_bytes(log[: chance.randrange(len(log))])
        if chance.random() < 0.5:
            (Path(FOLDER) / f"{FILE}-shm").unlink()
        with fault(CUT):
            assert taglint(*CHECK, "corpus") == right


def test_runs_with_other_options_at_once_use_one_cache(
    right: Done, taglint: Taglint, corpus: Path
) -> None:
    selections = ((), ("--select", "TOK"), ("--ignore", "TAG"), ("--min-confidence", "0.9"))
    alone = [taglint(*CHECK, *given, *ALONE, "corpus").out for given in selections]
    for _ in range(LONG):
        shutil.rmtree(FOLDER, ignore_errors=True)
        started = [
            (
                subprocess.Popen([*COMMAND, *CHECK, *given, "corpus"], stdout=subprocess.PIPE),
                expected,
            )
            for given, expected in [*zip(selections, alone, strict=True)] * 2
        ]
        for process, expected in started:
            said, _ = process.communicate(timeout=120)
            assert said.decode() == expected
    for given, expected in zip(selections, alone, strict=True):
        assert taglint(*CHECK, *given, "corpus").out == expected


@fault(FOREIGN)
def test_a_lock_that_another_process_holds_is_not_waited_for_long(
    right: Done, taglint: Taglint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taglint.engine.cache.WAITED", 0.3)
    holder = sqlite3.connect(database(), isolation_level=None)
    holder.execute("begin exclusive")
    Path("corpus", "0.txt").write_text(USUAL, "utf-8")
    anew = taglint(*CHECK, *ALONE, "corpus")
    assert anew != right
    assert taglint(*CHECK, "corpus") == anew
    holder.close()
    assert taglint(*CHECK, "corpus") == anew


def test_two_versions_of_the_code_share_a_cache(right: Done, corpus: Path, folder: Path) -> None:
    source = Path(__file__).parents[2]
    environments = []
    for name, word in (("one", ""), ("two", "really ")):
        for part in ("linter", "rules"):
            shutil.copytree(source / part, folder / name / part)
        module = folder / name / "rules" / "taglint_rules" / "tokens" / "missing_tag.py"
        module.write_text(module.read_text("utf-8").replace("has no", f"has {word}no"), "utf-8")
        paths = os.pathsep.join(str(folder / name / part) for part in ("linter", "rules"))
        environments.append({**os.environ, "PYTHONPATH": paths})

    def run(number: int, *more: str) -> bytes:
        command = [*COMMAND, *CHECK, *more, "corpus"]
        done = subprocess.run(command, env=environments[number], capture_output=True, check=False)
        assert done.returncode == 1, done.stderr
        return done.stdout

    alone = [run(number, *ALONE) for number in (0, 1)]
    assert alone[0] != alone[1], "the two versions say different things"
    for number in (0, 1, 0, 1):
        assert run(number) == alone[number]


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Path]:
    mounted = folder / "disk"
    mounted.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(mounted)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only the superuser may mount a small disk")
    try:
        yield mounted
    finally:
        subprocess.run(["umount", str(mounted)], check=True)


def test_a_disk_that_fills_up_makes_no_difference(
    right: Done, taglint: Taglint, small_disk: Path
) -> None:
    for free in (0, 4, 8, 16, 40, 60, 80, 100, 120, 160, 240):
        shutil.rmtree(small_disk / "cache", ignore_errors=True)
        filler = small_disk / "filler"
        filler.unlink(missing_ok=True)
        filler.write_bytes(bytes(shutil.disk_usage(small_disk).free - free * 1024))
        given = (*CHECK, "--cache-dir", str(small_disk / "cache"), "corpus")
        for _ in range(2):
            with fault(CUT):
                assert taglint(*given) == right, free
        filler.unlink()
        assert taglint(*given) == right, free


def test_a_cache_on_a_disk_that_is_read_only_is_still_right(
    right: Done, taglint: Taglint, small_disk: Path
) -> None:
    given = (*CHECK, "--cache-dir", str(small_disk / "cache"), "corpus")
    assert taglint(*given) == right
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert taglint(*given) == right
    Path("corpus", "0.txt").write_text(USUAL, "utf-8")
    assert taglint(*given) == taglint(*CHECK, *ALONE, "corpus")
