"""Token types and the vocabulary that interns them.

A corpus of millions of tokens has a few ten thousand types; whatever can be decided per type is
decided once.
"""

from __future__ import annotations

from typing import NamedTuple


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


class Vocabulary:
    """Interns token types: one small integer each, local to this process."""

    def __init__(self) -> None:
        self.types: list[TokenType] = []
        # Each format keeps its own table from spellings to type ids here.
        self.spellings: dict[str, dict[str, int]] = {}
        self._ids: dict[TokenType, int] = {}

    def intern(self, token: TokenType) -> int:
        known = self._ids.get(token)
        if known is None:
            known = self._ids[token] = len(self.types)
            self.types.append(token)
        return known

    def __len__(self) -> int:
        return len(self.types)
