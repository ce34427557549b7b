"""`taglint completion`: what a shell needs to complete taglint's commands and names."""

from __future__ import annotations

import click

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> int:
    """Print the completion script of a shell.

    For bash: eval "$(taglint completion bash)" in ~/.bashrc; for zsh the same in ~/.zshrc; for
    fish: taglint completion fish > ~/.config/fish/completions/taglint.fish
    """
    from click.shell_completion import get_completion_class

    from taglint.commands.group import cli

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(cli, {}, "taglint", "_TAGLINT_COMPLETE").source())
    return 0
