"""Files beside a corpus, damaged: configurations, tagsets, lexicons, baselines, decisions,
suppressions. Whatever they hold, a check ends with findings or with clear lines."""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from random import Random

from taglint.commands.group import run
from tests.fuzz.mutating import mutated_bytes
from tests.laws.laws import DRIVES_A_TERMINAL, PLUGINS

ROOT = Path(__file__).parents[2]
CORPUS = {
    "a.txt": "今天/t  下／v  雨/n  。/w\n他/r  爱/v  国家/n  。/w\n他/r  爱/v  国家/d  。/w\n" * 4,
    "b.conllu": "# taglint: ignore TAG: x\n1\t今天\t_\tNOUN\t_\t_\t0\troot\t_\t_\n\n",
}
# What each kind of file is called, and what has it read.
KINDS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "configuration": (".taglint.yaml", ()),
    "project": ("pyproject.toml", ()),
    "tagset": ("own.yaml", ((".taglint.yaml", "tagset: own.yaml\ncorpus: ['*.txt']\n"),)),
    "lexicon": ("own.tsv", ((".taglint.yaml", "lexicon: own.tsv\nselect: [ALL]\n"),)),
    "baseline": ("base.tsv", ((".taglint.yaml", "baseline: base.tsv\ncorpus: ['*.txt']\n"),)),
    "decisions": ("taglint-decisions.yaml", ()),
    "suppressions": (".taglint-ignore.yaml", ()),
}
PIECES = (
    ": ", "- ", "\n", "\n  ", "[", "]", "{", "}", "'", '"', "|", ">-\n", "#", "? ", "%YAML 9.9\n",
    "&a ", "*a", "<<: *a\n", "!!int ", "!!binary ", "!!timestamp ", "!!set ", "!!python/tuple ",
    "---\n", "...\n", "~", "null", "no", "on", ".nan", "-.inf", "1e999", "0x1f", "1:99:99", "-1",
    "9" * 40, "2001-99-99", "\\ud800", "\\0", "\0", "\x1b[2J", "\u202e", "\u2028", "\ufeff", "\t",
    "[tool.taglint]\n", "[[tool.taglint.files]]\n", "'''", '"""', "=", "inf", "ALL", "TAG", "../..",
    "/etc/passwd", "~/x", "own.yaml", ".", "*", "**", "[z-a]", "!", "\\", "pku98", "auto", "{a: 1}",
    "[[[[[[]]]]]]", "[]", "{}", "''", "a" * 300, "今天", "1\t2\t3", "\t\t", "# taglint: ignore",
)  # fmt: skip
BLOCK = re.compile(r"```(?:yaml|toml)\n(.*?)```", re.DOTALL)
KEY = re.compile(r"[\w-]+(?=\s*[:=])")
LINE = re.compile(r"[^\n]+\n?|\n")


@cache
def seeds(kind: str) -> tuple[bytes, ...]:
    """Sound files of a kind: those that the pages show, and some of the project's own."""
    if kind in ("baseline", "lexicon"):
        return _written(kind)
    pages = [page.read_text("utf-8") for page in sorted((ROOT / "docs").glob("*.md"))]
    shown = [block.encode() for page in pages for block in BLOCK.findall(page)]
    if kind == "project":
        shown += [b"[tool.taglint]\ncorpus = ['*.txt']\n[tool.taglint.rules.TAG010]\n",
                  b"[[tool.taglint.files]]\npaths = ['a.txt']\nformat = 'slash'\n"]  # fmt: skip
    if kind == "tagset":
        names = sorted(PLUGINS.tagset_files.values())
        shown = [data for data in shown if b"name:" in data and b"tags:" in data]
        shown += [path.read_bytes()[:1_500] for path in names]
    if kind == "suppressions":
        shown = [data for data in shown if b"reason:" in data]
    if kind == "configuration":
        shown = [data for data in shown if b"corpus:" in data or b"files:" in data]
    if kind == "decisions":
        shown = [b'- {"rule": "TAG010", "tokens": ["\xe5\x9b\xbd\xe5\xae\xb6/d"], "verdict": '
                  b'"right", "scope": "everywhere"}\n' * 2]  # fmt: skip
    return tuple(shown)


