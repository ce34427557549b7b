"""How fast taglint is, as ratios to what the machine does anyway, in one run.

    python benchmarks/speed.py CORPUS [--times 10] [--runs 3]

CORPUS is a tagged file, repeated `--times` over into a temporary file. A ratio says how many
times as long a command takes as the one it is compared with; the least of `--runs` is printed.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

PAGE = "今天/t  天气/n  很/d  好/a  ，/w  我们/r  去/v  公园/n  。/w\n"
Row = tuple[str, float, float, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--times", type=int, default=10, help="how often the corpus is repeated")
    parser.add_argument("--runs", type=int, default=3, help="how often each command runs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large, page = Path(folder, "large.txt"), Path(folder, "page.txt")
        large.write_bytes(options.corpus.read_bytes() * options.times)
        page.write_text(PAGE * 40, "utf-8")
        show(measured(large, page, options.runs))


def measured(large: Path, page: Path, runs: int) -> list[Row]:
    """Rows of command, seconds, ratio, million words a second (0 where it makes no sense)."""
    taglint = [sys.executable, "-m", "taglint"]
    words = int(output(["wc", "-w", str(large)]).split()[0])
    wc = least(["wc", "-w", str(large)], runs)
    check = least([*taglint, "check", "--isolated", "-q", str(large)], runs)
    bare = least([sys.executable, "-c", "pass"], runs * 3)
    version = least([*taglint, "--version"], runs * 3)
    small = least([*taglint, "check", "--isolated", "-q", str(page)], runs * 3)
    return [
        ("wc -w", wc, 1.0, words / wc / 1e6),
        ("taglint check", check, check / wc, words / check / 1e6),
        ("python -c pass", bare, 1.0, 0.0),
        ("taglint --version", version, version / bare, 0.0),
        ("taglint check, one page", small, small / bare, 0.0),
    ]


def show(rows: Sequence[Row]) -> None:
    print(f"{'command':26}{'seconds':>10}{'ratio':>10}{'M words/s':>12}")
    for name, seconds, ratio, rate in rows:
        print(f"{name:26}{seconds:10.3f}{ratio:10.1f}{f'{rate:.2f}' if rate else '':>12}".rstrip())
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest process: {peak:.0f} MB")


def least(command: Sequence[str], runs: int) -> float:
    """The shortest wall time of several runs, in seconds."""
    return min(timed(command) for _ in range(runs))


def timed(command: Sequence[str]) -> float:
    start = perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return perf_counter() - start


def output(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
