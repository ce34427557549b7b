"""`taglint check`."""

from __future__ import annotations

import click


@click.command("check")
@click.argument("paths", nargs=-1)
@click.option("--output-format", default="concise")
def command(paths: tuple[str, ...], output_format: str) -> int:
    """stub to be completed"""
    from taglint.configuration import Configuration
    from taglint.corpus.discovery import discover
    from taglint.engine.session import Session
    from taglint.plugins import installed
    from taglint.reporters.base import Look

    plugins = installed()
    configuration = Configuration()
    found = discover(paths, configuration)
    session = Session(plugins, configuration)
    report = session.check(found.files, explicit=found.explicit)
    for piece in plugins.reporters[output_format].report(report, plugins.rules, Look()):
        click.echo(piece, nl=False)
    click.echo(
        f"{report.tokens} tokens {len(report.findings)} {report.errors} {report.skipped} {[(f.path, f.format, f.tagset, f.encoding) for f in report.files][:60]}",
        err=True,
    )
    return 1 if report.findings else 0
