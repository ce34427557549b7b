"""What is known of files from earlier runs, in a SQLite file.

Entries are keyed by the bytes of a file and by all that findings depend on besides (`signature`),
so that none is ever out of date: what changed has another key. The sums of the corpus rules' counts
are kept as well, so that a run after one changed file takes its old counts from them and adds the
new ones. That is exact, because counts are sums of integers.

The cache is never needed: one that cannot be opened, read or written is done without. Each entry
holds a checksum of its key and content, because a damaged index gives one key's content for
another's.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import time
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import astuple, replace
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from taglint.configuration import Configuration
from taglint.corpus.discovery import absolute
from taglint.corpus.encoding import digest_of
from taglint.engine.ahead import Ahead
from taglint.engine.examining import FileState
from taglint.engine.packing import flat, loose, packed, sealed, unpacked
from taglint.engine.signature import packages_of, signature
from taglint.findings import Finding
from taglint.plugins import Plugins
from taglint.report import FileSummary

FOLDER = ".taglint_cache"
# A name that no other program has in a folder that it shares.
FILE = "taglint-cache.sqlite"
SCHEMA = 8
# Bytes that the file may take; what was not used for longest is dropped beyond.
LARGEST = 1 << 30
# Bytes that are written at a time, so that other runs can write in between.
BATCH = 1 << 24
# Seconds that another run's writing is waited for.
WAITED = 10.0
# Seconds for which a file's time stamps may not show a change, and of a day.
COARSE, DAY = 2.0, 86_400.0
# Names asked for at a time: what SQLite takes.
ASKED = 500
# Sums and reports of different sets of files that are kept.
KEPT_SETS = 4
# Answers to questions about files that are kept, for each file and at least.
KEPT_ANSWERS, LEAST_ANSWERS = 8, 20_000

TABLES = """
create table if not exists files (key blob primary key, summary blob, findings blob, types blob,
  counts blob, used real);
