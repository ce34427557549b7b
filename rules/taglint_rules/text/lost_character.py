"""Word that stands without a character which the text has lost everywhere.

What it finds: with an outside lexicon, Han characters that a text of its size should have and
that never occur in it, and words which stand there without them: where 格 is missing, `式/k 化/v`
for 格式化. Words that are cut or joined wrongly and neighbours that stand together by chance are
left out.

Why it matters: a character was dropped before the text was tagged, by a wrong encoding, an escape
or a filter, and each word that had it was torn.

Fix: none; the message gives the word. The text has to be taken from its source again.

Options: none; `outside-lexicon` in the configuration names the lexicon, and without one the rule
is silent.
"""

from collections import Counter
from collections.abc import Iterator
from math import exp

from taglint.characters import is_han
from taglint.corpus.document import Document
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint_rules.text._lost import Lost, by_chance, joined, lost_characters, rests

MOST_TOKENS = 5


def gather(document: Document, context: Context) -> Counter[str]:
    """How often each Han character occurs."""
    counts = Counter[str]()
    types = document.vocabulary.types
    for index, count in document.type_counts.items():
        for character in types[index].form:
            if is_han(character):
                counts[character] += count
    return counts


def judge(counts: Counter[str], context: Context) -> dict[str, Lost]:
    """What would remain of words without the lost characters."""
    if context.outside is None:
        return {}
    return rests(lost_characters(counts, context.outside), context.outside)


def locate(document: Document, verdicts: dict[str, Lost], context: Context) -> Iterator[Problem]:
    if not verdicts or context.outside is None:
        return
    beginnings = {rest[:end] for rest in verdicts for end in range(1, len(rest) + 1)}
    types = document.vocabulary.types
    wanted = {index for index in document.type_ids if types[index].form in beginnings}
    end = 0
    for place in document.places(wanted):
        last = _longest(document, place, verdicts) if place >= end else 0
        if last and _stands_alone(document, place, last, verdicts, context.outside):
            end = last
            yield _problem(document, place, last, verdicts)


def _longest(document: Document, first: int, verdicts: dict[str, Lost]) -> int:
    """One past the last of the most tokens that are the rest of a word; 0 where none are."""
    stop = document.sentence_tokens(document.sentence_of(first)).stop
    ends = range(min(stop, first + MOST_TOKENS), first, -1)
    return next((last for last in ends if _text(document, first, last) in verdicts), 0)


def _text(document: Document, first: int, last: int) -> str:
    return "".join(document.token(index).form for index in range(first, last))


def _stands_alone(
    document: Document, first: int, last: int, verdicts: dict[str, Lost], lexicon: str
) -> bool:
    """Whether neither chance nor a wrong boundary makes tokens look like the rest of a word."""
    forms = [document.token(index).form for index in range(first, last)]
    if by_chance(forms, verdicts["".join(forms)].word, lexicon):
        return False
    before = document.token(first - 1).form if first else ""
    after = document.token(last).form if last < len(document) else ""
    return not joined(before, forms[0], lexicon) and not joined(forms[-1], after, lexicon)


def _problem(document: Document, first: int, last: int, verdicts: dict[str, Lost]) -> Problem:
    text = _text(document, first, last)
    word, character, expected = verdicts[text]
    return Problem(
        f"{text} may be {word}: {character} never occurs, where {expected:.0f} are expected",
        tokens=(first, last),
        confidence=0.85 * (1 - exp(-expected)),
        group=character,
    )


WORDS = "格式化\tv\t900\n的\tu\t900\n我们\tr\t900\n式\tk\t9\n化\tk\t9\n"

RULE = Rule(
    code="TXT018",
    name="lost-character",
    doc=__doc__,
    scope=Scope.CORPUS,
    default=False,
    good=(
        Example("我们/rr 的/ude1 " * 9 + "格式化/v 式/k 化/v", outside=WORDS),
        Example("我们/rr 的/ude1 " * 9 + "式/k 化/v"),
    ),
    bad=(
        Example("我们/rr 的/ude1 " * 9 + "式/k 化/v 。/w", found=("式/k 化/v",), outside=WORDS),
        Example("我们/rr 的/ude1 " * 9 + "式化/nz", found=("式化/nz",), outside=WORDS),
    ),
    gather=gather,
    judge=judge,
    locate=locate,
)
