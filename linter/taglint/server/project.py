"""What a configuration governs: its corpus, and the documents that are open in the editor.

Everything here runs in the engine's thread.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from taglint.configuration import Configuration, find, load
from taglint.configuration.loading import TOML_NAME, YAML_NAMES
from taglint.corpus.discovery import discover
from taglint.corpus.document import Document
from taglint.corpus.encoding import Source
from taglint.decisions import read_decisions
from taglint.engine.deciding import with_decisions
from taglint.engine.loading import NotACorpus
from taglint.engine.session import Session
from taglint.findings import Finding
from taglint.lexicon import load_lexicon
from taglint.plugins import Plugins, installed
from taglint.report import Report
from taglint.rules import Scope
from taglint.server.carrying import carried
from taglint.server.covering import Cover
from taglint.server.forms import FormIndex
from taglint.server.stamps import Stamp, stamp

CONFIGURATIONS = frozenset((*YAML_NAMES, TOML_NAME))
GiveWay = Callable[..., None]
# Seconds that a check may take while someone types.
SLOW = 0.15


class Judged(NamedTuple):
    """What corpus rules found in a document when it had this text."""

    text: str
    findings: list[Finding]
    revision: int


class Project:
    """One configuration with its session. Paths are absolute.

    corpus: the files of the configured corpus, none where it has none: then each document is
    judged by its own counts, as on the command line. ready: whether all of them are counted.
    revision: goes up whenever anything changes that findings depend on. is_slow: whether corpus
    rules take longer than one waits for while typing.
    """

    def __init__(self, plugins: Plugins, configuration: Configuration, stamp: Stamp) -> None:
        decisions = read_decisions(configuration.decisions_path)
        self.plugins = plugins
        self.configuration = with_decisions(configuration, decisions)
        self.stamp = stamp
        self.session = Session(plugins, self.configuration)
        self.forms = FormIndex(self.session.loader.vocabulary)
        self.corpus: list[str] = []
        self.ready = False
        self.revision = 0
        self.is_slow = False
        self._judged: dict[str, Judged] = {}
        self._elsewhere: dict[str, Report] = {}
        self.cover = Cover(configuration, decisions)
        self.find_corpus()

    def find_corpus(self) -> None:
        """Look again which files there are. New ones are counted with the next `gather`."""
        names = self.configuration.corpus_paths
        found = discover(names, self.configuration).files if names else []
        self.corpus = [os.path.abspath(path) for path in found]  # noqa: PTH100
        self.ready = not self.corpus
        self.revision += 1

    def gather(self, give_way: GiveWay) -> None:
        """Count the corpus; begins where it was interrupted."""
        self.session.check((), self.corpus, progress=give_way)
        self.ready = True
        self.revision += 1

    def put(self, path: str, text: str) -> None:
        """A document as it is in the editor, in the encoding of its file."""
        self._refresh()
        known = self.session.edited.get(path)
        if known is None or known[0] != text:
            self.session.edit(path, text, known[1] if known else self._source(path))
            self.revision += 1

    def saved(self, path: str) -> None:
        """A document was saved, perhaps in another encoding or for the first time."""
        known = self.session.edited.get(path)
        if known is not None and known[1] != self._source(path):
            self.session.edit(path, known[0], self._source(path))
        self.find_corpus()

    def forget(self, path: str) -> None:
        """A document that was closed is what is in its file again."""
        self.session.reload(path)
        self._judged.pop(path, None)
        self.revision += 1

    def files_changed(self, names: Collection[str]) -> bool:
        before = set(self.corpus)
        self.find_corpus()
        changed = before.intersection(names)
        for path in changed:
            self.session.reload(path)
        governs = {str(path) for path in (*watched(self.configuration), *self.cover.files)}
        return bool(changed or before.symmetric_difference(self.corpus) or governs & set(names))

    def check(self, path: str, give_way: GiveWay) -> list[Finding]:
        """What `taglint check` finds in a document.

        Corpus rules find nothing until the corpus is counted. Where they take long, what they
        found before the last edits stands until `settle`.
        """
        if self.configuration.excludes(path):
            return []
        judged = self._judged.get(path)
        if self.ready and (judged is None or not self.is_slow):
            return self.settle(path, give_way)
        report = self.session.check([path], progress=give_way, judging=False)
        if judged is not None:
            report.findings += carried(judged.findings, judged.text, self.session.text(path))
            report.findings.sort(key=Finding.sort_key)
        return self._filtered(report, path).findings

    def settle(self, path: str, give_way: GiveWay) -> list[Finding]:
        """As `check` with all that corpus rules find in the text as it is now."""
        if self.configuration.excludes(path):
            return []
        self._elsewhere.pop(path, None)
        start = perf_counter()
        report = self.session.check([path], self.corpus, progress=give_way)
        self.is_slow = perf_counter() - start > SLOW
        judged = [item for item in report.findings if self._is_corpus_rule(item)]
        self._judged[path] = Judged(self.session.text(path), judged, self.revision)
        return self._filtered(report, path).findings

    def is_settled(self, path: str) -> bool:
        judged = self._judged.get(path)
        current = judged is not None and judged.revision == self.revision
        return current or self.configuration.excludes(path)

    def check_corpus(self, give_way: GiveWay) -> dict[str, list[Finding]]:
        """The findings of every file of the corpus."""
        found: dict[str, list[Finding]] = {path: [] for path in self.corpus}
        self._refresh()
        report = self.session.check(self.corpus, progress=give_way)
        for item in self.cover.screened(report, self.session).findings:
            # Findings about the file of suppressions are not in a file of the corpus.
            if item.path in found:
                found[item.path].append(item)
        return found

    def _filtered(self, report: Report, path: str) -> Report:
        """The report without what is covered. Until the corpus is counted this file is all."""
        report = self.cover.screened(report, self.session, partial(self._found_elsewhere, path))
        report.findings = [item for item in report.findings if item.path == path]
        return report

    def _refresh(self) -> None:
        if self.cover.refresh():
            self._elsewhere.clear()
            self.revision += 1

    def _found_elsewhere(self, path: str) -> Report:
        """The report of the rest of the corpus, as of the last time that the document settled."""
        if path not in self._elsewhere:
            others = [other for other in self.corpus if other != path] if self.ready else []
            self._elsewhere[path] = self.session.check(others, [path])
        return self._elsewhere[path]

    def document(self, path: str) -> Document | None:
        """A document with its current text; None where it is no corpus or cannot be read."""
        try:
            return self.session.document(path)
        except (NotACorpus, OSError):
            return None

    def counted(self, path: str) -> Iterator[Document]:
        """The documents whose counts judge a document, itself first: those that are in memory."""
        for other in dict.fromkeys((path, *self.corpus)):
            document = self.session.kept(other)
            if document is not None:
                yield document

    def _is_corpus_rule(self, finding: Finding) -> bool:
        return self.plugins.rules[finding.code].scope is Scope.CORPUS

    def _source(self, path: str) -> Source:
        try:
            return self.session.loader.text(path)[1]
        except OSError:
            return Source("utf-8")


@dataclass
class Projects:
    """The projects of a server, by the configuration file that makes them, or by folder.

    root: the folder of the workspace, in which documents are that are in no folder. config: a
    file that holds for all.
    """

    root: Path
    config: str | None = None
    _known: dict[str, Project] = field(default_factory=dict)

    def of(self, path: str) -> Project:
        """The project of a document, made anew where its configuration has changed.

        Raises `TaglintError` where the configuration cannot be used.
        """
        start = Path(path).parent if Path(path).is_absolute() else self.root
        found = Path(self.config) if self.config else find(start)
        if found is None and start.is_relative_to(self.root):
            start = self.root
        key = str(found or start)
        known = self._known.get(key)
        if known is None or known.stamp != stamp(watched(known.configuration)):
            # A tagset or lexicon may be what has changed, and those that were read are kept.
            load_lexicon.cache_clear()
            plugins = installed() if known is None else Plugins()
            self._known[key] = known = _project(plugins, start, found)
        return known

    def all(self) -> list[Project]:
        return list(self._known.values())

    def forget(self, path: str) -> None:
        for project in self._known.values():
            project.forget(path)

    def saved(self, path: str) -> None:
        for project in self._known.values():
            project.saved(path)

    def files_changed(self, paths: Iterable[str]) -> bool:
        """Files that are not open have changed, come or gone. Whether that may matter."""
        names = set(paths)
        concerned = [project.files_changed(names) for project in self._known.values()]
        return any(concerned) or any(Path(name).name in CONFIGURATIONS for name in names)


def _project(plugins: Plugins, start: Path, found: Path | None) -> Project:
    configuration = load(start, plugins, str(found)) if found else Configuration(root=start)
    return Project(plugins, configuration, stamp(watched(configuration)))


def watched(configuration: Configuration) -> Iterator[Path]:
    """The files that a configuration depends on."""
    yield from configuration.sources
    yield configuration.decisions_path
    options = configuration.options
    changes = (item.changes for item in configuration.overrides)
    for values in ({"tagset": options.tagset, "lexicon": options.lexicon}, *changes):
        yield from (Path(values[name]) for name in ("tagset", "lexicon") if _is_file(values, name))


def _is_file(values: Mapping[str, Any], name: str) -> bool:
    """Whether an option names a file: a tagset may be an installed one."""
    value = values.get(name)
    return bool(value) and (name != "tagset" or str(value).endswith((".yaml", ".yml")))
