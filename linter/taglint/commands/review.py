"""`taglint review`: go through findings in a browser, and rule about them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from taglint.commands.options import reading_options, running_options, selecting_options
from taglint.findings import Applicability

if TYPE_CHECKING:
    from taglint.commands.inputs import Inputs
    from taglint.report import Report
    from taglint.review.sitting import Sitting
    from taglint.review.web import Answer, Server

DONE, FAILED = 0, 2


@click.command("review")
@click.argument("paths", nargs=-1, type=click.Path(readable=False))
@click.option("--apply", is_flag=True, help="Apply the decisions to the files, and nothing else.")
@click.option("--as", "name", metavar="NAME", help="Who decides; by default git's user.name.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="By default a free one.")
@click.option("--no-browser", is_flag=True, help="Print the address; open nothing.")
@selecting_options
@running_options
@reading_options
def command(
    paths: tuple[str, ...], apply: bool, name: str | None, port: int, no_browser: bool, **flags: Any
) -> int:
    """Go through findings grouped by cause, most certain first, and rule about each.

    A page on 127.0.0.1 shows each finding with its sentence and the word elsewhere: accept the
    fix, choose another tag or segmentation, or say that it is right as it is, for this place, for
    all places with the same neighbours, or everywhere. Decisions go into taglint-decisions.yaml at
    once; every later run obeys them, and --apply (or taglint check --fix) applies them.

    Exit status: 0 done, 2 the run itself failed.
    """
    from taglint.commands.inputs import checking_inputs
    from taglint.commands.terminal import progress
    from taglint.engine.deciding import CONTRADICTING, PENDING

    # Whatever is selected, what was decided is obeyed.
    flags["extend_select"] = (*flags["extend_select"], PENDING, CONTRADICTING)
    # A sitting may be the first one; what there is to apply is there already.
    inputs = checking_inputs(paths, flags, new_decisions=not apply)
    if apply:
        return _apply(inputs)
    with progress(sys.stderr) as draw:
        report = inputs.check(draw)
    if _complaints(inputs, report):
        return FAILED
    return _serve(_sitting(inputs, report, flags, name), inputs, port, no_browser)


def _sitting(inputs: Inputs, report: Report, flags: dict[str, Any], name: str | None) -> Sitting:
    from taglint.engine.rulings import whoever
    from taglint.review.sitting import Sitting

    who = whoever(name)
    given = flags["decisions"]
    configuration = inputs.configuration
    path = Path(given) if given else configuration.for_writing(configuration.decisions_path)
    return Sitting(inputs.session, report.findings, path, who)


def _serve(sitting: Sitting, inputs: Inputs, port: int, no_browser: bool) -> int:
    from taglint.configuration.reading import display
    from taglint.reporters.summary import counted
    from taglint.review.web import Server

    if not sitting.findings:
        click.echo("nothing to review: no findings are undecided")
        return DONE
    server = Server(lambda path, data: None, port)
    server.answer = _answers(sitting, inputs, server)
    found = counted(len(sitting.findings), "finding")
    click.echo(f"{found} in {counted(len(sitting.groups), 'group')}; ", nl=False)
    click.echo(f"decisions go to {display(sitting.path)}")
    click.echo(f"open {server.address}  (Ctrl-C ends)")
    sys.stdout.flush()
    if not no_browser:
        _open(server.address)
    try:
        server.serve_forever(poll_interval=0.1)
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
    settled = counted(len(sitting.decided), "finding")
    click.echo(f"decided {settled}; taglint review --apply applies what was decided")
    return DONE


def _open(address: str) -> None:
    """Only where a window can open: elsewhere it could be a browser in this very terminal."""
    if sys.platform.startswith("linux") and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        return
    import webbrowser

    webbrowser.open(address)


def _answers(sitting: Sitting, inputs: Inputs, server: Server) -> Answer:
    """What the page may ask for."""
    from taglint.review.details import detail, overview
    from taglint.review.sitting import tag_counts

    paths = list(dict.fromkeys(item.path for item in sitting.findings))
    counts = tag_counts(map(inputs.session.document, paths))

    def answer(path: str, data: dict[str, Any]) -> Any:
        if path == "/api/queue":
            return overview(sitting)
        if path.startswith("/api/item/"):
            number = _number(path.rpartition("/")[2], sitting)
            return None if number is None else detail(sitting, number, paths, counts)
        if path == "/api/decide":
            number = _number(str(data.get("id")), sitting)
            return None if number is None else _decided(sitting, number, data)
        if path == "/api/undo":
            return {"undone": sitting.undo()}
        if path == "/api/quit":
            server.stop()
            return {"done": True}
        return None

    return answer


def _number(text: str, sitting: Sitting) -> int | None:
    known = text.isdecimal() and int(text) < len(sitting.findings)
    return int(text) if known else None


def _decided(sitting: Sitting, number: int, data: dict[str, Any]) -> dict[str, Any]:
    verdict, scope, to = (str(data.get(name, "")) for name in ("verdict", "scope", "to"))
    return {"decided": sitting.decide(number, verdict, scope, to)}


def _apply(inputs: Inputs) -> int:
    """Only fixes that were decided: those of decisions, and accepted ones."""
    from taglint.engine.fixing import fix_all, write_fixed
    from taglint.reporters.summary import counted

    fixed = fix_all(inputs.session, lambda: _only_decided(inputs), {Applicability.SAFE})
    failed = _complaints(inputs, fixed.report)
    named, configured = inputs.found.explicit, inputs.configured
    for error in write_fixed(inputs.session, fixed, named=named, configured=configured):
        fixed.applied.pop(error.path, None)
        click.echo(f"taglint: {error.path}: {error.message}", err=True)
        failed = True
    for warning in fixed.warnings:
        click.echo(f"taglint: {warning}", err=True)
    for item in fixed.refused:
        place = f"{item.path}:{item.line}:{item.column}"
        click.echo(f"taglint: {place}: not applied, it would change other tokens", err=True)
    decisions = counted(sum(fixed.applied.values()), "decision")
    click.echo(f"applied {decisions} in {counted(len(fixed.applied), 'file')}")
    return FAILED if failed else DONE


def _only_decided(inputs: Inputs) -> Report:
    from taglint.engine.deciding import DECIDED, PENDING

    report = inputs.check()
    report.findings = [
        item
        for item in report.findings
        if item.code == PENDING or (item.fix and item.fix.message.startswith(DECIDED))
    ]
    return report


def _complaints(inputs: Inputs, report: Report) -> bool:
    """Say what could not be checked; whether there was any."""
    failed = inputs.found.failures + [f"{error.path}: {error.message}" for error in report.errors]
    if not report.files and not failed:
        failed.append("no tagged corpus found; name a file, or set `include` or `format`")
    for line in failed:
        click.echo(f"taglint: {line}", err=True)
    return bool(failed)
