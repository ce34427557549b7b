"""`taglint stats`: how large a corpus is, and how its tags are spread."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from taglint.commands.options import reading_options

if TYPE_CHECKING:
    from taglint.commands.inputs import Inputs
    from taglint.corpus.document import Document

BAR = 30


@dataclass
class Figures:
    """Counts over documents. types are distinct (form, tag) pairs."""

    files: int = 0
    sentences: int = 0
    tokens: int = 0
    characters: int = 0
    malformed: int = 0
    tags: Counter[str] = field(default_factory=Counter)
    forms: set[str] = field(default_factory=set)
    types: set[tuple[str, str]] = field(default_factory=set)
    ambiguous: int = 0
    formats: Counter[str] = field(default_factory=Counter)


@click.command("stats")
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True, readable=False))
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text")
@reading_options
def command(paths: tuple[str, ...], output_format: str, **flags: Any) -> int:
    """Count files, sentences, tokens, types and tags.

    PATHS are as for `taglint check`. The exit status is 2 where a file cannot be read.
    """
    from taglint.commands.inputs import gather_inputs

    inputs = gather_inputs(paths, flags)
    errors = inputs.found.failures
    figures = count(documents(inputs, errors))
    if output_format == "json":
        click.echo(json.dumps(as_json(figures), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(text(figures)))
    for error in errors:
        click.echo(f"taglint: {error}", err=True)
    return 2 if errors else 0


def documents(inputs: Inputs, errors: list[str]) -> Iterator[Document]:
    """The documents one by one; discovered files that are no corpora are left out."""
    from taglint.engine.loading import NotACorpus

    for path in inputs.files:
        try:
            yield inputs.session.document(path)
        except NotACorpus as error:
            if path in inputs.found.explicit:
                errors.append(f"{path}: {error}")
        except OSError as error:
            errors.append(f"{path}: {error.strerror or error}")


def count(items: Iterable[Document]) -> Figures:
    figures = Figures()
    for document in items:
        add(figures, document)
    tags_of = Counter(form for form, _ in figures.types)
    figures.ambiguous = sum(tags > 1 for tags in tags_of.values())
    return figures


def add(figures: Figures, document: Document) -> None:
    figures.files += 1
    figures.formats[f"{document.format}/{document.tagset or 'unknown tagset'}"] += 1
    figures.sentences += document.sentence_count
    figures.tokens += len(document)
    figures.characters += len(document.text)
    for index, number in document.type_counts.items():
        token = document.vocabulary.types[index]
        if token.flaw:
            figures.malformed += number
        else:
            figures.tags[token.tag] += number
            figures.forms.add(token.form)
            figures.types.add((token.form, token.tag))


def text(figures: Figures) -> Iterator[str]:
    """The figures as a table, and the tags with a bar each."""
    for name, value in as_json(figures).items():
        if isinstance(value, int):
            yield f"{name:16}{value:>14,}"
    for name, number in figures.formats.most_common():
        yield f"{name:16}{number:>14,} files"
    yield ""
    most = max(figures.tags.values(), default=1)
    for tag, number in figures.tags.most_common():
        share = number / max(1, figures.tokens)
        bar = "█" * round(BAR * number / most)
        yield f"{tag:10}{number:>12,}{share:>8.2%}  {bar}".rstrip()


def as_json(figures: Figures) -> dict[str, Any]:
    return {
        "files": figures.files,
        "sentences": figures.sentences,
        "tokens": figures.tokens,
        "types": len(figures.types),
        "forms": len(figures.forms),
        "ambiguous_forms": figures.ambiguous,
        "malformed": figures.malformed,
        "characters": figures.characters,
        "formats": dict(figures.formats),
        "tags": dict(figures.tags.most_common()),
    }
