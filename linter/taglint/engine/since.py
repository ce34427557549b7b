"""The filter of `--since`: findings on tokens that are not as they were at a revision.

A token is changed where git's diff of the tokens of its file says so, with what stands before
the next one: separators, blanks, brackets. So are its neighbours where tokens were taken out.
A sentence that stood in any changed file then, word for word, was only moved; one of which half
is changed is new.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from taglint.corpus.discovery import OTHER_SUFFIXES
from taglint.corpus.document import Document
from taglint.corpus.encoding import read
from taglint.corpus.lines import LINE_END
from taglint.engine.filtering import Run, Screened
from taglint.engine.loading import NotACorpus
from taglint.engine.revisions import Revision, changed_lines
from taglint.engine.session import Session
from taglint.findings import Finding
from taglint.report import Report

Range = tuple[int, int]
Extents = Sequence[Range]


class Since:
    """Covers findings on tokens that are as they were."""

    name = "on unchanged tokens"

    def __init__(self, revision: Revision, unsaved: str | None = None) -> None:
        """`unsaved`: a path whose text is not what git sees in its file."""
        self.revision = revision
        self.unsaved = unsaved

    def before(self, path: str) -> tuple[bool, str | None]:
        """As `Revision.before`."""
        if path == self.unsaved:
            name = self.revision.below_root(path)
            return True, name if self.revision.has(name) else None
        return self.revision.before(path)

    def is_changed(self, path: str) -> bool:
        return self.before(path)[0]

    def _is_in_changed(self, item: Finding) -> bool:
        return self.is_changed(item.path)

    def screen(self, report: Report, run: Run) -> Screened:
        documents = {file.path for file in report.files}
        changes = Changes(self, run.session, sorted(documents))
        kept = []
        for item in report.findings:
            # What is no document is the file of suppressions.
            touches = changes.touch if item.path in documents else self._is_in_changed
            if touches(item):
                kept.append(item)
        return Screened(kept)


class Changes:
    """What changed in the files of a run; each is looked at once, and only if it has findings."""

    def __init__(self, since: Since, session: Session, paths: Sequence[str]) -> None:
        self.since = since
        self.revision = since.revision
        self.session = session
        self.paths = paths
        self._extents: dict[str, Extents] = {}

    def touch(self, item: Finding) -> bool:
        """Whether a finding is on something that changed."""
        if item.path not in self._extents:
            self._extents[item.path] = self._changed(item.path)
        extents = self._extents[item.path]
        last = max(item.start, item.end - 1)
        index = bisect_right(extents, (last, sys.maxsize)) - 1
        if index < 0:
            return False
        # An empty finding at the end of the text belongs to what stands before it.
        return extents[index][1] > item.start or item.start == item.end == extents[-1][1]

    def _changed(self, path: str) -> Extents:
        """The changed extents of a text, in order."""
        changed, name = self.since.before(path)
        if not changed:
            return []
        new = self.session.document(path)
        old = self._old(path, name) if name is not None else None
        at = cuts(new)
        found = differing(units(old), units(new)) if old else [(0, len(new))]
        if not len(new):
            return [(0, len(new.text))]
        return [(at[first], at[last]) for first, last in self._less_moved(new, found)]

    def _less_moved(self, new: Document, found: Iterable[Range]) -> Iterator[Range]:
        """Changed tokens, sentence by sentence, less the sentences that were there before.

        Of a sentence of which half is changed all is: what it has in common with another is chance.
        """
        at = cuts(new)
        for sentence, pieces in _by_sentence(new, found):
            known = content(new, at, sentence)
            if self._before[known] >= self._now[known]:
                continue
            changed = sum(last - first for first, last in pieces)
            yield from [(sentence.start, sentence.stop)] if 2 * changed >= len(sentence) else pieces

    def _old(self, path: str, name: str) -> Document | None:
        """The document as it was; None where it was no corpus."""
        options = self.session.configuration.options_for(path)
        text, source = read(self.revision.data(name), options.encoding)
        try:
            return self.session.loader.decode(path, text, source)
        except NotACorpus:
            return None

    @cached_property
    def _now(self) -> Counter[str]:
        """The sentences of all changed files."""
        changed = (path for path in self.paths if self.since.before(path)[0])
        return Counter(each for path in changed for each in sentences(self.session.document(path)))

    @cached_property
    def _before(self) -> Counter[str]:
        """The sentences of all that these files were, and of files that are gone."""
        root = self.revision.root
        names = [(path, self.since.before(path)[1]) for path in self.paths]
        gone = [
            (str(root / name), name)
            for name in self.revision.deleted
            if PurePath(name).suffix.lower() not in OTHER_SUFFIXES
        ]
        counts: Counter[str] = Counter()
        for path, name in (*names, *gone):
            old = self._old(path, name) if name is not None else None
            counts.update(sentences(old) if old else ())
        return counts


def _by_sentence(document: Document, found: Iterable[Range]) -> Iterator[tuple[range, list[Range]]]:
    """Each sentence that ranges of tokens reach into, with their parts in it."""
    parts: dict[int, list[Range]] = {}
    for first, last in found:
        at = first
        while at < last:
            index = document.sentence_of(at)
            end = min(last, document.sentence_tokens(index).stop)
            parts.setdefault(index, []).append((at, end))
            at = end
    for index, pieces in parts.items():
        yield document.sentence_tokens(index), pieces


def content(document: Document, at: Sequence[int], tokens: range) -> str:
    """A sentence's text with its comments and blanks, without line ends around it."""
    return document.text[at[tokens.start] : at[tokens.stop]].strip("\r\n")


def sentences(document: Document) -> Iterator[str]:
    at = cuts(document)
    for index in range(document.sentence_count):
        tokens = document.sentence_tokens(index)
        if tokens:
            yield content(document, at, tokens)


def cuts(document: Document) -> list[int]:
    """Where the text is cut between tokens: at the first line end, so that comments go with the
    token behind them, else before the token. One more than there are tokens."""
    text, at = document.text, [0]
    spans = document.spans(0, len(document))
    for left, right in pairwise(spans):
        line_end = LINE_END.search(text, left.end, max(left.end, right.start))
        at.append(line_end.end() if line_end else max(left.end, right.start))
    return [*at, len(text)] if spans else at


def units(document: Document) -> list[str]:
    """The pieces of the text around each token, on one line each."""
    pieces = (document.text[start:end] for start, end in pairwise(cuts(document)))
    return [piece.replace("\r", "\\r").replace("\n", "\\n") for piece in pieces]


def differing(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """The extents of new units that are not as before; neighbours of what is gone count."""
    first = _alike(old, new)
    back = _alike(old[first:][::-1], new[first:][::-1])
    inner = old[first : len(old) - back], new[first : len(new) - back]
    with TemporaryDirectory(prefix="taglint-") as folder:
        found = changed_lines(*inner, Path(folder))
    wider = ((start, end) if start < end else (start - 1, end + 1) for start, end in found)
    return [(max(0, start + first), min(len(new), end + first)) for start, end in wider]


def _alike(left: list[str], right: list[str]) -> int:
    """How many units two lists have in common at their beginning."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(left), len(right)))
