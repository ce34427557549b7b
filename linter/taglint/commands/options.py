"""Options that several commands share."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# What stands for standard output as the name of a file to write.
STDOUT = "-"
Command = TypeVar("Command", bound=Callable[..., Any])


def offered(kind: str) -> Callable[..., list[CompletionItem]]:
    """Shell completion from what the plugins offer: `formats`, `tagsets`, `reporters`, `rules`."""

    def complete(
        ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        # A list is completed at its last name.
        before, comma, _ = incomplete.rpartition(",") if kind == "rules" else ("", "", "")
        items = [
            CompletionItem(before + comma + name, help=text) for name, text in _described(kind)
        ]
        return [item for item in items if item.value.startswith(incomplete)]

    return complete


def _described(kind: str) -> list[tuple[str, str]]:
    from taglint.plugins import installed

    plugins = installed()
    if kind == "rules":
        rules = plugins.rules.values()
        codes = [(rule.code, rule.summary) for rule in rules]
        return codes + [(rule.name, rule.summary) for rule in rules]
    if kind == "tagsets":
        return [(name, "") for name in plugins.tagset_files]
    named = plugins.formats if kind == "formats" else plugins.reporters
    return [(name, item.title) for name, item in named.items()]


def split_commas(
    ctx: click.Context, param: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    """`--select TOK,TAG001 --select NUM` as one tuple. A list without a name is a mistake: no
    list would be taken for all rules."""
    lists = [[name.strip() for name in item.split(",") if name.strip()] for item in value]
    if not all(lists):
        raise click.BadParameter("names no rule or family", ctx, param)
    return tuple(name for names in lists for name in names)


class Share(click.FloatRange):
    """A number in a range, which what is not a number would pass."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number


def selecting_options(command: Command) -> Command:
    """Which rules are checked, and what is reported of their findings."""
    many: dict[str, Any] = {
        "multiple": True,
        "callback": split_commas,
        "shell_complete": offered("rules"),
        "metavar": "RULES",
    }
    for option in reversed(
        (
            click.option("--select", help="Check these rules or families only.", **many),
            click.option("--ignore", help="Leave these out.", **many),
            click.option("--extend-select", help="Check these as well.", **many),
            click.option("--min-confidence", type=Share(0, 1), help="Report from here on."),
            click.option(
                "--outside-lexicon",
                metavar="NAME|PATH",
                help="Words of the language as evidence, such as jieba.",
            ),
            click.option(
                "--baseline",
                type=click.Path(dir_okay=False),
                help="Report only what this file does not accept; by default the configured one.",
            ),
            click.option("--no-baseline", is_flag=True, help="Report what it accepts, too."),
            click.option(
                "--since",
                metavar="REV",
                help="Report findings on tokens changed since a git revision; REV... means where "
                "HEAD left it.",
            ),
            click.option("--no-suppressions", is_flag=True, help="Report what is suppressed, too."),
            click.option(
                "--decisions",
                type=click.Path(dir_okay=False),
                help="Obey this file; by default the configured one, else taglint-decisions.yaml.",
            ),
            click.option("--no-decisions", is_flag=True, help="Obey no decisions."),
        )
    ):
        command = option(command)
    return command


def reading_options(command: Command) -> Command:
    """How files and standard input are read."""
    name = click.option(
        "--stdin-filename",
        metavar="PATH",
        help="What standard input is called, in findings and for path patterns.",
    )
    return file_options(name(command))


def file_options(command: Command) -> Command:
    """How files are read: format, encoding, tagset and configuration."""
    for option in reversed(
        (
            click.option(
                "--format",
                "format_name",
                metavar="NAME",
                shell_complete=offered("formats"),
                help="Format of the files; detected by default.",
            ),
            click.option("--encoding", metavar="NAME", help="Encoding; detected by default."),
            click.option(
                "--tagset",
                metavar="NAME|PATH",
                shell_complete=offered("tagsets"),
                help="Tagset; detected by default.",
            ),
            click.option(
                "--lexicon",
                type=click.Path(dir_okay=False),
                help="Known forms with their tags; by default the configured ones.",
            ),
            click.option(
                "--config",
                type=click.Path(dir_okay=False),
                help="Configuration file; by default the nearest .taglint.yaml or pyproject.toml.",
            ),
            click.option("--isolated", is_flag=True, help="Ignore all configuration files."),
        )
    ):
        command = option(command)
    return command


def running_options(command: Command) -> Command:
    """How the work of a check is done."""
    for option in reversed(
        (
            click.option("--no-cache", is_flag=True, help="Neither use nor fill the cache."),
            click.option(
                "--cache-dir",
                type=click.Path(file_okay=False),
                help="Where the cache is; by default .taglint_cache beside the configuration.",
            ),
            click.option(
                "-j",
                "--jobs",
                type=click.IntRange(min=0),
                default=0,
                metavar="N",
                help="Processes to work with; by default as many as there are processors.",
            ),
            click.option(
                "--executor",
                type=click.Choice(["processes", "dask"]),
                default="processes",
                show_default=True,
                help="What runs them: this program, or Dask (pip install 'taglint[dask]').",
            ),
            click.option(
                "--scheduler",
                metavar="ADDRESS|FILE",
                help="The Dask scheduler to work with; by default a cluster is started here.",
            ),
        )
    ):
        command = option(command)
    return command
