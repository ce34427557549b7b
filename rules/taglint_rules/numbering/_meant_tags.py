"""Tags of words that a corpus gives a kind of numerals on purpose."""

from __future__ import annotations

from collections import Counter

from taglint.tagsets import Tagset
from taglint_rules.numbering._numerals import unknown_to_tagger
from taglint_rules.numbering._tallies import Tally

# A kind is tagged so on purpose from so many forms on, if so large a share of them is.
LEAST, NEARLY_ALL = 5, 0.8


def meant_tags(counts: Tally, tagset: Tagset) -> set[tuple[str, str]]:
    """The kinds of numerals with the tag that nearly all forms of the kind have, in a corpus that
    tags plain numbers as numerals."""
    forms: dict[str, Counter[str]] = {}
    for each, _ in counts:
        shape, name = each.split("\t")
        tag = tagset.find(name)
        if tag is not None and not unknown_to_tagger(tag, tagset):
            forms.setdefault(shape, Counter())[tag.name] += 1
    numbers = forms.get("integer", Counter())
    numerals = sum(numbers[name] for name in tagset.numeral)
    if numerals < NEARLY_ALL * numbers.total():
        return set()
    return {
        (shape, name)
        for shape, names in forms.items()
        for name, count in names.items()
        if shape != "integer" and count >= max(LEAST, NEARLY_ALL * names.total())
    }
