"""What is asked of one file at a time, in this process or another.

An examiner decodes documents and keeps as many as fit, so that the later steps need not read
again what the first one had. Its answers are plain data: they travel between processes and into
the cache.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from taglint.configuration import Configuration
from taglint.corpus.document import Document
from taglint.corpus.encoding import Source
from taglint.engine.adding import Adding, CountsKey
from taglint.engine.checking import TypeVerdicts, check_document, gather, gathering, locate
from taglint.engine.concordance import Place, Wanted, concordance_line, find_places
from taglint.engine.loading import Known, Loader, NotACorpus, named_format
from taglint.engine.packing import loose
from taglint.engine.parting import Part, Verdicts
from taglint.engine.places import finding
from taglint.engine.selection import ActiveRules, active_rules
from taglint.findings import Evidence, Finding
from taglint.formats.base import has_remarks
from taglint.plugins import Plugins
from taglint.report import FileError, FileSummary
from taglint.rules import Like
from taglint.suppressions import PROGRAM

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Documents up to this many characters in all, shared among the processes of a run, are kept for the
# later steps; of others, up to so many tokens and the number that the largest has, all but the text
# is, which is then read again. Each document takes as much as so many characters or tokens besides.
KEPT_CHARACTERS = 1 << 26
KEPT_TOKENS = 20_000_000
A_DOCUMENT = 500


@dataclass(slots=True)
class FileState:
    """What is known of a file.

    findings: those of type and document rules, None where the file was only counted. counts: those
    of its corpus rules, None where only the cache has them. types: stable hashes of its well-formed
    types, uint64, ascending, in memory order; None where no corpus rule applies. digest: of the
    file's bytes. key: names its entry in the cache. packed: the counts for the cache, where a
    worker has packed them. suppresses: whether a comment may suppress findings, of which only those
    that have the program's name in them do.
    """

    summary: FileSummary
    profile: tuple[int, ...]
    findings: list[Finding] | None
    counts: dict[CountsKey, Any] | None = field(default_factory=dict)
    types: bytes | None = None
    digest: bytes = b""
    key: bytes = b""
    packed: bytes = b""
    suppresses: bool = True

    @property
    def known(self) -> Known:
        """What a later reading need not find out again."""
        summary = self.summary
        return Known(self.digest, summary.format, summary.tagset, summary.reason)


@dataclass(frozen=True, slots=True)
class Unusable:
    """A file that could not be examined, and why. stray: whether it is no corpus at all."""

    error: FileError
    stray: bool = False


@dataclass(frozen=True, slots=True)
class Located:
    """A finding of a corpus rule, and what concordance lines it asks for.

    extent: first and one past the last of its tokens.
    """

    finding: Finding
    extent: tuple[int, int]
    like: tuple[Like, ...]


class Examiner:
    """Answers for single files. edited: texts that stand for what is in the files. sharing: how
    many examiners of a run share its memory."""

    def __init__(self, plugins: Plugins, configuration: Configuration, sharing: int = 1) -> None:
        self.plugins = plugins
        self.configuration = configuration
        self.loader = Loader(plugins, configuration)
        self.edited: dict[str, tuple[str, Source]] = {}
        self.adding = Adding()
        self._kept: dict[str, Document] = {}
        self._kept_characters = 0
        self._most_characters = KEPT_CHARACTERS // sharing
        self._without_text: dict[str, Document] = {}
        self._kept_tokens = 0
        self._largest = 0
        self._refilled: Document | None = None
        self._rules: dict[
            tuple[tuple[int, ...], str, str | None], tuple[ActiveRules, TypeVerdicts]
        ] = {}

    def examine(self, path: str, checked: bool) -> FileState | Unusable:
        """What type and document rules find in a file, where it is `checked`, and its counts."""
        try:
            document = self.document(path)
        except NotACorpus as error:
            return Unusable(FileError(path, str(error)), stray=True)
        except OSError as error:
            return Unusable(FileError(path, error.strerror or str(error)))
        state = self._examined(document, checked)
        self._keep(document)
        return state

    def examine_adding(self, path: str, checked: bool, pack: bool) -> FileState | Unusable:
        """As `examine`, but the counts are added up here, for `total_of`; they come along only if
        they are to `pack`."""
        state = self.examine(path, checked)
        if isinstance(state, FileState):
            self.adding.add(path, state.summary.tokens, state.counts or {})
            state.packed = loose(state.counts) if pack else b""
            state.counts = None
        return state

    def settle(self, _: str) -> None:
        """Add up now what `total_of` will be asked for."""
        self.adding.settle()

    def added(self, _: str) -> tuple[set[str], list[CountsKey]] | None:
        """The files whose counts were added up here, and what there are counts of; None where one
        came twice."""
        return (self.adding.paths, self.adding.keys()) if self.adding.exact else None

    def total_of(self, _: str, key: CountsKey) -> Any:
        """The sum of one kind of counts; None where there are none."""
        return self.adding.of(key)

    def _examined(self, document: Document, checked: bool) -> FileState:
        rules, verdicts = self.rules_for(document)
        format_ = self.plugins.formats[document.format]
        state = FileState(
            _summary(document),
            self.configuration.profile(document.path),
            check_document(document, format_, rules, verdicts) if checked else None,
            digest=document.digest,
            suppresses=has_remarks(format_) and PROGRAM in document.text,
        )
        counts: dict[CountsKey, Any] = {}
        for active in rules.corpus:
            key = (gathering(active.rule), document.tagset)
            if key not in counts:
                counts[key] = gather(active, document)
        state.counts = counts
        if rules.corpus:
            state.types = _type_keys(document).tobytes()
        return state

    def locate(
        self, path: str, known: Known, part: Part, verdicts: Verdicts
    ) -> list[Located] | Unusable:
        """The findings of the corpus rules in one file, less those that another rule reports on
        stronger grounds. known: what its counts are of. part: which verdicts concern it."""
        document = self._as_known(path, known)
        if isinstance(document, Unusable):
            return document
        format_ = self.plugins.formats[document.format]
        profile = self.configuration.profile(path)
        least = self.configuration.options_of(profile).min_confidence
        found: list[Located] = []
        for active in self.rules_for(document)[0].corpus:
            key = active.rule.code, document.tagset
            for problem in locate(active, document, verdicts[key]) if key in part.keys else ():
                if problem.confidence >= least:
                    item = finding(document, format_, active, problem)
                    found.append(Located(item, problem.tokens or (0, 0), problem.like))
        return self._said_once(found)

    def _said_once(self, found: list[Located]) -> list[Located]:
        codes: dict[tuple[int, int], set[str]] = {}
        for item in found:
            codes.setdefault((item.finding.start, item.finding.end), set()).add(item.finding.code)
        rules = self.plugins.rules
        return [
            item
            for item in found
            if codes[item.finding.start, item.finding.end].isdisjoint(
                rules[item.finding.code].unless
            )
        ]

    def search(
        self, path: str, known: Known, wanted: Collection[Wanted]
    ) -> dict[Wanted, list[Place]] | Unusable:
        """The first places of forms with tags."""
        # What is kept without its text will do.
        document = self._without_text.get(path) or self._as_known(path, known)
        return document if isinstance(document, Unusable) else find_places(document, wanted)

    def lines(
        self, path: str, known: Known, places: Iterable[Place]
    ) -> dict[Place, Evidence] | Unusable:
        """Concordance lines."""
        document = self._as_known(path, known)
        if isinstance(document, Unusable):
            return document
        return {place: concordance_line(document, place) for place in places}

    def _as_known(self, path: str, known: Known) -> Document | Unusable:
        """A document that is still what it was when it was examined."""
        try:
            document = self.document(path, known)
        except (OSError, NotACorpus) as error:
            return Unusable(FileError(path, f"changed during the run: {error}"))
        if document.digest != known.digest:
            return Unusable(FileError(path, "changed during the run"))
        return document

    def edit(self, path: str, text: str, source: Source) -> None:
        """From now on a path has this text, which need not be in its file."""
        self.reload(path)
        self.edited[path] = (text, source)

    def reload(self, path: str) -> None:
        """From now on a path has what is in its file, which is read again."""
        self.edited.pop(path, None)
        kept = self._kept.pop(path, None)
        if kept is not None:
            self._kept_characters -= len(kept.text) + A_DOCUMENT
        without = self._without_text.pop(path, None)
        if without is not None:
            self._kept_tokens -= len(without) + A_DOCUMENT

    def document(self, path: str, known: Known | None = None) -> Document:
        """A document with its current text. Raises `OSError` and `NotACorpus`."""
        kept = self._kept.get(path)
        if kept is not None:
            return kept
        if path in self.edited:
            return self.loader.decode(path, *self.edited[path])
        return self._with_text(path) or self.loader.load(path, known)

    def _with_text(self, path: str) -> Document | None:
        """One that is kept without its text, with it, until the next one is asked for."""
        document = self._without_text.get(path)
        if document is None or document is self._refilled:
            return document
        if self._refilled is not None:
            self._refilled.drop_text()
            self._refilled = None
        if not self.loader.refill(document):
            self.reload(path)
            return None
        self._refilled = document
        return document

    def kept(self, path: str) -> Document | None:
        """A document with its current text if it is in memory."""
        return self._kept.get(path)

    def text(self, path: str) -> str:
        """The current text of a path; empty if it cannot be read any more."""
        if path in self._kept:
            return self._kept[path].text
        try:
            return self.edited[path][0] if path in self.edited else self.loader.text(path)[0]
        except OSError:
            return ""

    def rules_for(self, document: Document) -> tuple[ActiveRules, TypeVerdicts]:
        profile = self.configuration.profile(document.path)
        return self.rules_of(profile, document.format, document.tagset)

    def rules_of(
        self, profile: tuple[int, ...], format_name: str, tagset: str | None
    ) -> tuple[ActiveRules, TypeVerdicts]:
        key = (profile, format_name, tagset)
        known = self._rules.get(key)
        if known is None:
            options = self.configuration.options_of(profile)
            format_ = named_format(self.plugins, format_name)
            loaded = self.plugins.tagset(tagset) if tagset else None
            rules = active_rules(self.plugins.rules, options, format_, loaded)
            known = self._rules[key] = rules, TypeVerdicts(rules.type, self.loader.vocabulary)
        return known

    def _keep(self, document: Document) -> None:
        path = document.path
        if path in self._kept or path in self._without_text:
            return
        size = self._kept_characters + len(document.text) + A_DOCUMENT
        if size <= self._most_characters:
            document.slim()
            self._kept[path] = document
            self._kept_characters = size
            return
        self._largest = max(self._largest, len(document))
        tokens = self._kept_tokens + len(document) + A_DOCUMENT
        if tokens <= KEPT_TOKENS + self._largest and document.digest and document.drop_text():
            self._without_text[path] = document
            self._kept_tokens = tokens


def _type_keys(document: Document) -> NDArray[np.uint64]:
    from taglint.corpus.columns import firsts

    own, _ = document.by_key
    return own[firsts(own)]


def _summary(document: Document) -> FileSummary:
    return FileSummary(
        path=document.path,
        format=document.format,
        tagset=document.tagset,
        encoding=document.source.label,
        tokens=len(document),
        sentences=document.sentence_count,
        reason=document.reason,
    )
