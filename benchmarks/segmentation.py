"""Damages the segmentation of a corpus at random and scores what is found of it.

    python benchmarks/segmentation.py CORPUS [--tagset pku98] [--seeds 1 2 3] [--rate .0046]

Three kinds of damage in the proportions 45 : 36 : 19: two words merged, a word split, a boundary
moved by a character. A new token gets the tag that its form bears most often in the corpus, else
the tag that stood there (of two merged words, the second's).
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from taglint.characters import is_han

Token = tuple[str, str]
Sentence = list[Token]
RATE = 0.0046
SHARES = {"merge": 0.446, "split": 0.357, "shift": 0.197}
LONGEST = 5
# Where both words have a character to give, the first one gives it so often.
FIRST_GIVES = 5 / 6


@dataclass(frozen=True)
class Damage:
    """What was done to a sentence: `width` tokens from `first` of the undamaged sentence on
    (both 0-based) are now `injected`."""

    kind: str
    sentence: int
    first: int
    true: tuple[Token, ...]
    injected: tuple[Token, ...]


class Injector:
    """Draws damage to a corpus; the same seed draws the same."""

    def __init__(self, sentences: Sequence[Sentence], seed: int) -> None:
        self.sentences = sentences
        self.random = random.Random(seed)
        self.tags = usual_tags(sentences)
        self.han = [[is_han(form) for form, _ in sentence] for sentence in sentences]
        self.places = [
            (number, index)
            for number, flags in enumerate(self.han)
            for index, han in enumerate(flags)
            if han
        ]
        self.taken: set[tuple[int, int]] = set()

    def draw(self, rate: float = RATE) -> list[Damage]:
        """Damage of so many places for each token of the corpus, in order."""
        wanted = round(rate * sum(map(len, self.sentences)))
        found = []
        for kind, share in SHARES.items():
            found += self._of_kind(kind, round(share * wanted))
        return sorted(found, key=lambda damage: (damage.sentence, damage.first))

    def spread(self, damages: Sequence[Damage], often: float = 0.8) -> list[Damage]:
        """The damage, and most other occurrences of the damaged words damaged alike."""
        by_words = {damage.true: damage for damage in damages}
        found = list(damages)
        for number, sentence in enumerate(self.sentences):
            for first in range(len(sentence)):
                for width in (1, 2):
                    damage = by_words.get(tuple(sentence[first : first + width]))
                    places = {(number, first + step) for step in range(-1, width + 1)}
                    inner = {(number, first + step) for step in range(width)}
                    if damage and not inner & self.taken and self.random.random() < often:
                        self.taken |= places
                        found.append(replace(damage, sentence=number, first=first))
        return sorted(found, key=lambda damage: (damage.sentence, damage.first))

    def _of_kind(self, kind: str, number: int) -> Iterator[Damage]:
        for _ in range(50 * number):
            if number <= 0:
                return
            damage = self._at(kind, *self.random.choice(self.places))
            if damage:
                number -= 1
                yield damage

    def _at(self, kind: str, sentence: int, first: int) -> Damage | None:
        width = 1 if kind == "split" else 2
        tokens = self.sentences[sentence][first : first + width]
        free = all((sentence, first + step) not in self.taken for step in range(width))
        if not free or len(tokens) < width or not all(self.han[sentence][first : first + width]):
            return None
        injected = getattr(self, f"_{kind}")(*tokens)
        if injected is None:
            return None
        self.taken.update((sentence, first + step) for step in range(-1, width + 1))
        return Damage(kind, sentence, first, tuple(tokens), injected)

    def _tagged(self, form: str, tag: str) -> Token:
        return form, self.tags.get(form, tag)

    def _split(self, token: Token) -> tuple[Token, ...] | None:
        form, tag = token
        if not 2 <= len(form) <= LONGEST:
            return None
        place = self.random.randrange(1, len(form))
        return self._tagged(form[:place], tag), self._tagged(form[place:], tag)

    def _merge(self, left: Token, right: Token) -> tuple[Token, ...] | None:
        form = left[0] + right[0]
        return None if len(form) > LONGEST else (self._tagged(form, right[1]),)

    def _shift(self, left: Token, right: Token) -> tuple[Token, ...] | None:
        (a, first_tag), (b, second_tag) = left, right
        if len(a) == len(b) == 1:
            return None
        if len(a) > 1 and (len(b) == 1 or self.random.random() < FIRST_GIVES):
            a, b = a[:-1], a[-1] + b
        else:
            a, b = a + b[0], b[1:]
        return self._tagged(a, first_tag), self._tagged(b, second_tag)


def usual_tags(sentences: Sequence[Sentence]) -> dict[str, str]:
    """The tag that each form bears most often."""
    counts: dict[str, Counter[str]] = {}
    for sentence in sentences:
        for form, tag in sentence:
            counts.setdefault(form, Counter())[tag] += 1
    return {form: tags.most_common(1)[0][0] for form, tags in counts.items()}


def damaged(sentences: Sequence[Sentence], damages: Sequence[Damage]) -> list[Sentence]:
    """The sentences with all damage done."""
    result = [list(sentence) for sentence in sentences]
    for damage in reversed(damages):
        last = damage.first + len(damage.true)
        result[damage.sentence][damage.first : last] = damage.injected
    return result


def positions(sentences: Sequence[Sentence], damages: Sequence[Damage]) -> list[tuple[int, int]]:
    """For each damage the first and one past the last token of it in the damaged corpus."""
    starts = [0]
    for sentence in sentences:
        starts.append(starts[-1] + len(sentence))
    found = []
    grown = 0
    for damage in damages:
        first = starts[damage.sentence] + damage.first + grown
        found.append((first, first + len(damage.injected)))
        grown += len(damage.injected) - len(damage.true)
    return found


def slashed(sentences: Sequence[Sentence]) -> bytes:
    """The sentences in the slash format, one a line."""
    lines = ("  ".join("/".join(token) for token in sentence) for sentence in sentences)
    return "".join(f"{line}\n" for line in lines).encode()


@dataclass(frozen=True)
class Score:
    """How well damage was found. recall: at a precision of .9. exact: the share of the findings
    down to there that hit damage and undo it. found: those hits by kind."""

    average_precision: float
    recall: float
    exact: float
    found: dict[str, int]
    total: dict[str, int]


def score(
    findings: Sequence[Found], damages: Sequence[Damage], places: Sequence[tuple[int, int]]
) -> Score:
    """Rank findings by confidence; one that touches damage not yet found is a hit."""
    touched = {token: n for n, place in enumerate(places) for token in range(*place)}
    hits: list[int | None] = []
    precise = 0
    seen: set[int] = set()
    ranked = sorted(findings, key=lambda item: (-item.confidence, item.first))
    for item in ranked:
        near = (touched.get(token) for token in range(item.first, item.last))
        hit = next((n for n in near if n is not None and n not in seen), None)
        hits.append(hit)
        seen |= {hit} - {None}  # type: ignore[arg-type]
        precise = len(hits) if len(seen) >= 0.9 * len(hits) else precise
    right = list(accumulate(hit is not None for hit in hits))
    gained = (right[n] / (n + 1) for n, hit in enumerate(hits) if hit is not None)
    first = zip(ranked[:precise], hits[:precise], strict=True)
    pairs = [(item, hit) for item, hit in first if hit is not None]
    exact = sum(item.forms == [form for form, _ in damages[hit].true] for item, hit in pairs)
    return Score(
        sum(gained) / len(damages),
        len(pairs) / len(damages),
        exact / max(len(pairs), 1),
        dict(Counter(damages[hit].kind for _, hit in pairs)),
        dict(Counter(damage.kind for damage in damages)),
    )


@dataclass(frozen=True)
class Found:
    """A finding: its tokens, what it proposes instead, and how sure it is."""

    first: int
    last: int
    forms: list[str]
    confidence: float


def found(text: bytes, tagset: str, code: str = "SEG") -> list[Found]:
    """What the rules of a family find in a text of the slash format."""
    from taglint.configuration import Configuration, FileOptions
    from taglint.engine.checking import gather, gathering, judge, locate
    from taglint.engine.session import Session
    from taglint.plugins import installed

    options = FileOptions("slash", "utf-8", tagset, select=(code,), min_confidence=0.0)
    session = Session(installed(), Configuration(options=options), lambda path: text)
    document = session.document("corpus")
    rules, _ = session.rules_for(document)
    result = []
    counts: dict[str, Any] = {}
    for active in rules.corpus:
        name = gathering(active.rule)
        counts[name] = counts.get(name) or gather(active, document)
        for problem in locate(active, document, judge(active, counts[name])):
            forms = [form for form, _ in problem.change.tokens] if problem.change else []
            result.append(Found(*problem.tokens, forms, problem.confidence))
    return result


def read(path: Path, tagset: str) -> list[Sentence]:
    """The sentences of a tagged file, as pairs of form and tag."""
    from taglint.configuration import Configuration, FileOptions
    from taglint.engine.session import Session
    from taglint.plugins import installed

    session = Session(installed(), Configuration(options=FileOptions(tagset=tagset)))
    document = session.document(str(path))
    tokens = [document.token(index)[:2] for index in range(len(document))]
    spans = map(document.sentence_tokens, range(document.sentence_count))
    return [tokens[span.start : span.stop] for span in spans]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--tagset", default="pku98")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--rate", type=float, default=RATE, help="damaged places for each token")
    options = parser.parse_args()
    sentences = read(options.corpus, options.tagset)
    print("seed  average precision  recall at .9  exact  merge  split  shift")
    for seed in options.seeds:
        damages = Injector(sentences, seed).draw(options.rate)
        text = slashed(damaged(sentences, damages))
        show(seed, score(found(text, options.tagset), damages, positions(sentences, damages)))


def show(seed: int, result: Score) -> None:
    kinds = (result.found.get(kind, 0) / max(result.total.get(kind, 0), 1) for kind in SHARES)
    shares = "".join(f"{share:7.3f}" for share in kinds)
    figures = f"{result.average_precision:17.3f} {result.recall:13.3f} {result.exact:6.3f}"
    print(f"{seed:4}  {figures}{shares}")


if __name__ == "__main__":
    main()
