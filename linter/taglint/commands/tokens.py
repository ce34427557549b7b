"""`taglint tokens`: how a file is decoded, one token a line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from taglint.commands.options import reading_options

if TYPE_CHECKING:
    from taglint.corpus.document import Document

HEADER = "start\tend\tform\ttag\n"
# Rows are written in pieces of so many tokens, so that large files need little memory.
STEP = 20_000


@click.command("tokens")
@click.argument("file", type=click.Path(allow_dash=True, readable=False))
@reading_options
def command(file: str, **flags: Any) -> int:
    r"""Print the tokens of FILE (`-` for standard input) as a table.

    The columns start, end, form and tag are separated by tabs; start and end are the offsets of
    the form in characters. Tab, line ends and backslash are written \t, \n, \r and \\; what is
    no character at all is written ?.
    """
    from taglint.commands.inputs import one_document

    document, _ = one_document(file, flags)
    for piece in table(document):
        sys.stdout.buffer.write(piece.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return 0


def table(document: Document) -> Iterator[str]:
    """The rows of a document in large pieces."""
    yield HEADER
    written = written_types(document)
    ids = document.ids
    for first in range(0, len(document), STEP):
        last = min(first + STEP, len(document))
        spans = document.spans(first, last)
        yield "".join(
            [
                f"{span.form_start}\t{span.form_end}\t{written[index]}\n"
                for span, index in zip(spans, ids[first:last], strict=True)
            ]
        )


def written_types(document: Document) -> dict[int, str]:
    """Form and tag of each type of the document as a row has them."""
    from taglint.formats.escapes import ROW_ESCAPES

    types = document.vocabulary.types
    return {
        index: f"{types[index].form.translate(ROW_ESCAPES)}\t"
        f"{types[index].tag.translate(ROW_ESCAPES)}"
        for index in document.type_ids
    }
