"""What a corpus teaches a lexicon: which tags its forms bear, and how often."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from taglint.corpus.document import SURROGATE, Document
from taglint.lexicon import Lexicon
from taglint.tagsets import Tagset


@dataclass
class Learnt:
    """Counts of tags by form. malformed, unknown: how many tokens were left out because they are
    malformed or have a tag that is not in the tagset. tagsets: names, None for an unknown one."""

    counts: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    malformed: int = 0
    unknown: int = 0
    tagsets: set[str | None] = field(default_factory=set)


def learn(learnt: Learnt, document: Document, tagset: Tagset | None) -> None:
    """Add a document's tokens."""
    learnt.tagsets.add(document.tagset)
    types = document.vocabulary.types
    for index, number in document.type_counts.items():
        token = types[index]
        # Lone surrogates stand for undecodable bytes.
        if token.flaw or SURROGATE.search(token.form + token.tag):
            learnt.malformed += number
        elif tagset is not None and token.tag not in tagset:
            learnt.unknown += number
        else:
            learnt.counts[token.form][token.tag] += number


def thinned(counts: Mapping[str, Mapping[str, int]], least: int, share: float) -> Lexicon:
    """The tags that a form bears at least so often, and for this share of its tokens; forms
    without such a tag are left out."""
    kept: dict[str, dict[str, int]] = {}
    for form, tags in counts.items():
        total = sum(tags.values())
        entries = {tag: n for tag, n in tags.items() if n >= least and n >= share * total}
        if entries:
            kept[form] = entries
    return kept
