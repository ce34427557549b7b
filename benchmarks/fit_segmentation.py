"""Fits the weights of the segmentation rules to damaged text and prints them.

    python benchmarks/fit_segmentation.py CORPUS [--tagset pku98]
    python benchmarks/fit_segmentation.py CORPUS --outside-lexicon jieba --agreed agreed.jsonl

Without a lexicon the whole corpus is damaged, and parts of it. With one, what is fitted to is the
output of taggers, where the truth is what other segmenters agree on (`agreement.py`), and with
less weight short stretches and large parts of the corpus, damaged or not; each of these three has
an intercept of its own, of which that of the taggers' output is used. Tokens that are exempt
as terms or as words of the lexicon are left out. Logistic regression by Newton's method, with a
small ridge.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from agreement import LEAST_VOTES, Agreed, Score, add_score, read_agreed
from agreement import show as show_score
from segmentation import RATE, Damage, Injector, Sentence, damaged, positions, read, slashed

from taglint.configuration import Configuration, FileOptions
from taglint.corpus.contexts import contexts, local_types
from taglint.corpus.document import Document
from taglint.engine.session import Session
from taglint.outside import OutsideLexicon, outside_lexicon
from taglint.plugins import Plugins, installed
from taglint.tagsets import Tagset
from taglint_rules.segmentation import _judging, _weights
from taglint_rules.segmentation._exemptions import (
    TERM,
    Chosen,
    exemptions,
    name_exemptions,
    two_names,
)
from taglint_rules.segmentation._features import Typed, best, inner, side
from taglint_rules.segmentation._judging import Judged, chosen_types, judge
from taglint_rules.segmentation._kinds import MERGED
from taglint_rules.segmentation._outside import Outside, outside
from taglint_rules.segmentation._strings import Bools, Floats, Ints
from taglint_rules.segmentation._tables import NONE
from taglint_rules.segmentation._typed import expanded
from taglint_rules.segmentation._ways import Ways
from taglint_rules.segmentation._weights import Weights

RIDGE = 1.0
NAMES = {0: "MERGED", 1: "SPLIT", 2: "SHIFTED"}
STRETCH = 70  # sentences
STRETCHES = 40
# What a place counts in stretches of the corpus and in large parts of it.
OF_STRETCHES = 0.5
OF_PARTS = 0.1
# Tokens that are more exempt than what may be a term are left out.
MOST_LESS = TERM


@dataclass
class Places:
    """Weighed places of corpora: kind, whether really wrong, their numbers, by how much they are
    less likely to be wrong than these say, what a place counts, and of what kind of text it is."""

    kind: Ints
    wrong: Bools
    placed: dict[str, Floats]
    bare: dict[str, Floats]
    less: Floats
    weight: Floats
    source: Ints

    def chosen(self, kept: Bools) -> Places:
        placed, bare = (
            {name: numbers[kept] for name, numbers in named.items()}
            for named in (self.placed, self.bare)
        )
        columns = (self.less[kept], self.weight[kept], self.source[kept])
        return Places(self.kind[kept], self.wrong[kept], placed, bare, *columns)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--tagset", default="pku98")
    parser.add_argument("--outside-lexicon")
    parser.add_argument("--agreed", type=Path)
    parser.add_argument("--folds", type=int, help="score each fold by what the others say")
    options = parser.parse_args()
    sentences, plugins = read(options.corpus, options.tagset), installed()
    known, lexicon = plugins.tagset(options.tagset), options.outside_lexicon
    if not lexicon:
        found = [places(plugins, known, None, *corpus) for corpus in wholes(sentences)]
        show(fitted(joined(found), _weights.BY_COUNTS))
        return
    words = outside_lexicon(lexicon)
    documents = read_agreed(options.agreed)
    outputs = [of_output(plugins, agreed, words) for agreed in documents]
    found, more = [], outside(words, known)
    for source, (corpora, weight) in enumerate(
        ((stretches(sentences), OF_STRETCHES), (parts(sentences), OF_PARTS)), 1
    ):
        for corpus in corpora:
            of_corpus = places(plugins, known, more, *corpus)
            of_corpus.weight[:], of_corpus.source[:] = weight, source
            found.append(of_corpus)
    if not options.folds:
        show(fitted(joined([*outputs, *found]), _weights.BY_LEXICON))
        return
    total = Score({}, {}, {}, {})
    for fold in range(options.folds):
        kept = [output for n, output in enumerate(outputs) if n % options.folds != fold]
        weights = fitted(joined([*kept, *found]), _weights.BY_LEXICON)
        _judging.BY_LEXICON.update(weights)
        for agreed in documents[fold :: options.folds]:
            add_score(total, agreed, lexicon)
    show_score(total)


Corpus = tuple[Sequence[Sentence], list[Damage]]


def wholes(sentences: Sequence[Sentence]) -> Iterator[Corpus]:
    for seed, rate in ((11, RATE), (12, RATE), (33, RATE / 4), (34, RATE / 4)):
        yield sentences, Injector(sentences, seed).draw(rate)
    for seed, part in ((41, sentences[::4]), (42, sentences[: len(sentences) // 10])):
        yield part, Injector(part, seed).draw()


def stretches(sentences: Sequence[Sentence]) -> Iterator[Corpus]:
    """Of four one is not damaged, and one damaged alike wherever the same words occur."""
    draw = random.Random(7)
    for number in range(STRETCHES):
        start = draw.randrange(len(sentences) - STRETCH)
        part = sentences[start : start + STRETCH]
        injector = Injector(part, number)
        damage = injector.draw(2 * RATE) if number % 4 != 3 else []
        yield part, injector.spread(damage) if number % 4 == 1 else damage


def parts(sentences: Sequence[Sentence]) -> Iterator[Corpus]:
    size = len(sentences) // 10
    for number, rate in ((1, 0.0), (2, RATE), (6, RATE / 3)):
        part = sentences[number * size : (number + 1) * size]
        yield part, Injector(part, number).draw(rate) if rate else []


def places(
    plugins: Plugins,
    tagset: Tagset,
    more: Outside | None,
    sentences: Sequence[Sentence],
    damages: list[Damage],
) -> Places:
    """The places of a damaged corpus; those that the damage explains are wrong."""
    text = slashed(damaged(sentences, damages))
    options = FileOptions("slash", "utf-8", tagset.name)
    document = Session(plugins, Configuration(options=options), lambda _: text).document("x")
    judged = judge(contexts(document), tagset, more)
    assert judged is not None
    first, typed, around = occurrences(judged, document)
    last = first + 1 + judged.ways.own_two[typed.pattern]
    true = {
        (*place, tuple(form for form, _ in damage.true))
        for place, damage in zip(positions(sentences, damages), damages, strict=True)
    }
    new = new_forms(judged, typed)
    found = zip(first.tolist(), last.tolist(), new, strict=True)
    return weighed(judged, typed, around, np.array([place in true for place in found], dtype=bool))


def new_forms(judged: Judged, typed: Typed) -> list[tuple[str, ...]]:
    others = [part[typed.pattern].tolist() for part in judged.patterns.other]
    forms = judged.tables.forms
    return [
        tuple(forms[number] for number in row if number != NONE)
        for row in zip(*others, strict=True)
    ]


def of_output(plugins: Plugins, agreed: Agreed, words: OutsideLexicon) -> Places:
    """The places of a document for which most segmenters have either what stands there or what
    may stand there instead; those where they have the latter are wrong."""
    document = Session(plugins, Configuration()).document(agreed.path)
    assert document.tagset is not None
    tagset = plugins.tagset(document.tagset)
    judged = judge(contexts(document), tagset, outside(words, tagset))
    assert judged is not None
    first, typed, around = occurrences(judged, document)
    last = first + 1 + judged.ways.own_two[typed.pattern]
    offsets, votes = boundaries_of(document, agreed)
    old, new = np.zeros(len(first), dtype=int), np.zeros(len(first), dtype=int)
    for n, forms in enumerate(new_forms(judged, typed)):
        start, end = offsets[first[n]], offsets[last[n]]
        own = {int(offset) for offset in offsets[first[n] + 1 : last[n]]}
        other = {start + len(forms[0])} if len(forms) > 1 else set()
        for cuts in votes:
            inner = {place for place in range(start + 1, end) if place in cuts}
            old[n] += inner == own
            new[n] += inner == other and start in cuts and end in cuts
    known = (new >= LEAST_VOTES) | (old >= LEAST_VOTES)
    around = around[0][known], around[1][known]
    return weighed(judged, typed.taken(known), around, (new >= LEAST_VOTES)[known])


def boundaries_of(document: Document, agreed: Agreed) -> tuple[Ints, list[set[int]]]:
    """The offsets of tokens in the forms of a document, joined, and of each segmenter's words."""
    lengths = [len(document.token(index).form) for index in range(len(document))]
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    votes: list[set[int]] = [set() for _ in agreed.sentences[0]]
    for number, sentence in enumerate(agreed.sentences):
        start = int(offsets[document.sentence_tokens(number).start])
        for cuts, mine in zip(votes, sentence, strict=True):
            cuts |= {start + cut for cut in mine}
    return offsets, votes


