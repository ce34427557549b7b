"""Which of the corpus rules' verdicts concern a file, and what of them.

A verdict may say which types it is about (`types`: stable hashes, uint64, ascending), and give
that part of itself which is about some types (`of_types`). Files that have none of the types are
not opened; and a file of which the part is as it was has the findings that it had, whatever
changed elsewhere in the corpus.
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
    """The verdicts that concern a file, and a digest of what they say of its types."""

    keys: tuple[VerdictKey, ...]
    digest: bytes


class Parting:
    """Gives each file its part of the verdicts."""

    def __init__(self, verdicts: Verdicts) -> None:
        self._verdicts = verdicts
        self._whole: dict[VerdictKey, bytes] = {}
        self._about: dict[int, list[VerdictKey]] = {}
        self._unbound: set[VerdictKey] = set()
        for key, verdict in verdicts.items():
            types = getattr(verdict, "types", None)
            if types is None:
                self._unbound.add(key)
            for each in types.tolist() if types is not None else ():
                self._about.setdefault(each, []).append(key)
        self._types = _sorted(self._about)

    def part(self, types: bytes | None, applicable: Iterable[VerdictKey]) -> Part:
        """The verdicts, of those that apply to a document, that are about its types."""
        shared = _shared(self._types, types)
        wanted = self._unbound.union(*(self._about[each] for each in shared.tolist()))
        keys = tuple(key for key in applicable if key in wanted)
        digest = blake2b(digest_size=16)
        for key in keys:
            digest.update(self._digest(key, shared))
        return Part(keys, digest.digest())

    def _digest(self, key: VerdictKey, types: Types) -> bytes:
        narrow = getattr(self._verdicts[key], "of_types", None)
        if narrow is not None:
            return _digest(narrow(types))
        if key not in self._whole:
            self._whole[key] = _digest(self._verdicts[key])
        return self._whole[key]


def _digest(verdict: Any) -> bytes:
    return blake2b(flat(verdict), digest_size=16).digest()


def _sorted(types: Iterable[int]) -> Types:
    import numpy as np

    return np.array(sorted(types), np.uint64)


def _shared(types: Types, present: bytes | None) -> Types:
    """Those of some types that are among a document's; all where that is not known."""
    if present is None or not len(types):
        return types
    if not present:
        return types[:0]
    import numpy as np

    own = np.frombuffer(present, np.uint64)
    at = np.searchsorted(own, types)
    at[at == len(own)] = 0
    shared: Types = types[own[at] == types]
    return shared
