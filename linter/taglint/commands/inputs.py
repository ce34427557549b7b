"""From command-line arguments to a session over the files they mean."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from taglint.configuration import Configuration, load, with_options
from taglint.corpus.discovery import STDIN, Discovered, absolute, discover, included
from taglint.corpus.document import Document
from taglint.corpus.remote import is_remote, read_file
from taglint.engine.executors import Executor, Workers, available_processors
from taglint.engine.filtering import Filter, Run, filtered
from taglint.engine.loading import NotACorpus
from taglint.engine.session import Progress, Session
from taglint.findings import TaglintError
from taglint.memory import keep_memory
from taglint.plugins import Plugins, installed
from taglint.report import Report

if TYPE_CHECKING:
    from taglint.decisions import Decision
    from taglint.engine.cache import Cache

STDIN_NAME = "<stdin>"


@dataclass
class Inputs:
    """The files of a run and the session that checks them.

    files: paths to check. background: files of the configured corpus that only count. stdin:
    the path that stands for standard input, if it is among the files. narrowed, whole: as in
    `Run`. filters: what covers findings. decisions: what was decided, by line of its file.
    may_be_empty: whether it is no mistake to check no file. configured: whether the configuration
    names the files, and not the user.
    """

    plugins: Plugins
    configuration: Configuration
    session: Session
    found: Discovered
    files: list[str]
    background: list[str]
    stdin: str | None = None
    narrowed: bool = False
    whole: bool = False
    filters: list[Filter] = field(default_factory=list)
    decisions: dict[Decision, int] = field(default_factory=dict)
    may_be_empty: bool = False
    configured: bool = False

    def check(self, progress: Progress | None = None) -> Report:
        keep_memory()
        report = self.session.check(self.files, self.background, self.found.explicit, progress)
        return filtered(report, self.filters, self._run())

    def is_stray(self, path: str) -> bool:
        """Whether a file was found in a folder and is no corpus."""
        if path in self.found.explicit:
            return False
        try:
            self.session.document(path)
        except NotACorpus:
            return True
        except OSError:
            return False
        return False

    def _run(self) -> Run:
        return Run(self.session, self.narrowed, self.whole, self._elsewhere)

    def _elsewhere(self) -> Report:
        """What is found in the background, which takes a check of all of it."""
        return self.session.check(self.background, self.files)


def gather_inputs(
    paths: tuple[str, ...],
    reading: Mapping[str, Any],
    obey: bool = False,
    new_decisions: bool = False,
    **overrides: Any,
) -> Inputs:
    """Resolve paths under the configuration. `reading` are the values of `reading_options`;
    `obey` says whether findings are sought, for which decisions are read as well, and
    `new_decisions` whether their file may be one that is still to be written.

    Raises `TaglintError` for a bad configuration or name, and where there is nothing to check.
    """
    plugins = installed()
    configuration = with_options(
        load(Path.cwd(), plugins, reading["config"], reading["isolated"]),
        format=reading["format_name"],
        encoding=reading["encoding"],
        tagset=reading["tagset"],
        lexicon=reading.get("lexicon"),
        plugins=plugins,
        **overrides,
    )
    decisions = _decisions(configuration, reading, new_decisions) if obey else {}
    if decisions:
        from taglint.engine.deciding import with_decisions

        configuration = with_decisions(configuration, decisions)
    found = discover(paths or configuration.corpus_paths or (".",), configuration)
    if reading["stdin_filename"] and STDIN not in found.files:
        raise TaglintError(f"--stdin-filename is for standard input; name {STDIN} to read that")
    stdin = (reading["stdin_filename"] or STDIN_NAME) if STDIN in found.files else None
    files = [stdin if path == STDIN and stdin else path for path in found.files]
    if stdin:
        found.explicit.add(stdin)
    background = _background(files, configuration, found)
    session = Session(
        plugins,
        configuration,
        _reader(stdin),
        _executor(configuration, [*files, *background], reading),
        _cache(plugins, configuration, reading, stdin == STDIN_NAME),
    )
    narrowed = any(value is not None for value in overrides.values())
    whole = bool(configuration.corpus) and not background and not narrowed
    return Inputs(
        plugins,
        configuration,
        session,
        found,
        files,
        background,
        stdin,
        narrowed,
        whole,
        decisions=decisions,
        configured=not paths and bool(configuration.corpus_paths),
    )


def _executor(
    configuration: Configuration, paths: list[str], reading: Mapping[str, Any]
) -> Executor | None:
    """Workers, or what is asked for; None where this process will do."""
    jobs = reading.get("jobs") or available_processors()
    if reading.get("executor") == "dask" or reading.get("scheduler"):
        from taglint.engine.cluster import Cluster

        cluster = Cluster(configuration, jobs, reading.get("scheduler") or "")
        click.get_current_context().call_on_close(cluster.close)
        return cluster
    jobs = min(jobs, len(paths))
    if jobs < 2:
        return None
    workers = Workers(configuration, jobs)
    command = click.get_current_context(silent=True)
    if command is not None:
        command.call_on_close(workers.close)
    return workers


def _cache(
    plugins: Plugins, configuration: Configuration, reading: Mapping[str, Any], unnamed: bool
) -> Cache | None:
    """None where it is not wanted, outside a command, and for standard input without a name."""
    if reading.get("no_cache") or "cache_dir" not in reading or unnamed:
        return None
    from taglint.engine.cache import Cache, cache_folder

    command = click.get_current_context(silent=True)
    if command is None:
        return None
    cache = Cache(cache_folder(configuration, reading["cache_dir"]), plugins, configuration)
    command.call_on_close(cache.close)
    return cache


def _decisions(
    configuration: Configuration, reading: Mapping[str, Any], may_be_new: bool
) -> dict[Decision, int]:
    """Without a file, and where no configuration counts, only those that are named.

    Raises `TaglintError` where a named file is not there, unless it may be new.
    """
    given = reading.get("decisions")
    if reading.get("no_decisions") or (reading["isolated"] and not given):
        return {}
    path = Path(given) if given else configuration.decisions_path
    if not path.exists():
        if given and not may_be_new:
            raise TaglintError(f"{path}: there are no such decisions; taglint review writes them")
        return {}
    from taglint.decisions import read_decisions

    return read_decisions(path)


def checking_inputs(
    paths: tuple[str, ...], flags: Mapping[str, Any], new_decisions: bool = False
) -> Inputs:
    """As `gather_inputs` for commands with `selecting_options`, with what covers findings."""
    overrides = ("select", "ignore", "extend_select", "min_confidence", "outside_lexicon")
    given = {name: flags[name] for name in overrides}
    # An empty list was not given; a confidence of 0 was.
    chosen = {name: None if value == () else value for name, value in given.items()}
    inputs = gather_inputs(paths, flags, obey=True, new_decisions=new_decisions, **chosen)
    if flags.get("only_corpora"):
        _keep_corpora(inputs)
    baseline = None if flags["no_baseline"] else flags["baseline"] or inputs.configuration.baseline
    cover(inputs, flags, baseline)
    if flags.get("since"):
        _keep_changed(inputs, flags["since"])
    return inputs


def _keep_corpora(inputs: Inputs) -> None:
    """Have named files treated like those of folders: what is no corpus is passed over."""
    configuration = inputs.configuration
    if configuration.corpus:
        corpus = discover(configuration.corpus_paths, configuration).files
        known = set(map(os.path.realpath, corpus))
        inputs.files = [path for path in inputs.files if os.path.realpath(path) in known]
    else:
        inputs.files = [path for path in inputs.files if included(path, configuration)]
    inputs.found.explicit.clear()
    inputs.found.excluded.clear()
    inputs.may_be_empty = True


def _keep_changed(inputs: Inputs, name: str) -> None:
    """Have only the files checked that changed since a revision; the others count."""
    from taglint.engine.revisions import Revision
    from taglint.engine.since import Since

    since = Since(Revision(name), inputs.stdin)
    changed = [path for path in inputs.files if since.is_changed(path)]
    same = [path for path in inputs.files if path not in set(changed)]
    inputs.files = changed
    inputs.background = [*inputs.background, *same] if changed else []
    inputs.filters.append(since)
    inputs.may_be_empty = True
    inputs.whole = inputs.whole and not same


def cover(inputs: Inputs, reading: Mapping[str, Any], baseline: str | None) -> None:
    """Have the inputs' findings covered by the suppressions, the decisions, and the baseline at
    this path.

    Raises `TaglintError` where one cannot be read.
    """
    from taglint.engine.suppressing import Suppressions

    if not reading.get("no_suppressions"):
        inputs.filters.append(Suppressions(_suppressions(inputs, reading["isolated"])))
    if inputs.decisions:
        from taglint.engine.deciding import DecidedFilter

        inputs.filters.append(DecidedFilter(inputs.decisions))
    if baseline is not None:
        from taglint.engine.baseline import BaselineFilter, read_baseline

        inputs.filters.append(BaselineFilter(read_baseline(Path(baseline))))


def _suppressions(inputs: Inputs, isolated: bool) -> Path | None:
    """The file of suppressions: the configured one, else the one beside the configuration."""
    from taglint.suppressions import NAME

    if inputs.configuration.suppressions:
        return Path(inputs.configuration.suppressions)
    usual = inputs.configuration.root / NAME
    return usual if usual.is_file() and not isolated else None


def one_file(path: str, reading: Mapping[str, Any]) -> Inputs:
    """As `gather_inputs` for commands that take a single file."""
    if path != STDIN and not os.path.exists(path):  # noqa: PTH110 - false for impossible names
        raise TaglintError(f"{path}: no such file")
    if path != STDIN and Path(path).is_dir():
        raise TaglintError(f"{path}: is a folder; name a file")
    return gather_inputs((path,), reading)


def one_document(path: str, reading: Mapping[str, Any]) -> tuple[Document, Plugins]:
    """A single file, decoded. Raises `TaglintError` with its path where it cannot be."""
    inputs = one_file(path, reading)
    name = inputs.stdin or inputs.files[0]
    try:
        return inputs.session.document(name), inputs.plugins
    except OSError as error:
        raise TaglintError(f"{name}: {error.strerror or error}") from error
    except NotACorpus as error:
        raise TaglintError(f"{name}: {error}") from error


def _reader(stdin: str | None) -> Callable[[str], bytes]:
    """Reads files; keeps what can be read only once, standard input and pipes."""
    kept = {stdin: sys.stdin.buffer.read()} if stdin else {}

    def read(path: str) -> bytes:
        if path in kept:
            return kept[path]
        if is_remote(path):
            return read_file(path)
        mode = Path(path).stat().st_mode
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
            raise OSError(errno.EINVAL, "is a device; name a file, or - for standard input")
        data = Path(path).read_bytes()
        if stat.S_ISFIFO(mode):
            kept[path] = data
        return data

    return read


def _background(files: list[str], configuration: Configuration, found: Discovered) -> list[str]:
    """The configured corpus's other files, by whose counts the checked ones are judged; what of it
    is not there is noted, as they would be judged by less."""
    if not configuration.corpus:
        return []
    checked = set(absolute(files).values())
    corpus = discover(configuration.corpus_paths, configuration)
    found.missing += [name for name in corpus.missing if name not in found.missing]
    found.unreadable |= corpus.unreadable
    return [path for path, name in absolute(corpus.files).items() if name not in checked]
