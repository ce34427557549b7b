"""Time and memory of a check of corpora as large and as odd as they come.

    python benchmarks/bounds.py                     all cases, small
    python benchmarks/bounds.py --full sizes line   these cases, in full size
    python benchmarks/bounds.py --scale 10 types    ten times the small size

Each case is checked at a quarter, at half and at the whole of its size, each time in a process of
its own that may take so much memory and time and no more. `us each` is the processor time of one
unit, start-up not counted: where it stays, time is linear. Memory is the peak of the process, and
what each unit took of it.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PARTS = (4, 2, 1)
# More than this many times the processor time at four times the size is not linear.
MOST_GROWTH = 8.0
# Below this many seconds nothing can be said about growth.
LEAST_SECONDS = 0.3
WRONG = "  wrong: "
UNITS = (
    "1", "1.", "1,", "一", "第一", "(", "&amp", "&#", "a", "é", "-", "=", "[", "]", "/", " ", "\t",
    "\r", "_", "%", "年", "http://", "@", "．", "¼", "1/2", "\u0301", "#",
)  # fmt: skip
WORDS = [chr(0x4E00 + n * 7) + chr(0x5000 + n * 3) for n in range(2_000)]
TAGS = ("n", "v", "a", "d", "p", "u", "m", "q", "r", "c")


@dataclass(frozen=True)
class Case:
    """write: fills a folder, given a size. small, full: the whole size of a run, in `unit`s."""

    write: Callable[[Path, int], None]
    small: int
    full: int
    unit: str
    flags: tuple[str, ...] = ("--format", "slash")


def text(size: int, per_line: int = 20, blank: str = " ") -> Iterator[str]:
    """Lines of tokens whose frequencies fall as those of words do."""
    chance = random.Random(size)
    for _ in range(size // per_line):
        picks = (int(len(WORDS) ** chance.random()) - 1 for _ in range(per_line))
        yield blank.join(f"{WORDS[n]}/{TAGS[n % 10]}" for n in picks)


def spaced(folder: Path, size: int) -> None:
    put(folder, (f"{line}\n" for line in text(size)))


def wrong(folder: Path, size: int) -> None:
    """A text in which every tenth token is a finding."""
    put(folder, (f"{line}\n".replace("/c", "/w") for line in text(size * 10)))


def unspaced(folder: Path, size: int) -> None:
    put(folder, (f"{line}\n" for line in text(size, blank="")))


def one_line(folder: Path, size: int) -> None:
    put(folder, (f"{line} " for line in text(size)))


def unspaced_line(folder: Path, size: int) -> None:
    put(folder, text(size, blank=""))


def distinct(folder: Path, size: int) -> None:
    ends = (" ",) * 19 + ("\n",)
    put(folder, (f"{chr(0x4E00 + n % 20_000)}{n}/n{ends[n % 20]}" for n in range(size)))


def vertical(folder: Path, size: int) -> None:
    put(folder, ("\n".join(line.replace("/", "\t").split(" ")) + "\n\n" for line in text(size)))


def conllu(folder: Path, size: int) -> None:
    def block(line: str) -> str:
        pairs = [token.rpartition("/") for token in line.split(" ")]
        rows = [
            f"{n}\t{form}\t_\tNOUN\t{tag}\t_\t{n - 1}\t{'dep' if n > 1 else 'root'}\t_\t_\n"
            for n, (form, _, tag) in enumerate(pairs, 1)
        ]
        return "".join(rows) + "\n"

    put(folder, map(block, text(size)))


def files(folder: Path, size: int) -> None:
    for number, line in enumerate(text(size * 20)):
        inner = folder / str(number // 1_000)
        inner.mkdir(exist_ok=True)
        (inner / f"{number}.txt").write_text(f"{line}\n", "utf-8")


def brackets(folder: Path, size: int) -> None:
    put(folder, ("[今天/t " * size, "]nt " * size, "（/w " * size, "）/w " * size))


def open_brackets(folder: Path, size: int) -> None:
    put(folder, ("[今天/t （/w 《/w “/w " * size,))


def long_tag(folder: Path, size: int) -> None:
    put(folder, ("今天/", "n" * size, " 好/a\n"))


def long_form(folder: Path, size: int) -> None:
    put(folder, ("今天/t ", "好" * size, "/a\n", "a" * size, "/nx\n", "1" * size, "/m\n"))


def same(folder: Path, size: int) -> None:
    """One token all through a sentence, and a few in turn."""
    put(folder, ("今天/t " * size, "\n", "一/m 二/m 、/w " * (size // 3), "\n"))


def hostile(folder: Path, size: int) -> None:
    """Runs of what the patterns of rules and formats repeat."""
    for unit in UNITS:
        for name, line in (("form", f"今天/t {unit * size}/n 好/a\n"), ("bare", unit * size)):
            code = "-".join(f"{ord(letter):x}" for letter in unit)
            (folder / f"{name}-{code}.txt").write_text(line, "utf-8", newline="")


def lone_bytes(folder: Path, size: int) -> None:
    (folder / "a.txt").write_bytes(b"\xe4\xbb/n \x81/n \xff/v\n" * size)


def put(folder: Path, pieces: Iterator[str] | tuple[str, ...] | map[str]) -> None:
    with (folder / "a.txt").open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces)


UNSPACED = ("--format", "unspaced", "--tagset", "pku98")
CASES = {
    # A gigabyte, and 100 MB on one line.
    "sizes": Case(spaced, 400_000, 110_000_000, "tokens"),
    "line": Case(one_line, 400_000, 11_000_000, "tokens"),
    "unspaced": Case(unspaced, 200_000, 8_000_000, "tokens", UNSPACED),
    "unspaced-line": Case(unspaced_line, 200_000, 10_000_000, "tokens", UNSPACED),
    "vertical": Case(vertical, 400_000, 8_000_000, "tokens", ("--format", "vertical")),
    "conllu": Case(conllu, 400_000, 4_000_000, "tokens", ("--format", "conllu")),
    "findings": Case(wrong, 20_000, 1_000_000, "findings"),
    "types": Case(distinct, 200_000, 10_000_000, "types"),
    "files": Case(files, 2_000, 1_000_000, "files"),
    "brackets": Case(brackets, 20_000, 100_000, "deep"),
    "open": Case(open_brackets, 20_000, 100_000, "deep"),
    "tag": Case(long_tag, 200_000, 1_000_000, "letters"),
    "form": Case(long_form, 200_000, 1_000_000, "letters"),
    "same": Case(same, 20_000, 100_000, "tokens"),
    "hostile": Case(hostile, 20_000, 100_000, "times"),
    "bytes": Case(lone_bytes, 240_000, 1_000_000, "lines"),
}


@dataclass(frozen=True)
class Run:
    """What one check took: processor seconds, peak bytes; `ended` is what went wrong, or ""."""

    seconds: float
    peak: int
    ended: str = ""


def check(folder: Path, flags: tuple[str, ...], memory: int, seconds: int) -> Run:
    """Check a folder in a process that may take so many bytes and seconds."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    command = [sys.executable, "-m", "taglint", "check", "--isolated", "--no-cache", "-j", "1"]
    with (folder.parent / "said").open("w+", encoding="utf-8") as said:
        process = subprocess.Popen(
            [
                "timeout",
                "--signal=KILL",
                str(seconds),
                *command,
                "--quiet",
                *flags,
                "--statistics",
                str(folder),
            ],
            stdout=subprocess.DEVNULL,
            stderr=said,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            preexec_fn=limit,  # noqa: PLW1509 - there are no threads here
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        message = said.read(300).strip()
    spent = usage.ru_utime + usage.ru_stime
    if process.returncode in (0, 1):
        return Run(spent, usage.ru_maxrss * 1024)
    late = process.returncode in (124, 137, -9)
    return Run(spent, usage.ru_maxrss * 1024, "took too long" if late else message or "failed")


def measured(
    name: str, size: int, parts: tuple[int, ...], memory: int, seconds: int, empty: Run
) -> Iterator[str]:
    """The rows of a case as they come, and at last what is wrong with it, if anything is."""
    case = CASES[name]
    times: list[float] = []
    for part in (size // each for each in parts):
        with tempfile.TemporaryDirectory() as folder:
            inner = Path(folder, "corpus")
            inner.mkdir()
            case.write(inner, part)
            run = check(inner, case.flags, memory, seconds)
        times.append(max(run.seconds - empty.seconds, 0.01))
        each = (times[-1] * 1e6 / part, max(run.peak - empty.peak, 0) / part)
        yield (
            f"{name:14} {part:>11,} {case.unit:8} {run.seconds:9.1f} {each[0]:9.1f} "
            + (f"{run.peak / 1e6:9,.0f} {each[1]:12,.0f}  {run.ended}").rstrip()
        )
        if run.ended:
            yield f"{WRONG}{name}: {run.ended}"
            return
    growth = times[-1] / times[0]
    if times[0] > LEAST_SECONDS and growth > MOST_GROWTH:
        yield f"{WRONG}{name}: {growth:.1f} times the time for {parts[0]} times the size"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    parser.add_argument("--full", action="store_true", help="gigabytes and millions")
    parser.add_argument("--scale", type=float, default=1, help="times the small sizes")
    parser.add_argument("--whole", action="store_true", help="not the quarter and the half")
    parser.add_argument("--memory", type=float, default=16, help="gigabytes that a check may take")
    parser.add_argument("--seconds", type=int, default=600, help="that a check may take")
    given = parser.parse_args()
    unknown = set(given.cases) - CASES.keys()
    if unknown:
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    memory = int(given.memory * 1e9)
    with tempfile.TemporaryDirectory() as folder:
        inner = Path(folder, "corpus")
        inner.mkdir()
        spaced(inner, 2_000)
        empty = check(inner, CASES["sizes"].flags, memory, given.seconds)
    print("case                  size            seconds   us each   peak MB   bytes each")
    failures = 0
    for name in given.cases or CASES:
        size = CASES[name].full if given.full else int(CASES[name].small * given.scale)
        parts = PARTS[-1:] if given.whole else PARTS
        for row in measured(name, size, parts, memory, given.seconds, empty):
            print(row, flush=True)
            failures += row.startswith(WRONG)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
