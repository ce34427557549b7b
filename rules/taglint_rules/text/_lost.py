"""Words of an outside lexicon as they would stand in a text that lost one of its characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from taglint.characters import is_han
from taglint.outside import outside_lexicon

# Occurrences by which a character should be in the text, to miss it.
EXPECTED = 2.0
# Occurrences that a word must have in the lexicon, and how many times those of its rest.
WORD, TIMES = 50, 50
SHORTEST_WORD = 3
# How many times as often as its rest by chance a word must occur.
CHANCE = 10
NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两几半")


class Lost(NamedTuple):
    """A word, the character that its rest lacks, and how often that should occur in the text."""

    word: str
    character: str
    expected: float


@cache
def frequencies(lexicon: str) -> Mapping[str, int]:
    """How often each word of an outside lexicon occurs, with any tag."""
    words = outside_lexicon(lexicon)
    counts: dict[str, int] = {}
    for form, count in zip(words.forms, words.counts, strict=True):
        counts[form] = counts.get(form, 0) + count
    return counts


@cache
def shares(lexicon: str) -> Mapping[str, float]:
    """The share that each Han character has in the text of an outside lexicon."""
    counts: dict[str, int] = {}
    for word, count in frequencies(lexicon).items():
        for character in word:
            counts[character] = counts.get(character, 0) + count
    han = {character: count for character, count in counts.items() if is_han(character)}
    total = sum(han.values())
    return {character: count / total for character, count in han.items()} if total else {}


def lost_characters(counts: Counter[str], lexicon: str) -> dict[str, float]:
    """The characters that a text of so many should have and has not, with the number expected."""
    total = counts.total()
    return {
        character: share * total
        for character, share in shares(lexicon).items()
        if share * total >= EXPECTED and not counts[character] and character not in NUMERALS
    }


def rests(lost: Mapping[str, float], lexicon: str) -> dict[str, Lost]:
    """What remains of words without a lost character, and of which word."""
    found: dict[str, Lost] = {}
    words = frequencies(lexicon)
    for word, count in words.items():
        if count >= WORD and len(word) >= SHORTEST_WORD and not lost.keys().isdisjoint(word):
            for rest, character in _without(word, lost):
                known = found.get(rest)
                rare = words.get(rest, 0) * TIMES <= count
                if rare and (known is None or words[known.word] < count):
                    found[rest] = Lost(word, character, lost[character])
    return found


def _without(word: str, lost: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    for at, character in enumerate(word):
        rest = word[:at] + word[at + 1 :]
        if character in lost and character not in rest:
            yield rest, character


def by_chance(forms: Sequence[str], word: str, lexicon: str) -> bool:
    """Whether words may well stand beside each other as often as the whole word occurs."""
    words, total = frequencies(lexicon), occurrences(lexicon)
    expected = float(total)
    for form in forms:
        expected *= words.get(form, 0) / total
    return len(forms) > 1 and expected * CHANCE > words[word]


@cache
def occurrences(lexicon: str) -> int:
    """How often the words of an outside lexicon occur in all."""
    return sum(frequencies(lexicon).values())


def joined(before: str, after: str, lexicon: str) -> bool:
    """Whether the characters on either side of a boundary make a word, so that it may be wrong."""
    return frequencies(lexicon).get(before[-1:] + after[:1], 0) >= WORD
