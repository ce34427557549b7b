"""Which of the corpus rules' verdicts concern a file, and what of them.

A verdict may say which types it is about (`types`: stable hashes, uint64, ascending), and give
that part of itself which is about documents of some types (`of_types`, with all that they have;
what is empty concerns none). Files that have none of the types are not opened; and a file of which
the part is as it was has the findings that it had, whatever changed elsewhere in the corpus.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from taglint.engine.packing import flat

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Types = NDArray[np.uint64]

# Verdicts by code of the rule and name of the tagset.
VerdictKey = tuple[str, str | None]
Verdicts = Mapping[VerdictKey, Any]


class Part(NamedTuple):
    """The verdicts that concern a file, and a digest of what they say of its types, where that is
    wanted."""

    keys: tuple[VerdictKey, ...]
    digest: bytes


class Parting:
    """Gives each file its part of the verdicts.

    digested: whether to look at what the verdicts say of a file's types, which takes longer.
    """

    def __init__(self, verdicts: Verdicts, digested: bool = True) -> None:
        self._digested = digested
        # Rules may share a verdict, of which the part is then taken once.
        self._number: dict[VerdictKey, int] = {}
        self._distinct: list[Any] = []
        self._about: dict[int, set[int]] = {}
        self._unbound: set[int] = set()
        self._whole: dict[int, bytes] = {}
        numbers: dict[int, int] = {}
        for key, verdict in verdicts.items():
            number = self._number[key] = numbers.setdefault(id(verdict), len(numbers))
            if number == len(self._distinct):
                self._distinct.append(verdict)
                self._note(number, verdict)
        self._types = ascending(self._about)

    def _note(self, number: int, verdict: Any) -> None:
        types = getattr(verdict, "types", None)
        if types is None:
            self._unbound.add(number)
        for each in types.tolist() if types is not None else ():
            self._about.setdefault(each, set()).add(number)

    def part(self, types: bytes | None, applicable: Iterable[VerdictKey]) -> Part:
        """The verdicts, of those that apply to a document, that are about its types."""
        own = None if types is None else _array(types)
        present = self._types if own is None else _shared(self._types, own)
        wanted = self._unbound.union(*(self._about[each] for each in present.tolist()))
        keys = [key for key in applicable if self._number.get(key) in wanted]
        if not self._digested:
            return Part(tuple(keys), b"")
        said = {number: self._said(number, own) for number in {self._number[key] for key in keys}}
        digest = blake2b(digest_size=16)
        for number in sorted(said):
            digest.update(said[number] or b"")
        return Part(tuple(key for key in keys if said[self._number[key]]), digest.digest())

    def _said(self, number: int, types: Types | None) -> bytes:
        """A digest of what a verdict says of documents with some types; empty for nothing."""
        narrow = getattr(self._distinct[number], "of_types", None)
        if narrow is not None and types is not None:
            part = narrow(types)
            return _digest(part) if part else b""
        if number not in self._whole:
            self._whole[number] = _digest(self._distinct[number])
        return self._whole[number]


def _digest(verdict: Any) -> bytes:
    return blake2b(flat(verdict), digest_size=16).digest()


def ascending(types: Iterable[int]) -> Types:
    import numpy as np

    return np.array(sorted(types), np.uint64)


def union(parts: Iterable[bytes | None]) -> Types | None:
    """The types that documents have together; None where those of one are not known."""
    import numpy as np

    from taglint.corpus.columns import distinct

    every = list(parts)
    known = [_array(types) for types in every if types is not None]
    if not known or len(known) < len(every):
        return None
    return distinct(np.concatenate(known))


def had(types: Types, own: bytes) -> list[int]:
    """Those of some types, ascending, that a document has."""
    found: list[int] = _shared(types, _array(own)).tolist()
    return found


def _array(types: bytes) -> Types:
    import numpy as np

    return np.frombuffer(types, np.uint64)


def _shared(types: Types, own: Types) -> Types:
    """Those of some types that are a document's own."""
    from taglint.corpus.columns import among

    shared: Types = types[among(types, own)]
    return shared
