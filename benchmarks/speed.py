"""How fast taglint is, as ratios to what the machine does anyway, in one run.

    python benchmarks/speed.py CORPUS [--times 10] [--most 100] [--runs 3] [--ud PYTHON]

CORPUS is a tagged file of `word/tag`. Tables:

- cold: CORPUS `--times` over, in as many files, checked by default rules on one core and on all,
  without and with a cache to fill; the same with rare forms made distinct in each copy, so that
  types grow with the text. Compared with `wc -w` and with counting types in awk.
- growth: seconds and memory of one file, of ten, and so on up to `--most`, by default `--times`;
  with rare forms made distinct in each.
- warm: CORPUS dealt out over a thousand files, one of which changes. Compared with
  `python -c "import numpy"`.
- CoNLL-U: the checks that the validator of Universal Dependencies has at level 2, beside it and
  udapi, where PYTHON is an interpreter with `pip install udtools udapi`. They get a part of the
  corpus that is large enough for their start-up not to count, taglint all of it `--times` over.

A ratio says how many times as long a command takes as the first of its table; the least of `--runs`
is printed. Memory is the largest process.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

TAGLINT = (sys.executable, "-m", "taglint", "check", "--isolated", "-q")
LEVEL_2 = ",".join(f"TOK{number}" for number in range(101, 116))
AWK = "{ for (i = 1; i <= NF; i++) n[$i]++ } END { print length(n) }"
# Forms that occur less often are made distinct in each copy.
RARE = 3
# Tokens that are slow programs' share.
SMALL = 200_000


@dataclass(frozen=True)
class Row:
    """tokens: how many were read, 0 where it makes no sense."""

    name: str
    seconds: float
    megabytes: float
    tokens: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--times", type=int, default=10, help="how often the corpus is repeated")
    parser.add_argument("--most", type=int, help="how often it is in the table of growth")
    parser.add_argument("--runs", type=int, default=3, help="how often each command runs")
    parser.add_argument("--ud", help="a Python that has udtools and udapi")
    options = parser.parse_args()
    text = options.corpus.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        show("cold", cold(copies(work / "same", text, options.times), work, options.runs))
        distinct = copies(work / "distinct", text, options.times, distinct=True)
        show("cold, rare forms distinct", cold(distinct, work, options.runs))
        show("growth", growth(work, text, options.most or options.times, options.runs))
        show("warm", warm(work, text, options.runs))
        show("CoNLL-U", conllu(work, text, options.times, options.ud, options.runs))


def cold(files: list[Path], work: Path, runs: int) -> Iterator[Row]:
    names = list(map(str, files))
    tokens = sum(len(file.read_text("utf-8").split()) for file in files)
    cache = ("--cache-dir", str(work / "cold"))
    yield measured("wc -w", ["wc", "-w", *names], runs, tokens)
    yield measured("awk, counting types", ["awk", AWK, *names], runs, tokens)
    for cores in ("1", "0"):
        name = "taglint, one core" if cores == "1" else f"taglint, {os.cpu_count()} cores"
        command = [*TAGLINT, "-j", cores, *names]
        yield measured(name, [*command, "--no-cache"], runs, tokens)
        yield measured(f"{name}, cache", [*command, *cache], runs, tokens, fresh=work / "cold")


def growth(work: Path, text: str, most: int, runs: int) -> Iterator[Row]:
    files = list(map(str, copies(work / "growing", text, most, distinct=True)))
    each, number = len(text.split()), 1
    while number <= most:
        command = [*TAGLINT, "-j", "1", "--no-cache", *files[:number]]
        yield measured(f"{number * each:,} tokens", command, runs, number * each)
        number *= 10


def warm(work: Path, text: str, runs: int) -> Iterator[Row]:
    folder = work / "thousand"
    folder.mkdir()
    lines = text.splitlines(keepends=True)
    for number in range(1_000):
        (folder / f"{number:03}.txt").write_text("".join(lines[number::1_000]), "utf-8")
    (work / ".taglint.yaml").write_text("corpus: [thousand]\n", "utf-8")
    cache = ("--cache-dir", str(work / "warm"))
    check = [sys.executable, "-m", "taglint", "check", "-q", *cache]
    tokens = len(text.split())
    yield measured('python -c "import numpy"', [sys.executable, "-c", "import numpy"], runs * 3)
    first = measured("thousand files, cold", [*check, "thousand"], 1, tokens, cwd=work)
    yield first
    yield measured("nothing changed", [*check, "thousand"], runs, tokens, cwd=work)
    changing = folder / "500.txt"
    yield measured(
        "one file changed, all checked", [*check, "thousand"], runs, tokens, work, changes=changing
    )
    hook = [*check, "thousand/500.txt"]
    yield measured("one file changed, it is checked", hook, runs, tokens, work, changes=changing)


def conllu(work: Path, text: str, times: int, ud: str | None, runs: int) -> Iterator[Row]:
    small = work / "small.conllu"
    sentences = list(trees(text))
    whole = "".join(sentence for sentence, _ in sentences)
    files = list(map(str, copies(work / "trees", whole, times, suffix=".conllu")))
    tokens = sum(number for _, number in sentences)
    part, share = [], 0
    for sentence, number in sentences:
        if share < SMALL:
            part.append(sentence)
            share += number
    small.write_text("".join(part), "utf-8")
    if ud:
        validate = [str(Path(ud).with_name("udvalidate")), "--lang", "ud", "--level", "2"]
        yield measured("UD validator, level 2", [*validate, str(small)], 1, share)
        yield measured("udapi, reading", [ud, "-c", READING, str(small)], 1, share)
    rules = [*TAGLINT, "--no-cache", "--select", LEVEL_2, "-j"]
    yield measured("taglint, one core, a file", [*rules, "1", files[0]], runs, tokens)
    yield measured("taglint, one core, all files", [*rules, "1", *files], runs, tokens * times)
    cores = f"taglint, {os.cpu_count()} cores, all files"
    yield measured(cores, [*rules, "0", *files], runs, tokens * times)


READING = "import sys; from udapi.core.document import Document; Document(sys.argv[1])"


def copies(
    folder: Path, text: str, times: int, distinct: bool = False, suffix: str = ".txt"
) -> list[Path]:
    folder.mkdir()
    counts = Counter(text.split()) if distinct else Counter()
    files = []
    for number in range(times):
        file = folder / f"{number}{suffix}"
        file.write_text(marked(text, counts, number) if distinct else text, "utf-8")
        files.append(file)
    return files


def marked(text: str, counts: Counter[str], number: int) -> str:
    """The text with a mark on its rare forms, of a rare character for each copy."""
    mark = chr(0x3400 + number)
    lines = (
        "  ".join(mark + token if counts[token] < RARE else token for token in line.split())
        for line in text.splitlines()
    )
    return "\n".join(lines) + "\n"


def trees(text: str) -> Iterator[tuple[str, int]]:
    """CoNLL-U sentences that are in order, with their numbers of words."""
    for number, line in enumerate(text.splitlines()):
        pairs = [token.lstrip("[").partition("]")[0].rpartition("/") for token in line.split()]
        words = [(form, tag) for form, _, tag in pairs if form and tag]
        if words:
            rows = [f"# sent_id = {number}", "# text = " + "".join(form for form, _ in words)]
            for at, (form, tag) in enumerate(words, 1):
                upos, relation = ("PUNCT", "punct") if tag == "w" else ("X", "dep")
                head, relation = (0, "root") if at == 1 else (1, relation)
                rest = f"{head}\t{relation}\t_\tSpaceAfter=No"
                rows.append(f"{at}\t{form}\t{form}\t{upos}\t{tag}\t_\t{rest}")
            yield "\n".join(rows) + "\n\n", len(words)


def measured(
    name: str,
    command: Sequence[str],
    runs: int,
    tokens: int = 0,
    cwd: Path | None = None,
    fresh: Path | None = None,
    changes: Path | None = None,
) -> Row:
    """The shortest of several runs. fresh: a folder that each begins without. changes: a file that
    gets another line before each."""
    found = []
    for run in range(runs):
        if fresh is not None and fresh.exists():
            for file in fresh.iterdir():
                file.unlink()
            fresh.rmdir()
        if changes is not None:
            with changes.open("a", encoding="utf-8") as file:
                file.write(f"今天/t  来/v  了/u  第{run}/m  个/q  人/n  。/w\n")
        found.append(timed(command, cwd))
    return Row(name, min(seconds for seconds, _ in found), max(size for _, size in found), tokens)


# A process counts the memory of the one that started it: this one is small.
STARTER = """
import os, subprocess, sys, time
began = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(time.perf_counter() - began, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))
process.returncode = 0
"""


def timed(command: Sequence[str], cwd: Path | None) -> tuple[float, float]:
    """Seconds, and megabytes of the process or the largest of its children."""
    starter = [sys.executable, "-I", "-S", "-c", STARTER, *command]
    done = subprocess.run(starter, cwd=cwd, capture_output=True, text=True, check=True)
    seconds, megabytes, status = done.stdout.split()
    if status not in ("0", "1"):
        raise SystemExit(f"{' '.join(command[:8])} … ended with {status}")
    return float(seconds), float(megabytes)


def show(title: str, rows: Iterator[Row]) -> None:
    print(f"\n{title:34}{'seconds':>9}{'ratio':>8}{'tokens/s':>13}{'MB':>7}")
    first: Row | None = None
    for row in rows:
        first = first or row
        rate = f"{row.tokens / row.seconds:,.0f}" if row.tokens else ""
        ratio = row.seconds / first.seconds
        if first.tokens and row.tokens:
            ratio = (row.seconds / row.tokens) / (first.seconds / first.tokens)
        figures = f"{row.seconds:9.2f}{ratio:8.2f}{rate:>13}{row.megabytes:7.0f}"
        print(f"{row.name:34}{figures}", flush=True)


if __name__ == "__main__":
    main()
