"""Which types a question is worth asking of, found out for all that came together at once.

Most questions are about few characters or few tags: one search of all forms, or one answer for each
tag, takes a fraction of the time that calling a function for each type does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from taglint.corpus.vocabulary import TokenType

# What stands for the first character of an empty form.
NOTHING = "\0"


class Batch:
    """Types that came into a vocabulary together.

    first, end: the id of the first one, and one past that of the last.
    """

    def __init__(self, types: Sequence[TokenType], first: int) -> None:
        self.first, self.end = first, len(types)
        self.types = types[first:]

    def beginning(self, pattern: re.Pattern[str]) -> list[int]:
        """The ids of those whose form begins with what a pattern for one character finds."""
        first = self.first
        return [first + found.start() for found in pattern.finditer(self._initials)]

    def containing(self, pattern: re.Pattern[str]) -> list[int]:
        """The ids of those whose form has what a pattern for one character finds."""
        if self._text is None:
            some = enumerate(self._forms, self.first)
            return [index for index, form in some if pattern.search(form)]
        return [*self._lines_with(pattern, self._text)]

    def tagged(self, judge: Callable[[str], object]) -> list[int]:
        """The ids of those of whose tag something is true."""
        wanted = {tag for tag in self._distinct_tags if judge(tag)}
        if not wanted:
            return []
        return [index for index, tag in enumerate(self._tags, self.first) if tag in wanted]

    @cached_property
    def irregular(self) -> list[int]:
        """The ids of those that have more than a form and a tag, or less."""
        every = enumerate(self.types, self.first)
        return [index for index, (_, _, *more) in every if any(more)]

    def _lines_with(self, pattern: re.Pattern[str], text: str) -> Iterator[int]:
        index, behind = self.first, 0
        while found := pattern.search(text, behind):
            start = found.start()
            index += text.count("\n", behind, start)
            yield index
            behind = text.find("\n", start)
            if behind < 0:
                return

    @cached_property
    def _forms(self) -> list[str]:
        return [token.form for token in self.types]

    @cached_property
    def _tags(self) -> list[str]:
        return [token.tag for token in self.types]

    @cached_property
    def _distinct_tags(self) -> set[str]:
        return set(self._tags)

    @cached_property
    def _initials(self) -> str:
        return "".join([form[:1] or NOTHING for form in self._forms])

    @cached_property
    def _text(self) -> str | None:
        """A form a line; none where forms have line ends."""
        text = "\n".join(self._forms)
        return text if text.count("\n") == len(self.types) - 1 else None
