"""An outside lexicon as counts that are added to those of the corpus."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from taglint.outside import OutsideLexicon, listed_words, tag_in
from taglint.tagsets import Tagset
from taglint_rules.segmentation._strings import Floats

# A lexicon of more occurrences weighs as much as so many tokens of text.
TOKENS = 1e7


@dataclass(frozen=True, eq=False)
class Outside:
    """Distinct types in the tags of the corpus's tagset, and how often each would occur."""

    forms: tuple[str, ...]
    tags: tuple[str, ...]
    counts: Floats


def outside(lexicon: OutsideLexicon, tagset: Tagset | None) -> Outside:
    """A lexicon in the terms of a tagset. Words that the tagset lists have the tags that it gives
    them there, and occur at least once."""
    counts = np.array(lexicon.counts, dtype=float)
    counts *= min(1.0, TOKENS / max(float(counts.sum()), 1.0))
    spelled = {tag: tag_in(tagset, tag) for tag in set(lexicon.tags)}
    listed: dict[str, list[str]] = {}
    for word, tag in listed_words(tagset) if tagset else ():
        listed.setdefault(word, []).append(tag)
    found: dict[tuple[str, str], float] = {}
    for form, tag, count in zip(lexicon.forms, lexicon.tags, counts.tolist(), strict=True):
        for mine in listed.get(form, (spelled[tag],)):
            found[form, mine] = found.get((form, mine), 0.0) + count / len(listed.get(form, "1"))
    for word, tags in listed.items():
        for tag in tags:
            found.setdefault((word, tag), 1.0)
    forms, spelt = tuple(form for form, _ in found), tuple(tag for _, tag in found)
    return Outside(forms, spelt, np.array(list(found.values()), dtype=float))
