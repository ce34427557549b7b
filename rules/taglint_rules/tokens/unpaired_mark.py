"""Bracket that is not closed, or closes nothing.

What it finds: an opening bracket or title mark (`（`, `《`, `【`, `(`…) that is not closed in its
sentence or the next one, and a closing one that nothing opened. Closing brackets of list
markers (`1）`, `a)`, `三）`) are left alone.

Why it matters: text was lost or cut, or a mark was fused with a word or mistyped; whatever
splits the text at brackets goes wrong from there on.

Fix: none; where the other half belongs is not in the text.

Options: `sentences`, how many sentences further a bracket may be closed.
"""

from collections.abc import Iterator

from taglint.characters import CLOSERS, PAIRS
from taglint.corpus.document import Document
from taglint.rules import Context, Example, Option, Problem, Rule, Scope

# Half-open intervals are closed by another kind, and widths are mixed: [1, 2) （a)
RELATED = frozenset("([（［")
# An opener that waits for its other half: token, sentence and form.
Mark = tuple[int, int, str]
NUMERALS = frozenset("一二三四五六七八九十")


def check(document: Document, context: Context) -> Iterator[Problem]:
    types = document.vocabulary.types
    places = document.places({i for i in document.type_ids if is_brackets(types[i].form)})
    pending: list[Mark] = []
    for index, sentence in zip(places, document.sentences_of(places), strict=True):
        oldest = sentence - context.options["sentences"]
        while pending and pending[0][1] < oldest:
            yield unpaired(pending.pop(0))
        for bracket in types[document.ids[index]].form:
            if bracket in PAIRS:
                pending.append((index, sentence, bracket))
            elif not close(pending, CLOSERS[bracket]) and not is_marker(document, index):
                yield unpaired((index, sentence, bracket))
    yield from map(unpaired, pending)


def is_brackets(form: str) -> bool:
    """Whether a form is brackets only: `（`, `))`."""
    return bool(form) and all(character in PAIRS or character in CLOSERS for character in form)


def unpaired(mark: Mark) -> Problem:
    index, _, bracket = mark
    says = "is not closed" if bracket in PAIRS else "closes nothing"
    return Problem(f"{bracket} {says}", tokens=(index, index + 1), confidence=0.8)


def close(pending: list[Mark], opener: str) -> bool:
    """Close the nearest opener of a kind, else of a related one; whether there is one."""
    for accepted in ((opener,), RELATED if opener in RELATED else ()):
        for place in range(len(pending) - 1, -1, -1):
            if pending[place][2] in accepted:
                del pending[place]
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
    options={"sentences": Option(1, "how many sentences further a bracket may close", "int")},
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
    ),
    check_document=check,
)