create table if not exists digests (path text primary key, stamp text, digest blob, seen real);
create table if not exists sums (members blob primary key, sizes blob, counts blob, used real);
create table if not exists answers (question blob primary key, answer blob, used real);
create table if not exists located (key blob primary key, findings blob, used real);
"""
# A damaged file also makes the module fail where it puts its messages together.
SQL_ERRORS = (sqlite3.Error, ValueError, OverflowError)
IGNORED = "# Made by taglint, for this machine only.\n*\n"

Answer = TypeVar("Answer")
# What unpacks each of some values; raises `ValueError` where it is damaged.
Packed = dict[Any, Callable[[], Any]]


class Cache:
    """The entries that hold for a configuration. folder: where the file is."""

    def __init__(self, folder: Path, plugins: Plugins, configuration: Configuration) -> None:
        self._folder = folder
        self._configuration = configuration
        self._packages = packages_of(plugins)
        self._signature = signature(plugins, configuration)
        self._pending: list[tuple[str, tuple[Any, ...]]] = []
        self._pending_bytes = 0
        self._database = _opened(folder)
        self._stamps: dict[str, str] = {}
        # The keys of files of one suffix and profile begin alike.
        self._begun: dict[tuple[str, tuple[int, ...]], blake2b] = {}
        self._began = time.time()
        # Sums that are being read, with their name.
        self._ahead: tuple[bytes, Ahead[Packed | None]] | None = None

    def recall(self, paths: Iterable[str], checked: Container[str]) -> dict[str, FileState]:
        """What is known of those files that are as they were: without the counts, which `counts`
        gives, and of files that are not `checked` without the findings and the types."""
        keys = {path: self.key(path, digest) for path, digest in self._digests(paths).items()}
        told = {key for path, key in keys.items() if path in checked}
        rows = self._select("files", "key, summary", "key", set(keys.values()) - told)
        rows += self._select("files", "key, summary, findings, types", "key", told)
        states = {row[0]: self._state(*row) for row in rows}
        found = {path: states[key] for path, key in keys.items() if states.get(key)}
        return {path: _moved(state, path) for path, state in found.items() if state}

    def _state(
        self, key: bytes, summary: bytes, findings: bytes | None = None, types: bytes | None = None
    ) -> FileState | None:
        """Of plain values, because a corpus of many small files has many of these."""
        known = self._unpacked(summary, tuple, key)
        shown = self._unpacked(findings, list, key) if findings else None
        if known is None or (findings and shown is None):
            return None
        with suppress(TypeError, ValueError):
            digest, profile, suppresses, *fields = known
            own = self._unpacked(types, bytes, key) if types else None
            state = FileState(FileSummary(*fields), profile, shown, None, own, digest, key)
            state.suppresses = suppresses
            return state
        return None

    def key(self, path: str, digest: bytes) -> bytes:
        """Names the entry of a file with these bytes. What it is called matters by its suffix and
        by the options for it."""
        about = _suffix(path).lower(), self._configuration.profile(path)
        begun = self._begun.get(about)
        if begun is None:
            begun = self._begun[about] = blake2b(self._signature, digest_size=16)
            begun.update(repr(about).encode())
        made = begun.copy()
        made.update(digest)
        return made.digest()

    def remember(self, state: FileState) -> None:
        """Keep what was found out about a file, and note its key."""
        path = state.summary.path
        state.key = self.key(path, state.digest)
        key = state.key
        known = (state.digest, state.profile, state.suppresses)
        summary = packed((*known, *astuple(state.summary)), key)
        findings = None if state.findings is None else packed(state.findings, key)
        types = None if state.types is None else packed(state.types, key)
        counts = sealed(state.packed or loose(state.counts), key)
        state.packed = b""
        self._put("files", (key, summary, findings, types, counts, time.time()))
        # The stamp of before it was read: one that is written to meanwhile gets another.
        stamp = self._stamps.get(path)
        if stamp:
            self._note_digest(path, stamp, state.digest)

    def counts(self, key: bytes) -> dict[Any, Any] | None:
        """The counts of an entry, None where it is gone."""
        self._write()
        for (counts,) in self._select("files", "counts", "key", [key]):
            return self._unpacked(counts, dict, key)
        return None

    def types(self, keys: Collection[bytes]) -> dict[bytes, bytes | None]:
        """The types of entries that have some."""
        rows = self._select("files", "key, types", "key", set(keys))
        return {key: self._unpacked(types, bytes, key) for key, types in rows if types}

    def expect(self, members: Counter[bytes]) -> None:
        """Begin to read the sums that are nearest to those of some entries, while this thread does
        other things."""
        name = self._nearest(members)
        if name is not None:
            folder, packages = self._folder, self._packages
            self._ahead = name, Ahead(lambda: _read_ahead(folder, name, packages))

    def sums(self, members: Counter[bytes]) -> tuple[Counter[bytes], Packed] | None:
        """Of the known sums those of the entries that differ least from `members`, each to be
        unpacked, and of which entries they are."""
        expected, name = self._expected(), self._nearest(members)
        known = None if name is None else _members(name, self._signature)
        if name is None or known is None:
            return None
        every = expected[1] if expected and expected[0] == name else self._stored(name)
        return None if every is None else (known, every)

    def expect_nothing(self) -> None:
        """Wait until nothing is read any more that nobody asked for."""
        self._expected()

    def _expected(self) -> tuple[bytes, Packed | None] | None:
        """What was read ahead, and its name."""
        ahead, self._ahead = self._ahead, None
        return (ahead[0], ahead[1].result()) if ahead else None

    def _nearest(self, members: Counter[bytes]) -> bytes | None:
        """Names the sums of the entries that differ least; None where half of them do."""
        best: tuple[int, bytes] | None = None
        for (blob,) in self._all("select members from sums"):
            known = _members(blob, self._signature)
            if known is not None:
                distance = (known - members).total() + (members - known).total()
                best = min(best, (distance, blob)) if best else (distance, blob)
        return None if best is None or 2 * best[0] > members.total() else best[1]

    def _stored(self, name: bytes) -> Packed | None:
        if self._database is None:
            return None
        try:
            return _stored(self._database, name, self._packages)
        except (sqlite3.OperationalError, ValueError):
            # Another run has put others in their place, or dropped them.
            return None
        except (*SQL_ERRORS, TypeError) as error:
            self._give_up(error)
            return None

    def remember_sums(self, members: Counter[bytes], counts: Mapping[Any, Any]) -> None:
        blob = self._signature + b"".join(sorted(members.elements()))
        pieces = {key: packed(each, blob) for key, each in counts.items()}
        sizes = packed({key: len(piece) for key, piece in pieces.items()}, blob)
        self._put("sums", (blob, sizes, b"".join(pieces.values()), time.time()))

    def question(self, step: str, path: str, key: bytes, asked: tuple[Any, ...]) -> bytes:
        """Names the answer to a question about a file, by its entry and by what is asked."""
        digest = blake2b(key, digest_size=16)
        digest.update(f"{step}\0{path}\0".encode("utf-8", "surrogatepass") + flat(asked))
        return digest.digest()

    def answers(self, questions: Mapping[str, bytes]) -> dict[str, Any]:
        """The known ones of some answers, by path."""
        rows = self._select("answers", "question, answer, used", "question", questions.values())
        found = {key: self._unpacked(answer, object, key) for key, answer, _ in rows}
        now = time.time()
        for question, answer, used in rows:
            if isinstance(used, float) and used < now - DAY:
                self._put("answers", (question, answer, now))
        return {path: found[key] for path, key in questions.items() if found.get(key) is not None}

    def remember_answer(self, question: bytes, answer: Any) -> None:
        self._put("answers", (question, packed(answer, question), time.time()))

    def located(self, key: bytes) -> dict[str, list[Finding]] | None:
        """What corpus rules found, by path."""
        for (blob,) in self._select("located", "findings", "key", [key]):
            return self._unpacked(blob, dict, key)
        return None

    def located_key(self, checked: Iterable[FileState], counted: Iterable[FileState]) -> bytes:
        """Names what corpus rules find in some files by the counts of some; empty where a file has
        no entry."""
        digest = blake2b(self._signature, digest_size=16)
        for states in (checked, counted):
            names = sorted((state.summary.path, state.key) for state in states)
            if not all(key for _, key in names):
                return b""
            paths = "\0".join(path for path, _ in names).encode("utf-8", "surrogatepass")
            digest.update(b"%d\0%s\0" % (len(names), paths))
            digest.update(b"".join(key for _, key in names))
        return digest.digest()

    def remember_located(self, key: bytes, found: Mapping[str, list[Finding]]) -> None:
        self._put("located", (key, packed(dict(found), key), time.time()))

    def close(self) -> None:
        """Write what is left, and drop what is too much."""
        self.expect_nothing()
        self._write()
        if self._database is not None:
            with suppress(*SQL_ERRORS):
                _trim(self._database)
            self._database.close()
            self._database = None

    def _digests(self, paths: Iterable[str]) -> dict[str, bytes]:
        """The digests of files' bytes; files are read only where their stamps are new."""
        names = absolute(list(paths))
        rows = self._select("digests", "path, stamp, digest, seen", "path", names.values())
        known = {path: seen for path, *seen in rows if _is_digest(*seen)}
        found: dict[str, bytes] = {}
        self._began = time.time()
        for path, name in names.items():
            stamp = _stamp(path)
            if stamp is None:
                continue
            self._stamps[path] = stamp
            before = known.get(name)
            if before and before[0] == stamp and _changed_at(stamp) < before[2] - COARSE:
                found[path] = before[1]
                continue
            with suppress(OSError):
                found[path] = digest_of(Path(path).read_bytes())
                if before and before[1] == found[path]:
                    self._note_digest(path, stamp, found[path])
        return found

    def _note_digest(self, path: str, stamp: str, digest: bytes) -> None:
        self._put("digests", (os.path.abspath(path), stamp, digest, self._began))  # noqa: PTH100

    def _unpacked(self, blob: bytes, kind: type[Answer], key: bytes) -> Answer | None:
        with suppress(ValueError):
            value = unpacked(blob, self._packages, key)
            return value if isinstance(value, kind) else None
        return None

    def _select(
        self, table: str, columns: str, by: str, names: Collection[Any]
    ) -> list[tuple[Any, ...]]:
        wanted, found = list(names), []
        for start in range(0, len(wanted), ASKED):
            part = wanted[start : start + ASKED]
            marks = ",".join("?" * len(part))
            found += self._all(f"select {columns} from {table} where {by} in ({marks})", part)
        return found

    def _all(self, query: str, values: Collection[Any] = ()) -> list[tuple[Any, ...]]:
        if self._database is None:
            return []
        try:
            return self._database.execute(query, [*values]).fetchall()
        except SQL_ERRORS as error:
            self._give_up(error)
            return []

    def _put(self, table: str, row: tuple[Any, ...]) -> None:
        if self._database is None:
            return
        self._pending.append((table, row))
        self._pending_bytes += sum(len(value) for value in row if isinstance(value, bytes))
        if self._pending_bytes > BATCH:
            self._write()

    def _write(self) -> None:
        pending, self._pending, self._pending_bytes = self._pending, [], 0
        if self._database is None or not pending:
            return
        try:
            with self._database:
                for table, row in pending:
                    marks = ",".join("?" * len(row))
                    self._database.execute(f"insert or replace into {table} values ({marks})", row)
        except SQL_ERRORS as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        """Do without. A damaged file is deleted, so that the next run has a sound one."""
        if self._database is None:
            return
        self._database.close()
        self._database = None
        if _is_damage(error):
            _delete(self._folder)


