"""`taglint diff`: what changed between two versions of a corpus."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from taglint.commands.options import file_options
from taglint.commands.tables import Table, bar
from taglint.findings import TaglintError

if TYPE_CHECKING:
    from taglint.commands.versions import Version
    from taglint.corpus.document import Document
    from taglint.engine.loading import Loader
    from taglint.figures.comparing import Change, Comparison

SAME, DIFFERENT = 0, 1


@dataclass
class Outcome:
    """files: the agreement of each pair. alone: names that one version has only. changed: the
    places, as (path, line, column, change)."""

    sums: Comparison
    files: dict[str, Comparison] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[tuple[str, int, int, Change]] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        return self.sums.differs or bool(self.removed or self.added)


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--list", "listed", is_flag=True, help="Show every change, a line each.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text")
@click.option(
    "--top", type=click.IntRange(min=0), default=15, show_default=True, help="Rows of a table."
)
@file_options
def command(old: str, new: str, listed: bool, output_format: str, top: int, **flags: Any) -> int:
    """Show what changed from OLD to NEW in tags and segmentation, and how far they agree.

    OLD and NEW are files, folders, or REV:PATH for a path in a git revision. Files of folders are
    paired by name, others by their text. Agreement of tags is of the tokens that both versions
    have (accuracy, Cohen's kappa), that of segmentation of all text that both have.

    Exit status: 0 no difference, 1 differences, 2 the run itself failed.
    """
    outcome = _compared(old, new, flags)
    for line in _lines(outcome, output_format, top, listed):
        click.echo(line)
    return DIFFERENT if outcome.differs else SAME


def _lines(outcome: Outcome, output_format: str, top: int, listed: bool) -> Iterator[str]:
    if output_format == "json":
        yield json.dumps(_as_json(outcome, top, listed), ensure_ascii=False, indent=2)
    elif listed:
        yield from map(_line, outcome.changed)
    else:
        yield from _text(outcome, top)


def _compared(old: str, new: str, flags: dict[str, Any]) -> Outcome:
    from pathlib import Path

    from taglint.commands.versions import version
    from taglint.configuration import load, with_options
    from taglint.corpus.vocabulary import Vocabulary
    from taglint.engine.loading import Loader
    from taglint.figures.comparing import Comparison
    from taglint.plugins import installed

    plugins = installed()
    configuration = with_options(
        load(Path.cwd(), plugins, flags["config"], flags["isolated"]),
        format=flags["format_name"],
        encoding=flags["encoding"],
        tagset=flags["tagset"],
        lexicon=flags["lexicon"],
        plugins=plugins,
    )
    versions = [version(name, configuration) for name in (old, new)]
    vocabulary = Vocabulary()
    loaders = [Loader(plugins, configuration, vocabulary, item.read) for item in versions]
    outcome = Outcome(Comparison())
    for pair in _paired(versions, loaders, outcome):
        _add(outcome, *pair)
    return outcome


def _paired(
    versions: list[Version], loaders: list[Loader], outcome: Outcome
) -> Iterator[tuple[Document, Document]]:
    """Documents with one name, then those with one text, as moved files have."""
    before, after = (_single(item) for item in versions)
    if len(before) == len(after) == 1:
        yield _loaded(loaders[0], *before.values()), _loaded(loaders[1], *after.values())
        return
    for name in [name for name in before if name in after]:
        yield from _both(loaders, before.pop(name), after.pop(name))
    texts: dict[str, Document] = {}
    for path in before.values():
        for document in _corpus(loaders[0], path):
            texts[_running(document)] = document
    for path in after.values():
        for document in _corpus(loaders[1], path):
            known = texts.pop(_running(document), None)
            if known is None:
                outcome.added.append(document.path)
            else:
                yield known, document
    outcome.removed += sorted(document.path for document in texts.values())


def _single(item: Version) -> dict[str, str]:
    if not item.paths:
        raise TaglintError(f"{item.label}: holds no files")
    return dict(item.paths)


def _running(document: Document) -> str:
    from taglint.formats.base import running_text

    return running_text(document)


def _both(loaders: list[Loader], old: str, new: str) -> Iterator[tuple[Document, Document]]:
    yield from zip(_corpus(loaders[0], old), _corpus(loaders[1], new), strict=False)


def _corpus(loader: Loader, path: str) -> list[Document]:
    """The document, or nothing where the file is no corpus: folders hold other files, too."""
    from taglint.engine.loading import NotACorpus

    try:
        return [loader.load(path)]
    except NotACorpus:
        return []
    except OSError as error:
        raise TaglintError(f"{path}: {error.strerror or error}") from error


def _loaded(loader: Loader, path: str) -> Document:
    try:
        return loader.load(path)
    except OSError as error:
        raise TaglintError(f"{path}: {error.strerror or error}") from error
    except TaglintError as error:
        raise TaglintError(f"{path}: {error}") from error


def _add(outcome: Outcome, old: Document, new: Document) -> None:
    from taglint.figures.comparing import Comparison, compare

    changes, matched = compare(old, new)
    single = outcome.files[new.path] = Comparison()
    for sums in (outcome.sums, single):
        sums.add(changes, new, matched)
    for change in changes:
        start = new.span(change.place).start if change.place < len(new) else len(new.text)
        outcome.changed.append((new.path, *new.lines.position(start), change))


def _line(item: tuple[str, int, int, Change]) -> str:
    from taglint.reporters.display import escaped

    path, line, column, change = item
    sides = (" ".join(f"{form}/{tag}" for form, tag in side) for side in (change.old, change.new))
    return escaped(f"{path}:{line}:{column}: {change.kind}: {' → '.join(sides)}")


def _as_json(outcome: Outcome, top: int, listed: bool) -> dict[str, Any]:
    from taglint.figures.comparing import agreement

    data = outcome.sums.as_json(top)
    data["files"] = [
        {"path": path, "differs": item.differs, **agreement(item)}
        for path, item in outcome.files.items()
    ]
    data |= {"removed": outcome.removed, "added": outcome.added}
    if listed:
        data["changes"] = [
            {"path": path, "line": line, "column": column, **change._asdict()}
            for path, line, column, change in outcome.changed
        ]
    return data


def _text(outcome: Outcome, top: int) -> Iterator[str]:
    data = outcome.sums.as_json(top)
    yield from Table(("", "<"), ("", ">")).lines(_figures(data, outcome))
    yield from _tables(data)
    for title, names in (("only in OLD", outcome.removed), ("only in NEW", outcome.added)):
        yield from Table((title, "<")).lines((name,) for name in names)


def _figures(data: dict[str, Any], outcome: Outcome) -> Iterator[tuple[str, Any]]:
    yield "files compared", len(outcome.files)
    yield "files that differ", sum(item.differs for item in outcome.files.values())
    for name, number in data["tokens"].items():
        yield f"tokens {name.replace('_', ' ')}", number
    for name in ("tag_changes", "segmentation_changes", "text_changes"):
        yield name.replace("_", " "), data[name]
    for name, value in data["agreement"].items():
        yield name.replace("_", " "), "-" if value is None else f"{value:.4f}"


TABLES = {"tags": "tag changed", "words": "word tagged anew", "segmentations": "string cut anew"}


def _tables(data: dict[str, Any]) -> Iterator[str]:
    for key, title in TABLES.items():
        rows = data[key]
        most = max((row["places"] for row in rows), default=1)
        yield from Table((title, "<"), ("places", ">"), ("", "<")).lines(
            (_shown(row), row["places"], bar(row["places"], most)) for row in rows
        )


def _shown(row: dict[str, Any]) -> str:
    if isinstance(row["old"], list):
        return f"{' '.join(row['old'])} → {' '.join(row['new'])}"
    form = f"{row['form']}/" if "form" in row else ""
    return f"{form}{row['old']} → {row['new']}"
