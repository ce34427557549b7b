"""Score the decoder of unspaced `word/tag` text against documents whose token boundaries are known.

    python benchmarks/decode.py FOLDER [--tagset hanlp] [--lexicon FILE] [--errors 20]
    python benchmarks/decode.py --speed FILE [--tagset pku98] [--times 10]

FOLDER holds docs/NAME.txt and truth/NAME.tsv, whose lines are the start and end of a form, the
form and its tag; tabs and backslashes in forms are escaped. Each document is decoded by itself.
`exact` is the share of right tokens among those whose tag a Latin letter or digit follows at once:
the places where the text leaves the boundary open. A lexicon has a form, a tag and a count
on each line, separated by tabs. --speed times a text without its blanks, so many times over.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "linter")]

from taglint.formats.unspaced.decoder import decode  # noqa: E402
from taglint.formats.unspaced.decoding import Decoding  # noqa: E402

TAGSETS = ROOT / "rules" / "taglint_rules" / "tagsets"
OPEN_BOUNDARY = re.compile("[a-z0-9]")

Token = tuple[int, int, str]  # start and end of the form, tag
Lexicon = dict[str, dict[str, int]]


class Tagset(NamedTuple):
    classes: dict[str, str]
    words: dict[str, list[str]]


class Score(NamedTuple):
    true: int = 0
    found: int = 0
    right: int = 0
    open: int = 0  # true tokens at open boundaries
    open_right: int = 0
    documents: int = 0

    def plus(self, other: Score) -> Score:
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    def __str__(self) -> str:
        f1 = 2 * self.right / max(1, self.true + self.found)
        exact = self.open_right / max(1, self.open)
        return (
            f"{self.documents:4d} {self.true:8d} {f1:9.5f} {self.true - self.right:6d} "
            f"{self.open:7d} {exact:9.5f} {self.open - self.open_right:6d}"
        )


class Error(NamedTuple):
    document: str
    line: int
    expected: str
    context: str


def read_tagset(name: str) -> Tagset:
    """Classes and word lists of a tagset, with those of the tagset it extends."""
    data = yaml.safe_load((TAGSETS / f"{name}.yaml").read_text(encoding="utf-8"))
    base = read_tagset(data["extends"]) if data.get("extends") else Tagset({}, {})
    tags = data["tags"]
    classes = {str(tag): entry.get("class", "other") for tag, entry in tags.items()}
    words = {
        str(tag): [*entry.get("words", []), *entry.get("typical", [])]
        for tag, entry in tags.items()
        if "words" in entry or "typical" in entry
    }
    return Tagset(base.classes | classes, base.words | words)


def read_truth(path: Path) -> list[Token]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return [(int(row[0]), int(row[1]), row[3]) for row in rows if row[0].isdigit()]


def read_lexicon(path: Path) -> Lexicon:
    lexicon: Lexicon = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        form, tag, count = line.split("\t")
        lexicon.setdefault(form, {})[tag] = int(count)
    return lexicon


def tokens(decoding: Decoding) -> list[Token]:
    tags = (decoding.tags[number] for number in decoding.tag_ids.tolist())
    return [
        (start, end, tag)
        for (start, end, _, _), tag in zip(decoding.spans(0, len(decoding)), tags, strict=True)
    ]


def score(
    name: str, text: str, truth: Iterable[Token], found: Iterable[Token]
) -> tuple[Score, list[Error]]:
    truth, hits = list(truth), set(found)
    true = set(truth)
    at_open = [token for token in truth if OPEN_BOUNDARY.match(text, _behind(token))]
    missed = [token for token in truth if token not in hits]
    result = Score(
        len(true), len(hits), len(true & hits), len(at_open), len(hits.intersection(at_open)), 1
    )
    return result, [_error(name, text, token) for token in missed]


def _behind(token: Token) -> int:
    return token[1] + 1 + len(token[2])


def _error(name: str, text: str, token: Token) -> Error:
    start, end, tag = token
    context = text[max(0, start - 16) : _behind(token) + 12].replace("\n", "⏎")
    return Error(name, text.count("\n", 0, start) + 1, f"{text[start:end]}/{tag}", context)


def group(name: str) -> str:
    return "vit" if name.startswith("vit") else "CRF"


def run(folder: Path, tagset: Tagset, lexicon: Lexicon | None, shown: int) -> None:
    totals: dict[str, Score] = {}
    errors: list[Error] = []
    print(f"{'':52s}docs   tokens        F1  wrong    open     exact  wrong")
    for path in sorted((folder / "docs").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        decoding = decode(text, tagset.classes, tagset.words, lexicon)
        truth = read_truth(folder / "truth" / f"{path.stem}.tsv")
        result, missed = score(path.stem, text, truth, tokens(decoding))
        print(f"{path.stem[:50]:52s}{result}")
        totals[group(path.stem)] = totals.get(group(path.stem), Score()).plus(result)
        errors += missed
    for name, total in sorted(totals.items()):
        print(f"{name:52s}{total}")
    _print_errors(errors, shown)


def _print_errors(errors: list[Error], shown: int) -> None:
    by_document: dict[str, list[Error]] = {}
    for error in errors:
        by_document.setdefault(error.document, []).append(error)
    worst = sorted(by_document.values(), key=len, reverse=True)
    for error in [error for found in worst for error in found][:shown]:
        print(f"{error.document}:{error.line}: expected {error.expected} in {error.context}")


def speed(path: Path, tagset: Tagset, times: int) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    text = "".join(f"{''.join(line.split())}\n" for line in lines) * times
    started = time.perf_counter()
    decoding = decode(text, tagset.classes, tagset.words)
    seconds = time.perf_counter() - started
    rate = len(decoding) / seconds / 1e6
    print(f"{len(decoding)} tokens in {seconds:.2f} s: {rate:.2f} million a second")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--speed", type=Path, metavar="FILE")
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--tagset", default="hanlp")
    parser.add_argument("--lexicon", type=Path)
    parser.add_argument("--errors", type=int, default=20)
    options = parser.parse_args(arguments)
    tagset = read_tagset(options.tagset)
    if options.speed:
        speed(options.speed, tagset, options.times)
    if options.folder:
        lexicon = read_lexicon(options.lexicon) if options.lexicon else None
        run(options.folder, tagset, lexicon, options.errors)


if __name__ == "__main__":
    main()
