"""Which types a question is worth asking of, found out for all that came together at once.

Most questions are about few characters or few tags: one look at each distinct character, or one
answer for each tag, takes a fraction of the time that calling a function for each type does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    import numpy as np
    from numpy.typing import NDArray

    from taglint.corpus.vocabulary import TokenType

    Codes = NDArray[np.uint32]

# What stands for the first character of an empty form.
NOTHING = "\0"
# From so many types on NumPy looks at their characters.
MANY = 2_000
# Of a type; so many types are taken apart together.
FIELDS, SLICE = 5, 1 << 12


class Batch:
    """Types that came into a vocabulary together.

    first, end: the id of the first one, and one past that of the last.
    """

    def __init__(self, types: Sequence[TokenType], first: int) -> None:
        self.first, self.end = first, len(types)
        self.types = types[first:]

    def beginning(self, pattern: re.Pattern[str]) -> list[int]:
        """The ids of those whose form begins with what a pattern for one character finds."""
        if len(self.types) >= MANY:
            return self._characters.beginning(pattern)
        match = pattern.match
        return [at for at, form in enumerate(self.forms, self.first) if match(form or NOTHING)]

    def containing(self, pattern: re.Pattern[str]) -> list[int]:
        """The ids of those whose form has what a pattern for one character finds."""
        if len(self.types) >= MANY:
            return self._characters.containing(pattern)
        search = pattern.search
        return [at for at, form in enumerate(self.forms, self.first) if search(form)]

    def tagged(self, judge: Callable[[str], object]) -> list[int]:
        """The ids of those of whose tag something is true."""
        wanted = {tag: bool(judge(tag)) for tag in self._distinct_tags}
        if not any(wanted.values()):
            return []
        return [*compress(range(self.first, self.end), map(wanted.__getitem__, self.tags))]

    @cached_property
    def irregular(self) -> list[int]:
        """The ids of those that have more than a form and a tag, or less."""
        return sorted(set().union(*map(self._having, self._columns[2:])))

    @cached_property
    def flawed(self) -> list[int]:
        """The ids of the malformed ones."""
        return self._having(self._columns[2])

    @property
    def forms(self) -> list[str]:
        return self._columns[0]

    @property
    def tags(self) -> list[str]:
        return self._columns[1]

    def _having(self, column: list[str]) -> list[int]:
        """The ids of those of which a column, most often empty, says something."""
        if not any(column):
            return []
        return [index for index, each in enumerate(column, self.first) if each]

    @cached_property
    def _columns(self) -> list[list[str]]:
        columns: list[list[str]] = [[] for _ in range(FIELDS)]
        for start in range(0, len(self.types), SLICE):
            some = zip(*self.types[start : start + SLICE], strict=True)
            for column, more in zip(columns, some, strict=True):
                column.extend(more)
        return columns

    @cached_property
    def _distinct_tags(self) -> set[str]:
        return set(self.tags)

    @cached_property
    def _characters(self) -> _Characters:
        return _Characters(self.forms, self.first)


class _Characters:
    """The characters of many forms as integers. first: the id of the first form's type."""

    def __init__(self, forms: list[str], first: int) -> None:
        import numpy as np

        data = "".join(forms).encode("utf-32-le", "surrogatepass")
        lengths = np.fromiter(map(len, forms), np.int64, len(forms))
        self._first = first
        self._codes: Codes = np.frombuffer(data, "<u4")
        self._ends = np.cumsum(lengths)
        self._initials = np.full(len(forms), ord(NOTHING), np.uint32)
        some = lengths > 0
        self._initials[some] = self._codes[(self._ends - lengths)[some]]
        self._present = np.zeros(max(1, int(self._codes.max(initial=0)) + 1), bool)
        self._present[self._codes] = True
        self._present[ord(NOTHING)] = True
        self._distinct = "".join(map(chr, np.flatnonzero(self._present)))

    def beginning(self, pattern: re.Pattern[str]) -> list[int]:
        found: list[int] = (self._found(pattern, self._initials) + self._first).tolist()
        return found

    def containing(self, pattern: re.Pattern[str]) -> list[int]:
        import numpy as np

        from taglint.corpus.columns import firsts

        forms = np.searchsorted(self._ends, self._found(pattern, self._codes), "right")
        found: list[int] = (forms[firsts(forms)] + self._first).tolist()
        return found

    def _found(self, pattern: re.Pattern[str], codes: Codes) -> NDArray[np.int64]:
        """Where a pattern finds one of the characters."""
        import numpy as np

        wanted = np.zeros_like(self._present)
        wanted[[ord(found.group()) for found in pattern.finditer(self._distinct)]] = True
        return np.flatnonzero(wanted.take(codes))
