"""How a corpus tokenises and tags its list markers, and which ways are wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from taglint.corpus.document import Document
from taglint.tagsets import Tagset
from taglint_rules.numbering._lists import lists
from taglint_rules.numbering._markers import Marker, markers, spoken, value_token
from taglint_rules.numbering._numerals import LIST_MARKER, OTHER_NAME

# How many times as often as another tag the usual one must be.
NEARLY_ALL = 20
WORDS = frozenset(("open", "closed", "affix", "idiom", "abbreviation", "morpheme"))
LETTERS = ("upper", "lower")
INITIALS = frozenset(("upper #.", "lower #."))
NAMES = {"split": "several tokens", "whole": "one token"}


class Verdict(NamedTuple):
    """What is wrong with the markers of one treatment; `tag` and `split` say how they should be."""

    message: str
    confidence: float
    tag: str
    split: bool | None = None


def listed(document: Document) -> list[Marker]:
    """The markers that surely are some: items of lists, and numbers in one token where items begin.

    Left out are letters with a full stop, which are initials of names as well.
    """
    found = markers(document)
    items = {item.first for listing in lists(document)[0] for item in listing.items}
    return [
        marker
        for marker in found
        if marker.style not in INITIALS
        and not spoken(document, marker)
        and (marker.first in items or _stands_alone(marker))
    ]


def _stands_alone(marker: Marker) -> bool:
    whole = marker.last == marker.first + 1
    return whole and marker.clear and not marker.style.startswith(LETTERS)


def treatment(document: Document, marker: Marker) -> str:
    """Style, whether it is split, and tag, with tabs between."""
    split = "split" if marker.last > marker.first + 1 else "whole"
    return f"{marker.style}\t{split}\t{document.token(value_token(document, marker)).tag}"


def judged(counts: Counter[str], tagset: Tagset | None) -> dict[str, Verdict]:
    """The treatments that are wrong; `counts` are those of `treatment`."""
    verdicts: dict[str, Verdict] = {}
    styles: dict[str, Counter[tuple[str, str]]] = {}
    for key, count in counts.items():
        style, split, tag = key.split("\t")
        styles.setdefault(style, Counter())[split, tag] = count
    for style, cells in styles.items():
        for (split, tag), verdict in _judge_style(style, cells, tagset):
            verdicts[f"{style}\t{split}\t{tag}"] = verdict
    return verdicts


def _judge_style(
    style: str, cells: Counter[tuple[str, str]], tagset: Tagset | None
) -> Iterator[tuple[tuple[str, str], Verdict]]:
    right = _right_tag(style, cells, tagset)
    splits = Counter[str]()
    for (split, _), count in cells.items():
        splits[split] += count
    usual = max(splits, key=lambda split: (splits[split], split))
    for (split, tag), count in cells.items():
        if _wordlike(style, tag, tagset):
            what = f"list marker is tagged {tag}"
            yield (split, tag), Verdict(what, 0.9, right)
        elif splits[split] < splits[usual]:
            own, other = splits[split], splits[usual]
            what = (
                f"list marker is {NAMES[split]}; the corpus has {own} such, {other} {NAMES[usual]}"
            )
            confidence = (other - own) / (other + own + 1)
            yield (split, tag), Verdict(what, confidence, right, usual == "split")
        elif count * NEARLY_ALL < cells[split, right]:
            what = f"list marker is tagged {tag} {count} times, {right} {cells[split, right]} times"
            yield (split, tag), Verdict(what, 0.8, right)


def _right_tag(style: str, cells: Counter[tuple[str, str]], tagset: Tagset | None) -> str:
    """The tag that markers of a style bear most often, or should."""
    good = Counter[str]()
    for (_, tag), count in cells.items():
        if not _wordlike(style, tag, tagset):
            good[tag] += count
    if good:
        return max(good, key=lambda tag: (good[tag], tag))
    assert tagset is not None
    letters = style.startswith(LETTERS)
    usual = tagset.unknown_word if letters and LIST_MARKER not in tagset.tags else tagset.numeral
    return LIST_MARKER if LIST_MARKER in tagset.tags else next(iter(usual), "")


def _wordlike(style: str, tag: str, tagset: Tagset | None) -> bool:
    """Whether a marker's tag is one of words: a letter may well bear that of foreign words."""
    known = tagset.find(tag) if tagset else None
    if known is None or known.cls not in WORDS:
        return False
    return known.name == OTHER_NAME or not style.startswith(LETTERS)
