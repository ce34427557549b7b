"""What a format is: how text becomes tokens with exact spans, and tokens become text.

A format plugin offers objects with the attributes and methods of `Format`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeGuard

from taglint.corpus.document import Decoded, Document
from taglint.corpus.vocabulary import Vocabulary
from taglint.rules import Option
from taglint.tagsets import Tagset


class Guess(NamedTuple):
    """How sure a format is that a sample is its own, from 0 to 1, and why."""

    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a text, cut at a line end where it has one, for detection.

    suffix: the file's last suffix in lower case, with the dot, or `""`. options: the format
    options of the configuration, which may say where the tags are.
    """

    text: str
    suffix: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a format may know besides the text: never another document."""

    tagset: Tagset | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    lexicon: Mapping[str, Mapping[str, int]] | None = None


class Remark(NamedTuple):
    """A comment: its first offset, its text, and the offsets of the sentence it belongs to."""

    start: int
    text: str
    extent: tuple[int, int]


class Format(Protocol):
    """A corpus format. One with comments is a `FormatWithRemarks`, too.

    name: as configured and shown. separator: what stands between tokens when a fix writes
    several. options: what a configuration may set for it. resegments: False where other
    annotation hangs on the tokens, so that new boundaries are shown and not applied. One may also
    have `suffixes`, lower case with the dot: it is the first to be asked about files with these,
    and the only one if it is sure, that is, guesses .98 or more.
    """

    name: str
    title: str
    separator: str
    resegments: bool
    options: Mapping[str, Option]

    def guess(self, sample: Sample) -> Guess:
        """Whether a sample looks like this format."""

    def tags(self, sample: Sample) -> Counter[str]:
        """The tags of a sample with their counts, to detect the tagset by."""

    def decode(self, text: str, vocabulary: Vocabulary, settings: Settings) -> Decoded:
        """Any text into tokens; what cannot be decoded becomes tokens with a flaw."""

    def token(self, form: str, tag: str) -> str:
        """A token as this format writes it."""

    def can_write(self, form: str, tag: str) -> bool:
        """Whether a token written this way would be read back the same."""


class FormatWithRemarks(Format, Protocol):
    """A format that has comments."""

    def remarks(self, document: Document) -> Iterable[Remark]:
        """The comments of a document, in order."""


def has_remarks(format_: Format) -> TypeGuard[FormatWithRemarks]:
    return hasattr(format_, "remarks")


def running_text(document: Document, first: int = 0, last: int | None = None) -> str:
    """The forms joined: what no fix may change unless its rule declares it."""
    types = document.vocabulary.types
    return "".join([types[index].form for index in document.ids[first:last]])
