"""Where a run's reports go: one to standard output, others to files, each in its own format."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, TextIO

from taglint.commands.options import STDOUT
from taglint.commands.terminal import is_terminal, look_for, writable
from taglint.findings import TaglintError
from taglint.plugins import Plugins, unknown
from taglint.reporters.base import Look, suffixes

if TYPE_CHECKING:
    from taglint.commands.inputs import Inputs
    from taglint.report import Report
    from taglint.reporters.base import Reporter
    from taglint.rules import Rule

# What `text` stands for: `full` on a terminal, `concise` elsewhere.
TEXT = "text"
SUMMARY = "GITHUB_STEP_SUMMARY"


@dataclass(frozen=True)
class Target:
    """A report to write. path is None for standard output; `appended` to what is there already."""

    reporter: Reporter
    path: str | None = None
    appended: bool = False


class Outputs:
    """All reports of a run; made before it, so that a wrong name fails at once."""

    def __init__(self, plugins: Plugins, flags: Mapping[str, Any], stream: TextIO | None) -> None:
        self.rules: dict[str, Rule] = plugins.rules
        self.stream = writable(stream)
        self.look = look_for(self.stream, flags["color"], summary=not flags["quiet"])
        self.targets = targets(plugins.reporters, flags, is_terminal(self.stream))
        for target in self.targets:
            if target.path and not Path(target.path).parent.is_dir():
                raise TaglintError(f"{target.path}: cannot write: there is no such folder")

    def spare(self, inputs: Inputs) -> None:
        """Raises `TaglintError` where a report would be written over the corpus."""
        for target in self.targets:
            if target.path and not target.appended:
                spare_corpus(target.path, inputs)

    def print(self, report: Report) -> None:
        for target in self.targets:
            if target.path is None:
                self._show(target.reporter.report(report, self.rules, self.look))
            else:
                look = Look(width=self.look.width, summary=self.look.summary)
                _write(target, target.reporter.report(report, self.rules, look))

    def _show(self, pieces: Iterable[str]) -> None:
        try:
            self.stream.writelines(pieces)
            self.stream.flush()
        except BrokenPipeError:
            # Who reads has seen enough; what could not be checked, and the status, still count.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stream.fileno())


def spare_corpus(path: str, inputs: Inputs) -> None:
    """Raises `TaglintError` where a path to write is a file of the corpus, or was named as one;
    what an earlier run has written beside it is none, where that can be told."""
    found = inputs.found
    for file in _same(path, (*found.files, *found.excluded, *inputs.background)):
        if not inputs.is_stray(file):
            raise _overwriting(path, "part of the corpus", "; if it is none, exclude it")


def spare(path: str, file: str, what: str) -> None:
    """Raises `TaglintError` where a path to write is this file, that is `what`."""
    if any(_same(path, (file,))):
        raise _overwriting(path, what)


def _overwriting(path: str, what: str, advice: str = "") -> TaglintError:
    return TaglintError(f"{path}: is {what}, and would be overwritten{advice}")


def _same(path: str, files: Iterable[str]) -> Iterator[str]:
    """Those of some files that a path leads to, whatever they are called."""
    try:
        known = Path(path).stat()
    except (OSError, ValueError):
        return
    for file in files:
        with suppress(OSError, ValueError):
            if os.path.samestat(known, os.stat(file)):  # noqa: PTH116
                yield file


def targets(
    reporters: Mapping[str, Reporter], flags: Mapping[str, Any], terminal: bool
) -> list[Target]:
    """The reports that the command line asks for.

    A file's format is the one named with it, else --output-format where its suffix allows, else
    the suffix's. Standard output, which is `-` as well, has --output-format, unless a file has
    taken it.
    """
    wanted = "statistics" if flags["statistics"] else flags["output_format"]
    if wanted not in (None, TEXT) and wanted not in reporters:
        raise unknown("output format", wanted, [*reporters, TEXT])
    named = [given for given in flags["output_file"] if given != STDOUT]
    files = [_file(reporters, given, wanted) for given in named]
    taken = {target.reporter.name for target in files}
    plain = not files or len(named) < len(flags["output_file"])
    if plain or (wanted and wanted not in taken):
        chosen = wanted if wanted not in (None, TEXT) else "full" if terminal else "concise"
        files.append(Target(reporters[chosen]))
    shown = [target.reporter.name for target in files if target.path is None]
    if len(shown) > 1:
        raise TaglintError(f"--output-file: standard output takes one report, not {len(shown)}")
    if wanted == "github" and os.environ.get(SUMMARY):
        files.append(Target(reporters["markdown"], os.environ[SUMMARY], appended=True))
    return files


def _file(reporters: Mapping[str, Reporter], given: str, wanted: str | None) -> Target:
    name, mark, path = given.partition("=")
    if mark and name in reporters:
        return Target(reporters[name], None if path == STDOUT else path)
    if mark and path and name.isidentifier() and not os.path.lexists(given):
        raise unknown("output format", name, reporters)
    suffix = PurePath(given).suffix.lower()
    fitting = {each: item for each, item in reporters.items() if suffix in suffixes(item)}
    if wanted in fitting or (wanted in reporters and not fitting):
        assert wanted is not None
        return Target(reporters[wanted], given)
    if suffix == ".json" and "json" in fitting:
        return Target(fitting["json"], given)
    if len(fitting) > 1:
        choices = " or ".join(f"{each}={given}" for each in fitting)
        raise TaglintError(f"--output-file {given}: which format? Say {choices}")
    return Target(next(iter(fitting.values()), reporters["concise"]), given)


def _write(target: Target, pieces: Iterable[str]) -> None:
    assert target.path is not None
    mode = "a" if target.appended else "w"
    try:
        with Path(target.path).open(mode, encoding="utf-8", errors="backslashreplace") as file:
            file.writelines(pieces)
    except OSError as error:
        raise TaglintError(f"{target.path}: cannot write: {error.strerror}") from error


def complain(line: str) -> None:
    """Say a line on standard error, whatever characters it has."""
    writable(sys.stderr).write(line + "\n")
