"""Enumerations: names that stand in one list, and which of them the list's tag does not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import Judged
from taglint.patterns import one_of
from taglint.tagsets import Tagset

Member = tuple[str, str]
Series = tuple[Member, ...]

LISTING = frozenset("、")
COMMAS = frozenset(",")
JOINING = frozenset(("和", "与", "及", "以及", "或", "and", "or", "&"))
BETWEEN = LISTING | COMMAS | JOINING
MARKING = one_of(form[0] for form in BETWEEN)
# A word of these classes outside may belong to the first or last member.
NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "X"))
# So many names are a list; so many other members, if so large a share of them agrees, decide.
LEAST, MAJORITY = 2, 0.6
# Two tags that are together in so many other lists are mixed rightly as often as not.
MIXED = 2
# What is left of the confidence for a name that is only listed beside one that was found.
BESIDE = 0.9


class Found(NamedTuple):
    """A verdict on a name: the tag of those it is listed with, some of them, the confidence, and
    whether it is in a list with them, or only with another that is."""

    right: str
    others: tuple[str, ...]
    confidence: float
    direct: bool = True


def enumerations(document: Document, tagset: Tagset) -> Iterator[tuple[int, ...]]:
    """The members' token indices of each list of names, two or more."""
    tagged = document.vocabulary.tagged
    names, nominal = tagged(_is_name, tagset), tagged(_is_nominal, tagset)
    for chain, members in _chains(document, names, nominal):
        between = [document.token(place + 1).form for place in chain[:-1]]
        if between[-1] in JOINING or COMMAS.isdisjoint(between):
            yield tuple(place for place in members if document.ids[place] in names.answers)


def _chains(
    document: Document, names: Judged, nominal: Judged
) -> Iterator[tuple[list[int], list[int]]]:
    """The tokens that marks and words of lists stand between, and those of them that are no parts
    of phrases, as ones at the ends may be; where enough of these are names."""
    import numpy as np

    from taglint.corpus.columns import among

    marks = document.types_where(
        "between members",
        lambda token: token.form in BETWEEN and not token.flaw,
        document.vocabulary.beginning(MARKING),
    )
    places, starts = np.array(document.places(marks), np.int64), document.begins
    places = places[~among(places, starts) & ~among(places + 1, starts)]
    if not len(places):
        return
    ids, name = np.frombuffer(document.ids, np.int32), document.flags(names.ids)
    first = np.flatnonzero(np.diff(places, prepend=-2) != 2)
    begins, ends = places[first] - 1, places[np.append(first[1:], len(places)) - 1] + 1
    number = name[ids[begins]] + np.add.reduceat(name[ids[places + 1]], first, dtype=np.int64)
    beside = document.flags(nominal.ids)
    before = ~among(begins, starts) & beside[ids[begins - 1]]
    behind = ~among(ends + 1, starts) & beside[ids[(ends + 1) % len(ids)]]
    number = number - (before & name[ids[begins]]) - (behind & name[ids[ends]])
    for at in np.flatnonzero(number >= LEAST).tolist():
        chain = list(range(int(begins[at]), int(ends[at]) + 1, 2))
        yield chain, chain[int(before[at]) : len(chain) - int(behind[at])]


def _is_nominal(name: str, tagset: Tagset) -> bool:
    tag = tagset.find(name)
    return tag is None or tag.upos in NOMINAL


def _is_name(name: str, tagset: Tagset) -> bool:
    tag = tagset.find(name)
    return tag is not None and tag.upos == "PROPN" and tag.cls == "open"


def series(document: Document, tagset: Tagset) -> Counter[Series]:
    """How often the document has each list, as its (form, tag) pairs."""
    token = document.token
    lists = (
        tuple(token(place)[:2] for place in places) for places in enumerations(document, tagset)
    )
    return Counter(lists)


def judged(counts: Counter[Series], tagset: Tagset | None) -> dict[Member, Found]:
    """The names that differ from nearly all others in their list, and those beside them."""
    mixed = sorted(members for members in counts if len({tag for _, tag in members}) > 1)
    alike = counts.keys() - mixed
    together = Counter(pair for members in mixed for pair in _pairs(members))
    settled = {member for members in mixed for member in members if _is_usual(member, members)}
    # Each of them has the tag of all others.
    settled.update(
        *(members for members in alike if _decides(number := len(set(members)) - 1, number))
    )
    found: dict[Member, Found] = {}
    for members in mixed:
        for member in set(members) - settled:
            verdict = _in_list(member, members, together)
            if verdict is None or _is_kind_of(member[1], verdict.right, tagset):
                continue
            if verdict.confidence > _sure(found.get(member)):
                found[member] = verdict
    return found | _beside(alike, found, settled)


def _pairs(members: Series) -> set[tuple[str, str]]:
    """The pairs of different tags in a list."""
    tags = {tag for _, tag in members}
    return {(one, other) for one in tags for other in tags if one < other}


def _usual(members: Series, without: Member) -> tuple[str, list[str], int]:
    """The most frequent tag of the other members, which forms have it, and how many there are."""
    others = {form: tag for form, tag in members if (form, tag) != without}
    tags = Counter(others.values())
    top = max(sorted(tags), key=lambda tag: tags[tag], default="")
    return top, [form for form, tag in others.items() if tag == top], len(others)


def _decides(agreeing: int, total: int) -> bool:
    return agreeing >= max(LEAST, MAJORITY * total)


def _is_usual(member: Member, members: Series) -> bool:
    top, forms, total = _usual(members, member)
    return top == member[1] and _decides(len(forms), total)


def _in_list(member: Member, members: Series, together: Counter[tuple[str, str]]) -> Found | None:
    tag = member[1]
    top, forms, total = _usual(members, member)
    if top == tag or not _decides(len(forms), total):
        return None
    elsewhere = together[min(top, tag), max(top, tag)] - 1
    share = len(forms) / (total + 1) * MIXED / (MIXED + elsewhere)
    return Found(top, tuple(forms[:3]), round(share, 4))


def _beside(
    alike: Collection[Series], found: dict[Member, Found], settled: set[Member]
) -> dict[Member, Found]:
    """The names that are listed with those found, have the same tag and are in no other list that
    decides. alike: the lists of one tag."""
    more: dict[Member, Found] = {}
    for members in sorted(members for members in alike if settled.isdisjoint(members)):
        best = max((found[one] for one in members if one in found), key=_sure, default=None)
        for member in set(members) - found.keys() if best else ():
            assert best is not None
            more[member] = _indirect(best)
    return more


def _is_kind_of(one: str, other: str, tagset: Tagset | None) -> bool:
    """Whether one tag is a kind of the other, which two names in a list may well be."""
    first, second = (tagset.find(name) if tagset else None for name in (one, other))
    if first is None or second is None:
        return False
    return first.parent == second.name or second.parent == first.name


def _indirect(found: Found) -> Found:
    return found._replace(confidence=round(found.confidence * BESIDE, 4), direct=False)


def _sure(found: Found | None) -> float:
    return found.confidence if found else 0.0
