"""A run: every document checked on its own, then the corpus rules on the sums.

A session keeps what it knows of each file, so that checking again after a fix redoes only the
files that changed. What is asked of single files is answered by an examiner: that of this process,
or those of an executor's workers.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from taglint.configuration import Configuration
from taglint.corpus.document import Document
from taglint.corpus.encoding import Source
from taglint.corpus.remote import is_remote
from taglint.corpus.vocabulary import type_key
from taglint.engine.adding import Sums, added_up
from taglint.engine.checking import TypeVerdicts
from taglint.engine.concordance import CONSIDERED, Choice, Place, Wanted
from taglint.engine.examining import Examiner, FileState, Located, Unusable
from taglint.engine.executors import Executor, InProcess, size_of
from taglint.engine.judging import Judging
from taglint.engine.overlapping import said_once
from taglint.engine.parting import Part, Parting, VerdictKey, ascending, had
from taglint.engine.selection import ActiveRules
from taglint.engine.summing import Gone, sums
from taglint.findings import Evidence, Finding
from taglint.plugins import Plugins
from taglint.report import FileError, Report

if TYPE_CHECKING:
    from taglint.engine.cache import Cache
    from taglint.engine.parting import Types

Progress = Callable[[int, int, str], None]
# So many files for each that searches, or files of so many tokens, are searched for concordance
# lines before it is seen what is still wanted.
SEARCHED, SEARCHED_TOKENS = 64, 2_000_000


class Session:
    """Checks files as a configuration has it; results do not depend on the order of files.

    executor: where files are examined, by default here; those whose text is not simply that of
    their file always are. cache: what earlier runs found out about files.
    """

    def __init__(
        self,
        plugins: Plugins,
        configuration: Configuration,
        read_bytes: Callable[[str], bytes] | None = None,
        executor: Executor | None = None,
        cache: Cache | None = None,
    ) -> None:
        self.plugins = plugins
        self.configuration = configuration
        self.examiner = Examiner(plugins, configuration)
        self.loader = self.examiner.loader
        if read_bytes is not None:
            self.loader.read_bytes = read_bytes
        self._here = InProcess(self.examiner)
        self._executor = executor
        self._cache = cache
        self._running = (executor or self._here).running(here=cache is not None)
        # Files that are asked about here although the executor could be, and whether it ever was.
        self._near: set[str] = set()
        # Files whose counts may be dropped although only this process knows their text.
        self._recounted: set[str] = set()
        self._sent = False
        self._states: dict[str, FileState] = {}
        self._problems: dict[str, FileError] = {}
        self._strays: dict[str, FileError] = {}
        self._judging = Judging(plugins, configuration)

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
        todo = {path: (path in checked,) for path in (*background, *paths)}
        self._recall([path for path, asked in todo.items() if self._is_due(path, *asked)], checked)
        due = {path: asked for path, asked in todo.items() if self._is_due(path, *asked)}
        if judging and due:
            self._expect_sums(todo, due)
        for path, answer in self._run("examine", due, progress):
            self._learn(path, answer, path in explicit)
        known = self._still_known(paths)
        counted = [*known, *self._still_known(background)]
        located = self._judged(known, counted) if judging else {}
        if self._cache is not None:
            self._cache.expect_nothing()
        report = self._report(paths, located)
        states = [self._states[path] for path in self._still_known(set(counted))]
        report.corpus_tokens = sum(state.summary.tokens for state in states)
        return report

    @property
    def edited(self) -> dict[str, tuple[str, Source]]:
        """The texts that stand for what is in the files."""
        return self.examiner.edited

    def edit(self, path: str, text: str, source: Source, recount: bool = False) -> None:
        """From now on a path has this text, which need not be in its file. recount: whether the
        text that it had is counted again where its counts were dropped, so that no other is."""
        if recount and self._cache is None:
            self._recounted.add(path)
        self._forget(path)
        self.examiner.edit(path, text, source)

    def reload(self, path: str) -> None:
        """From now on a path has what is in its file, which is read again."""
        self._forget(path)
        self.examiner.reload(path)

    def document(self, path: str) -> Document:
        """A document with its current text."""
        return self.examiner.document(path)

    def is_outdated(self, document: Document) -> bool:
        """Whether what is known of a path is of other bytes than this document of it."""
        known = self._states.get(document.path)
        return known is not None and known.digest != document.digest

    def kept(self, path: str) -> Document | None:
        """A document with its current text if it is in memory."""
        return self.examiner.kept(path)

    def text(self, path: str) -> str:
        """The current text of a path; empty if it cannot be read any more."""
        return self.examiner.text(path)

    def may_suppress(self, path: str) -> bool:
        """Whether the current text of a path may suppress findings in its comments."""
        known = self._states.get(path)
        return known is None or known.suppresses

    def rules_for(self, document: Document) -> tuple[ActiveRules, TypeVerdicts]:
        return self.examiner.rules_for(document)

    def _forget(self, path: str) -> None:
        self._judging.forget()
        state = self._states.pop(path, None)
        if state is not None:
            self._running.remove(state, self._counts_again(state))
        self._problems.pop(path, None)
        self._strays.pop(path, None)

    def _counts_again(self, state: FileState) -> Sums | None:
        """What a state was counted with; None where that is neither kept nor worth counting."""
        path = state.summary.path
        if state.counts is not None or path not in self._recounted:
            return state.counts
        again = self.examiner.examine(path, False)
        if isinstance(again, FileState) and again.digest == state.digest:
            return again.counts
        return None

    def _is_due(self, path: str, to_check: bool) -> bool:
        known = self._states.get(path)
        return known is None or (to_check and known.findings is None)

    def _recall(self, paths: Iterable[str], checked: Container[str]) -> None:
        """Take from the cache what it knows, which is what is in files."""
        if self._cache is not None:
            files = [path for path in paths if path not in self.edited and not is_remote(path)]
            self._states |= self._cache.recall(files, checked)

    def _expect_sums(self, paths: Iterable[str], due: Collection[str]) -> None:
        """While some files are examined, read the sums of earlier runs. Not beside workers: a
        process with threads should not be forked."""
        if self._cache is None or self._executor is None or self._executor.jobs < 2 or self._sent:
            return
        if not self._worth_sending(due, self._executor.worthwhile):
            keys = [self._states[path].key for path in paths if path in self._states]
            self._cache.expect(Counter(key for key in keys if key))

    def _learn(self, path: str, answer: FileState | Unusable, explicit: bool) -> None:
        if isinstance(answer, FileState):
            self._judging.forget()
            self._states[path] = answer
            local = self._is_local(path)
            if local and answer.counts:
                # They are taken out of the sum again with the next edit.
                answer.counts = added_up([answer.counts])
            if self._cache is not None and not local:
                self._cache.remember(answer)
            self._running.add(answer, droppable=not local or path in self._recounted)
        else:
            self._states.pop(path, None)
            known = self._strays if answer.stray and not explicit else self._problems
            known[path] = answer.error

    def _run(
        self,
        step: str,
        tasks: Mapping[str, tuple[Any, ...]],
        progress: Progress | None = None,
        shared: Any = None,
    ) -> Iterator[tuple[str, Any]]:
        """The answers to one question about each of some files, as they come."""
        away = self._to_send(tasks)
        here = {path: tasks[path] for path in tasks if path not in away}
        answers = chain(self._here.run(step, here, shared), self._away(step, away, shared))
        for done, path in enumerate((*here, *away)):
            if progress:
                progress(done, len(tasks), path)
            yield next(answers)

    def _to_send(self, tasks: Mapping[str, tuple[Any, ...]]) -> Mapping[str, tuple[Any, ...]]:
        """Those of the tasks that the executor is to do: none where starting it takes longer."""
        if self._executor is None:
            return {}
        paths = [path for path in tasks if not self._is_local(path) and path not in self._near]
        if not self._sent and not self._worth_sending(paths, self._executor.worthwhile):
            self._near.update(paths)
            return {}
        self._sent = True
        return {path: tasks[path] for path in paths}

    def _worth_sending(self, paths: Collection[str], least: int) -> bool:
        """Whether files have so many bytes in all; those of remote ones cannot be asked at once."""
        return any(map(is_remote, paths)) or sum(map(size_of, paths)) >= least

    def _away(
        self, step: str, tasks: Mapping[str, tuple[Any, ...]], shared: Any
    ) -> Iterator[tuple[str, Any]]:
        if self._executor and tasks:
            yield from self._executor.run(step, tasks, shared)

    def _ask(
        self, step: str, tasks: Mapping[str, tuple[Any, ...]], shared: Any = None
    ) -> Iterator[tuple[str, Any]]:
        """The answers to a question about what files hold, from the cache where it was asked
        before; a file that cannot tell any more is a problem."""
        known: dict[str, Any] = {}
        keys: dict[str, bytes] = {}
        if self._cache is not None:
            entries = {path: self._states[path].key for path in tasks}
            keys = {
                path: self._cache.question(step, path, entry, tasks[path])
                for path, entry in entries.items()
                if entry
            }
            known = self._cache.answers(keys)
        yield from known.items()
        left = {
            path: (self._states[path].known, *asked)
            for path, asked in tasks.items()
            if path not in known
        }
        for path, answer in self._run(step, left, shared=shared):
            if isinstance(answer, Unusable):
                self._problems[path] = answer.error
                continue
            if path in keys and self._cache is not None:
                self._cache.remember_answer(keys[path], answer)
            yield path, answer

    def _is_local(self, path: str) -> bool:
        """Whether only this process knows what stands for a path: standard input, a pipe, a text
        that was edited."""
        if is_remote(path):
            return path in self.edited
        try:
            return path in self.edited or not stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116
        except (OSError, ValueError):
            return True

    def _judged(self, paths: Sequence[str], counted: Collection[str]) -> dict[str, list[Finding]]:
        """The corpus rules' findings by path: judged once per rule and tagset on the sums."""
        key = self._located_key(paths, counted)
        known = self._cache.located(key) if self._cache and key else None
        if known is not None:
            return known
        found = self._found(paths, counted)
        # What is missing because a worker died is not the answer for the next run.
        if self._cache and key and self._problems.keys().isdisjoint(counted):
            self._cache.remember_located(key, found)
        return found

    def _located_key(self, paths: Iterable[str], counted: Iterable[str]) -> bytes:
        """Names in the cache what corpus rules find in some files by the counts of some."""
        if self._cache is None:
            return b""
        return self._cache.located_key(
            [self._states[path] for path in paths], [self._states[path] for path in counted]
        )

    def _found(self, paths: Sequence[str], counted: Collection[str]) -> dict[str, list[Finding]]:
        total = self._sums(counted)
        # Counting again may find that one cannot be read any more.
        paths, counted = self._still_known(paths), self._still_known(counted)
        self.loader.vocabulary.forget_answers()
        verdicts = self._verdicts(paths, counted, total)
        parting = Parting(verdicts, digested=self._cache is not None)
        parts = {path: self._part(path, parting) for path in paths}
        located: dict[str, list[Located]] = {}
        tasks = {path: (part,) for path, part in parts.items() if part.keys}
        for path, answer in self._ask("locate", tasks, verdicts):
            if answer:
                located[path] = answer
        in_order = {path: located[path] for path in paths if path in located}
        return self._with_lines(in_order, sorted(set(counted)))

    def _still_known(self, paths: Iterable[str]) -> list[str]:
        """Those of some files that could be read."""
        return [path for path in paths if path in self._states]

    def _sums(self, paths: Iterable[str]) -> Sums:
        known = list(dict.fromkeys(paths))
        try:
            states = [self._states[path] for path in known]
            return sums(states, self._cache, self._running, self._jobs)
        except Gone:
            # Dropped, perhaps by another run; what is not there is counted again.
            missing = {path: (True,) for path in known if self._states[path].counts is None}
            self._running.give_up()
            for path, answer in self._run("examine", missing):
                self._learn(path, answer, explicit=True)
            return self._sums(path for path in known if path in self._states)

    def _verdicts(
        self, paths: Collection[str], counted: Collection[str], sums: Sums
    ) -> dict[VerdictKey, Any]:
        """Those of the rules that apply to some files; what finds nothing is left out."""
        kinds = {self._kind(path): None for path in paths}
        keys = {
            (active.rule.code, tagset): None
            for profile, format_name, tagset in kinds
            for active in self.examiner.rules_of(profile, format_name, tagset)[0].corpus
        }
        states = {path: self._states[path] for path in counted if path in self._states}
        return self._judging.verdicts(list(keys), sums, paths, states, self._jobs)

    @property
    def _jobs(self) -> int:
        return self._executor.jobs if self._executor else 1

    def _kind(self, path: str) -> tuple[tuple[int, ...], str, str | None]:
        state = self._states[path]
        return state.profile, state.summary.format, state.summary.tagset

    def _part(self, path: str, parting: Parting) -> Part:
        """The verdicts that may be about a file."""
        corpus = self.examiner.rules_of(*self._kind(path))[0].corpus
        tagset = self._states[path].summary.tagset
        keys = [(active.rule.code, tagset) for active in corpus]
        return parting.part(self._states[path].types, keys)

    def _with_lines(
        self, located: Mapping[str, Sequence[Located]], counted: Sequence[str]
    ) -> dict[str, list[Finding]]:
        """The findings with the concordance lines that they ask for."""
        choice = Choice(
            self._places([item for found in located.values() for item in found], counted)
        )
        chosen: dict[str, dict[Place, None]] = {}
        for found in located.values():
            for item in found:
                for place in choice.of(item):
                    chosen.setdefault(place.path, {})[place] = None
        tasks = {path: (list(places),) for path, places in sorted(chosen.items())}
        lines: dict[Place, Evidence] = {}
        for _, answer in self._ask("lines", tasks):
            lines |= answer
        return {
            path: [_with_evidence(item, choice.of(item), lines) for item in found]
            for path, found in located.items()
        }

    def _places(
        self, items: Iterable[Located], counted: Sequence[str]
    ) -> dict[Wanted, list[Place]]:
        """The first places in the corpus, in the order of paths, of all that is asked for."""
        asked = {(like.form, like.tag) for item in items for like in item.like}
        open_ = {type_key(*wanted): wanted for wanted in sorted(asked)}
        found: dict[Wanted, list[Place]] = {wanted: [] for wanted in open_.values()}
        for paths in self._batches(counted):
            if not open_:
                break
            keys = ascending(open_)
            self._know_types(paths)
            here = {path: self._having(path, open_, keys) for path in paths}
            tasks = {path: (wanted,) for path, wanted in here.items() if wanted}
            answers = dict(self._ask("search", tasks))
            for path in tasks:
                for wanted, places in answers.get(path, {}).items():
                    found[wanted] += places[: CONSIDERED - len(found[wanted])]
            open_ = {key: each for key, each in open_.items() if len(found[each]) < CONSIDERED}
        return found

    def _batches(self, paths: Sequence[str]) -> Iterator[list[str]]:
        batch: list[str] = []
        tokens = 0
        most = SEARCHED * self._executor.jobs if self._executor and self._sent else SEARCHED
        for path in paths:
            batch.append(path)
            tokens += self._states[path].summary.tokens
            if len(batch) == most or tokens >= SEARCHED_TOKENS:
                yield batch
                batch, tokens = [], 0
        yield batch

    def _know_types(self, paths: Iterable[str]) -> None:
        """Take those that were left in the cache from it."""
        if self._cache is None:
            return
        states = [self._states[path] for path in paths]
        left = [state for state in states if state.types is None and state.key]
        known = self._cache.types({state.key for state in left}) if left else {}
        for state in left:
            state.types = known.get(state.key)

    def _having(self, path: str, wanted: Mapping[int, Wanted], keys: Types) -> list[Wanted]:
        """Those that a file has, of types by their hashes; all where the cache has lost its."""
        types = self._states[path].types
        if types is None and self.examiner.rules_of(*self._kind(path))[0].corpus:
            return sorted(wanted.values())
        return sorted(wanted[key] for key in had(keys, types or b""))

    def _report(self, paths: Sequence[str], located: dict[str, list[Finding]]) -> Report:
        findings: list[Finding] = []
        states = [(path, self._states[path]) for path in paths if path in self._states]
        for path, state in states:
            least = self.configuration.options_of(state.profile).min_confidence
            every = (*(state.findings or ()), *located.get(path, ()))
            likely = (item for item in every if item.confidence >= least)
            findings += said_once(likely, self.plugins.rules)
        findings.sort(key=Finding.sort_key)
        return Report(
            findings=findings,
            files=[state.summary for _, state in states],
            errors=[self._problems[path] for path in sorted(self._problems)],
            skipped=[self._strays[path] for path in sorted(self._strays)],
            text=self.text,
        )


def _with_evidence(
    item: Located, places: Iterable[Place], lines: Mapping[Place, Evidence]
) -> Finding:
    shown = (lines[place] for place in places if place in lines)
    return replace(item.finding, evidence=(*item.finding.evidence, *shown))
