"""`taglint stats`: how large a corpus is, what varies in it, and where it is worst."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from taglint.commands.options import reading_options, running_options, selecting_options
from taglint.commands.tables import Table, bar

if TYPE_CHECKING:
    from taglint.commands.inputs import Inputs
    from taglint.corpus.document import Document
    from taglint.figures.counting import Figures
    from taglint.figures.variation import Variation


@click.command("stats")
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True, readable=False))
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--top",
    type=click.IntRange(min=0),
    default=15,
    show_default=True,
    help="Rows of a table; JSON has all tags, rules and files.",
)
@click.option("--no-check", is_flag=True, help="Count only: run no rules.")
@selecting_options
@running_options
@reading_options
def command(
    paths: tuple[str, ...], output_format: str, top: int, no_check: bool, **flags: Any
) -> int:
    """Count tokens, types and tags, what varies, and findings by rule and file.

    PATHS are as for `taglint check`; findings do not change the exit status.

    Exit status: 0 done, 2 where a file cannot be read.
    """
    from taglint.commands.inputs import checking_inputs
    from taglint.commands.terminal import progress

    inputs = checking_inputs(paths, flags)
    with progress(sys.stderr) as draw:
        figures, errors = survey(inputs, not no_check, top, draw)
    if output_format == "json":
        click.echo(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(text(figures, top)))
    for error in errors:
        click.echo(f"taglint: {error}", err=True)
    return 2 if errors else 0


def survey(
    inputs: Inputs, check: bool, top: int, draw: Any = None
) -> tuple[dict[str, Any], list[str]]:
    """The figures as plain data, and what could not be read."""
    from taglint.figures.rates import rates

    report = inputs.check(draw) if check else None
    errors = list(inputs.found.failures)
    figures, variation = counted(documents(inputs, errors))
    data = {**figures.as_json(), **variation.as_json(top)}
    if report is not None:
        errors += [f"{item.path}: {item.message}" for item in report.errors]
        data |= rates(report)
    return data, list(dict.fromkeys(errors))


def counted(documents: Iterable[Document]) -> tuple[Figures, Variation]:
    from taglint.figures.counting import Figures, add
    from taglint.figures.variation import Gathered

    figures, gathered = Figures(), Gathered()
    for document in documents:
        add(figures, document)
        gathered.add(document)
    return figures, gathered.variation()


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


def text(figures: dict[str, Any], top: int) -> Iterator[str]:
    """The figures as tables of at most `top` rows. What is cut from a table is said below it."""
    yield from Table(("", "<"), ("", ">")).lines(
        (name.replace("_", " "), value) for name, value in figures.items() if isinstance(value, int)
    )
    yield from Table(("format and tagset", "<"), ("files", ">")).lines(figures["formats"].items())
    yield from _tags(figures["tags"], figures["tokens"], top)
    yield from _variation(figures)
    if "rules" in figures:
        yield from _findings(figures, top)


def _tags(tags: dict[str, int], tokens: int, top: int) -> Iterator[str]:
    most = max(tags.values(), default=1)
    rows = (
        (tag, number, f"{number / max(1, tokens):.2%}", bar(number, most))
        for tag, number in islice(tags.items(), top)
    )
    yield from Table(("tag", "<"), ("tokens", ">"), ("share", ">"), ("", "<")).lines(rows)
    yield from _more(len(tags), top, "tag")


def _variation(figures: dict[str, Any]) -> Iterator[str]:
    pairs, words, splits = figures["pairs"], figures["words"], figures["splits"]
    most = max((row["places"] for row in pairs), default=1)
    yield from Table(
        ("tags that vary between the same neighbours", "<"),
        ("words", ">"),
        ("places", ">"),
        ("", "<"),
    ).lines(
        (f"{row['common']} ~ {row['rare']}", row["forms"], row["places"], bar(row["places"], most))
        for row in pairs
    )
    yield from _more(figures["varying_pairs"], len(pairs), "pair")
    yield from Table(
        ("word that varies", "<"), ("places", ">"), ("contexts", ">"), ("tags", "<")
    ).lines((row["form"], row["places"], row["contexts"], _shares(row["tags"])) for row in words)
    yield from _more(figures["varying_words"], len(words), "word")
    yield from Table(
        ("string cut in two ways", "<"), ("whole", ">"), ("split", ">"), ("", "<")
    ).lines(
        (
            "|".join(row["parts"]),
            row["whole"],
            row["split"],
            bar(row["whole"], row["whole"] + row["split"], full=10, rest="░"),
        )
        for row in splits
    )
    yield from _more(figures["split_strings"], len(splits), "string")


def _shares(tags: dict[str, int]) -> str:
    return "  ".join(f"{tag} {number:,}" for tag, number in tags.items())


def _findings(figures: dict[str, Any], top: int) -> Iterator[str]:
    rules, files = figures["rules"], figures["documents"]
    most = max((row["findings"] for row in rules), default=1)
    yield from Table(
        ("rule", "<"), ("", "<"), ("findings", ">"), ("per 1,000 tokens", ">"), ("", "<")
    ).lines(
        (
            row["code"],
            row["name"],
            row["findings"],
            f"{row['per_thousand']:.2f}",
            bar(row["findings"], most),
        )
        for row in rules[:top]
    )
    yield from _more(len(rules), top, "rule")
    worst = [row for row in files if row["findings"]][:top]
    most = max((row["per_thousand"] for row in worst), default=1)
    yield from Table(
        ("file", "<"), ("findings", ">"), ("per 1,000 tokens", ">"), ("", "<"), ("", "<")
    ).lines(
        (
            row["path"],
            row["findings"],
            f"{row['per_thousand']:.2f}",
            bar(row["per_thousand"], most),
            _shares(row["families"]),
        )
        for row in worst
    )
    yield from _more(sum(row["findings"] > 0 for row in files), len(worst), "file")


def _more(every: int, shown: int, noun: str) -> Iterable[str]:
    """What a table leaves out, below it where there is one."""
    from taglint.reporters.summary import counted

    return [f"  and {counted(every - shown, f'more {noun}')}"] if every > shown > 0 else []
