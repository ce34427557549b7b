"""Bracket that is not closed, or closes nothing.

What it finds: an opening bracket or title mark (`（`, `《`, `【`, `(`…) that is not closed in its
sentence or the next one, and a closing one that nothing opened; a token of several brackets is
reported once. Closing brackets of list markers (`1）`, `a)`, `三）`) are left alone.

Why it matters: text was lost or cut, or a mark was fused with a word or mistyped; whatever
splits the text at brackets goes wrong from there on.

Fix: none; where the other half belongs is not in the text.

Options: `sentences`, how many sentences further a bracket may be closed.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, count
from operator import itemgetter
from typing import NamedTuple

from taglint.characters import CLOSERS, PAIRS
from taglint.corpus.document import Document
from taglint.rules import Context, Example, Option, Problem, Rule, Scope
from taglint_rules._han import where_not_in_han

MARKS = frozenset(PAIRS) | frozenset(CLOSERS)
# From so many tokens on, loading NumPy takes less time than it saves.
MANY = 5_000
# Half-open intervals are closed by another kind, and widths are mixed: [1, 2) （a)
RELATED = frozenset("([（［")
NUMERALS = frozenset("一二三四五六七八九十")


class Mark(NamedTuple):
    """A bracket: its number among all, token and sentence, and which it is."""

    number: int
    token: int
    sentence: int
    bracket: str


def check(document: Document, context: Context) -> Iterator[Problem]:
    # A token of many brackets is one problem, however many of them have no other half.
    by_token: dict[int, list[Mark]] = {}
    for mark in unpaired(document, context.options["sentences"]):
        by_token.setdefault(mark.token, []).append(mark)
    for token in sorted(by_token):
        yield problem(min(by_token[token]), len(by_token[token]))


def problem(mark: Mark, number: int) -> Problem:
    says = "is not closed" if mark.bracket in PAIRS else "closes nothing"
    more = f", nor have {number - 1} more of this token another half" if number > 1 else ""
    tokens = (mark.token, mark.token + 1)
    return Problem(f"{mark.bracket} {says}{more}", tokens=tokens, confidence=0.8)


def unpaired(document: Document, sentences: int) -> Iterator[Mark]:
    """The brackets without another half, in any order."""
    pending: dict[str, deque[Mark]] = {}
    last = -1
    for mark in marks(document):
        if mark.sentence != last:
            last = mark.sentence
            for waiting in pending.values():
                while waiting and waiting[0].sentence < last - sentences:
                    yield waiting.popleft()
        if mark.bracket in PAIRS:
            pending.setdefault(mark.bracket, deque()).append(mark)
        elif not close(pending, CLOSERS[mark.bracket]) and not is_marker(document, mark.token):
            yield mark
    yield from chain.from_iterable(pending.values())


def marks(document: Document) -> Iterator[Mark]:
    """The brackets that may lack another half, in order."""
    types, number = document.vocabulary.types, count()
    brackets = where_not_in_han(document, "brackets", lambda token: is_brackets(token.form))
    places = document.places(brackets)
    found = document.sentences_of(places)
    for token, sentence in _worth_a_look(document, brackets, places, found):
        for bracket in types[document.ids[token]].form:
            yield Mark(next(number), token, sentence, bracket)


def _worth_a_look(
    document: Document, brackets: Iterable[int], places: list[int], sentences: list[int]
) -> Iterable[tuple[int, int]]:
    """Tokens of brackets, with their sentences: of very many only those that may lack another."""
    if len(places) < MANY:
        return zip(places, sentences, strict=True)
    from taglint_rules.tokens._settled import unsettled

    return unsettled(document, brackets, places, sentences)


def is_brackets(form: str) -> bool:
    """Whether a form is brackets only: `（`, `))`."""
    return form[:1] in MARKS and MARKS.issuperset(form)


def close(pending: dict[str, deque[Mark]], opener: str) -> bool:
    """Close the nearest opener of a kind, else of a related one; whether there is one."""
    for accepted in ((opener,), RELATED if opener in RELATED else ()):
        waiting = [pending[kind] for kind in accepted if pending.get(kind)]
        if waiting:
            max(waiting, key=itemgetter(-1)).pop()
            return True
    return False


def is_marker(document: Document, index: int) -> bool:
    """Whether a closing bracket stands behind a short number or letter: 1) a) 三）."""
    if not index:
        return False
    before = document.token(index - 1).form.strip()
    numeral = bool(before) and (before.isdigit() or set(before) <= NUMERALS)
    return (numeral and len(before) <= 3) or (len(before) == 1 and before.isascii())


RULE = Rule(
    code="TOK013",
    name="unpaired-mark",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    options={
        "sentences": Option(1, "how many sentences further a bracket may close", "int", least=0)
    },
    good=(
        Example("（/w 见/v 图/n ）/w 1/m ）/w 首先/d"),
        Example("（/w 见/v 图/n\n下/f ）/w"),
        Example("(/-LRB- a/DT (/-LRB- b/NN ))/-RRB-", tagset="penn"),
        Example("[/w 1/m ,/w 2/m )/w 或/c （/w 见/v 图/n )/w"),
    ),
    bad=(
        Example("见/v （/w 图/n 。/w", found=("（/w",)),
        Example("《/w 人民日报/nz 报道/v", found=("《/w",)),
        Example("见图/v ）/w 。/w", found=("）/w",)),
        Example("(((/w 见/v )/w", found=("(((/w",)),
    ),
    check_document=check,
)
