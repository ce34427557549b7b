"""Damages the numbering of corpora at random and scores what the NUM rules find of it.

    python benchmarks/numbering.py CORPUS... [--tagset hanlp] [--seeds 1 2 3] [--rate .005]

Lists: every run of markers 1, 2, 3, … of one style and three items or more is damaged at one
item: its number and all behind it are one too high (*skip*), one too low (*repeat*) or begin at 1
again (*restart*), or its number alone is another (*stray*). Found is what a finding of NUM001 says
at the damaged item or the one behind it. Numbers: of the tokens that could bear it a share is
damaged: a numeral is tagged as a name (*tag*), split at its mark (*split*), a numeral and its
classifier are joined (*join*) or 多 and 余 behind a number are tagged as adjectives (*vague*). The
corpus as it was is checked as well: `clean` are the findings that it has already.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "linter"), str(ROOT / "rules")]

from taglint.configuration import AUTO, Configuration, FileOptions  # noqa: E402
from taglint.corpus.document import Document  # noqa: E402
from taglint.engine.session import Session  # noqa: E402
from taglint.findings import Finding  # noqa: E402
from taglint.plugins import installed  # noqa: E402

HAN = "一二三四五六七八九十"
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
NUMBER = "[0-9０-９]{1,2}|[一二三四五六七八九十]"
ITEM = re.compile(f"(?P<open>[(（]?)(?P<number>{NUMBER})(?P<close>[.．、)）:：])")
DAMAGES = ("skip", "repeat", "restart", "stray")
KINDS = ("tag", "split", "join", "vague")
# Characters between two items of a list at most.
APART = 3000
LEAST_CONFIDENCE = 0.5


class Edit(NamedTuple):
    """Replace the characters from `start` to before `end`; `item` says what is damaged there."""

    start: int
    end: int
    text: str
    item: int = -1


class Number(NamedTuple):
    """The number of a list marker: its value and where it stands in the text."""

    value: int
    start: int
    end: int


class Corpus:
    """A tagged text and what the NUM rules say of it and of damaged versions of it."""

    def __init__(self, path: Path, tagset: str) -> None:
        self.path, self.tagset = str(path), tagset
        self.session = self._session(path.read_bytes())
        self.session.check([self.path])
        self.document: Document = self.session.document(self.path)
        self.text = self.document.text

    def _session(self, data: bytes) -> Session:
        options = FileOptions(tagset=self.tagset, select=("NUM",), min_confidence=0.0)
        return Session(installed(), Configuration(options=options), lambda path: data)

    def findings(self, text: str) -> list[Finding]:
        return self._session(text.encode("utf-8")).check([self.path]).findings

    def forms(self) -> Iterator[tuple[int, str, int, int]]:
        """Token index, form and where it stands."""
        for index in range(len(self.document)):
            span = self.document.span(index)
            yield index, self.document.token(index).form, span.form_start, span.form_end


def value(number: str) -> int:
    return HAN.index(number) + 1 if number in HAN else int(number)


def spelled(number: int, like: str) -> str:
    """A number in the spelling of another; Han numbers below 20."""
    if like in HAN:
        ten, ones = divmod(number, 10)
        return "十" * ten + (HAN[ones - 1] if ones else "")
    return str(number) if like.isascii() else str(number).translate(FULL)


def lists(corpus: Corpus) -> list[list[Number]]:
    """Runs of markers 1, 2, 3, … of one style, each at the beginning of a line or behind a mark."""
    runs: list[list[Number]] = []
    current: dict[str, list[Number]] = {}
    for style, number in _items(corpus):
        run = current.get(style, [])
        if run and number.value == run[-1].value + 1 and number.start - run[-1].end < APART:
            run.append(number)
        elif number.value == 1:
            current[style] = [number]
            runs.append(current[style])
        else:
            current.pop(style, None)
    return [run for run in runs if len(run) > 2]


def _items(corpus: Corpus) -> Iterator[tuple[str, Number]]:
    tokens = list(corpus.forms())
    starts = set(corpus.document.decoded.starts)
    for index, form, start, _ in tokens:
        before = tokens[index - 1][1].strip()[-1:] if index else ""
        if index not in starts and before not in tuple("。；：！？;:!?."):
            continue
        joined, offset = form, start
        if not ITEM.fullmatch(joined.strip()):
            near = [item[1] for item in tokens[index : index + 3]]
            joined = next((text for text in _joined(near) if ITEM.fullmatch(text)), "")
            holder = 1 if joined and joined[0] in "(（" else 0
            offset = tokens[index + holder][2] - holder if joined else start
        found = ITEM.fullmatch(joined.strip())
        if found:
            offset += len(joined) - len(joined.lstrip()) + found.start("number")
            text = found["number"]
            kind = "Han" if text in HAN else "digits"
            number = Number(value(text), offset, offset + len(text))
            yield f"{kind}{found['open']}{found['close']}", number


def _joined(forms: Sequence[str]) -> Iterator[str]:
    yield "".join(forms[:2])
    yield "".join(forms[:3])


def damage_lists(corpus: Corpus, kind: str, draw: random.Random) -> list[Edit]:
    """One damage of a kind to each list."""
    edits: list[Edit] = []
    for number, run in enumerate(lists(corpus)):
        at = draw.randrange(1, len(run) - (kind in ("skip", "stray")))
        stray = draw.choice((-1, 1, 3))
        shift = {"skip": 1, "repeat": -1, "restart": -at, "stray": stray}[kind]
        last = at + 1 if kind == "stray" else len(run)
        for place in range(at, last):
            item = run[place]
            like = corpus.text[item.start : item.end]
            text = spelled(max(1, item.value + shift), like)
            if text != like:
                edits.append(Edit(item.start, item.end, text, number if place == at else -1))
    return edits


def damage_numbers(corpus: Corpus, kind: str, draw: random.Random, rate: float) -> list[Edit]:
    """Damage of a kind to a share of the tokens that could bear it."""
    places = list(_numbers(corpus.document, kind))
    wanted = sorted(draw.sample(places, max(1, round(rate * len(places))))) if places else []
    return [edit._replace(item=number) for number, edit in enumerate(wanted)]


def _numbers(document: Document, kind: str) -> Iterator[Edit]:
    numerals = {"m", "CD", "NUM"}
    types = document.vocabulary.types
    wanted = {index for index in document.type_ids if types[index].tag in numerals}
    for place in document.places(wanted):
        if place + 1 < len(document):
            edit = DAMAGE[kind](document, place)
            if edit:
                yield edit


def _tag(document: Document, place: int) -> Edit | None:
    form, span = document.token(place).form, document.span(place)
    ok = re.fullmatch("[0-9０-９]+([.．][0-9０-９]+)?[%％]?|[二三四五六七八九十百]{1,5}", form)
    name = "NN" if document.tagset == "penn" else "nz"
    return Edit(span.tag_start, span.tag_end, name) if ok else None


def _split(document: Document, place: int) -> Edit | None:
    form, tag, *_ = document.token(place)
    found = re.fullmatch("([0-9０-９]+)([.．%％])([0-9０-９]*)", form)
    if not found:
        return None
    span = document.span(place)
    pieces = [f"{found[1]}/{tag}", f"{found[2]}/w"] + ([f"{found[3]}/{tag}"] if found[3] else [])
    return Edit(span.start, span.end, "  ".join(pieces))


def _join(document: Document, place: int) -> Edit | None:
    (form, tag, *_), after = document.token(place), document.token(place + 1)
    span, end = document.span(place), document.span(place + 1).end
    ok = after.tag == "q" and re.fullmatch("[0-9０-９]+|[二三四五六七八九两]", form)
    return Edit(span.start, end, f"{form}{after.form}/{tag}") if ok else None


def _vague(document: Document, place: int) -> Edit | None:
    span = document.span(place + 1)
    ok = document.token(place + 1) in (("多", "m", "", "", ""), ("余", "m", "", "", ""))
    return Edit(span.tag_start, span.tag_end, "a") if ok else None


DAMAGE: dict[str, Callable[[Document, int], Edit | None]] = {
    "tag": _tag, "split": _split, "join": _join, "vague": _vague,
}  # fmt: skip


def apply(text: str, edits: Sequence[Edit]) -> tuple[str, dict[int, tuple[int, int]]]:
    """The text with edits, and where the damaged items are in it."""
    pieces, at, shift = [], 0, 0
    places: dict[int, tuple[int, int]] = {}
    for edit in sorted(edits):
        if edit.start < at:
            continue
        pieces += [text[at : edit.start], edit.text]
        start = edit.start + shift
        if edit.item >= 0:
            places[edit.item] = (start, start + len(edit.text))
        shift += len(edit.text) - (edit.end - edit.start)
        at = edit.end
    return "".join([*pieces, text[at:]]), places


def score(corpus: Corpus, edits: Sequence[Edit], code: str) -> tuple[int, int, int, int]:
    """Damages, those found, those found with some confidence, and other findings.

    With a code only its findings count.
    """
    text, places = apply(corpus.text, edits)
    findings = [item for item in corpus.findings(text) if item.code.startswith(code)]
    found, sure, right = set(), set(), set()
    for item, (start, end) in places.items():
        for number, finding in enumerate(findings):
            if finding.start < end and start < finding.end:
                found.add(item)
                right.add(number)
                if finding.confidence >= LEAST_CONFIDENCE:
                    sure.add(item)
    others = sum(
        number not in right and item.confidence >= LEAST_CONFIDENCE
        for number, item in enumerate(findings)
    )
    return len(places), len(found), len(sure), others


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--tagset", default=AUTO)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--rate", type=float, default=0.005)
    options = parser.parse_args()
    corpora = [Corpus(path, options.tagset) for path in options.corpora]
    print(f"{'damage':10}{'injected':>10}{'found':>8}{'at .5':>8}{'clean':>8}{'others':>8}")
    for kind in (*DAMAGES, *KINDS):
        code = "NUM001" if kind in DAMAGES else "NUM"
        rows = []
        for corpus in corpora:
            clean = [item for item in corpus.findings(corpus.text) if item.code.startswith(code)]
            had = sum(item.confidence >= LEAST_CONFIDENCE for item in clean)
            for seed in options.seeds:
                draw = random.Random(seed)
                if kind in DAMAGES:
                    edits = damage_lists(corpus, kind, draw)
                else:
                    edits = damage_numbers(corpus, kind, draw, options.rate)
                rows.append((*score(corpus, edits, code), had))
        total = [sum(column) for column in zip(*rows, strict=True)]
        injected, found, sure, others, had = total
        print(f"{kind:10}{injected:10}{found:8}{sure:8}{had:8}{others:8}")


if __name__ == "__main__":
    main()
