"""However a corpus is checked, the findings are the same: in one process, by workers, with a cache
that is empty, full or of other files, as standard input, and in an editor."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taglint.configuration import Configuration, FileOptions, load
from taglint.corpus.encoding import CODECS
from taglint.engine.cache import Cache
from taglint.engine.executors import Executor, Workers
from taglint.engine.session import Session
from taglint.findings import Finding
from taglint.plugins import installed
from tests.conftest import LONG
from tests.laws.laws import FORMATS
from tests.laws.strategies import ENCODINGS, TAGSETS, texts
from tests.server.rig import Rig

slow = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture)
few = settings(max_examples=10 * LONG, deadline=None, suppress_health_check=slow)
corpora = {name: st.lists(texts(name), min_size=1, max_size=4) for name in FORMATS}
NUMBERS = count()


def configured(format_name: str) -> Configuration:
    options = FileOptions(
        format=format_name, tagset=TAGSETS[format_name], select=("ALL",), min_confidence=0.0
    )
    return Configuration(options=options)


def written(folder: Path, corpus: list[str], codec: str) -> list[str]:
    """The paths of a corpus that is written into a folder of its own."""
    inner = folder / str(next(NUMBERS))
    inner.mkdir()
    for number, text in enumerate(corpus):
        (inner / f"{number}.txt").write_bytes(text.encode(codec, "replace"))
    return sorted(map(str, inner.iterdir()))


def found(
    paths: list[str],
    configuration: Configuration,
    executor: Executor | None = None,
    cache: Path | None = None,
    background: tuple[str, ...] = (),
) -> list[Finding]:
    kept = Cache(cache, installed(), configuration) if cache else None
    session = Session(installed(), configuration, executor=executor, cache=kept)
    report = session.check(paths, background)
    if kept:
        kept.close()
    assert not report.errors
    return report.findings


@pytest.fixture(scope="module", params=FORMATS)
def workers(request: pytest.FixtureRequest) -> Iterator[tuple[str, Workers]]:
    made = Workers(configured(request.param), 2)
    made.worthwhile = 0
    yield request.param, made
    made.close()


@few
@given(st.data())
def test_workers_find_what_one_process_finds(
    tmp_path: Path, workers: tuple[str, Workers], data: st.DataObject
) -> None:
    format_name, executor = workers
    codec = CODECS[data.draw(st.sampled_from(ENCODINGS))]
    paths = written(tmp_path, data.draw(corpora[format_name]), codec)
    configuration = configured(format_name)
    assert found(paths, configuration, executor) == found(paths, configuration)


@pytest.mark.parametrize("format_name", FORMATS)
@few
@given(st.data())
def test_a_cache_makes_no_difference(tmp_path: Path, format_name: str, data: st.DataObject) -> None:
    """Empty, with some of the files, with all, with files that are gone, as background."""
    codec = CODECS[data.draw(st.sampled_from(ENCODINGS))]
    configuration = configured(format_name)
    paths = written(tmp_path, data.draw(corpora[format_name]), codec)
    cache = Path(paths[0]).parent / "cache"
    for _ in range(3):
        some = sorted(data.draw(st.sets(st.sampled_from(paths), min_size=1)))
        assert found(some, configuration, cache=cache) == found(some, configuration)
        one, *others = some
        rest = tuple(others)
        alone = found([one], configuration, background=rest)
        assert found([one], configuration, cache=cache, background=rest) == alone


@pytest.mark.parametrize("format_name", FORMATS)
@settings(parent=few, max_examples=5 * LONG)
@given(st.data())
def test_an_editor_shows_what_a_check_finds(
    tmp_path: Path, format_name: str, data: st.DataObject
) -> None:
    corpus = [text.encode("utf-8", "replace").decode() for text in data.draw(corpora[format_name])]
    # Written first in a file, it is a byte order mark.
    corpus = [text.lstrip("\ufeff") for text in corpus]
    folder = Path(written(tmp_path, corpus, "utf-8")[0]).parent
    lines = ("corpus: ['*.txt']", "select: [ALL]", "min-confidence: 0", "encoding: utf-8",
             f"format: {format_name}", f"tagset: {TAGSETS[format_name]}")  # fmt: skip
    (folder / ".taglint.yaml").write_text("\n".join(lines), "utf-8")
    paths = sorted(map(str, folder.glob("*.txt")))
    expected = found(paths, load(folder, installed()))
    shown = asyncio.run(in_editor(folder, corpus))
    assert shown == [[item for item in expected if item.path == path] for path in paths]


async def in_editor(folder: Path, corpus: list[str]) -> list[list[Finding]]:
    """What is shown in each of the files, when all are open."""
    rig = Rig(folder)
    names = [f"{number}.txt" for number in range(len(corpus))]
    try:
        await rig.ready()
        for name, text in zip(names, corpus, strict=True):
            rig.open(name, text)
        for name in names:
            await rig.findings(name)
        while rig.server._gathering:
            await asyncio.sleep(0.002)
        return [await rig.findings(name) for name in names]
    finally:
        rig.close()
