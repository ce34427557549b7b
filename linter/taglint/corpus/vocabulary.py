"""Token types and the vocabulary that interns them.

A corpus of millions of tokens has a few ten thousand types; whatever can be decided per type is
decided once.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from taglint.corpus.sifting import Batch

if TYPE_CHECKING:
    import re

Table = TypeVar("Table", bound="dict[str, int]")
# Types whose answers take so much memory that they are better found again.
MUCH = 500_000


class TokenType(NamedTuple):
    """A distinct token as rules see it.

    `flaw` names what is malformed about it (`""` for a well-formed token). `opening` and
    `closing` are the compound brackets written at the token (`"["`, `"]nt"`), which belong to
    neither form nor tag.
    """

    form: str
    tag: str
    flaw: str = ""
    opening: str = ""
    closing: str = ""


class Judged:
    """The types that something was said of.

    answers: by type id. ids: the same ids, ascending. done: how many types were judged.
    """

    def __init__(self) -> None:
        self.answers: dict[int, Any] = {}
        self.ids = array("i")
        self.done = 0

    def add(self, answers: Mapping[int, Any], done: int) -> None:
        """answers: to types that were not judged before, ascending."""
        self.answers |= answers
        self.ids = _longer(self.ids, array("i", answers))
        self.done = done

    def since(self, first: int) -> array[int]:
        """The ids from one on."""
        return self.ids[bisect_left(self.ids, first) :]


class Vocabulary:
    """Interns token types: one small integer each, local to this process."""

    def __init__(self) -> None:
        self.types: list[TokenType] = []
        self._tables: dict[str, dict[str, int]] = {}
        self._ids: dict[TokenType, int] = {}
        self._keys = array("Q")
        self._judged: dict[Hashable, Judged] = {}
        self._batch: Batch | None = None

    def intern(self, token: TokenType) -> int:
        known = self._ids.get(token)
        if known is None:
            known = self._ids[token] = len(self.types)
            self.types.append(token)
        return known

    def intern_all(self, tokens: Sequence[TokenType]) -> list[int]:
        """As `intern` for each, in a third of the time where most are new."""
        ids = self._ids
        new = [token for token in dict.fromkeys(tokens) if token not in ids]
        ids.update(zip(new, count(len(self.types)), strict=False))
        self.types += new
        return [*map(ids.__getitem__, tokens)]

    def table(self, name: str, kind: type[Table], make: Callable[[], Table]) -> Table:
        """A format's own table from spellings to numbers, made where it is asked for first.

        name: with all that its numbers depend on besides the spelling.
        """
        known = self._tables.get(name)
        if known is None:
            known = self._tables[name] = make()
        assert isinstance(known, kind)
        return known

    def __len__(self) -> int:
        return len(self.types)

    def judged(
        self, name: Hashable, judge: Callable[[TokenType], Any], within: Judged | None = None
    ) -> Judged:
        """What `judge` says of each type that it says something true of.

        name: of the question, with all that the answer depends on besides the type. within: what
        was said to another question just now; of other types nothing is said. Each type is judged
        once.
        """
        known = self._known(name)
        types, done = self.types, known.done
        asked = range(done, len(types)) if within is None else within.since(done)
        answers = ((index, judge(types[index])) for index in asked)
        known.add({index: answer for index, answer in answers if answer}, len(types))
        return known

    def beginning(self, pattern: re.Pattern[str]) -> Judged:
        """The types whose form begins with what a pattern for one character finds, as what
        `judged` may ask `within`; an empty form begins with NUL."""
        return self._sifted(("beginning", pattern), lambda batch: batch.beginning(pattern))

    def containing(self, pattern: re.Pattern[str]) -> Judged:
        """As `beginning`, of those that have such a character anywhere."""
        return self._sifted(("containing", pattern), lambda batch: batch.containing(pattern))

    def tagged(self, judge: Callable[..., object], *known: object) -> Judged:
        """As `beginning`, of those of whose tag a function says something true.

        known: what it takes besides the tag, such as the tagset.
        """
        # Two tagsets may have one name; those of a run live as long as its vocabulary.
        name = ("tagged", judge, *map(id, known))
        return self._sifted(name, lambda batch: batch.tagged(lambda tag: judge(tag, *known)))

    def irregular(self) -> Judged:
        """As `beginning`, of those that are malformed or have compound brackets."""
        return self._sifted("irregular", lambda batch: batch.irregular)

    def _sifted(self, name: Hashable, sift: Callable[[Batch], list[int]]) -> Judged:
        # Apart from the questions of others.
        known = self._known((Batch, name))
        if known.done < len(self.types):
            known.add(dict.fromkeys(sift(self.since(known.done)), True), len(self.types))
        return known

    def _known(self, name: Hashable) -> Judged:
        known = self._judged.get(name)
        if known is None:
            known = self._judged[name] = Judged()
        return known

    def since(self, first: int) -> Batch:
        """The types from an id on, which several questions are asked of one after the other."""
        batch = self._batch
        if batch is None or (batch.first, batch.end) != (first, len(self.types)):
            batch = self._batch = Batch(self.types, first)
        return batch

    def forget_answers(self) -> None:
        """Give up what was judged, where it is much: it is judged again if it is asked for."""
        if len(self.types) > MUCH:
            self._judged.clear()
        self._batch = None

    def keys(self) -> array[int]:
        """For each type a stable 64-bit hash of form and tag, never 0; 0 for malformed tokens.

        Ids are local to a process; what leaves it is keyed by these.
        """
        done = len(self._keys)
        if done < len(self.types):
            new = self.since(done)
            self._keys = _longer(self._keys, _digests(new.forms, new.tags))
            for index in new.flawed:
                self._keys[index] = 0
        return self._keys


def _longer(known: array[int], more: array[int]) -> array[int]:
    """An array with another one behind it: itself, if nobody looks into it. A profiler, as each of
    Dask's workers has one, may hold on to the frame of a function that did and has returned."""
    try:
        known += more
    except BufferError:
        return known + more
    return known


def type_key(form: str, tag: str) -> int:
    """A stable 64-bit hash of a well-formed type, never 0."""
    return _digests([form], [tag])[0]


def _digests(forms: Iterable[str], tags: Iterable[str]) -> array[int]:
    """The keys of well-formed types."""
    types = [*map("\0".join, zip(forms, tags, strict=True))]
    try:
        every = [*map(str.encode, types)]
    except UnicodeEncodeError:
        every = [each.encode("utf-8", "surrogatepass") for each in types]
    keys = array("Q", b"".join([blake2b(each, digest_size=8).digest() for each in every]))
    if sys.byteorder == "big":
        keys.byteswap()
    return array("Q", [key or 1 for key in keys]) if 0 in keys else keys
