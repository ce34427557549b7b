"""Evidence from elsewhere: concordance lines (KWIC) of the tokens that findings are about.

All that a run's findings ask for is looked up together, so that each document is opened at most
twice however many findings there are: once to see where the tokens stand, once for the lines that
are shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import type_key
from taglint.findings import Evidence
from taglint.rules import Like

if TYPE_CHECKING:
    from taglint.engine.examining import Located

# Lines of each side, and how many places are looked at to choose them from.
SHOWN, CONSIDERED = 3, 60
# Tokens on either side of the one shown.
AROUND = 4

# A form with a tag.
Wanted = tuple[str, str]


class Place(NamedTuple):
    """A token of a document, with the forms beside it."""

    path: str
    token: int
    left: str
    right: str


def find_places(document: Document, wanted: Collection[Wanted]) -> dict[Wanted, list[Place]]:
    """The first places of each form with each tag."""
    named = _named(document, wanted)
    found: dict[Wanted, list[Place]] = {}
    ids = document.ids
    for token in _first_places(document, named):
        places = found.setdefault(named[ids[token]], [])
        if len(places) < CONSIDERED:
            left, right = _form(document, token - 1), _form(document, token + 1)
            places.append(Place(document.path, token, left, right))
    return found


def _named(document: Document, wanted: Collection[Wanted]) -> dict[int, Wanted]:
    """The document's types that have one of the forms with one of the tags."""
    import numpy as np

    asked = {type_key(*each): each for each in wanted}
    keys = document.vocabulary.keys()
    own = document.types_among(np.array(sorted(asked), np.uint64))
    return {index: asked[keys[index]] for index in own}


def _first_places(document: Document, types: Collection[int]) -> list[int]:
    """Of each type the first tokens, ascending; a frequent word has no end of them."""
    import numpy as np

    places = np.array(document.places(types), np.int64)
    if len(places) <= CONSIDERED:
        return list(places.tolist())
    ids = np.frombuffer(document.ids, np.int32)[places]
    order = np.argsort(ids, kind="stable")
    starts = np.flatnonzero(np.diff(ids[order], prepend=-1))
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(starts, append=len(order)))
    return list(np.sort(places[order[rank < CONSIDERED]]).tolist())


def concordance_line(document: Document, place: Place) -> Evidence:
    span = document.span(place.token)
    line, column = document.lines.position(span.start)
    sentence = document.sentence_tokens(document.sentence_of(place.token))
    first = max(sentence.start, place.token - AROUND)
    last = min(sentence.stop, place.token + AROUND + 1)
    text = " ".join("/".join(document.token(index)[:2]) for index in range(first, last))
    return Evidence(place.path, line, column, text)


class Choice:
    """The places whose lines findings show. known: the first places of what they ask for."""

    def __init__(self, known: Mapping[Wanted, Sequence[Place]]) -> None:
        self._known = known
        # Findings of one cause ask for the same.
        self._ranked: dict[Like, list[Place]] = {}

    def of(self, item: Located) -> list[Place]:
        """Of each kind that a finding asks for those most like its own place."""
        return [
            place
            for like in item.like
            for place in islice(
                (place for place in self._most_like(like) if not _is_at(item, place)), SHOWN
            )
        ]

    def _most_like(self, like: Like) -> list[Place]:
        ranked = self._ranked.get(like)
        if ranked is None:
            places = self._known.get((like.form, like.tag), ())
            ranked = sorted(places, key=lambda place: _unlike(place, like))
            self._ranked[like] = ranked
        return ranked


def _form(document: Document, token: int) -> str:
    return document.token(token).form if 0 <= token < len(document) else ""


def _is_at(item: Located, place: Place) -> bool:
    first, last = item.extent
    return place.path == item.finding.path and first <= place.token < last


def _unlike(place: Place, like: Like) -> int:
    """How many neighbours differ; ties stay in the order of the corpus."""
    return (place.left != like.left) + (place.right != like.right)
