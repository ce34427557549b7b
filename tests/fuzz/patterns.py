"""Regular expressions of which the time grows faster than what they look at.

    python -m tests.fuzz.patterns

Takes all that taglint compiles while its modules are loaded and the examples of its rules run.
Each is given long runs of what it repeats, alone and in pairs, behind what stands before it and in
front of what it cannot match, in the ways in which the code uses it. What is listed grew more than
eightfold from 2,000 to 8,000 repeats, and fails. Where the code does not tell how a pattern is
used, or that it sees short texts alone, a reader has to say so in `USED`.
"""

from __future__ import annotations

import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice, permutations
from pathlib import Path
from re import _compiler, _constants, _parser
from typing import Any, NamedTuple

from taglint.patterns import _Lazy

ROOT = Path(__file__).parents[2]
SMALL, TIMES, MOST_GROWTH = 2_000, 4, 8
LEAST_SECONDS, MOST_SECONDS = 0.0015, 3.0
TAILS = ("", "\0", "!", "好", " ", "\n", "a", "]")
# What classes that exclude something, and the dot, may stand for.
ANYTHING = 'a1A好 \n\t/[]_-.,:;!?#(<>=&|%@"\\\0\u0301é一‘'
WAYS: dict[str, Callable[[Any, Any], object]] = {
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "search": lambda pattern, text: pattern.search(text),
    "finditer": lambda pattern, text: sum(1 for _ in pattern.finditer(text)),
}
# The ways of those whose use the code does not tell, by file and name; with what is asked of them.
USED: dict[tuple[str, str], set[str]] = {
    ("linter/taglint/server/completion.py", "HALF_TYPED"): set(),  # of a hundred characters
    ("rules/taglint_rules/numbering/_numerals.py", "MATCHERS"): {"fullmatch"},  # of whole forms
    ("rules/taglint_rules/tokens/fused_punctuation.py", "AT_EDGES"): {"fullmatch"},
    ("rules/taglint_rules/tokens/stray_header.py", "MARKUP"): {"match"},  # of beginnings
}
ALL_MATCHES = frozenset(("sub", "subn", "findall", "split"))
# Through these a pattern comes to be compiled.
PASSING = ("re/__init__.py", "linter/taglint/patterns.py", "tests/fuzz/patterns.py")


class Compiled(NamedTuple):
    """A pattern and where it is compiled."""

    pattern: re.Pattern[Any]
    path: str
    line: int


def compiled() -> list[Compiled]:
    """All patterns of linter/ and rules/, each once."""
    found: dict[tuple[Any, int], Compiled] = {}
    original = _compiler.compile

    def noting(source: Any, flags: int = 0) -> re.Pattern[Any]:
        pattern = original(source, flags)
        frame: Any = sys._getframe(1)
        while frame and frame.f_code.co_filename.endswith(PASSING):
            frame = frame.f_back
        path = frame.f_code.co_filename if frame else ""
        if path.startswith((f"{ROOT}/linter", f"{ROOT}/rules")):
            where = str(Path(path).relative_to(ROOT))
            found.setdefault((source, flags), Compiled(pattern, where, frame.f_lineno))
        return pattern

    def made(self: Any, pattern: str, flags: int) -> None:
        make(self, pattern, flags)
        # Where it is compiled tells nothing of its name.
        re.compile(pattern, flags)

    _compiler.compile = noting
    make, _Lazy.__init__ = _Lazy.__init__, made  # type: ignore[method-assign]
    # Not before: what a module compiles is seen when it is loaded.
    from taglint.testing import run_example
    from tests.fuzz.guided import load_everything

    load_everything()
    for module in [*sys.modules.values()]:
        rule = getattr(module, "RULE", None)
        if rule and module.__name__.startswith("taglint_rules"):
            for example in (*rule.good, *rule.bad):
                run_example(rule, example)
    _compiler.compile, _Lazy.__init__ = original, make  # type: ignore[method-assign]
    return sorted(found.values(), key=lambda each: each[1:])


