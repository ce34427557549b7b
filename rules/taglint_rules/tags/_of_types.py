"""Verdicts on types that hold wherever a type stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import type_key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Pair = tuple[str, str]


class Sure(Protocol):
    @property
    def confidence(self) -> float: ...


Said = TypeVar("Said", bound=Sure)


@dataclass(frozen=True)
class OfTypes(Generic[Said]):
    """said: by form and tag. keys: the stable hashes of these, ascending."""

    said: Mapping[Pair, Said]
    keys: Mapping[int, Pair]

    def __len__(self) -> int:
        return len(self.said)

    @property
    def types(self) -> NDArray[np.uint64]:
        """The types of which one stands wherever something is found."""
        import numpy as np

        return np.array(list(self.keys), np.uint64)

    def of_types(self, types: NDArray[np.uint64]) -> list[tuple[Pair, Said]]:
        pairs = [self.keys[key] for key in types.tolist() if key in self.keys]
        return [(pair, self.said[pair]) for pair in pairs]

    def places(self, document: Document) -> list[int]:
        """The tokens of the types, ascending."""
        return document.places(document.types_among(self.types))


def of_types(said: Mapping[Pair, Said], least: float) -> OfTypes[Said]:
    """Those of the verdicts that are so sure."""
    said = {pair: each for pair, each in said.items() if each.confidence >= least}
    return OfTypes(said, dict(sorted((type_key(*pair), pair) for pair in said)))
