"""The loop of the fuzzer: run, tell failures apart, make them small, write them down."""

from __future__ import annotations

import base64
import json
import re
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzz.mutating import mutated
from tests.fuzz.seeds import Seed, window
from tests.laws.clock import at_most
from tests.laws.laws import Reading, every_law

# Seconds of the processor for one input of 8,000 bytes, with every rule and two ways of fixing.
LONGEST = 20
# Runs that making one failure small may take.
SHRINKING = 300


def failure(seed: Seed) -> str | None:
    """What an input breaks, in words that are the same for the same defect."""
    try:
        with at_most(LONGEST):
            every_law(seed.data, seed.reading)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        said = re.sub(r" (on|in) .*?: ", ": ", str(error).split("\n")[0])[:90]
        return f"{type(error).__name__} in {frame.name}: {said}"
    return None


class Fuzzer:
    def __init__(self, seeds: Sequence[Seed], seed: int = 0) -> None:
        self.chance = Random(seed)
        self.seeds = seeds
        self.done = 0
        self.seconds = 0.0
        self.failures: Counter[str] = Counter()

    def run(
        self,
        seconds: float,
        folder: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Fuzz until the time is over; new failures go into the folder."""
        end = clock() + seconds
        while clock() < end:
            seed = self._next()
            began = time.monotonic()
            found = failure(seed)
            self.seconds += time.monotonic() - began
            self.done += 1
            if found:
                self._note(found, seed, folder)

    def summary(self) -> str:
        rate = self.done * 60 / max(self.seconds, 1e-9)
        counts = "".join(f"\n{count:6}  {what}" for what, count in self.failures.most_common())
        return f"{self.done} inputs, {rate:.0f} a minute, {len(self.failures)} failures{counts}"

    def _next(self) -> Seed:
        one, other = (window(self.chance.choice(self.seeds), self.chance) for _ in range(2))
        return mutated(one, other, self.chance)

    def _note(self, found: str, seed: Seed, folder: Path | None) -> None:
        self.failures[found] += 1
        if folder is None or self.failures[found] > 1:
            return
        small = shrunk(seed, lambda each: failure(each) == found)
        folder.mkdir(parents=True, exist_ok=True)
        name = folder / f"{self.chance.getrandbits(32):08x}.json"
        name.write_text(json.dumps(as_json(small, found), indent=1, ensure_ascii=False), "utf-8")
        print(f"{name}: {found}\n  {small.data!r}\n  {small.reading}", flush=True)


def shrunk(seed: Seed, fails: Callable[[Seed], bool]) -> Seed:
    """The seed less all that its failure does not need, in halving pieces."""
    runs, size = 0, len(seed.data) // 2
    while size and runs < SHRINKING:
        at = 0
        while at < len(seed.data) and runs < SHRINKING:
            smaller = Seed(seed.data[:at] + seed.data[at + size :], seed.reading)
            runs += 1
            if fails(smaller):
                seed = smaller
            else:
                at += size
        size //= 2
    return seed


def as_json(seed: Seed, found: str) -> dict[str, Any]:
    return {
        "failure": found,
        "data": base64.b64encode(seed.data).decode(),
        "shown": seed.data.decode("utf-8", "backslashreplace"),
        "reading": asdict(seed.reading),
    }


def replay(path: Path) -> None:
    """Run a failure again, with its traceback."""
    stored = json.loads(path.read_text("utf-8"))
    every_law(base64.b64decode(stored["data"]), Reading(**stored["reading"]))
