"""What other segmenters make of tagged documents, and how much of that is found.

    python benchmarks/agreement.py segment agreed.jsonl DOCUMENTS --pkuseg-model FOLDER
    python benchmarks/agreement.py score agreed.jsonl [--outside-lexicon jieba]

The output of taggers on running text comes without a truth. Where at least two of three
segmenters of different makers agree there is one that is good enough to fit to and to compare by:
THULAC, pkuseg and jiagu (`pip install thulac spacy-pkuseg jiagu`; the model is the folder
`pkuseg/models/default` of the wheel of pkuseg 0.0.25). Only what all three say is scored: a
boundary that none of them has, and one inside a token that all of them have; tokens with the tag
of a term are left out. A finding is right if it touches what two of them say.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from taglint.characters import is_han
from taglint.configuration import Configuration, FileOptions
from taglint.corpus.document import Document
from taglint.engine.session import Session
from taglint.plugins import installed

THRESHOLDS = (0.5, 0.8)
LEAST_VOTES = 2
Segmenter = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Agreed:
    """A document's sentences: of each for each segmenter the offsets of its boundaries."""

    path: str
    sentences: tuple[tuple[frozenset[int], ...], ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    segment = commands.add_parser("segment")
    segment.add_argument("agreed", type=Path)
    segment.add_argument("documents", nargs="+")
    segment.add_argument("--pkuseg-model", required=True)
    scoring = commands.add_parser("score")
    scoring.add_argument("agreed", type=Path)
    scoring.add_argument("--outside-lexicon", default="jieba")
    options = parser.parse_args()
    if options.command == "segment":
        lines = segmented(options.documents, segmenters(options.pkuseg_model))
        options.agreed.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    else:
        show(score(read_agreed(options.agreed), options.outside_lexicon))


def segmenters(pkuseg_model: str) -> list[Segmenter]:
    # THULAC asks for a clock that Python 3.8 dropped.
    time.clock = time.perf_counter  # type: ignore[attr-defined]
    import jiagu
    import spacy_pkuseg
    import thulac

    first, second = thulac.thulac(seg_only=True), spacy_pkuseg.pkuseg(model_name=pkuseg_model)
    return [lambda text: first.cut(text, text=True).split(), second.cut, jiagu.seg]


def segmented(paths: Sequence[str], every: Sequence[Segmenter]) -> Iterator[str]:
    for path in paths:
        for sentence in sentences(load(path)):
            text = "".join(sentence)
            votes = [sorted(boundaries(text, segment)) for segment in every]
            yield json.dumps({"path": path, "votes": votes})


def load(path: str) -> Document:
    return Session(installed(), Configuration()).document(path)


def sentences(document: Document) -> Iterator[list[str]]:
    """The forms of each sentence."""
    for number in range(len(document.decoded.starts) - 1):
        yield [document.token(index).form for index in document.sentence_tokens(number)]


def boundaries(text: str, segment: Segmenter) -> set[int]:
    """The offsets of the boundaries of a text; it is segmented in pieces without full stops."""
    found = set()
    for piece in re.finditer(r"[^\s，。；！？]+|[\s，。；！？]+", text):
        at = piece.start()
        found |= {at, piece.end()}
        for word in (
            segment(piece.group()) if not re.match(r"[\s，。；！？]", piece.group()) else ()
        ):
            place = text.find(word, at, piece.end())
            at = place + len(word) if place >= 0 else at
            found |= {place, at} if place >= 0 else set()
    return found


def read_agreed(path: Path) -> list[Agreed]:
    """Documents of which all sentences are there, in order."""
    found: dict[str, list[tuple[frozenset[int], ...]]] = {}
    for line in path.read_text("utf-8").splitlines():
        item = json.loads(line)
        found.setdefault(item["path"], []).append(tuple(map(frozenset, item["votes"])))
    return [Agreed(name, tuple(sentences)) for name, sentences in found.items()]


@dataclass(frozen=True)
class Defect:
    """Tokens `first` to before `last` of a document, and how many segmenters say so."""

    kind: str
    first: int
    last: int
    votes: int


def defects(document: Document, agreed: Agreed) -> Iterator[Defect]:
    """Boundaries inside of words, and words inside of tokens, that at least two segmenters see."""
    first = 0
    for forms, votes in zip(sentences(document), agreed.sentences, strict=True):
        at = 0
        for number, form in enumerate(forms, first):
            for place in range(1, len(form)):
                if is_han(form[place - 1 : place + 1]):
                    merged = sum(at + place in cuts for cuts in votes)
                    yield Defect("merged", number, number + 1, merged)
            at += len(form)
            behind = forms[number - first + 1] if number - first + 1 < len(forms) else ""
            if behind and is_han(form[-1] + behind[0]):
                yield Defect("split", number, number + 2, sum(at not in cuts for cuts in votes))
        first += len(forms)


@dataclass
class Score:
    """By kind and threshold how many defects there are and are found, and how many findings there
    are and are right."""

    defects: dict[str, int]
    found: dict[tuple[str, float], int]
    findings: dict[float, int]
    right: dict[float, int]


def score(documents: Sequence[Agreed], lexicon: str | None) -> Score:
    total = Score({}, {}, {}, {})
    for agreed in documents:
        add_score(total, agreed, lexicon)
    return total


def add_score(total: Score, agreed: Agreed, lexicon: str | None) -> None:
    options = FileOptions(select=("SEG",), outside_lexicon=lexicon, min_confidence=THRESHOLDS[0])
    session = Session(installed(), Configuration(options=options))
    document = session.document(agreed.path)
    likely = [item for item in defects(document, agreed) if item.votes >= LEAST_VOTES]
    spoken = {index for item in likely for index in range(item.first, item.last)}
    confidence: dict[int, float] = {}
    for finding in session.check([agreed.path]).findings:
        first = document.token_at(finding.start)
        tokens = range(first, first + len(finding.tokens))
        for index in tokens:
            confidence[index] = max(confidence.get(index, 0), finding.confidence)
        for least in THRESHOLDS:
            if finding.confidence >= least:
                total.findings[least] = total.findings.get(least, 0) + 1
                hit = not spoken.isdisjoint(tokens)
                total.right[least] = total.right.get(least, 0) + hit
    tagset = session.plugins.tagset(document.tagset) if document.tagset else None
    for item in likely:
        tag = tagset and tagset.find(document.token(item.first).tag)
        term = item.kind == "merged" and tag and "term" in tag.en.split()
        if item.votes == len(agreed.sentences[0]) and not term:
            total.defects[item.kind] = total.defects.get(item.kind, 0) + 1
            sure = max(confidence.get(index, 0) for index in range(item.first, item.last))
            for least in THRESHOLDS:
                key = item.kind, least
                total.found[key] = total.found.get(key, 0) + (sure >= least)


def show(total: Score) -> None:
    print("confidence  split  merged  findings  precision")
    for least in THRESHOLDS:
        split, merged = (
            total.found[kind, least] / total.defects[kind] for kind in ("split", "merged")
        )
        precision = total.right[least] / max(total.findings[least], 1)
        print(
            f"{least:10}  {split:5.2f}  {merged:6.2f}  {total.findings[least]:8}  {precision:9.3f}"
        )


if __name__ == "__main__":
    main()