def cache_folder(configuration: Configuration, named: str | None = None) -> Path:
    """Where the cache is: as named, as the environment has it, else beside the configuration."""
    name = named or os.environ.get("TAGLINT_CACHE_DIR")
    return Path(name) if name else configuration.root / FOLDER


def clean(folder: Path) -> bool:
    """Delete the cache in a folder, and the folder if it holds nothing else. Whether there was
    one. Raises `OSError`."""
    present = [path for path in _files(folder) if path.exists() or path.is_symlink()]
    for path in present:
        path.unlink()
    if present and _is_ours(folder / ".gitignore"):
        (folder / ".gitignore").unlink()
    with suppress(OSError):
        folder.rmdir()
    return bool(present)


def _files(folder: Path) -> list[Path]:
    return [folder / (FILE + end) for end in ("", "-wal", "-shm", "-journal")]


def _is_ours(ignored: Path) -> bool:
    with suppress(OSError, UnicodeError):
        return ignored.read_text("utf-8") == IGNORED
    return False


def _leads_elsewhere(folder: Path) -> bool:
    """A link in a corpus from elsewhere must not have another program's file written to."""
    is_link = folder.name == FOLDER and folder.is_symlink()
    return is_link or any(path.is_symlink() for path in _files(folder))


def _delete(folder: Path) -> None:
    with suppress(OSError):
        clean(folder)


