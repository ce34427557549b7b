"""Which format and tagset a text is in, from its content, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from taglint.formats.base import Format, Guess, Sample
from taglint.tagsets import Tagset, detect

SAMPLE_CHARACTERS = 60_000
# Below this a text is no tagged corpus: prose, source code, tables.
LEAST_SCORE = 0.5
# From this on no other format is asked.
SURE = 0.98


@dataclass(frozen=True, slots=True)
class Detected:
    """The outcome of detection; `format` is None where no format fits. `reason` says why."""

    format: Format | None
    reason: str


def sample(text: str, suffix: str = "", options: Mapping[str, Any] | None = None) -> Sample:
    """The beginning of a text, cut at a line end where it has one."""
    head = text[:SAMPLE_CHARACTERS]
    if len(text) > len(head):
        head = head[: head.rfind("\n") + 1] or head
    return Sample(head, suffix.lower(), options or {})


def detect_format(text: Sample, formats: Collection[Format]) -> Detected:
    """The format that is surest of a sample. An empty text is an empty corpus of any format.

    Formats that name the file's suffix are asked first: looking at a small file takes as long as
    reading it, for each of them.
    """
    if not text.text.strip():
        return Detected(next(iter(formats)), "the file is empty")
    if "\0" in text.text:
        return Detected(None, "binary data, not a tagged corpus")
    guesses: dict[str, Guess] = {}
    for asked in sorted(formats, key=lambda it: text.suffix not in getattr(it, "suffixes", ())):
        guess = guesses[asked.name] = asked.guess(text)
        if guess.score >= SURE:
            return Detected(asked, f"{asked.name}: {guess.reason}")
    format_ = max(formats, key=lambda it: guesses[it.name].score)
    best = guesses[format_.name]
    if best.score < LEAST_SCORE:
        return Detected(None, _no_corpus(format_.name, best))
    return Detected(format_, f"{format_.name}: {best.reason}")


def _no_corpus(nearest: str, guess: Guess) -> str:
    if not guess.score:
        return "not a tagged corpus (no tagged tokens)"
    return (
        f"not a tagged corpus (nearest is {nearest}: {guess.reason}); if it is one, name its "
        f"format, as by --format {nearest}"
    )


def detect_tagset(text: Sample, format_: Format, tagsets: Mapping[str, Tagset]) -> Tagset | None:
    """The tagset that explains the sample's tags best."""
    return detect(format_.tags(text), list(tagsets.values()))
