"""Token types and the vocabulary that interns them.

A corpus of millions of tokens has a few ten thousand types; whatever can be decided per type is
decided once.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Hashable
from hashlib import blake2b
from typing import Any, NamedTuple, TypeVar

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

    def intern(self, token: TokenType) -> int:
        known = self._ids.get(token)
        if known is None:
            known = self._ids[token] = len(self.types)
            self.types.append(token)
        return known

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
        known = self._judged.get(name)
        if known is None:
            known = self._judged[name] = Judged()
        types, done = self.types, known.done
        asked = range(done, len(types)) if within is None else within.since(done)
        for index in asked:
            answer = judge(types[index])
            if answer:
                known.answers[index] = answer
                known.ids.append(index)
        known.done = len(types)
        return known

    def forget_answers(self) -> None:
        """Give up what was judged, where it is much: it is judged again if it is asked for."""
        if len(self.types) > MUCH:
            self._judged.clear()

    def keys(self) -> array[int]:
        """For each type a stable 64-bit hash of form and tag, never 0; 0 for malformed tokens.

        Ids are local to a process; what leaves it is keyed by these.
        """
        self._keys.extend(map(_key, self.types[len(self._keys) :]))
        return self._keys


def _key(token: TokenType) -> int:
    if token.flaw:
        return 0
    return type_key(token.form, token.tag)


def type_key(form: str, tag: str) -> int:
    """A stable 64-bit hash of a well-formed type, never 0."""
    payload = f"{form}\0{tag}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(payload, digest_size=8).digest(), "little") or 1
