"""Fits the weights of the segmentation rules to damaged text and prints them.

    python benchmarks/fit_segmentation.py CORPUS [--tagset pku98] [--outside-lexicon jieba]

Without a lexicon the whole corpus is damaged, and parts of it; with one, many short stretches of
it are, each as a corpus of its own, half of them so that the same words are damaged wherever they
occur, as programs do it. Logistic regression by Newton's method, with a small ridge.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from segmentation import RATE, Damage, Injector, Sentence, damaged, positions, read, slashed

from taglint.configuration import Configuration, FileOptions
from taglint.corpus.contexts import contexts, local_types
from taglint.corpus.document import Document
from taglint.engine.session import Session
from taglint.outside import outside_lexicon
from taglint.plugins import Plugins, installed
from taglint.tagsets import Tagset
from taglint_rules.segmentation import _weights
from taglint_rules.segmentation._features import Typed, best, inner, side
from taglint_rules.segmentation._judging import Judged, judge
from taglint_rules.segmentation._outside import Outside, outside
from taglint_rules.segmentation._strings import Bools, Floats, Ints
from taglint_rules.segmentation._tables import NONE
from taglint_rules.segmentation._typed import expanded

RIDGE = 1.0
NAMES = {0: "MERGED", 1: "SPLIT", 2: "SHIFTED"}
STRETCH = 70  # sentences
STRETCHES = 60


@dataclass
class Places:
    """Weighed places of damaged corpora: kind, whether really wrong, and their numbers."""

    kind: Ints
    wrong: Bools
    placed: dict[str, Floats]
    bare: dict[str, Floats]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--tagset", default="pku98")
    parser.add_argument("--outside-lexicon")
    options = parser.parse_args()
    sentences = read(options.corpus, options.tagset)
    lexicon = options.outside_lexicon
    corpora = stretches(sentences) if lexicon else wholes(sentences)
    plugins = installed()
    known = plugins.tagset(options.tagset)
    more = outside(outside_lexicon(lexicon), known) if lexicon else None
    found = [places(plugins, known, more, *corpus) for corpus in corpora]
    show(joined(found), _weights.BY_LEXICON if lexicon else _weights.BY_COUNTS)


Corpus = tuple[Sequence[Sentence], list[Damage]]


def wholes(sentences: Sequence[Sentence]) -> Iterator[Corpus]:
    for seed, rate in ((11, RATE), (12, RATE), (33, RATE / 4), (34, RATE / 4)):
        yield sentences, Injector(sentences, seed).draw(rate)
    for seed, part in ((41, sentences[::4]), (42, sentences[: len(sentences) // 10])):
        yield part, Injector(part, seed).draw()


def stretches(sentences: Sequence[Sentence]) -> Iterator[Corpus]:
    draw = random.Random(7)
    for number in range(STRETCHES):
        start = draw.randrange(len(sentences) - STRETCH)
        part = sentences[start : start + STRETCH]
        injector = Injector(part, number)
        damage = injector.draw(2 * RATE)
        yield part, injector.spread(damage) if number % 2 else damage


def places(
    plugins: Plugins,
    tagset: Tagset,
    more: Outside | None,
    sentences: Sequence[Sentence],
    damages: list[Damage],
) -> Places:
    text = slashed(damaged(sentences, damages))
    options = FileOptions("slash", "utf-8", tagset.name)
    document = Session(plugins, Configuration(options=options), lambda _: text).document("x")
    counts = contexts(document)
    judged = judge(counts, tagset, more)
    assert judged is not None
    ways, patterns = judged.ways, judged.patterns
    first, typed, around = occurrences(judged, document)
    true = {
        (*place, tuple(form for form, _ in damage.true))
        for place, damage in zip(positions(sentences, damages), damages, strict=True)
    }
    wrong = np.zeros(len(first), dtype=bool)
    others = [part[typed.pattern] for part in patterns.other]
    last = first + 1 + ways.own_two[typed.pattern]
    for n, place in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        new = tuple(judged.tables.forms[part[n]] for part in others if part[n] != NONE)
        wrong[n] = (*place, new) in true
    edge = np.zeros(len(first), dtype=np.int64)
    placed, bare = numbers(judged, typed, *around), numbers(judged, typed, edge, edge)
    return Places(ways.kind[typed.pattern], wrong, placed, bare)


def occurrences(judged: Judged, document: Document) -> tuple[Ints, Typed, tuple[Ints, Ints]]:
    """The tokens at which patterns begin, the typed patterns, and the types around them."""
    form, size = judged.tables.form, len(judged.tables.forms) + 1
    starts = np.asarray(document.decoded.starts)
    types = local_types(document, judged.counts.keys)[np.frombuffer(document.ids, np.int32)]
    padded = np.concatenate((np.insert(types, starts[:-1], 0), [0])).astype(np.int64)
    at = np.flatnonzero(padded)
    number = np.cumsum(padded > 0) - 1
    keys = np.concatenate(
        (form[padded[at]] * size, form[padded[at]] * size + form[padded[at + 1]] + 1)
    )
    own = judged.patterns.own[0] * size + judged.patterns.own[1] + 1
    at, pattern = expanded(own, np.arange(len(own)), keys, np.concatenate((at, at)))
    behind = at + 1 + judged.ways.own_two[pattern]
    typed = Typed(pattern, (padded[at], padded[behind - 1]))
    return number[at], typed, (padded[at - 1], padded[behind])


def numbers(judged: Judged, typed: Typed, before: Ints, behind: Ints) -> dict[str, Floats]:
    """All numbers of places, by name."""
    ways, every = judged.ways, np.arange(len(typed.pattern))
    sides = side(ways, typed, before, False), side(ways, typed, behind, True)
    first, second = best(ways.fits[typed.pattern], sides[0].fits, sides[1].fits)
    found = {name: value[typed.pattern] for name, value in ways.numbers.items()}
    found |= {name: value + sides[1].numbers[name] for name, value in sides[0].numbers.items()}
    found["tags"] = found["tags"] + inner(ways, typed)[every, first, second]
    found["tags"] += sides[0].fits[every, first] + sides[1].fits[every, second]
    return found


def joined(found: Sequence[Places]) -> Places:
    names = found[0].placed
    return Places(
        np.concatenate([item.kind for item in found]),
        np.concatenate([item.wrong for item in found]),
        {name: np.concatenate([item.placed[name] for item in found]) for name in names},
        {name: np.concatenate([item.bare[name] for item in found]) for name in names},
    )


def show(found: Places, known: dict[int, _weights.Weights]) -> None:
    for kind, weights in known.items():
        chosen = found.kind == kind
        wrong = found.wrong[chosen]
        print(NAMES[kind], f"share={wrong.mean():.3f}")
        for title, numbers, names in (
            ("placed", found.placed, weights.placed),
            ("bare", found.bare, weights.bare),
        ):
            columns = [np.ones(len(wrong)), *(numbers[name][chosen] for name in names if name)]
            fitted = newton(np.column_stack(columns), wrong)
            print(" ", title, {n: round(float(w), 2) for n, w in zip(names, fitted, strict=True)})
            sys.stdout.flush()


def newton(rows: Floats, wrong: Bools) -> Floats:
    """The weights of a logistic regression; the first column is the intercept's."""
    weights = np.zeros(rows.shape[1])
    ridge = np.diag([0.0, *[RIDGE] * (rows.shape[1] - 1)])
    for _ in range(30):
        likely = _weights.probability(rows @ weights)
        slope = rows.T @ (wrong - likely) - ridge @ weights
        curve = (rows * (likely * (1 - likely))[:, None]).T @ rows + ridge
        weights += np.linalg.solve(curve, slope)
    return weights


if __name__ == "__main__":
    main()