def _written(kind: str) -> tuple[bytes, ...]:
    """As the commands write them."""
    with tempfile.TemporaryDirectory() as name, inside(Path(name)):
        command = ("baseline",) if kind == "baseline" else ("lexicon", "build")
        option = "--baseline" if kind == "baseline" else "-o"
        _run(*command, "--isolated", "a.txt", option, "out.tsv")
        return (Path("out.tsv").read_bytes(), b"")


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    """The corpus, with the folder as working directory."""
    for name, text in CORPUS.items():
        (folder / name).write_text(text, "utf-8")
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def holds(kind: str, data: bytes) -> None:
    """Raises `AssertionError` where a check with such a file ends otherwise than it should."""
    name, others = KINDS[kind]
    # In a folder of its own, because a process reads a tagset or a lexicon once.
    with tempfile.TemporaryDirectory() as folder, inside(Path(folder)):
        for other, text in others:
            Path(other).write_text(text, "utf-8")
        Path(name).write_bytes(data)
        status, out, err = _run("check", "--no-cache", "-j", "1", ".")
    assert "internal error" not in err and "Traceback" not in err, err
    assert status in (0, 1, 2), status
    assert not UNCLEAR.search(err), f"an exception is no explanation: {err}"
    for line in (*err.splitlines(), *out.splitlines()):
        assert not DRIVES_A_TERMINAL.search(line), line
    if status == 2:
        assert err.strip(), "it fails without a word"
        assert len(err) < 50_000, "too many words"


# The names of exceptions in messages.
UNCLEAR = re.compile(r"\b[A-Z]\w+(Error|Exception)\b")


def _run(*arguments: str) -> tuple[int, str, str]:
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in "oe")
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO())
    try:
        with redirect_stdout(out), redirect_stderr(err):
            status = run(arguments)
    finally:
        sys.stdin = before
    out_text, err_text = (stream.buffer.getvalue() for stream in (out, err))  # type: ignore[attr-defined]
    return status, out_text.decode("utf-8", "replace"), err_text.decode("utf-8", "replace")


def damaged(kind: str, chance: Random) -> bytes:
    """A sound file of a kind, or of another, with one to five kinds of damage."""
    data = chance.choice(seeds(chance.choice([*KINDS]) if chance.random() < 0.1 else kind))
    for _ in range(chance.choice((1, 1, 2, 3, 5))):
        data = chance.choice(MUTATIONS)(data, kind, chance)
    return data[:4_000]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _put_piece(data: bytes, kind: str, chance: Random) -> bytes:
    text = _text(data)
    at = chance.randrange(len(text) + 1)
    return _bytes(text[:at] + chance.choice(PIECES) + text[at + chance.choice((0, 0, 1, 5)) :])


def _other_value(data: bytes, kind: str, chance: Random) -> bytes:
    """A value of another type, or another's key."""
    text = _text(data)
    places = [found.span() for found in re.finditer(r"(?<=: )[^\n,\]}]+|(?<=- )[^\n]+", text)]
    if not places:
        return data
    start, end = chance.choice(places)
    return _bytes(text[:start] + chance.choice(PIECES).strip("\n") + text[end:])


def _other_key(data: bytes, kind: str, chance: Random) -> bytes:
    text = _text(data)
    places = [found.span() for found in KEY.finditer(text)]
    keys = KEY.findall(_text(chance.choice(seeds(kind)))) or ["select"]
    if not places:
        return data + f"{chance.choice(keys)}: x\n".encode()
    start, end = chance.choice(places)
    return _bytes(text[:start] + chance.choice(keys) + text[end:])


def _lines(data: bytes, kind: str, chance: Random) -> bytes:
    """Lines twice, gone, elsewhere, further in."""
    lines = LINE.findall(_text(data)) or ["\n"]
    at = chance.randrange(len(lines))
    line = lines[at]
    change = chance.choice(("twice", "gone", "moved", "in"))
    if change != "twice":
        del lines[at]
    if change != "gone":
        line = "  " + line if change == "in" else line
        lines.insert(at if change == "in" else chance.randrange(len(lines) + 1), line)
    return _bytes("".join(lines))


def _any(data: bytes, kind: str, chance: Random) -> bytes:
    return mutated_bytes(data, chance.choice(seeds(kind)), chance)


MUTATIONS: tuple[Callable[[bytes, str, Random], bytes], ...] = (
    _put_piece, _put_piece, _other_value, _other_value, _other_key, _lines, _any,
)  # fmt: skip
