"""Damage at random is done, found and undone: the benchmark in small."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import segmentation as benchmark

SENTENCES = [[("我们", "r"), ("提高", "v"), ("质量", "n"), ("。", "w")]] * 20


def test_damage_is_drawn_in_proportion_and_applied():
    damages = benchmark.Injector(SENTENCES, 1).draw(0.2)
    text = benchmark.damaged(SENTENCES, damages)
    assert {damage.kind for damage in damages} == {"merge", "split", "shift"}
    for (first, last), damage in zip(benchmark.positions(SENTENCES, damages), damages, strict=True):
        flat = [token for sentence in text for token in sentence]
        assert tuple(flat[first:last]) == damage.injected
    joined = ["".join(form for form, _ in sentence) for sentence in text]
    assert joined == ["我们提高质量。"] * 20


def test_same_seed_same_damage():
    draw = [benchmark.Injector(SENTENCES, 3).draw(0.2) for _ in range(2)]
    assert draw[0] == draw[1] != benchmark.Injector(SENTENCES, 4).draw(0.2)


def test_score_of_a_perfect_and_of_an_empty_report():
    damages = benchmark.Injector(SENTENCES, 1).draw(0.2)
    places = benchmark.positions(SENTENCES, damages)
    found = [
        benchmark.Found(*place, [form for form, _ in damage.true], 0.9)
        for place, damage in zip(places, damages, strict=True)
    ]
    perfect = benchmark.score(found, damages, places)
    assert (perfect.average_precision, perfect.recall, perfect.exact) == (1, 1, 1)
    assert benchmark.score([], damages, places).average_precision == pytest.approx(0)
