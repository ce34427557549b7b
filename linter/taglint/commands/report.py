"""`taglint report`: one page that shows a corpus, what varies in it and what was found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from taglint.commands.options import (
    STDOUT,
    reading_options,
    running_options,
    selecting_options,
)
from taglint.findings import Applicability, Evidence, TaglintError

if TYPE_CHECKING:
    from taglint.commands.inputs import Inputs
    from taglint.corpus.document import Document
    from taglint.figures.comparing import Comparison
    from taglint.report import Report

NAME = "taglint-report.html"
# Rows of the tables of words and strings; characters beside a finding, and of it.
ROWS, BESIDE, MOST_SHOWN = 100, 40, 200
FAILED = 2


@click.command("report")
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True, readable=False))
@click.option("-o", "--output-file", default=NAME, show_default=True, metavar="FILE")
@click.option("--title", default="", help="The page's heading; by default the paths.")
@click.option(
    "--most-findings",
    type=click.IntRange(min=0),
    default=5000,
    show_default=True,
    help="Findings on the page; the figures are of all.",
)
@selecting_options
@running_options
@reading_options
def command(
    paths: tuple[str, ...], output_file: str, title: str, most_findings: int, **flags: Any
) -> int:
    """Write a page that shows a corpus: its figures, what varies, and what was found.

    The page is one file that needs no network. PATHS are as for `taglint check`; - as FILE is
    standard output. It needs jinja2: pip install 'taglint[report]'.

    Exit status: 0 done, 2 the run itself failed.
    """
    from taglint.commands.inputs import checking_inputs
    from taglint.commands.outputs import spare_corpus
    from taglint.commands.terminal import progress, writable
    from taglint.pages.rendering import rendered

    inputs = checking_inputs(paths, flags)
    if output_file != STDOUT:
        spare_corpus(output_file, inputs)
    with progress(sys.stderr) as draw:
        report = inputs.check(draw)
        data, errors = _data(inputs, report, most_findings)
    if not report.files and not errors:
        errors.append("no tagged corpus found; name a file, or set `include` or `format`")
    data["title"] = title or " ".join(paths) or Path.cwd().name
    if report.files:
        page = rendered(data)
        if output_file == STDOUT:
            writable(sys.stdout).write(page)
        else:
            _write(Path(output_file), page)
            click.echo(f"wrote {output_file}")
    for error in errors:
        click.echo(f"taglint: {error}", err=True)
    return FAILED if errors else 0


def _write(path: Path, page: str) -> None:
    from taglint.corpus.files import write_file

    try:
        write_file(path, page.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise TaglintError(f"{path}: cannot write: {error.strerror or error}") from error


def _data(inputs: Inputs, report: Report, most: int) -> tuple[dict[str, Any], list[str]]:
    """All that is on the page, and what could not be read."""
    from taglint.commands.stats import counted, documents
    from taglint.figures.examples import examples
    from taglint.figures.rates import rates

    errors = inputs.found.failures + [f"{item.path}: {item.message}" for item in report.errors]
    figures, variation = counted(documents(inputs, errors))
    found = examples(documents(inputs, []), variation.words[:ROWS], variation.splits[:ROWS])
    data = {**figures.as_json(), **variation.as_json(ROWS), **rates(report)}
    for row in data["words"]:
        row["lines"] = found.of_word(row["form"])
    for row in data["splits"]:
        row["lines"] = found.of_split(tuple(row["parts"]))
    data["glosses"] = _glosses(inputs, figures.files)
    data["listed"] = list(_listed(report, most))
    # The last step: it edits the session's texts.
    data["effects"] = list(_effects(inputs, report))
    return data, list(dict.fromkeys(errors))


def _glosses(inputs: Inputs, files: Any) -> dict[str, dict[str, str]]:
    """What tags mean, in Chinese and English, by the tagsets of the files."""
    names = {file.tagset for file in files if file.tagset}
    return {
        tag: {"zh": known.zh, "en": known.en}
        for name in sorted(names)
        for tag, known in inputs.plugins.tagset(name).tags.items()
    }


def _listed(report: Report, most: int) -> Iterator[dict[str, Any]]:
    """The first findings with the text around them, the rest is only counted."""
    from taglint.figures.rates import family

    path, text = "", ""
    for item in report.findings[:most]:
        if item.path != path:
            path, text = item.path, report.text(item.path)
        yield {
            "path": item.path,
            "line": item.line,
            "column": item.column,
            "code": item.code,
            "family": family(item.code),
            "name": item.name,
            "severity": item.severity.value,
            "confidence": item.confidence,
            "message": item.message,
            "tokens": " ".join(item.tokens[:8])[:MOST_SHOWN],
            "before": _near(text[max(0, item.start - BESIDE) : item.start], -1),
            "text": text[item.start : min(item.end, item.start + MOST_SHOWN)],
            "after": _near(text[item.end : item.end + BESIDE], 0),
            "fix": item.fix.message if item.fix else "",
            "applicability": item.fix.applicability.value if item.fix else "",
            "evidence": [_place(place) for place in item.evidence[:4]],
        }


def _place(place: Evidence) -> dict[str, Any]:
    return {name: getattr(place, name) for name in ("path", "line", "column", "text")}


def _near(text: str, side: int) -> str:
    """The part of a text that is on the same line as the finding beside it."""
    return text.replace("\r", "\n").split("\n")[side]


def _effects(inputs: Inputs, report: Report) -> Iterator[dict[str, Any]]:
    """What fixing would come to, in memory: with the safe fixes, then with all of them."""
    from taglint.engine.fixing import fix_all

    found = len(report.findings)
    before: dict[str, str] = {}
    allowed: set[Applicability] = set()
    for applicability in (Applicability.SAFE, Applicability.UNSAFE):
        allowed.add(applicability)
        fixed = fix_all(inputs.session, inputs.check, allowed)
        for path, text in fixed.before.items():
            before.setdefault(path, text)
        sums = _compared(inputs, before)
        yield {
            "applicability": applicability.value,
            "fixed": sum(fixed.applied.values()),
            "files": len(before),
            "findings_before": found,
            "findings_after": len(fixed.report.findings),
            **sums.as_json(10),
        }


def _compared(inputs: Inputs, before: dict[str, str]) -> Comparison:
    from taglint.figures.comparing import Comparison, compare

    sums = Comparison()
    for path, text in before.items():
        new: Document = inputs.session.document(path)
        old = inputs.session.loader.decode(path, text, new.source)
        changes, matched = compare(old, new)
        sums.add(changes, new, matched)
    return sums
