"""`taglint check`: discover, check, fix, report."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import click

from taglint.commands.options import offered, reading_options, running_options, selecting_options
from taglint.findings import Applicability

if TYPE_CHECKING:
    from taglint.commands.inputs import Inputs
    from taglint.engine.fixing import Fixed
    from taglint.report import Report

CLEAN, FINDINGS, FAILED = 0, 1, 2


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True, readable=False))
@click.option("--fix", is_flag=True, help="Apply safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: apply unsafe ones too.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; change nothing.")
@selecting_options
@click.option(
    "--output-format",
    metavar="NAME",
    shell_complete=offered("reporters"),
    help="text (full on a terminal, concise elsewhere), full, concise, grouped, statistics, json, "
    "jsonl, markdown, github, gitlab, sarif, junit, checkstyle, rdjson.  [default: text]",
)
@click.option(
    "--output-file",
    metavar="[NAME=]PATH",
    multiple=True,
    help="Write a report there, in the format NAME, else in that of --output-format if the "
    "suffix fits, else by the suffix; - is standard output. May be repeated.",
)
@click.option(
    "--only-corpora",
    is_flag=True,
    help="Pass over PATHS that are no corpora, or not of the configured corpus; for hooks.",
)
@click.option("--statistics", is_flag=True, help="Count findings per rule; list none.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even where there are findings.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours in the report.",
)
@click.option("-v", "--verbose", is_flag=True, help="Say how each file was read, or why not.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but findings and errors.")
@running_options
@reading_options
def command(paths: tuple[str, ...], **flags: Any) -> int:
    """Find what is wrong in tagged corpora, and fix it.

    PATHS are files, folders, globs, or - for standard input; without any, the corpus of the
    configuration, else this folder.

    Exit status: 0 nothing found, 1 findings, 2 the run itself failed.
    """
    from taglint.commands.inputs import checking_inputs

    if flags["unsafe_fixes"] and not (flags["fix"] or flags["diff"]):
        raise click.UsageError("--unsafe-fixes needs --fix or --diff")
    if flags["diff"] and (flags["output_file"] or flags["output_format"] or flags["statistics"]):
        raise click.UsageError("--diff shows what --fix would change, and no report")
    inputs = checking_inputs(paths, flags)
    output = Output(inputs, flags)
    if flags["diff"]:
        return _diff(inputs, output, flags)
    if flags["fix"]:
        return _fix(inputs, output, flags)
    report = _check(inputs, flags)
    output.reports.print(report)
    return output.status(report, output.found(report))


class Output:
    """What a run says and how it ends."""

    def __init__(self, inputs: Inputs, flags: dict[str, Any]) -> None:
        from taglint.commands.outputs import Outputs

        self.inputs = inputs
        self.flags = flags
        # Fixed text takes standard output when standard input is fixed.
        taken = inputs.stdin is not None and flags["fix"] and not flags["diff"]
        self.reports = Outputs(inputs.plugins, flags, sys.stderr if taken else sys.stdout)
        self.reports.spare(inputs)
        self.stream = self.reports.stream

    def status(self, report: Report, found: bool) -> int:
        """Complain about what could not be checked, then say how the run ended."""
        from taglint.commands.outputs import complain
        from taglint.engine.gates import exceeded

        failed = self.inputs.found.failures
        failed += [f"{error.path}: {error.message}" for error in report.errors]
        nothing = not report.files and not self.inputs.may_be_empty
        if nothing and not failed and not self.inputs.found.excluded:
            failed.append("no tagged corpus found; name a file, or set `include` or `format`")
        for line in failed:
            complain(f"taglint: {line}")
        if not self.flags["quiet"]:
            self._say_notes(report)
        rates = {} if self.flags["diff"] else self.inputs.configuration.max_rate
        gates = list(exceeded(report, rates))
        for line in gates:
            complain(f"taglint: {line}")
        if failed:
            return FAILED
        return FINDINGS if (found or gates) and not self.flags["exit_zero"] else CLEAN

    def found(self, report: Report) -> bool:
        """Whether a report has findings that are not tolerated in any number."""
        from taglint.engine.gates import intolerable

        return intolerable(report.findings, self.inputs.configuration.max_rate)

    def _say_notes(self, report: Report) -> None:
        from taglint.commands.outputs import complain

        for name in self.inputs.found.excluded:
            complain(f"{name}: excluded by the configuration")
        for note in report.notes:
            complain(f"taglint: {note}")
        if self.flags["verbose"]:
            for file in report.files:
                tagset = file.tagset or "unknown tagset"
                complain(f"{file.path}: {file.format}, {tagset}, {file.encoding}: {file.reason}")
            for stray in report.skipped:
                complain(f"{stray.path}: skipped: {stray.message}")
        elif report.skipped:
            from taglint.reporters.summary import counted

            files = counted(len(report.skipped), "file")
            complain(f"skipped {files} in no known format (--verbose says why)")


def _check(inputs: Inputs, flags: dict[str, Any]) -> Report:
    from taglint.commands.terminal import progress

    with nullcontext() if flags["quiet"] else progress(sys.stderr) as draw:
        return inputs.check(draw)


def _fixed(inputs: Inputs, flags: dict[str, Any]) -> Fixed:
    from taglint.engine.fixing import fix_all

    allowed = {Applicability.SAFE}
    if flags["unsafe_fixes"]:
        allowed.add(Applicability.UNSAFE)
    return fix_all(inputs.session, lambda: _check(inputs, flags), allowed)


def _fix(inputs: Inputs, output: Output, flags: dict[str, Any]) -> int:
    """Fix in memory, then replace the files one by one."""
    from taglint.engine.fixing import write_fixed

    fixed = _fixed(inputs, flags)
    unwritten = write_fixed(
        inputs.session, fixed, inputs.stdin, inputs.found.explicit, inputs.configured
    )
    fixed.report.errors += unwritten
    for error in unwritten:
        fixed.applied.pop(error.path, None)
    fixed.report.fixed = fixed.applied
    if inputs.stdin is not None:
        sys.stdout.buffer.write(_stdin_bytes(inputs, fixed))
        sys.stdout.buffer.flush()
    output.reports.print(fixed.report)
    _warn(inputs, fixed, flags)
    return output.status(fixed.report, output.found(fixed.report))


def _diff(inputs: Inputs, output: Output, flags: dict[str, Any]) -> int:
    from taglint.commands.diffs import diff_lines

    fixed = _fixed(inputs, flags)
    for path, before in fixed.before.items():
        text, source = inputs.session.edited[path]
        mark = source.bom.decode(source.encoding) if source.encoding == "utf-8" else ""
        for line in diff_lines(path, mark + before, mark + text):
            output.stream.write(_colored(line) if output.reports.look.color else line)
            output.stream.write("\n")
    output.stream.flush()
    _warn(inputs, fixed, flags)
    return output.status(fixed.report, bool(fixed.before))


def _colored(line: str) -> str:
    """A line of a diff for a terminal: control characters escaped."""
    from taglint.reporters.display import line_escaped

    colors = {"+": "green", "-": "red", "@": "cyan"}
    return click.style(line_escaped(line), fg=colors.get(line[:1]))


def _stdin_bytes(inputs: Inputs, fixed: Fixed) -> bytes:
    from taglint.engine.fixing import encoded

    assert inputs.stdin is not None
    if inputs.stdin not in fixed.before:
        return inputs.session.loader.read_bytes(inputs.stdin)
    return encoded(inputs.session, inputs.stdin, fixed.before[inputs.stdin])[1]


def _warn(inputs: Inputs, fixed: Fixed, flags: dict[str, Any]) -> None:
    for warning in fixed.warnings:
        click.echo(f"taglint: {warning}", err=True)
    for item in fixed.refused:
        place = f"{item.path}:{item.line}:{item.column}"
        free = inputs.plugins.rules[item.code].changes_text
        harm = "other tokens" if free else "the text"
        click.echo(f"taglint: {place}: fix of {item.code} refused: it changes {harm}", err=True)
    if not flags["quiet"] and fixed.applied:
        from taglint.reporters.summary import counted

        findings = counted(sum(fixed.applied.values()), "finding")
        done = "would fix" if flags["diff"] else "fixed"
        click.echo(f"{done} {findings} in {counted(len(fixed.applied), 'file')}", err=True)
