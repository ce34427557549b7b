"""The command line: commands are imported when they are called, so that start-up stays short."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from taglint import __version__
from taglint.findings import TaglintError, cause
from taglint.interrupting import INTERRUPTED

FAILED = 2
COMMANDS = {
    "check": "Find what is wrong in tagged corpora, and fix it.",
    "rule": "Show the manual of a rule.",
    "tokens": "Show how a file is decoded, one token a line.",
    "convert": "Convert a file to another format.",
    "baseline": "Accept the findings that are there for now.",
    "review": "Rule about findings in a browser.",
    "lexicon": "Learn from a corpus which tags its words bear.",
    "tagset": "List tagsets, or a tagset's tags with glosses.",
    "diff": "Show what changed between two versions of a corpus.",
    "stats": "Count tokens and tags, what varies, and findings.",
    "report": "Write a page of figures, of what varies and of findings.",
    "clean": "Delete the cache.",
    "server": "Serve an editor over the language server protocol.",
    "init": "Write a configuration from what is in this folder.",
    "schema": "Print the JSON schema of the configuration.",
    "completion": "Print the shell completion script.",
}


class LazyGroup(click.Group):
    """Knows its commands by name; loads the module of the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"taglint.commands.{cmd_name}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """As click does it, without importing every command for its first line."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            if near:
                raise click.UsageError(f"{error.message} Did you mean '{near[0]}'?", ctx) from error
            raise


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    __version__, "-V", "--version", prog_name="taglint", message="%(prog)s %(version)s"
)
def cli() -> None:
    """A linter for part-of-speech tagged corpora.

    Exit status: 0 nothing found, 1 findings, 2 the run itself failed.
    """


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit status; errors are one line on stderr."""
    if sys.stdout is None:  # closed from outside
        from taglint.commands.terminal import writable

        sys.stdout = writable(None)
    try:
        status = cli.main(list(arguments), prog_name="taglint", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 0
    except (Exception, SystemExit) as error:
        return _failed(error)


def _failed(error: Exception | SystemExit) -> int:
    """Say what stopped a run, and return the exit status."""
    if isinstance(error, click.ClickException):
        error.show()
    elif isinstance(error, click.Abort):
        click.echo("taglint: interrupted", err=True)
        return INTERRUPTED
    elif isinstance(error, TaglintError):
        click.echo(f"taglint: {error}", err=True)
    elif isinstance(error, SystemExit):
        return _stopped(error)
    elif isinstance(error, OSError):
        return _unwritten(error)
    elif isinstance(error, MemoryError):
        click.echo("taglint: out of memory; check fewer files at once, or give `-j 1`", err=True)
    else:
        _say_mistake(error)
    return FAILED


def _stopped(stop: SystemExit) -> int:
    """The exit status of click's own ways to stop: completion, and a reader that went away."""
    if hasattr(sys.stdout, "wrapped"):  # click wraps a stream whose pipe broke
        return _unwritten(BrokenPipeError())
    return stop.code if isinstance(stop.code, int) else FAILED


def _say_mistake(error: Exception) -> None:
    """The last resort: also a mistake of taglint or of a plugin is one line."""
    if os.environ.get("TAGLINT_TRACEBACK"):
        raise error
    hint = "TAGLINT_TRACEBACK=1 shows where; please report it"
    click.echo(f"taglint: internal error: {cause(error)} ({hint})", err=True)


def _unwritten(error: OSError) -> int:
    """The exit status after output failed: no error where the reader (`head`) went away."""
    # Keep the interpreter from flushing again at its end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return 0
    named = f"{error.filename}: " if error.filename else ""
    click.echo(f"taglint: {named}{error.strerror or error}", err=True)
    return FAILED