def _opened(folder: Path) -> sqlite3.Connection | None:
    for _ in range(2):
        try:
            return _connected(folder)
        except OSError:
            return None
        except SQL_ERRORS as error:
            if not _is_damage(error):
                return None
            _delete(folder)
    return None


def _is_damage(error: Exception) -> bool:
    """Whether the file is not as it should be, rather than locked, full or out of reach."""
    unknown = sqlite3.SQLITE_ERROR
    code = getattr(error, "sqlite_errorcode", unknown) & 0xFF
    return not isinstance(error, sqlite3.OperationalError) or code == unknown


def _connected(folder: Path) -> sqlite3.Connection:
    if _leads_elsewhere(folder):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(folder))
    new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    if new:
        (folder / ".gitignore").write_text(IGNORED, "utf-8")
    database = sqlite3.connect(folder / FILE, timeout=WAITED)
    try:
        database.execute("pragma auto_vacuum = incremental")
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = normal")
        (version,) = database.execute("pragma user_version").fetchone()
        if version not in (0, SCHEMA):
            raise sqlite3.DatabaseError("of another version")
        if version == 0:
            database.executescript(TABLES)
            database.execute(f"pragma user_version = {SCHEMA}")
    except BaseException:
        database.close()
        raise
    return database


def _trim(database: sqlite3.Connection) -> None:
    """Drop what was not used for longest, until the file is small enough."""
    with database:
        for table, key in (("sums", "members"), ("located", "key")):
            database.execute(
                f"delete from {table} where {key} not in "
                f"(select {key} from {table} order by used desc limit {KEPT_SETS})"
            )
        # Counted first: putting them in order takes as long as all else that a run writes.
        ((surplus,),) = database.execute(
            "select count(*) - (select max(?, ? * count(*)) from files) from answers",
            (LEAST_ANSWERS, KEPT_ANSWERS),
        )
        if surplus > 0:
            database.execute(
                "delete from answers where question in "
                "(select question from answers order by used limit ?)",
                (surplus,),
            )
    while _size(database) > LARGEST:
        with database:
            gone = database.execute(
                "delete from files where key in "
                "(select key from files order by used limit 1 + (select count(*) from files) / 8)"
            ).rowcount
            database.execute("delete from digests where seen < ?", (time.time() - 30 * DAY,))
        database.execute("pragma incremental_vacuum").fetchall()
        if not gone:
            return


