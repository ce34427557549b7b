"""Scores what taglint says of tags: errors made on purpose, and corrections that people made.

    python benchmarks/accuracy.py noise CORPUS [--tagset pku98] [--rates .003 .01] [--seeds 1 2]
    python benchmarks/accuracy.py noise CORPUS --positions TSV
    python benchmarks/accuracy.py gold CORPUS.part1.txt CORPUS.part2.txt --corrections TSV

`noise` replaces a share of the tags, 70% of them by another tag that the word has in the corpus,
all alike, where it has one; else by one that words with that tag often have as well. The same seed
makes the same errors. `--positions` takes them from a table instead: line, token (both from 1),
form, true tag, wrong tag. `gold` reads lines of sentence id, tab and tokens, and a table of
sentence id, token, form, old tag, new tag, class.

Printed for each run: average precision, precision at 100 and 1000, recall at precision .9, the
expected calibration error of findings above confidence .05 and above .5 (ten bins of equal width),
what the first of these would be by chance if each finding were right as often as it says, the
share of right proposals among true findings, and tokens a second of the whole check. The same
columns follow for `--baselines`: variation n-grams (Dickinson and Meurers 2003; a word with the
same neighbours and another tag, ranked by the share of the most frequent tag there), and a hidden
Markov model and a conditional random field, retagging fold by fold (the last one needs
python-crfsuite and is slow).
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from taglint.configuration import AUTO, Configuration, FileOptions
from taglint.engine.session import Session
from taglint.plugins import installed

Token = tuple[str, str]
Sentences = list[list[Token]]
SEEN_ELSEWHERE = 0.7
FOLDS = 5
DRAWS = 100


@dataclass
class Task:
    """A corpus with known errors: (0-based sentence, token) to the right tag."""

    name: str
    sentences: Sentences
    errors: dict[tuple[int, int], str]


@dataclass
class Answer:
    """For each suspected place how sure, and the tag proposed."""

    chances: dict[tuple[int, int], float]
    proposals: dict[tuple[int, int], str]
    seconds: float


def read_sentences(paths: Iterable[str], ids: bool = False) -> tuple[Sentences, list[str]]:
    """The sentences of files of `form/tag` tokens, and their ids where lines begin with them."""
    sentences: Sentences = []
    names = []
    for path in paths:
        for line in Path(path).read_text("utf-8").splitlines():
            name, _, rest = line.partition("\t") if ids else ("", "", line)
            tokens = [token.rpartition("/") for token in rest.split()]
            sentences.append([(form, tag) for form, _, tag in tokens])
            names.append(name)
    return sentences, names


def damaged(clean: Sentences, rate: float, seed: int) -> Task:
    """The corpus with a share of its tags replaced."""
    draw = random.Random(seed)
    tags: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in clean:
        for form, tag in sentence:
            tags[form][tag] += 1
    confusable = confusions(tags.values())
    places = [(s, t) for s, sentence in enumerate(clean) for t in range(len(sentence))]
    sentences = [list(sentence) for sentence in clean]
    errors = {}
    for s, t in draw.sample(places, round(rate * len(places))):
        form, tag = clean[s][t]
        others = sorted(tags[form].keys() - {tag})
        if others and draw.random() < SEEN_ELSEWHERE:
            wrong = draw.choice(others)
        else:
            names, weights = confusable[tag]
            wrong = draw.choices(names, weights)[0]
        sentences[s][t] = (form, wrong)
        errors[s, t] = tag
    return Task(f"noise {rate:g} seed {seed}", sentences, errors)


def confusions(tags: Iterable[Counter[str]]) -> dict[str, tuple[list[str], list[int]]]:
    """For each tag the others, weighed by the tokens of words that bear both."""
    shared: defaultdict[str, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for counts in tags:
        total.update(counts)
        for one in counts:
            for other in counts.keys() - {one}:
                shared[one][other] += min(counts[one], counts[other])
    found = {}
    for tag in total:
        others = shared[tag] or Counter({other: total[other] for other in total if other != tag})
        names = sorted(others)
        found[tag] = names, [others[name] for name in names]
    return found


def from_positions(clean: Sentences, path: str) -> Task:
    sentences = [list(sentence) for sentence in clean]
    errors = {}
    for row in Path(path).read_text("utf-8").splitlines()[1:]:
        line, token, form, true, wrong = row.split("\t")
        place = int(line) - 1, int(token) - 1
        if sentences[place[0]][place[1]] != (form, true):
            raise SystemExit(f"{path}: line {line} token {token} is not {form}/{true}")
        sentences[place[0]][place[1]] = (form, wrong)
        errors[place] = true
    return Task(Path(path).stem, sentences, errors)


def from_corrections(paths: Sequence[str], corrections: str) -> Task:
    sentences, names = read_sentences(paths, ids=True)
    number = {name: index for index, name in enumerate(names)}
    errors = {}
    for row in Path(corrections).read_text("utf-8").splitlines()[1:]:
        name, token, _form, _old, new, _cls = row.split("\t")
        errors[number[name], int(token) - 1] = new
    return Task(Path(corrections).stem, sentences, errors)


def ask_taglint(task: Task, tagset: str, select: str) -> Answer:
    """All findings of the selected rules that stand on a tag, the surest of each token."""
    data = "".join(
        " ".join(f"{form}/{tag}" for form, tag in sentence) + "\n" for sentence in task.sentences
    ).encode()
    options = FileOptions(
        format="slash", tagset=tagset, select=tuple(select.split(",")), min_confidence=0.0
    )
    session = Session(installed(), Configuration(options=options), lambda path: data)
    began = time.perf_counter()
    report = session.check(["corpus"])
    seconds = time.perf_counter() - began
    document = session.document("corpus")
    lines = [index for index, sentence in enumerate(task.sentences) if sentence]
    answer = Answer({}, {}, seconds)
    for finding in report.findings:
        place = lines[int(finding.sentence) - 1], finding.token - 1
        if len(finding.tokens) == 1 and finding.confidence > answer.chances.get(place, 0.0):
            answer.chances[place] = finding.confidence
            if finding.fix and len(finding.fix.edits) == 1:
                answer.proposals[place] = finding.fix.edits[0].text
    assert len(document) == sum(map(len, task.sentences))
    return answer


def ask_variation(task: Task, tagset: str, select: str) -> Answer:
    """Variation n-grams: every minority tag of a word between the same two words."""
    began = time.perf_counter()
    seen: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    places = []
    for s, sentence in enumerate(task.sentences):
        forms = ["", *(form for form, _ in sentence), ""]
        for t, (form, tag) in enumerate(sentence):
            key = forms[t], form, forms[t + 2]
            seen[key][tag] += 1
            places.append((s, t, key, tag))
    answer = Answer({}, {}, 0.0)
    for s, t, key, tag in places:
        counts = seen[key]
        if len(counts) > 1:
            usual, number = max(counts.items(), key=lambda item: (item[1], item[0]))
            if usual != tag:
                answer.chances[s, t] = number / counts.total() * (1 - 1 / counts.total())
                answer.proposals[s, t] = usual
    answer.seconds = time.perf_counter() - began
    return answer


def ask_crf(task: Task, tagset: str, select: str) -> Answer:
    """A conditional random field, trained on four fifths to tag the fifth."""
    import pycrfsuite

    began = time.perf_counter()
    answer = Answer({}, {}, 0.0)
    for fold in range(FOLDS):
        trainer = pycrfsuite.Trainer(verbose=False)
        trainer.set_params({"c1": 0.1, "c2": 0.01, "max_iterations": 50})
        for s, sentence in enumerate(task.sentences):
            if s % FOLDS != fold and sentence:
                trainer.append(features(sentence), [tag for _, tag in sentence])
        trainer.train("/tmp/taglint-accuracy.crf")
        tagger = pycrfsuite.Tagger()
        tagger.open("/tmp/taglint-accuracy.crf")
        for s, sentence in enumerate(task.sentences):
            if s % FOLDS == fold and sentence:
                found = tagger.tag(features(sentence))
                for t, (own, best) in enumerate(zip(sentence, found, strict=True)):
                    if own[1] != best:
                        known = own[1] in tagger.labels()
                        own_chance = tagger.marginal(own[1], t) if known else 0.0
                        answer.chances[s, t] = tagger.marginal(best, t) * (1 - own_chance)
                        answer.proposals[s, t] = best
    answer.seconds = time.perf_counter() - began
    return answer


def ask_hmm(task: Task, tagset: str, select: str) -> Answer:
    """A hidden Markov model of tag pairs, counted in four fifths to tag the fifth."""
    began = time.perf_counter()
    answer = Answer({}, {}, 0.0)
    for fold in range(FOLDS):
        model = Markov(s for at, s in enumerate(task.sentences) if at % FOLDS != fold)
        for s in range(fold, len(task.sentences), FOLDS):
            for t, chances in enumerate(model.posteriors([f for f, _ in task.sentences[s]])):
                own, best = task.sentences[s][t][1], max(chances, key=lambda tag: chances[tag])
                if own != best:
                    answer.chances[s, t] = chances[best] * (1 - chances.get(own, 0.0))
                    answer.proposals[s, t] = best
    answer.seconds = time.perf_counter() - began
    return answer


class Markov:
    """Counts of tags after tags and of forms with tags. A form that was not seen may bear the tags
    of the forms that were seen once and end alike."""

    def __init__(self, sentences: Iterable[Sequence[Token]]) -> None:
        self.after: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.tags: Counter[str] = Counter()
        for sentence in sentences:
            last = ""
            for form, tag in sentence:
                self.after[last][tag] += 1
                self.forms[form][tag] += 1
                self.tags[tag] += 1
                last = tag
            self.after[last][""] += 1
        self.tags[""] = sum(self.after[""].values())
        self.endings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for form, tags in self.forms.items():
            if tags.total() == 1:
                for size in range(3):
                    self.endings[form[-size:] if size else ""] += tags
        self.totals = {tag: counts.total() for tag, counts in self.after.items()}
        self.tokens = self.tags.total()

    def posteriors(self, forms: Sequence[str]) -> list[dict[str, float]]:
        """Of each token the probability of each tag, by the forward-backward algorithm."""
        fits = [self._fits(form) for form in forms]
        forward = [{"": 1.0}]
        for fit in fits:
            before = forward[-1]
            forward.append(_scaled({
                tag: much * sum(p * self._step(last, tag) for last, p in before.items())
                for tag, much in fit.items()
            }))  # fmt: skip
        behind, found = {"": 1.0}, []
        for at in range(len(forms), 0, -1):
            steps = {
                tag: sum(p * self._step(tag, next_) for next_, p in behind.items())
                for tag in forward[at]
            }
            found.append(_scaled({tag: p * steps[tag] for tag, p in forward[at].items()}))
            behind = _scaled({tag: fits[at - 1][tag] * step for tag, step in steps.items()})
        return found[::-1]

    def _fits(self, form: str) -> dict[str, float]:
        """How likely tags bear a form, up to a factor."""
        tags = self.forms.get(form)
        if tags is None:
            ends = (form[-2:], form[-1:], "")
            tags = next((self.endings[end] for end in ends if end in self.endings), self.tags)
        return {tag: count / self.tags[tag] for tag, count in tags.items() if tag}

    def _step(self, last: str, tag: str) -> float:
        """The probability of a tag after another, smoothed by that of the tag alone."""
        alone = (self.tags[tag] + 0.1) / (self.tokens + 1)
        return (self.after[last][tag] + alone) / (self.totals.get(last, 0) + 1)


def _scaled(values: dict[str, float]) -> dict[str, float]:
    total = sum(values.values())
    return {key: value / total for key, value in values.items()}


def features(sentence: Sequence[Token]) -> list[list[str]]:
    forms = ["", "", *(form for form, _ in sentence), "", ""]
    return [
        [f"{name}={value}" for name, value in (
            ("w", forms[at]), ("l", forms[at - 1]), ("r", forms[at + 1]), ("ll", forms[at - 2]),
            ("rr", forms[at + 2]), ("lw", forms[at - 1] + " " + forms[at]),
            ("wr", forms[at] + " " + forms[at + 1]), ("s1", forms[at][-1:]),
            ("s2", forms[at][-2:]), ("s3", forms[at][-3:]), ("p1", forms[at][:1]),
            ("p2", forms[at][:2]), ("n", str(len(forms[at]))),
        )]
        for at in range(2, len(sentence) + 2)
    ]  # fmt: skip


def scored(task: Task, answer: Answer) -> list[str]:
    """The columns of the table, as text."""
    places = sorted(answer.chances, key=lambda place: (-answer.chances[place], place))
    right = np.array([place in task.errors for place in places], bool)
    chances = np.array([answer.chances[place] for place in places])
    total = len(task.errors)
    hits = np.cumsum(right)
    precision = hits / np.arange(1, len(places) + 1)
    enough = np.flatnonzero(precision >= 0.9)
    true = [place for place in places if place in task.errors]
    proposed = [answer.proposals.get(place) == task.errors[place] for place in true]
    tokens = sum(map(len, task.sentences))
    return [
        f"{(precision * right).sum() / total:.3f}",
        f"{right[:100].mean() if len(right) else 0:.2f}",
        f"{right[:1000].mean() if len(right) else 0:.3f}",
        f"{hits[enough[-1]] / total if len(enough) else 0:.3f}",
        f"{calibration_error(chances, right, 0.05):.3f}",
        f"{calibration_error(chances, right, 0.5):.3f}",
        f"{error_by_chance(chances, 0.05):.3f}",
        f"{np.mean(proposed) if proposed else 0:.3f}",
        f"{len(places):,}",
        f"{tokens / answer.seconds:,.0f}",
    ]


def calibration_error(chances: np.ndarray, right: np.ndarray, least: float) -> float:
    """The mean distance of confidence and precision over ten bins, weighed by their sizes."""
    kept = chances >= least
    chances, right = chances[kept], right[kept]
    if not len(chances):
        return 0.0
    bins = np.minimum((chances * 10).astype(int), 9)
    return sum(
        abs(chances[bins == each].mean() - right[bins == each].mean()) * (bins == each).mean()
        for each in np.unique(bins)
    )


def error_by_chance(chances: np.ndarray, least: float) -> float:
    """The mean calibration error where each finding is right with the probability it says."""
    draw = np.random.default_rng(1)
    right = (draw.random(len(chances)) < chances for _ in range(DRAWS))
    return float(np.mean([calibration_error(chances, each, least) for each in right]))


COLUMNS = ("average precision", "P@100", "P@1000", "recall at P .9", "ECE", "ECE >.5",
           "ECE by chance", "right proposals", "findings", "tokens/s")  # fmt: skip
BASELINES = {"variation n-grams": ask_variation, "HMM": ask_hmm, "CRF": ask_crf}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kind", choices=("noise", "gold"))
    parser.add_argument("corpus", nargs="+")
    parser.add_argument("--tagset", default=AUTO)
    parser.add_argument("--select", default="TAG")
    parser.add_argument("--rates", nargs="+", type=float, default=[0.001, 0.003, 0.01, 0.03])
    parser.add_argument("--seeds", nargs="+", type=int, default=[1])
    parser.add_argument("--positions")
    parser.add_argument("--corrections")
    parser.add_argument("--baselines", nargs="*", choices=tuple(BASELINES), default=[])
    given = parser.parse_args()
    methods = {"taglint": ask_taglint} | {name: BASELINES[name] for name in given.baselines}
    print("| corpus | method |", " | ".join(COLUMNS), "|")
    print("|---|---|" + "---:|" * len(COLUMNS))
    for task in tasks(given):
        for name, ask in methods.items():
            columns = scored(task, ask(task, given.tagset, given.select))
            print(f"| {task.name} | {name} |", " | ".join(columns), "|", flush=True)


def tasks(given: argparse.Namespace) -> Iterable[Task]:
    if given.kind == "gold":
        yield from_corrections(given.corpus, given.corrections)
        return
    clean, _ = read_sentences(given.corpus)
    if given.positions:
        yield from_positions(clean, given.positions)
        return
    for rate in given.rates:
        for seed in given.seeds:
            yield damaged(clean, rate, seed)


if __name__ == "__main__":
    main()
