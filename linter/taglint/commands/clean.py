"""`taglint clean`: delete the cache."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("clean")
@click.option("--cache-dir", type=click.Path(file_okay=False), help="Where the cache is.")
@click.option("--config", type=click.Path(dir_okay=False), help="Configuration file.")
def command(cache_dir: str | None, config: str | None) -> int:
    """Delete the cache: that of the configuration, else that of this folder."""
    from taglint.configuration import load
    from taglint.engine.cache import cache_folder, clean
    from taglint.findings import TaglintError
    from taglint.plugins import installed

    folder = cache_folder(load(Path.cwd(), installed(), config, False), cache_dir)
    try:
        there = clean(folder)
    except OSError as error:
        raise TaglintError(f"{folder}: {error.strerror or error}") from error
    click.echo(f"deleted {folder}" if there else f"no cache in {folder}")
    return 0
