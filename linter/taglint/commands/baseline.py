"""`taglint baseline`: accept the findings that are there for now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from taglint.commands.options import STDOUT, reading_options, running_options
from taglint.findings import TaglintError

if TYPE_CHECKING:
    from taglint.commands.inputs import Inputs
    from taglint.engine.baseline import Baseline


@click.command("baseline")
@click.argument("paths", nargs=-1, type=click.Path(readable=False))
@click.option("--update", is_flag=True, help="Accept what is new, take out what is gone.")
@click.option("--prune", is_flag=True, help="Take out what is gone; accept nothing new.")
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False),
    help="The file; by default the configured one, else .taglint-baseline.tsv.",
)
@running_options
@reading_options
def command(paths: tuple[str, ...], update: bool, prune: bool, **flags: Any) -> int:
    """Accept the findings that are there, so that `taglint check` reports new ones only.

    Without --update or --prune a new baseline is written. It is of the whole corpus: PATHS are
    needed only where the configuration names none.

    Exit status: 0 done, 2 the corpus could not be checked.
    """
    from taglint.commands.inputs import cover, gather_inputs
    from taglint.commands.outputs import spare_corpus
    from taglint.configuration.reading import display
    from taglint.engine.baseline import baseline_of, pruned, read_baseline

    if update and prune:
        raise click.UsageError("--update and --prune exclude each other")
    if flags["baseline"] == STDOUT:
        raise click.UsageError("--baseline names a file, which - is not; ./- is")
    inputs = gather_inputs(paths, flags, obey=True)
    cover(inputs, flags, None)
    path = _path(inputs, flags["baseline"])
    spare_corpus(display(path), inputs)
    if path.exists() and not (update or prune):
        raise TaglintError(f"{display(path)}: is there already; use --update or --prune")
    old = read_baseline(path) if prune else _replaced(path)
    new = baseline_of(_findings(inputs))
    if prune:
        assert old is not None
        new = pruned(old, new.counts)
    _write(path, new)
    _tell(display(path), old, new)
    if not (flags["baseline"] or inputs.configuration.baseline):
        click.echo(
            f"check with --baseline {display(path)}, or configure it: `baseline: {path.name}`"
        )
    return 0


def _replaced(path: Path) -> Baseline | None:
    """What an update replaces, which may be anything: a merge can leave conflicts in it."""
    from taglint.engine.baseline import read_baseline

    try:
        return read_baseline(path)
    except TaglintError:
        return None


def _path(inputs: Inputs, given: str | None) -> Path:
    from taglint.engine.baseline import NAME

    if given:
        return Path(given)
    configuration = inputs.configuration
    return configuration.for_writing(Path(configuration.baseline or configuration.root / NAME))


def _findings(inputs: Inputs) -> Any:
    """All findings of the corpus. Raises `TaglintError` where some could be missing."""
    if inputs.background:
        raise TaglintError("a baseline is of the whole corpus; leave PATHS out")
    report = inputs.check()
    failed = inputs.found.failures + [f"{error.path}: {error.message}" for error in report.errors]
    if not report.files and not failed:
        failed.append("no tagged corpus found; name a file, or set `include` or `format`")
    if failed:
        raise TaglintError("\ntaglint: ".join([*failed, "no baseline was written"]))
    return report.findings


def _write(path: Path, baseline: Baseline) -> None:
    from taglint.corpus.files import write_file
    from taglint.engine.baseline import written

    try:
        write_file(path, written(baseline).encode("utf-8"))
    except OSError as error:
        raise TaglintError(f"{path}: cannot write: {error.strerror}") from error


def _tell(path: str, old: Baseline | None, new: Baseline) -> None:
    from taglint.reporters.summary import counted

    line = f"{path}: accepts {counted(new.total, 'finding')}"
    if old is not None:
        added, gone = (new.counts - old.counts).total(), (old.counts - new.counts).total()
        line += f"; {added:,} added, {gone:,} taken out"
    click.echo(line)
