"""Fuzzing that keeps what reaches new code: `python -m tests.fuzz.guided TARGET --minutes 20`.

Needs atheris (`pip install 'taglint[fuzz]'`). A target is `decoders`, where bytes are a corpus of
any format, or a kind of file beside a corpus as in `tests/fuzz/beside.py`. What was found worth
keeping is in a folder (--corpus), from which the next run starts; an input that breaks a law is
written into --failures, and the run ends with its traceback.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from random import Random

PACKAGES = ("taglint", "taglint_rules")


def main() -> None:
    import atheris

    with atheris.instrument_imports(include=[*PACKAGES]):
        load_everything()
        from tests.fuzz import beside
        from tests.fuzz.seeds import EXAMPLES, of_files, of_rules
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=("decoders", *beside.KINDS))
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--corpus", type=Path, default=Path("fuzz-corpus"))
    parser.add_argument("--failures", type=Path, default=Path("fuzz-failures"))
    given = parser.parse_args()
    folder = given.corpus.absolute() / given.target
    folder.mkdir(parents=True, exist_ok=True)
    given.failures.mkdir(parents=True, exist_ok=True)
    if given.target == "decoders":
        seeds = [b"\0" + seed.data for seed in (*of_rules(), *of_files([EXAMPLES]))]
    else:
        seeds = [*beside.seeds(given.target)]
    for number, data in enumerate(seeds):
        (folder / f"seed-{number}").write_bytes(data)
    libfuzzer = [
        sys.argv[0],
        str(folder),
        f"-max_total_time={round(given.minutes * 60)}",
        f"-artifact_prefix={given.failures.absolute()}/{given.target}-",
        "-max_len=4000",
        # By the clock; the limit of processor time is our own.
        "-timeout=600",
        "-print_final_stats=1",
    ]
    mutator = None if given.target == "decoders" else by_lines(given.target)
    run = decode if given.target == "decoders" else partial(beside.holds, given.target)
    atheris.Setup(libfuzzer, partial(in_time, run), custom_mutator=mutator)
    atheris.Fuzz()


def load_everything() -> None:
    """Modules that are loaded late are watched only if they are loaded now."""
    for name in PACKAGES:
        package = import_module(name)
        for found in walk_packages(package.__path__, f"{name}."):
            with suppress(ImportError):
                if not found.name.endswith("__main__"):
                    import_module(found.name)


def in_time(run: Callable[[bytes], object], data: bytes) -> None:
    from tests.fuzz.running import LONGEST
    from tests.laws.clock import at_most

    with at_most(LONGEST):
        run(data)


def decode(data: bytes) -> None:
    """The first byte says how the others are read."""
    from tests.laws import laws
    from tests.laws.strategies import ENCODINGS, TAGSETS

    how, data = (data[0], data[1:]) if data else (0, b"")
    format_name = ("auto", *laws.FORMATS)[how % (len(laws.FORMATS) + 1)]
    encoding = ("auto", *ENCODINGS)[how // 8 % (len(ENCODINGS) + 1)]
    laws.writes_what_it_reads(data, encoding)
    reading = laws.Reading(format_name, encoding, TAGSETS.get(format_name, "auto"))
    session = reading.session(data, ("FMT", "TXT"))
    if laws.checked(session, reading.path).files:
        laws.keeps_spans(session.document(reading.path))
        laws.reads_alike_however_long(data, reading, ("FMT", "TXT"))


def by_lines(kind: str) -> Callable[[bytes, int, int], bytes]:
    """Half of the changes are those of the other fuzzer, which know what such files look like."""
    import atheris

    from tests.fuzz import beside

    def mutator(data: bytes, most: int, seed: int) -> bytes:
        chance = Random(seed)
        if chance.random() < 0.5:
            return bytes(atheris.Mutate(data, most))
        return chance.choice(beside.MUTATIONS)(data, kind, chance)[:most]

    return mutator


if __name__ == "__main__":
    main()
