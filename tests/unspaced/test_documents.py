"""Real documents with known boundaries, where they are at hand: what the decoder must reach."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from taglint.formats.unspaced.decoder import decode

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
SEED = DATA / "000_08f63ad52a8b4f86.txt"

sys.path.insert(0, str(ROOT / "benchmarks"))
benchmark = pytest.importorskip("decode")


@pytest.fixture(scope="module")
def hanlp() -> object:
    return benchmark.read_tagset("hanlp")


@pytest.mark.skipif(not SEED.exists(), reason="the seed document is not part of the project")
def test_seed(hanlp) -> None:
    text = SEED.read_bytes().decode("utf-8")
    decoding = decode(text, hanlp.classes, hanlp.words)
    assert len(decoding) == 4099
    assert not decoding.flaws
    found = {(text[start:end], tag) for start, end, tag in benchmark.tokens(decoding)}
    assert {("seq", "nz"), ("nvlink", "nz"), ("siri", "nz"), ("t恤", "n")} <= found
    assert {("叫", "vi"), ("苹果", "nf"), ("白色", "n")} <= found
    assert not {("iseq", "nz"), ("invlink", "nz"), ("fsiri", "nz"), ("恤", "n")} & found


@pytest.mark.skipif(not (DATA / "unspaced").is_dir(), reason="the documents are not at hand")
def test_documents(hanlp) -> None:
    totals = {}
    for path in sorted((DATA / "unspaced" / "docs").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        decoding = decode(text, hanlp.classes, hanlp.words)
        truth = benchmark.read_truth(DATA / "unspaced" / "truth" / f"{path.stem}.tsv")
        found, _ = benchmark.score(path.stem, text, truth, benchmark.tokens(decoding))
        group = benchmark.group(path.stem)
        totals[group] = totals.get(group, benchmark.Score()).plus(found)
    for group, f1, exact in (("CRF", 0.9998, 0.9985), ("vit", 0.995, 0.985)):
        total = totals[group]
        assert 2 * total.right / (total.true + total.found) >= f1
        assert total.open_right / total.open >= exact
