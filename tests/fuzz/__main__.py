"""Fuzzes for as long as it is told: `python -m tests.fuzz --minutes 20 [FILES...]`.

Starts from the examples of all rules, `examples/` and the files given; damages them, and holds
every law on what comes out. Each new kind of failure is made small and written into a folder,
from where it can be run again: `python -m tests.fuzz --replay FOLDER/NAME.json`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.fuzz.running import Fuzzer, replay
from tests.fuzz.seeds import EXAMPLES, of_files, of_rules


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="files and folders to start from")
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--failures", type=Path, default=Path("fuzz-failures"))
    parser.add_argument("--replay", type=Path)
    given = parser.parse_args()
    if given.replay:
        replay(given.replay)
        return 0
    fuzzer = Fuzzer([*of_rules(), *of_files([EXAMPLES, *given.files])], given.seed)
    fuzzer.run(given.minutes * 60, given.failures)
    print(fuzzer.summary())
    return 1 if fuzzer.failures else 0


if __name__ == "__main__":
    sys.exit(main())