def weighed(judged: Judged, typed: Typed, around: tuple[Ints, Ints], wrong: Bools) -> Places:
    edge = np.zeros(len(wrong), dtype=np.int64)
    kind, less = judged.ways.kind[typed.pattern], exempted(judged.ways, typed, *around)
    found = Places(
        kind,
        wrong,
        numbers(judged, typed, *around),
        numbers(judged, typed, edge, edge),
        np.where(kind == MERGED, np.minimum(less, 0), less),
        np.ones(len(wrong)),
        np.zeros(len(wrong), dtype=int),
    )
    if judged.tables.outside is None:
        return found
    listed = judged.tables.listed[judged.ways.forms[0][typed.pattern]]
    return found.chosen((kind != MERGED) | (~listed & (less <= MOST_LESS)))


def exempted(ways: Ways, typed: Typed, before: Ints, behind: Ints) -> Floats:
    """By how much places are less likely to be wrong than their numbers say."""
    sides = side(ways, typed, before, False), side(ways, typed, behind, True)
    new = chosen_types(ways, typed.pattern, sides[0].fits, sides[1].fits)
    chosen = Chosen(ways, typed, new)
    named = two_names(ways, typed) | sides[0].proper | sides[1].proper
    return np.asarray(exemptions(chosen) + name_exemptions(chosen) * named)


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

    def columns(each: Callable[[Places], Any]) -> Any:
        return np.concatenate([each(item) for item in found])

    return Places(
        columns(lambda item: item.kind),
        columns(lambda item: item.wrong),
        {name: columns(lambda item, name=name: item.placed[name]) for name in names},
        {name: columns(lambda item, name=name: item.bare[name]) for name in names},
        columns(lambda item: item.less),
        columns(lambda item: item.weight),
        columns(lambda item: item.source),
    )


