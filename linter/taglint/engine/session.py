"""A run: every document checked on its own, then the corpus rules on the sums.

A session keeps what it knows of each file, so that checking again after a fix redoes only the
files that changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from taglint.configuration import Configuration
from taglint.corpus.document import Document
from taglint.corpus.encoding import Source
from taglint.engine.checking import (
    TypeVerdicts,
    added,
    check_document,
    gather,
    gathering,
    judge,
    locate,
)
from taglint.engine.concordance import Concordance
from taglint.engine.loading import Loader, NotACorpus, named_format
from taglint.engine.places import finding
from taglint.engine.selection import Active, ActiveRules, activate, active_rules
from taglint.findings import Finding
from taglint.plugins import Plugins
from taglint.report import FileError, FileSummary, Report

# Documents up to this many characters in all are kept for the second pass; others are read again.
KEPT_CHARACTERS = 20_000_000

# A corpus rule judges all documents of one tagset together; rules that gather alike share counts.
CountsKey = tuple[str, str | None]
Progress = Callable[[int, int, str], None]


@dataclass
class FileState:
    """What a session knows of a file.

    findings: None where the file was only counted. counts: those of its corpus rules.
    """

    summary: FileSummary
    profile: tuple[int, ...]
    findings: list[Finding] | None
    counts: dict[CountsKey, Any] = field(default_factory=dict)


class Session:
    """Checks files as a configuration has it; results do not depend on the order of files."""

    def __init__(
        self,
        plugins: Plugins,
        configuration: Configuration,
        read_bytes: Callable[[str], bytes] | None = None,
    ) -> None:
        self.plugins = plugins
        self.configuration = configuration
        self.loader = Loader(plugins, configuration)
        if read_bytes is not None:
            self.loader.read_bytes = read_bytes
        self.edited: dict[str, tuple[str, Source]] = {}
        self._states: dict[str, FileState] = {}
        self._problems: dict[str, FileError] = {}
        self._strays: dict[str, FileError] = {}
        self._kept: dict[str, Document] = {}
        self._kept_characters = 0
        self._rules: dict[
            tuple[tuple[int, ...], str, str | None], tuple[ActiveRules, TypeVerdicts]
        ] = {}

    def check(
        self,
        paths: Sequence[str],
        background: Sequence[str] = (),
        explicit: Collection[str] = (),
        progress: Progress | None = None,
        judging: bool = True,
    ) -> Report:
        """Check files. `background` files are only counted, for the corpus rules to judge by;
        an `explicit` path that is no corpus is an error, any other is skipped. Without `judging`
        corpus rules find nothing: in a large corpus they take most of the time."""
        checked = frozenset(paths)
        todo = [path for path in (*paths, *background) if self._is_due(path, path in checked)]
        for done, path in enumerate(todo):
            if progress:
                progress(done, len(todo), path)
            self._visit(path, path in checked, path in explicit)
        known = [path for path in paths if path in self._states]
        counted = [*known, *(path for path in background if path in self._states)]
        located = self._judge(known, counted) if judging else {}
        report = self._report(paths, located)
        report.corpus_tokens = sum(self._states[path].summary.tokens for path in set(counted))
        return report

    def edit(self, path: str, text: str, source: Source) -> None:
        """From now on a path has this text, which need not be in its file."""
        self.reload(path)
        self.edited[path] = (text, source)

    def reload(self, path: str) -> None:
        """From now on a path has what is in its file, which is read again."""
        for known in (self.edited, self._states, self._problems, self._strays):
            known.pop(path, None)
        kept = self._kept.pop(path, None)
        if kept is not None:
            self._kept_characters -= len(kept.text)

    def document(self, path: str) -> Document:
        """A document with its current text."""
        kept = self._kept.get(path)
        if kept is not None:
            return kept
        if path in self.edited:
            return self.loader.decode(path, *self.edited[path])
        return self.loader.load(path)

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
        return self._rules_of(profile, document.format, document.tagset)

    def _is_due(self, path: str, to_check: bool) -> bool:
        known = self._states.get(path)
        return known is None or (to_check and known.findings is None)

    def _visit(self, path: str, checked: bool, explicit: bool) -> None:
        try:
            document = self.document(path)
        except NotACorpus as error:
            strays = self._problems if explicit else self._strays
            strays[path] = FileError(path, str(error))
        except OSError as error:
            self._problems[path] = FileError(path, error.strerror or str(error))
        else:
            self._states[path] = self._examine(document, checked)
            self._keep(document)

    def _examine(self, document: Document, checked: bool) -> FileState:
        rules, verdicts = self.rules_for(document)
        format_ = self.plugins.formats[document.format]
        findings = check_document(document, format_, rules, verdicts) if checked else None
        counts: dict[CountsKey, Any] = {}
        for active in rules.corpus:
            key = (gathering(active.rule), document.tagset)
            if key not in counts:
                counts[key] = gather(active, document)
        return FileState(
            _summary(document), self.configuration.profile(document.path), findings, counts
        )

    def _judge(self, paths: Iterable[str], counted: Collection[str]) -> dict[str, list[Finding]]:
        """The corpus rules' findings by path: judged once per rule and tagset on the sums."""
        sums = self._sums(counted)
        verdicts: dict[tuple[str, str | None], Any] = {}
        found: dict[str, list[Finding]] = {}
        concordance = Concordance(self.document, counted)
        for path in paths:
            try:
                found[path] = self._locate(path, sums, verdicts, concordance)
            except (OSError, NotACorpus) as error:
                # Read again because it was too large to keep, and changed in between.
                self._problems[path] = FileError(path, f"changed during the run: {error}")
        return found

    def _sums(self, paths: Iterable[str]) -> dict[CountsKey, Any]:
        parts: dict[CountsKey, list[Any]] = {}
        for path in dict.fromkeys(paths):
            for key, counts in self._states[path].counts.items():
                parts.setdefault(key, []).append(counts)
        return {key: added(counts) for key, counts in parts.items()}

    def _verdict(self, code: str, tagset: str | None, sums: dict[CountsKey, Any]) -> Any:
        rule = self.plugins.rules[code]
        known = self.plugins.tagset(tagset) if tagset else None
        active = activate(rule, self.configuration.options, "", known)
        return judge(active, sums[gathering(rule), tagset])

    def _locate(
        self,
        path: str,
        sums: dict[CountsKey, Any],
        verdicts: dict[tuple[str, str | None], Any],
        concordance: Concordance,
    ) -> list[Finding]:
        """The findings of the corpus rules in one file; judges what is not judged yet."""
        state = self._states[path]
        rules = self._rules_of(state.profile, state.summary.format, state.summary.tagset)[0]
        tagset = state.summary.tagset
        wanted: list[Active] = []
        for active in rules.corpus:
            key = (active.rule.code, tagset)
            if key not in verdicts:
                verdicts[key] = self._verdict(*key, sums)
            if verdicts[key]:
                wanted.append(active)
        if not wanted:
            return []
        document = self.document(path)
        format_ = self.plugins.formats[document.format]
        least = self.configuration.options_of(state.profile).min_confidence
        findings: list[Finding] = []
        for active in wanted:
            for problem in locate(active, document, verdicts[active.rule.code, tagset]):
                if problem.confidence >= least:
                    found = finding(document, format_, active, problem)
                    findings.append(replace(found, evidence=concordance.lines(found, problem)))
        return self._said_once(findings)

    def _said_once(self, findings: Sequence[Finding]) -> list[Finding]:
        """Without those that another rule reports on stronger grounds."""
        codes: dict[tuple[int, int], set[str]] = {}
        for item in findings:
            codes.setdefault((item.start, item.end), set()).add(item.code)
        rules = self.plugins.rules
        return [
            item
            for item in findings
            if codes[item.start, item.end].isdisjoint(rules[item.code].unless)
        ]

    def _report(self, paths: Sequence[str], located: dict[str, list[Finding]]) -> Report:
        findings: list[Finding] = []
        states = [(path, self._states[path]) for path in paths if path in self._states]
        for path, state in states:
            least = self.configuration.options_of(state.profile).min_confidence
            every = (*(state.findings or ()), *located.get(path, ()))
            findings += (item for item in every if item.confidence >= least)
        findings.sort(key=Finding.sort_key)
        return Report(
            findings=findings,
            files=[state.summary for _, state in states],
            errors=[*self._problems.values()],
            skipped=[*self._strays.values()],
            text=self.text,
        )

    def _keep(self, document: Document) -> None:
        size = self._kept_characters + len(document.text)
        if size <= KEPT_CHARACTERS and document.path not in self._kept:
            self._kept[document.path] = document
            self._kept_characters = size

    def _rules_of(
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
