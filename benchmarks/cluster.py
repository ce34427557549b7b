"""Compares one process, a Dask cluster of two workers, without and with a cache to fill, and one of
which a worker is killed.

    python benchmarks/cluster.py [CORPUS] [--files 2000]

CORPUS is a tagged file whose lines are dealt out over the files; without one, text is made up.
Prints seconds, and whether the findings are the same to the byte.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter

from taglint.configuration import Configuration, FileOptions
from taglint.engine.cache import Cache
from taglint.engine.cluster import Cluster
from taglint.engine.executors import Executor
from taglint.engine.session import Session
from taglint.plugins import installed
from taglint.report import Report

WORKERS = 2
CONFIGURATION = Configuration(options=FileOptions(format="slash", tagset="pku98"))
WORDS = [chr(0x4E00 + n * 7) + chr(0x5000 + n * 3) for n in range(3_000)]
TAGS = ("n", "v", "a", "d", "p", "u", "m", "q", "r", "w")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--files", type=int, default=2_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = write(Path(folder), lines(options.corpus, options.files), options.files)
        alone, seconds = timed(files, None)
        print(f"{len(alone.findings)} findings in {alone.tokens:,} tokens, {len(files):,} files")
        print(f"{'one process':30}{seconds:8.1f} s")
        cache = Path(folder, ".taglint_cache")
        for name, kill, where in (
            ("two workers", False, None),
            ("two workers, cache", False, cache),
            ("two workers, one killed", True, None),
        ):
            found, seconds = on_cluster(files, kill, where)
            same = found.findings == alone.findings and found.errors == alone.errors
            print(f"{name:30}{seconds:8.1f} s   {'the same' if same else 'NOT THE SAME'}")


def lines(corpus: Path | None, number: int) -> list[str]:
    if corpus:
        return corpus.read_text("utf-8").splitlines(keepends=True)
    chance = random.Random(1)
    return [line(chance) for _ in range(number * 20)]


def line(chance: random.Random) -> str:
    """Words as frequent as words are; one tag of a hundred is another one."""
    picks = [int(len(WORDS) ** chance.random()) - 1 for _ in range(25)]
    tags = [TAGS[pick % 10 if chance.random() < 0.99 else chance.randrange(10)] for pick in picks]
    return " ".join(f"{WORDS[pick]}/{tag}" for pick, tag in zip(picks, tags, strict=True)) + "\n"


def write(folder: Path, text: list[str], number: int) -> list[str]:
    for index in range(number):
        (folder / f"{index:05}.txt").write_text("".join(text[index::number]), "utf-8")
    return sorted(map(str, folder.iterdir()))


def timed(
    files: list[str],
    executor: Executor | None,
    progress: Callable[..., None] | None = None,
    cache: Cache | None = None,
) -> tuple[Report, float]:
    began = perf_counter()
    session = Session(installed(), CONFIGURATION, executor=executor, cache=cache)
    found = session.check(files, progress=progress)
    return found, perf_counter() - began


def on_cluster(files: list[str], kill: bool, where: Path | None) -> tuple[Report, float]:
    """where: the folder of the cache, if there is to be one."""
    cluster = Cluster(CONFIGURATION, WORKERS)
    cache = Cache(where, installed(), CONFIGURATION) if where else None
    try:
        return timed(files, cluster, killer(cluster, len(files) // 2) if kill else None, cache)
    finally:
        cluster.close()
        if cache is not None:
            cache.close()


def killer(cluster: Cluster, moment: int) -> Callable[..., None]:
    def progress(done: int, *_: object) -> None:
        if done == moment:
            pids: Iterable[int] = cluster.client.run(os.getpid).values()
            os.kill(next(iter(pids)), signal.SIGKILL)

    return progress


if __name__ == "__main__":
    main()
