"""What fuzzing starts from: the examples of all rules, the project's own, and real files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from taglint.configuration import AUTO
from tests.laws.laws import PLUGINS, Reading

EXAMPLES = Path(__file__).parents[2] / "examples"
# Of a large file, so many bytes at a time: whole lines, where it has lines.
WINDOW = 2_000


@dataclass(frozen=True)
class Seed:
    data: bytes
    reading: Reading


def of_rules() -> Iterator[Seed]:
    for rule in PLUGINS.rules.values():
        for example in (*rule.good, *rule.bad):
            data = example.data if example.data is not None else example.text.encode("utf-8")
            yield Seed(data, Reading(example.format, AUTO, example.tagset or AUTO))


def of_files(paths: Iterable[Path]) -> Iterator[Seed]:
    for path in paths:
        for name in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if name.is_file() and name.suffix in ("", ".txt", ".conllu", ".tsv", ".vert"):
                yield Seed(name.read_bytes(), Reading(path=f"a{name.suffix}"))


def window(seed: Seed, chance: Random) -> Seed:
    """A seed, or a piece of it where it is large."""
    if len(seed.data) <= WINDOW:
        return seed
    start = chance.randrange(len(seed.data) - WINDOW)
    start = seed.data.find(b"\n", start, start + WINDOW) + 1 or start
    end = seed.data.rfind(b"\n", start, start + WINDOW) + 1 or start + WINDOW
    return Seed(seed.data[start:end], seed.reading)