def fitted(found: Places, known: dict[int, Weights]) -> dict[int, Weights]:
    """The weights of the numbers that are known to be of use, anew."""
    result = {}
    for kind, weights in known.items():
        of_kind = found.chosen(found.kind == kind)
        others = [of_kind.source == number for number in range(1, max(found.source) + 1)]
        new = []
        for numbers, names in ((of_kind.placed, weights.placed), (of_kind.bare, weights.bare)):
            columns = [np.ones(len(of_kind.wrong)), *(numbers[name] for name in names if name)]
            values = newton(np.column_stack([*columns, *others]), of_kind).tolist()
            new.append({n: round(value, 2) for n, value in zip(names, values, strict=False)})
        share = round(float(of_kind.wrong[of_kind.source == 0].mean()), 3)
        result[kind] = Weights(new[0], new[1], share)
    return result


def show(found: dict[int, Weights]) -> None:
    for kind, weights in found.items():
        print(NAMES[kind], f"share={weights.share:.3f}")
        print("  placed", dict(weights.placed))
        print("  bare", dict(weights.bare))


def newton(rows: Floats, places: Places) -> Floats:
    """The weights of a logistic regression; the first column is the intercept's."""
    weights = np.zeros(rows.shape[1])
    ridge = np.diag([0.0, *[RIDGE] * (rows.shape[1] - 1)])
    for _ in range(30):
        likely = _weights.probability(rows @ weights - places.less)
        slope = rows.T @ (places.weight * (places.wrong - likely)) - ridge @ weights
        variance = places.weight * likely * (1 - likely)
        weights += np.linalg.solve((rows * variance[:, None]).T @ rows + ridge, slope)
    return weights


if __name__ == "__main__":
    main()