def _size(database: sqlite3.Connection) -> int:
    (pages,) = database.execute("pragma page_count").fetchone()
    (free,) = database.execute("pragma freelist_count").fetchone()
    (size,) = database.execute("pragma page_size").fetchone()
    return int((pages - free) * size)


def _stored(database: sqlite3.Connection, name: bytes, packages: Collection[str]) -> Packed | None:
    """The sums of a name, the largest first. Raises `ValueError`, `TypeError` or errors of SQL."""
    for row, sizes in database.execute("select rowid, sizes from sums where members = ?", [name]):
        known = unpacked(sizes, packages, name)
        # All of them are too large to be read at once and then taken apart.
        with database.blobopen("sums", "counts", row, readonly=True) as blob:
            pieces = {key: blob.read(size) for key, size in known.items()}
        largest = sorted(pieces, key=lambda key: -known[key])
        return {key: partial(unpacked, pieces[key], packages, name) for key in largest}
    return None


def _read_ahead(folder: Path, name: bytes, packages: Collection[str]) -> Packed | None:
    """As `_stored`, and unpacked; None where that fails."""
    with suppress(*SQL_ERRORS, TypeError), closing(sqlite3.connect(folder / FILE)) as database:
        stored = _stored(database, name, packages)
        if stored is not None:
            every: Packed = {key: cache(unpack) for key, unpack in stored.items()}
            for unpack in every.values():
                unpack()
            return every
    return None


def _members(blob: bytes, signed: bytes) -> Counter[bytes] | None:
    width = len(signed)
    if not isinstance(blob, bytes) or blob[:width] != signed:
        return None
    return Counter(blob[at : at + width] for at in range(width, len(blob), width))


def _suffix(path: str) -> str:
    """As that of a `PurePath`, which takes several times as long to make."""
    name = os.path.basename(path)  # noqa: PTH119
    dot = name.rfind(".")
    return name[dot:] if 0 < dot < len(name) - 1 else ""


def _stamp(path: str) -> str | None:
    """None for what is no file, such as a pipe."""
    try:
        known = os.stat(path)  # noqa: PTH116 - called for each file of a corpus
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(known.st_mode):
        return None
    return f"{known.st_size} {known.st_mtime_ns} {known.st_ctime_ns} {known.st_ino}"


def _is_digest(stamp: Any, digest: Any, seen: Any) -> bool:
    return isinstance(stamp, str) and isinstance(digest, bytes) and isinstance(seen, float)


def _changed_at(stamp: str) -> float:
    _, modified, changed, _ = stamp.split()
    return max(int(modified), int(changed)) / 1e9


def _moved(state: FileState, path: str) -> FileState:
    """What is known of a file, for one that has the same bytes under another name."""
    old = state.summary.path
    if old == path:
        return state
    findings = None
    if state.findings is not None:
        findings = [
            replace(
                item,
                path=path,
                evidence=tuple(
                    replace(line, path=path) if line.path == old else line for line in item.evidence
                ),
            )
            for item in state.findings
        ]
    return replace(state, summary=replace(state.summary, path=path), findings=findings)