class Inputs:
    """Texts that are hard for a pattern: `runs` are what it repeats and what stands before that."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        self.bytes = isinstance(pattern.pattern, bytes)
        self.runs: list[tuple[str, str]] = []
        flags = pattern.flags & ~re.UNICODE if self.bytes else pattern.flags
        self.whole = self._samples(_parser.parse(pattern.pattern, flags))

    def texts(self) -> Iterator[Callable[[int], Any]]:
        """Functions from a number of repeats to a text."""
        runs = list(dict.fromkeys(self.runs))
        units = list(dict.fromkeys(unit for _, unit in runs))
        heads = [("", unit) for unit in (*self.whole, *units)]
        heads += [*runs, *(("", before + unit) for before, unit in runs)]
        for before, unit in list(dict.fromkeys(heads))[:60]:
            for tail in TAILS if unit else ():
                yield self._maker(before, unit, "", tail)
        for one, other in permutations(units[:8], 2):
            yield self._maker("", one, other, "\0")

    def _maker(self, before: str, one: str, other: str, tail: str) -> Callable[[int], Any]:
        def make(times: int) -> Any:
            text = before + one * times + other * times + tail
            return text.encode("latin-1", "replace") if self.bytes else text

        return make

    def _samples(self, parts: Any) -> list[str]:
        """Some of what a sequence matches."""
        found = [""]
        for operation, given in parts:
            pieces = self._pieces(operation, given, found[0])
            found = [a + b for a in found[:3] for b in pieces[:3]][:6]
        return found

    def _pieces(self, operation: Any, given: Any, before: str) -> list[str]:
        name = str(operation)
        if name == "LITERAL":
            return [chr(given)]
        if name in ("ANY", "NOT_LITERAL", "IN"):
            return self._characters(operation, given)
        if name.endswith("_REPEAT"):
            least, most, parts = given
            found = self._samples(parts)
            if len(parts) == 1:
                found = self._pieces(*parts[0], before)
            self.runs += [(before, piece) for piece in found if most > 20]
            return [piece * max(least, 1) for piece in found] + [""] * (least == 0)
        if name == "BRANCH":
            return [piece for branch in given[1] for piece in self._samples(branch)[:2]]
        if name in ("SUBPATTERN", "ATOMIC_GROUP"):
            return self._samples(given[-1] if name == "SUBPATTERN" else given)
        if name.startswith("ASSERT"):
            self._samples(given[1])
        return [""]

    def _characters(self, operation: Any, given: Any) -> list[str]:
        """Of a class: the ends of its ranges, and what it has of `ANYTHING`."""
        state = _parser.State()
        state.flags, state.str = 0, ""
        one = re.compile("")
        with_one = _parser.SubPattern(state, [(operation, given)])
        one = _compiler.compile(with_one)
        ends = [
            chr(code)
            for kind, value in (given if operation is _constants.IN else ())
            if kind in (_constants.LITERAL, _constants.RANGE)
            for code in (value if kind is _constants.RANGE else (value,))
        ]
        return list(islice(filter(one.fullmatch, (*ends, *ANYTHING)), 8))


def ways(each: Compiled, sources: dict[str, str]) -> set[str]:
    """How the code uses a pattern: by the name it is given, else by the line it stands in."""
    lines = sources[each.path].splitlines()[: each.line]
    for line in lines[:-8:-1]:
        if named := re.match(r"\s*(\w+)\s*(?::[^=]+)?=[^=]", line):
            if (each.path, named[1]) in USED:
                return USED[each.path, named[1]]
            use = re.compile(rf"\b{named[1]}\b(?:\[[^\]]*\])?\.(\w+)")
            used = {way for text in sources.values() for way in use.findall(text)}
            break
    else:
        used = set(re.findall(r"\bre\.(\w+)\(", lines[-1]))
    found = used & WAYS.keys() | ({"finditer"} if used & ALL_MATCHES else set())
    return found or set(WAYS)


def seconds(way: str, pattern: re.Pattern[Any], text: Any) -> float:
    """Processor time, `inf` for more than `MOST_SECONDS`."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGPROF, stop)
    # The clock of the whole process goes by ticks while such a timer is set.
    began = time.thread_time()
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        WAYS[way](pattern, text)
        return time.thread_time() - began
    except TimeoutError:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def slow(each: Compiled, way: str) -> str:
    """How the time of a pattern grows with the first text for which it is too much, or ""."""
    for make in Inputs(each.pattern).texts():
        if seconds(way, each.pattern, make(SMALL)) > LEAST_SECONDS:
            # Once more, as other programs may have been in the way.
            grown = min(growth(way, each.pattern, make) for _ in range(2))
            if grown > MOST_GROWTH:
                return f"{way}: {grown:.0f} times as long for {TIMES} times {make(1)!r}"
    return ""


def growth(way: str, pattern: re.Pattern[Any], make: Callable[[int], Any]) -> float:
    """How many times as long a text takes that is `TIMES` as long; `inf` where none ends."""
    short = seconds(way, pattern, make(SMALL))
    return seconds(way, pattern, make(SMALL * TIMES)) / short if short < MOST_SECONDS else short


def main() -> int:
    files = (path for part in ("linter", "rules") for path in (ROOT / part).rglob("*.py"))
    sources = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in files}
    patterns, found = compiled(), 0
    for each in patterns:
        for way in sorted(ways(each, sources)):
            if said := slow(each, way):
                found += 1
                print(f"{each.path}:{each.line}: {each.pattern.pattern!r:.80} {said}", flush=True)
    print(f"{len(patterns)} patterns, {found} uses too slow")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
