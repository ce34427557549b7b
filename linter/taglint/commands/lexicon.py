"""`taglint lexicon`: files of known forms with their tags."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from taglint.commands.options import STDOUT, Share, reading_options
from taglint.findings import TaglintError

if TYPE_CHECKING:
    from taglint.commands.inputs import Inputs
    from taglint.figures.lexicon import Learnt


@click.group("lexicon")
def command() -> None:
    """Learn which tags the words of a corpus bear.

    A lexicon lists forms, their tags and counts. Build one, strike out what is wrong, and name it
    by `lexicon` in the configuration: `taglint check` then reports listed forms with other tags.
    """


@command.command("build")
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True, readable=False))
@click.option("-o", "--output", metavar="PATH", help="Write here; by default (-) it is printed.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.option(
    "--min-count",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Leave out a form's tags that it bears less often.",
)
@click.option(
    "--min-share",
    type=Share(0, 1),
    default=0.0,
    help="Leave out a form's tags that fewer of its tokens bear, such as 0.05.",
)
@reading_options
def build(paths: tuple[str, ...], output: str | None, force: bool, **flags: Any) -> int:
    """Write the forms of a corpus with their tags and counts.

    PATHS are as for `taglint check`. The lines are in order of forms, so that two versions of a
    lexicon can be compared. Malformed tokens and tags that the tagset does not have are left out.

    Exit status: 0 done, 2 where a file cannot be read; then nothing is written.
    """
    from taglint.commands.inputs import gather_inputs
    from taglint.commands.outputs import spare_corpus
    from taglint.corpus.written import LEXICON
    from taglint.figures.lexicon import thinned
    from taglint.lexicon import lexicon_lines

    target = Path(output) if output and output != STDOUT else None
    if target and os.path.lexists(target) and not force:
        raise TaglintError(f"{target}: is there already; --force replaces it")
    inputs = gather_inputs(paths, flags)
    if target:
        spare_corpus(str(target), inputs)
    learnt = _learnt(inputs)
    lexicon = thinned(learnt.counts, flags["min_count"], flags["min_share"])
    text = LEXICON + "".join(f"{line}\n" for line in lexicon_lines(lexicon))
    if target is None:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    else:
        _write(target, text)
    entries = sum(map(len, lexicon.values()))
    for line in _told(str(target or "<stdout>"), len(lexicon), entries, learnt):
        click.echo(line, err=True)
    return 0


def _learnt(inputs: Inputs) -> Learnt:
    """What the files teach. Raises `TaglintError` where one cannot be read or none is a corpus."""
    from taglint.commands.stats import documents
    from taglint.figures.lexicon import Learnt, learn

    errors = list(inputs.found.failures)
    learnt = Learnt()
    for document in documents(inputs, errors):
        tagset = inputs.plugins.tagset(document.tagset) if document.tagset else None
        learn(learnt, document, tagset)
    if not errors and not learnt.tagsets:
        errors.append("no tagged corpus found; name a file, or set `include` or `format`")
    known = sorted(name for name in learnt.tagsets if name)
    if len(known) > 1:
        named = " and ".join(known)
        errors.append(f"files in the tagsets {named}: build a lexicon of each, or name --tagset")
    if errors:
        raise TaglintError("\ntaglint: ".join([*dict.fromkeys(errors), "no lexicon was written"]))
    return learnt


def _write(target: Path, text: str) -> None:
    from taglint.corpus.files import write_file

    try:
        write_file(target, text.encode("utf-8"))
    except OSError as error:
        raise TaglintError(f"{target}: cannot write: {error.strerror}") from error


def _told(name: str, forms: int, entries: int, learnt: Learnt) -> Iterator[str]:
    """What was written, and what was left out because it is no good example."""
    from taglint.reporters.summary import counted

    yield f"{name}: {counted(forms, 'form')} with {counted(entries, 'tag')}"
    for number, what in (
        (learnt.malformed, "malformed"),
        (learnt.unknown, "with a tag that the tagset does not have"),
    ):
        if number:
            yield f"left out {counted(number, 'token')} {what}; `taglint check` shows them"
