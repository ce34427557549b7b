"""Paragraph or sentence id that repeats, skips or goes back.

What it finds: ids that are numbered in order (`19980101-01-001-002`, `weblog-0003`, `s12`, by the
number at their end) where one is that of an earlier sentence, leaves numbers out, or is lower than
the one before; also by the number before that, as of articles. Documents whose ids are not
numbered in order as a rule, as in a shuffled corpus, are left alone.

Why it matters: a sentence was lost, put in twice or moved; corrections and splits that name
sentences by their id go to the wrong one.

Fix: none; which sentence is meant by an id is known outside of the corpus.

Options: none.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from taglint.corpus.document import Document
from taglint.patterns import lazy
from taglint.rules import Context, Example, Problem, Rule, Scope

NUMBERED = lazy("(.*?)([0-9]{1,9})", re.DOTALL)
# Ids in order that a document must have for the others to be wrong, and their share.
FEWEST, SHARE = 2, 0.6
CONLLU, CONLLU_KEY = "conllu", "sent_id"


class Id(NamedTuple):
    """An id, or the beginning of one that several share, and the sentence where it is first."""

    sentence: int
    name: str
    prefix: str
    number: int


def check(document: Document, context: Context) -> Iterator[Problem]:
    ids = [*_numbered(document.decoded.names.items())]
    repeated = _repeated(ids)
    seen = {here.sentence for _, here in repeated}
    ids = [item for item in ids if item.sentence not in seen]
    # Those of CoNLL-U are reported by its own rule.
    for first, here in repeated if document.format != CONLLU else ():
        message = f"id {here.name} is that of sentence {first.sentence + 1} too"
        yield _problem(document, here, message, 0.95)
    for level in (ids, [*_numbered(_beginnings(ids))]):
        for before, here, share in _breaks(level):
            yield _problem(document, here, *_how(before, here, share))


def _numbered(names: Iterable[tuple[int, str]]) -> Iterator[Id]:
    for sentence, name in names:
        found = NUMBERED.fullmatch(name)
        if found:
            yield Id(sentence, name, found[1], int(found[2]))


def _beginnings(ids: list[Id]) -> Iterator[tuple[int, str]]:
    """What comes before the last number of ids, where it changes: articles, documents."""
    for before, here in pairwise([None, *ids]):
        if here and (before is None or before.prefix != here.prefix):
            yield here.sentence, here.prefix[:-1]


def _repeated(ids: list[Id]) -> list[tuple[Id, Id]]:
    """The ids that an earlier sentence has, with the earlier one."""
    first: dict[str, Id] = {}
    return [(first[item.name], item) for item in ids if first.setdefault(item.name, item) != item]


def _breaks(ids: list[Id]) -> list[tuple[Id, Id, float]]:
    """Neighbours that do not follow each other, and the share of those that do; none where too
    few do for that to be the rule."""
    pairs = [(before, here) for before, here in pairwise(ids) if before.prefix == here.prefix]
    breaks = [(before, here) for before, here in pairs if here.number != before.number + 1]
    ordered = len(pairs) - len(breaks)
    if ordered < FEWEST or ordered < SHARE * len(pairs):
        return []
    return [(before, here, ordered / len(pairs)) for before, here in breaks]


def _how(before: Id, here: Id, share: float) -> tuple[str, float]:
    expected = f"{before.number + 1:0{len(before.name) - len(before.prefix)}}"
    what = "skips" if here.number > before.number else "goes back"
    message = f"id {here.name} {what} behind {before.name}: {here.prefix}{expected} is expected"
    return message, (0.85 if what == "skips" else 0.95) * share


def _problem(document: Document, here: Id, message: str, confidence: float) -> Problem:
    tokens = document.sentence_tokens(here.sentence)
    start = document.span(tokens.start).start if tokens.start < len(document) else None
    if document.format == CONLLU:
        at = document.text.rfind(CONLLU_KEY, 0, start)
        found = document.text.find(here.name, max(at, 0))
    else:
        found = document.text.rfind(here.name, 0, start)
    if found < 0:
        # The id is written in another way than it is read: the finding stands at its sentence.
        at = len(document.text) if start is None else start
        return Problem(message, span=(at, at), confidence=confidence)
    return Problem(message, span=(found, found + len(here.name)), confidence=confidence)


def _lines(*ids: str) -> str:
    return "".join(f"{name}/m  好/a  。/w\n" for name in ids)


def _trees(*numbers: int) -> str:
    word = "1\tgo\tgo\tVERB\t_\t_\t0\troot\t_\t_\n\n"
    return "".join(f"# sent_id = s-{number}\n# text = go 2\n{word}" for number in numbers)


A, B = "19980101-01-001-", "19980101-01-002-"

RULE = Rule(
    code="NUM007",
    name="broken-sentence-ids",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    good=(
        Example(_lines(A + "001", A + "002", A + "003", B + "001", B + "002", B + "003")),
        Example(_lines(A + "001", A + "007", A + "003", A + "012")),
        Example(_trees(*range(9), 3), format="conllu", tagset="upos"),
    ),
    bad=(
        Example(_lines(*(A + f"00{number}" for number in (1, 2, 3, 3))), found=(A + "003",)),
        Example(_lines(*(A + f"00{number}" for number in (1, 2, 4, 5))), found=(A + "004",)),
        Example(_lines(*(f"19980101-01-{number:03}-001" for number in (1, 2, 3, 5, 6))),
                found=("19980101-01-005",)),
        Example(_trees(*range(1, 20), 22, 23), found=("s-22",), format="conllu", tagset="upos"),
        Example(_trees(*range(10, 30), 5, 6), found=("s-5",), format="conllu", tagset="upos"),
    ),
    check_document=check,
)  # fmt: skip
