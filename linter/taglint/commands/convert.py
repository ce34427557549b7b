"""`taglint convert`: a file in another format."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from taglint.commands.options import STDOUT, offered, reading_options

if TYPE_CHECKING:
    from taglint.corpus.encoding import Source
    from taglint.formats.conversion import Converted


@click.command("convert")
@click.argument("file", type=click.Path(allow_dash=True, readable=False))
@click.option(
    "--to",
    "target",
    required=True,
    metavar="NAME",
    shell_complete=offered("formats"),
    help="Format to convert to.",
)
@click.option(
    "--from",
    "origin",
    metavar="NAME",
    shell_complete=offered("formats"),
    help="Format of FILE, as --format.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="File to write; standard output (-) by default.",
)
@click.option("--output-encoding", metavar="NAME", help="Encoding to write; FILE's by default.")
@click.option("--strict", is_flag=True, help="Write nothing and fail where anything is lost.")
@reading_options
def command(
    file: str,
    target: str,
    origin: str | None,
    output: str | None,
    output_encoding: str | None,
    strict: bool,
    **flags: Any,
) -> int:
    """Convert FILE (`-` for standard input) to another format.

    CoNLL-U holds all of any other format: converted to conllu and back, a file has the same
    bytes. What another target does not hold is counted on standard error. The exit status is 2
    where FILE cannot be converted, and under --strict where anything would be lost.
    """
    from taglint.commands.outputs import spare
    from taglint.corpus.discovery import STDIN

    if origin and flags["format_name"] not in (None, origin):
        raise click.UsageError("--from and --format both name the format of FILE; give one")
    flags["format_name"] = origin or flags["format_name"]
    output = None if output == STDOUT else output
    if output is not None and file != STDIN:
        spare(output, file, "the file to convert")
    converted = convert(file, target, flags)
    data = encoded(converted, output_encoding)
    for line in _remarks(converted):
        click.echo(f"taglint: {line}", err=True)
    if strict and converted.lost:
        click.echo("taglint: nothing written, because of --strict", err=True)
        return 2
    write_output(output, data)
    return 0


def convert(file: str, target: str, reading: dict[str, Any]) -> Converted:
    """Raises `TaglintError` where the file cannot be read or is no corpus."""
    from taglint.commands.inputs import one_document
    from taglint.engine.loading import named_format
    from taglint.formats.conversion import Converter

    document, plugins = one_document(file, reading)
    converter = Converter(plugins.formats, plugins.tagset)
    return converter.convert(document, named_format(plugins, target))


def encoded(converted: Converted, encoding: str | None) -> bytes:
    from taglint.corpus.encoding import write

    source = _source(encoding) if encoding else converted.source
    return write(converted.text, source)


def _source(encoding: str) -> Source:
    """How to write an encoding by its name; UTF-16 needs a byte order mark, `utf-8-sig` is one."""
    from taglint.corpus.encoding import BOMS, CODECS, Source
    from taglint.plugins import unknown

    name = encoding.lower()
    if name not in CODECS:
        raise unknown("encoding", encoding, CODECS)
    codec = "utf-16-le" if name == "utf-16" else CODECS[name]
    marked = name in ("utf-8-sig", "utf-16")
    return Source(codec, next(bom for bom, known in BOMS if known == codec) if marked else b"")


def _remarks(converted: Converted) -> list[str]:
    lines = []
    if converted.lost:
        lines.append(f"lost: {_counted(converted.lost)}")
    if converted.notes:
        lines.append(f"note: {_counted(converted.notes)}")
    return lines


def _counted(counts: Counter[str]) -> str:
    return "; ".join(f"{title}: {number:,}" for title, number in counts.items())


def write_output(path: str | None, data: bytes) -> None:
    """Raises `TaglintError` where the file cannot be written."""
    from taglint.corpus.files import write_file
    from taglint.findings import TaglintError

    if path is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    try:
        if target.is_file() or not os.path.lexists(target):
            write_file(target, data)
        else:
            target.write_bytes(data)
    except OSError as error:
        raise TaglintError(f"{path}: cannot write: {error.strerror or error}") from error
