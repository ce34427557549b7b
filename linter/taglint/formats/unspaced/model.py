"""Scores of readings: how well a form goes with its neighbours, from counts of the text itself.

A reading is a sequence of tokens; its score is the sum over them of

    ln p(form)  +  ln p(tag | form) / p(tag)  +  ln p(tag | tag before)

each estimated from the rest of the text and backed off to what is generally true. Evidence is
leave-one-out by chunk: a chunk under decision never testifies for its own readings, however often
it occurs. Forms count by the number of different chunks they occur in, since a new context is
evidence where a repetition is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from math import exp, log
from typing import NamedTuple

from . import priors
from .letters import letters
from .shapes import runs, shape

LINE_START = "\n"  # the "tag" before the first token of a line
TINY = 1e-300

# Few and plain: discounts as usual for Zipfian counts, and weights of priors in observations.
FORM_DISCOUNT = 0.6
RUN_DISCOUNT = 0.6
TAGS_PRIOR = 600.0
SHAPE_PRIOR = 3.0
FORM_TAG_PRIOR = 1.0
KIND_PRIOR = 20.0
FAMILY_PRIOR = 5.0
NEW_PAIRS = 2.0  # weight of an unseen tag pair, per different tag seen after the first
CLOSED_SHARE = 0.9  # share of a listed word's tokens that bear one of the tags that list it,
TYPICAL_SHARE = 0.7  # where all of these are open
LISTED_FORMS = 0.05  # share of new forms that are among the listed words
UNLISTED = 0.1  # how much rarer a closed tag is on words its list lacks
NEW_CHARACTER = -7.5
NEW_RUN = -1.0
DIGIT = -log(10) - 0.7
BLANK = -0.7
SIGN = -log(30)

Numbers = defaultdict[str, float]
PairNumbers = defaultdict[tuple[str, str], float]


def _numbers() -> Numbers:
    return defaultdict(float)


def _pairs() -> PairNumbers:
    return defaultdict(float)


@dataclass
class Totals:
    """Sums over the text that every score needs."""

    kinds: float = 0.0  # chunks by form they hold
    forms: float = 0.0  # different forms
    run_kinds: Numbers = field(default_factory=_numbers)  # by kind of run
    run_types: Numbers = field(default_factory=_numbers)
    follows: PairNumbers = field(default_factory=_pairs)  # kind, next kind
    follows_of: Numbers = field(default_factory=_numbers)
    tokens: float = 0.0
    tag_tokens: Numbers = field(default_factory=_numbers)
    tag_types: Numbers = field(default_factory=_numbers)  # different forms by tag
    shape_types: Numbers = field(default_factory=_numbers)
    shape_tag_types: PairNumbers = field(default_factory=_pairs)
    tag_pairs: PairNumbers = field(default_factory=_pairs)
    tag_families: PairNumbers = field(default_factory=_pairs)  # tag, family of the next
    after: Numbers = field(default_factory=_numbers)
    after_types: Numbers = field(default_factory=_numbers)

    def copy(self) -> Totals:
        own = copy(self)
        for name, value in vars(self).items():
            setattr(own, name, copy(value))
        return own

    def add_form(self, form: str, kinds: float, new: float) -> None:
        """Count a form: in how many more chunks it is found, and how new it is (0 to 1)."""
        self.kinds += kinds
        self.forms += new
        before = "^"
        for kind, _ in runs(form):
            self._add_follower(before, kind, new)
            before = kind
        self._add_follower(before, "$", new)

    def _add_follower(self, before: str, kind: str, weight: float) -> None:
        self.follows[before, kind] += weight
        self.follows_of[before] += weight

    def add_token(self, form_shape: str, tag: str, weight: float, new: float) -> None:
        self.tokens += weight
        self.tag_tokens[tag] += weight
        self.add_type(form_shape, tag, new)

    def add_type(self, form_shape: str, tag: str, weight: float) -> None:
        self.tag_types[tag] += weight
        self.shape_types[form_shape] += weight
        self.shape_tag_types[form_shape, tag] += weight

    def add_pair(self, before: str, tag: str, weight: float, new: float) -> None:
        self.tag_pairs[before, tag] += weight
        self.tag_families[before, family(tag)] += weight
        self.after[before] += weight
        self.after_types[before] += new


def family(tag: str) -> str:
    """Tagsets name related tags by their first letter: n, nr, ns, Ng."""
    return tag[:1].lower()


@dataclass
class Counts:
    """What is decided of a text: forms by number of chunks, runs in them, tags of forms."""

    forms: dict[str, float] = field(default_factory=dict)
    runs: Numbers = field(default_factory=_numbers)
    form_tags: dict[str, dict[str, float]] = field(default_factory=dict)
    totals: Totals = field(default_factory=Totals)

    def add_form(self, form: str, kinds: float) -> None:
        seen = self.forms.get(form, 0.0)
        self.forms[form] = seen + kinds
        self.totals.add_form(form, kinds, min(1.0, seen + kinds) - min(1.0, seen))
        for kind, run in runs(form):
            if kind in "LC":
                self._add_run(kind, run, min(1.0, kinds))

    def _add_run(self, kind: str, run: str, weight: float) -> None:
        seen = self.runs[run]
        self.runs[run] = seen + weight
        self.totals.run_kinds[kind] += weight
        self.totals.run_types[kind] += min(1.0, seen + weight) - min(1.0, seen)


class Opinions:
    """What the undecided chunks of a text say in one round, each weighted by its probability."""

    def __init__(self) -> None:
        self.forms: dict[str, dict[str, float]] = {}  # form, chunk it begins in
        self.form_tags: dict[str, dict[str, dict[str, float]]] = {}  # form, tag, chunk of the tag
        self.tag_pairs: PairNumbers = _pairs()

    def add_form(self, form: str, chunk: str, weight: float) -> None:
        chunks = self.forms.setdefault(form, {})
        chunks[chunk] = max(chunks.get(chunk, 0.0), weight)

    def add_token(self, before: str, form: str, tag: str, chunk: str, weight: float) -> None:
        chunks = self.form_tags.setdefault(form, {}).setdefault(tag, {})
        chunks[chunk] = chunks.get(chunk, 0.0) + weight
        self.tag_pairs[before, tag] += weight


class FormTags(NamedTuple):
    """How often a form bears each tag, in all and as the undecided chunks of the tag say; and how
    much a new form would count for it."""

    all: float
    by_tag: dict[str, float]
    by_chunk: dict[str, dict[str, float]]
    priors: dict[str, float]


class Model:
    """Log probabilities given what is decided (`counts`) and what is believed (`opinions`).

    `classes`: class of each tag, the tags it may find; `words`: the word lists of the tagset.
    """

    def __init__(
        self,
        counts: Counts,
        opinions: Opinions,
        classes: Mapping[str, str],
        words: Words,
    ) -> None:
        self.classes, self.words = classes, words
        self.counts, self.opinions = counts, opinions
        self.totals = counts.totals.copy()
        self.runs: dict[str, dict[str, float]] = {}  # of opinions: run, chunk
        self._add_forms()
        self._add_tokens()
        self._tag_priors()
        self._shape_shares: dict[str, dict[str, float]] = {}
        self.slashed: dict[tuple[str, str], float] = {}  # forms with slashes, kept by the lattice
        self._known: dict[str, FormTags] = {}
        self._forms: dict[tuple[str, str], float] = {}
        self._tags: dict[tuple[str, str, str], float] = {}
        self._steps: dict[tuple[str, str], float] = {}

    def _add_forms(self) -> None:
        for form, chunks in self.opinions.forms.items():
            kinds = sum(chunks.values())
            seen = self.counts.forms.get(form, 0.0)
            self.totals.add_form(form, kinds, min(1.0, seen + kinds) - min(1.0, seen))
            for kind, run in runs(form):
                if kind in "LC":
                    self._add_run(kind, run, chunks, min(1.0, kinds) / (kinds or 1.0))

    def _add_run(self, kind: str, run: str, chunks: Mapping[str, float], share: float) -> None:
        own = self.runs.setdefault(run, {})
        seen = self.counts.runs.get(run, 0.0) + sum(own.values())
        added = 0.0
        for chunk, weight in chunks.items():
            own[chunk] = own.get(chunk, 0.0) + weight * share
            added += weight * share
        self.totals.run_kinds[kind] += added
        self.totals.run_types[kind] += min(1.0, seen + added) - min(1.0, seen)

    def _add_tokens(self) -> None:
        for form, tags in self.opinions.form_tags.items():
            decided = self.counts.form_tags.get(form, {})
            look = shape(form)
            for tag, chunks in tags.items():
                weight, seen = sum(chunks.values()), decided.get(tag, 0.0)
                new = min(1.0, seen + weight) - min(1.0, seen)
                self.totals.add_token(look, tag, weight, new)
        for (before, tag), weight in self.opinions.tag_pairs.items():
            seen = self.counts.totals.tag_pairs.get((before, tag), 0.0)
            self.totals.add_pair(before, tag, weight, min(1.0, seen + weight) - min(1.0, seen))

    def _tag_priors(self) -> None:
        general = priors.frequencies(self.classes)
        totals = self.totals
        self.tag_share = {
            tag: (totals.tag_tokens.get(tag, 0.0) + TAGS_PRIOR * share)
            / (totals.tokens + TAGS_PRIOR)
            for tag, share in general.items()
        }
        self.type_share = {
            tag: totals.tag_types.get(tag, 0.0) + TAGS_PRIOR * share
            for tag, share in general.items()
        }
        self.family_share = _numbers()
        for tag, share in self.tag_share.items():
            self.family_share[family(tag)] += share

    def form(self, form: str, chunk: str) -> float:
        """ln p(form) where `chunk` is under decision: a Pitman-Yor estimate over chunks."""
        key = form, chunk
        found = self._forms.get(key)
        if found is None:
            found = self._forms[key] = self._form(form, chunk)
        return found

    def _form(self, form: str, chunk: str) -> float:
        others = self.opinions.forms.get(form, {})
        seen = self.counts.forms.get(form, 0.0) + sum(others.values()) - others.get(chunk, 0.0)
        new = exp(self._new_form(form, chunk)) * (FORM_DISCOUNT * self.totals.forms + 1.0)
        return log((max(seen - FORM_DISCOUNT, 0.0) + new) / (self.totals.kinds + 1.0) + TINY)

    def _new_form(self, form: str, chunk: str) -> float:
        """ln p of a form as a string: runs of kinds of characters, and each run."""
        total, before = 0.0, "^"
        for kind, run in runs(form):
            total += self._follower(before, kind) + self._run(kind, run, chunk)
            before = kind
        total += self._follower(before, "$")
        return _log_add(total, self.words.chance) if form in self.words.tags else total

    def _follower(self, before: str, kind: str) -> float:
        general = priors.KIND_FOLLOWS[before].get(kind, priors.RARE_FOLLOWER)
        seen = self.totals.follows.get((before, kind), 0.0)
        of = self.totals.follows_of.get(before, 0.0)
        return log((seen + KIND_PRIOR * general) / (of + KIND_PRIOR))

    def _run(self, kind: str, run: str, chunk: str) -> float:
        if kind == "D":
            return DIGIT * len(run)
        if kind == "S":
            return BLANK * len(run)
        if kind in "PQ":
            return SIGN
        others = self.runs.get(run, {})
        seen = self.counts.runs.get(run, 0.0) + sum(others.values()) - others.get(chunk, 0.0)
        string = letters(run) if kind == "L" else NEW_CHARACTER * len(run) + NEW_RUN
        new = exp(string) * (RUN_DISCOUNT * self.totals.run_types.get(kind, 0.0) + 1.0)
        of = self.totals.run_kinds.get(kind, 0.0) + 1.0
        return log((max(seen - RUN_DISCOUNT, 0.0) + new) / of + TINY)

    def tag(self, tag: str, form: str, chunk: str) -> float:
        """ln p(tag | form) / p(tag), where the chunk that holds the tag is under decision."""
        key = tag, form, chunk
        found = self._tags.get(key)
        if found is None:
            found = self._tags[key] = self._tag(tag, form, chunk)
        return found

    def _tag(self, tag: str, form: str, chunk: str) -> float:
        known = self._known.get(form)
        if known is None:
            known = self._known[form] = self._tags_of(form)
        prior = known.priors.get(tag)
        if prior is None:
            prior = known.priors[tag] = FORM_TAG_PRIOR * self._tag_of_new(tag, form)
        with_tag, of_form, own = known.by_tag.get(tag, 0.0), known.all, known.by_chunk.get(chunk)
        if own:
            with_tag = max(with_tag - own.get(tag, 0.0), 0.0)
            of_form = max(of_form - sum(own.values()), 0.0)
        share = (with_tag + prior) / (of_form + FORM_TAG_PRIOR)
        return log(share / self.tag_share[tag] + TINY)

    def _tags_of(self, form: str) -> FormTags:
        by_tag = dict(self.counts.form_tags.get(form, {}))
        by_chunk: dict[str, dict[str, float]] = {}
        for tag, chunks in self.opinions.form_tags.get(form, {}).items():
            by_tag[tag] = by_tag.get(tag, 0.0) + sum(chunks.values())
            for chunk, weight in chunks.items():
                by_chunk.setdefault(chunk, {})[tag] = weight
        return FormTags(sum(by_tag.values()), by_tag, by_chunk, {})

    def _tag_of_new(self, tag: str, form: str) -> float:
        """p(tag) of a form not seen before: by its shape and the closed word lists."""
        share = self._of_shape(shape(form))[tag]
        lists = self.words.tags.get(form)
        if not lists:
            return share * UNLISTED if tag in self.words.closed else share
        known = TYPICAL_SHARE if lists.isdisjoint(self.words.firm) else CLOSED_SHARE
        if tag not in lists:
            return (1 - known) * share
        return known * self.tag_share[tag] / sum(self.tag_share[other] for other in lists)

    def _of_shape(self, look: str) -> dict[str, float]:
        found = self._shape_shares.get(look)
        if found is None:
            found = self._shape_shares[look] = self._shape_of_tags(look)
        return found

    def _shape_of_tags(self, look: str) -> dict[str, float]:
        """p(tag | shape) by Bayes from p(shape | tag), over different forms."""
        totals, all_shapes = self.totals, sum(self.totals.shape_types.values()) + 10.0
        usual = (totals.shape_types.get(look, 0.0) + 0.5) / all_shapes
        chinese = sum(totals.shape_types.get(known, 0.0) + 1.0 for known in priors.LENGTHS)
        chinese /= all_shapes
        joint = {}
        for tag, cls in self.classes.items():
            expected = self._expected(look, tag, cls, usual, chinese)
            seen = totals.shape_tag_types.get((look, tag), 0.0)
            of = totals.tag_types.get(tag, 0.0)
            joint[tag] = self.type_share[tag] * (
                (seen + SHAPE_PRIOR * expected) / (of + SHAPE_PRIOR)
            )
        total = sum(joint.values())
        return {tag: value / total for tag, value in joint.items()}

    def _expected(self, look: str, tag: str, cls: str, usual: float, chinese: float) -> float:
        """p(shape | tag) before a form of the tag is seen. `usual`: the share of the shape in the
        text; `chinese`: that of all Chinese forms."""
        known = priors.CLASS_SHAPES.get(cls)
        if known:
            return known.get(look, priors.ELSEWHERE)
        lengths = priors.TAG_LENGTHS.get(tag)
        if lengths and look in priors.LENGTHS:
            return chinese * lengths[priors.LENGTHS[look]]
        return usual

    def step(self, before: str, tag: str) -> float:
        """ln p(tag | tag before), backed off to the family of the tag."""
        key = before, tag
        found = self._steps.get(key)
        if found is None:
            found = self._steps[key] = self._step(before, tag)
        return found

    def _step(self, before: str, tag: str) -> float:
        totals, kin = self.totals, family(tag)
        of = totals.after.get(before, 0.0)
        relatives = totals.tag_families.get((before, kin), 0.0)
        share = (relatives + FAMILY_PRIOR * self.family_share[kin]) / (of + FAMILY_PRIOR)
        backoff = share * self.tag_share[tag] / self.family_share[kin]
        new = NEW_PAIRS * totals.after_types.get(before, 0.0) + 1.0
        return log((totals.tag_pairs.get((before, tag), 0.0) + new * backoff) / (of + new))


class Words(NamedTuple):
    """Word lists of a tagset. `tags`: the tags that list each word; `closed`: the closed tags that
    have a list; `firm`: the tags whose lists say more than what is typical of an open tag."""

    tags: dict[str, frozenset[str]]
    closed: frozenset[str]
    firm: frozenset[str]
    chance: float  # ln p of a listed word as a new form


def word_lists(words: Mapping[str, Iterable[str]], classes: Mapping[str, str]) -> Words:
    """`words`: by tag."""
    lists: dict[str, set[str]] = {}
    for tag, listed in words.items():
        if tag in classes:
            for word in listed:
                lists.setdefault(word, set()).add(tag)
    closed = frozenset(t for t, w in words.items() if w and classes.get(t) == "closed")
    firm = frozenset(t for t, cls in classes.items() if cls not in ("open", "morpheme", "idiom"))
    tags = {word: frozenset(tags) for word, tags in lists.items()}
    return Words(tags, closed, firm, log(LISTED_FORMS / max(100, len(tags))))


def _log_add(a: float, b: float) -> float:
    high = max(a, b)
    return high + log(exp(a - high) + exp(b - high))
