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
from taglint.corpus.contexts import contexts
from taglint.engine.session import Session
from taglint.outside import outside_lexicon
from taglint.plugins import Plugins, installed
from taglint.tagsets import Tagset
from taglint_rules.segmentation import _weights
from taglint_rules.segmentation._features import Fit
from taglint_rules.segmentation._judging import judge, without_context
from taglint_rules.segmentation._occurrences import running
from taglint_rules.segmentation._outside import Outside, outside
from taglint_rules.segmentation._strings import Bools, Floats, Ints
from taglint_rules.segmentation._tables import NONE

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
    verdicts = judge(contexts(document), tagset, more)
    assert verdicts is not None
    tables, patterns = verdicts.tables, verdicts.patterns
    position, found = verdicts.finder.occurrences(running(document, verdicts.keys))
    kind, two = (part[found.pattern] for part in (patterns.kind, verdicts.ways.own_two))
    true = {
        (*place, tuple(form for form, _ in damage.true))
        for place, damage in zip(positions(sentences, damages), damages, strict=True)
    }
    wrong = np.zeros(len(position), dtype=bool)
    others = [part[found.pattern] for part in patterns.other]
    for n, first in enumerate(position.tolist()):
        new = tuple(tables.forms[part[n]] for part in others if part[n] != NONE)
        wrong[n] = (first, first + 1 + two[n], new) in true
    fit = Fit(verdicts.ways, found)
    bare = Fit(verdicts.ways, without_context(found.pattern, found.own))
    return Places(kind, wrong, fit.numbers, bare.numbers)


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
