"""`taglint init`: write a configuration for what is in a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from taglint.commands.options import STDOUT
from taglint.configuration.model import AUTO
from taglint.findings import TaglintError

if TYPE_CHECKING:
    from taglint.commands.survey import Kind, Survey

NAMED = 10
HEAD = """\
# The configuration of taglint. `taglint schema` prints all that may stand here, for editors.
"""
CORPUS = """
# The corpus: what is checked when no paths are given, and whose counts judge.
"""
NO_CORPUS = """
# No tagged corpus was found. Name folders, files or globs that hold one:
# corpus: [data, "more/*.txt"]
"""
EXCLUDE = """
# gitignore patterns of files to leave out: these are no tagged corpora.
"""
ALL_ALIKE = """
# How the files are written; `auto` detects it file by file.
"""
DIFFERENT = """
# Files that are written otherwise; later entries win.
"""
SEEN_IN_PART = """
# How files are written, by pattern. Others are detected one by one: only {count} were looked at.
"""
RULES = """
# Rules, families of rules, or ALL; `taglint rule --all` lists them.
# select: [TXT, TOK, TAG]
# extend-select: []
# ignore: []
# severity: {unknown-tag: warning}
# rules:
#   unknown-tag:
#     allow: []

# Findings that are less certain are not reported.
# min-confidence: 0.5
"""


@click.command("init")
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False))
@click.option(
    "--output",
    metavar="PATH",
    help="Write here, in FOLDER; - prints.  [default: FOLDER/.taglint.yaml]",
)
@click.option("--dry-run", is_flag=True, help="Print the configuration; write nothing.")
@click.option("--force", is_flag=True, help="Replace a configuration that is there.")
def command(folder: str, output: str | None, dry_run: bool, force: bool) -> int:
    """Write a configuration for what is in FOLDER, by default this one.

    Looks at the beginning of up to 200 files: which are tagged corpora, in which format, tagset
    and encoding.
    """
    from taglint.commands.survey import survey
    from taglint.plugins import installed

    target = None if dry_run or output == STDOUT else _target(Path(folder), output, force)
    seen = survey(Path(folder), installed())
    for line in told(seen):
        click.echo(line, err=target is None)
    text = "".join(written(seen))
    if target is None:
        click.echo(text, nl=False)
    else:
        _write(target, text)
        click.echo(f"wrote {target}")
    return 0


def _target(folder: Path, output: str | None, force: bool) -> Path:
    """Where to write. Raises `TaglintError` where something is in the way."""
    from taglint.configuration.loading import YAML_NAMES, absolute, configures

    target = Path(output) if output else folder / YAML_NAMES[0]
    if target.suffix not in (".yaml", ".yml"):
        raise TaglintError(f"{target}: the name must end in .yaml")
    if absolute(target).parent != absolute(folder):
        raise TaglintError(f"{target}: must lie in {folder}, as patterns start at its folder")
    names = (*YAML_NAMES, "pyproject.toml") if not output else ()
    for known in (target, *(folder / name for name in names)):
        if configures(known) and not force:
            more = "" if known == target else f"; {target} would win over it"
            raise TaglintError(f"{known}: there is a configuration already{more} (use --force)")
    return target


def _write(target: Path, text: str) -> None:
    from taglint.corpus.files import write_file

    try:
        write_file(target, text.encode("utf-8"))
    except OSError as error:
        raise TaglintError(f"{target}: cannot write: {error.strerror}") from error


def told(seen: Survey) -> Iterator[str]:
    """What was seen, a line each."""
    count = len(seen.kinds) + len(seen.strays) + len(seen.passed)
    yield f"looked at {_files(count)}{', and there are more' if seen.more else ''}"
    for kind, paths in seen.grouped().items():
        yield f"{_files(len(paths))}: {_described(kind)}: {printable(_some(paths))}"
        yield f"  {printable(seen.reasons[paths[0]])}"
    for reasons, what in ((seen.strays, "no corpus"), (seen.passed, "left out")):
        for path, reason in [*reasons.items()][:NAMED]:
            yield printable(f"{what}: {path}: {reason}")
        if len(reasons) > NAMED:
            yield f"{what}: {len(reasons) - NAMED} more"


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"


def _described(kind: Kind) -> str:
    tagset = "unknown tagset" if kind.tagset == AUTO else f"tagset {kind.tagset}"
    encoding = "encoding not clear" if kind.encoding == AUTO else kind.encoding
    return f"{kind.format}, {tagset}, {encoding}"


def _some(paths: list[str]) -> str:
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return ", ".join(paths[:3]) + more


def printable(text: str) -> str:
    from taglint.configuration.nodes import one_line

    return one_line(text)


def written(seen: Survey) -> Iterator[str]:
    """The pieces of the configuration file."""
    yield HEAD
    if seen.kinds:
        yield CORPUS
        yield from _listed("corpus", corpus_paths(seen))
        yield from _kinds(seen)
    else:
        yield NO_CORPUS
    yield RULES


def corpus_paths(seen: Survey) -> list[str]:
    """The folders right below that hold corpora; the folder itself where a corpus lies in it."""
    tops = {path.partition("/")[0] for path in seen.kinds}
    return ["."] if tops & seen.kinds.keys() else sorted(tops)


def _kinds(seen: Survey) -> Iterator[str]:
    """What is excluded, and how the files are written."""
    from taglint.configuration.patterns import cover

    common = seen.commonest
    # Where the format is not detected, files that are no corpora would be read as some.
    excluded = seen.strays if common.format != AUTO else {}
    if excluded:
        yield EXCLUDE
        yield from _listed("exclude", cover(excluded, seen.kinds, least_suffix=5))
    settings = {key: value for key, value in common._asdict().items() if value != AUTO}
    if settings:
        yield ALL_ALIKE
        yield from _settings(settings)
    entries = exceptions(seen, seen.strays.keys() - excluded.keys())
    if entries:
        yield SEEN_IN_PART.format(count=len(seen.kinds)) if seen.more else DIFFERENT
        yield "files:\n"
    for patterns, changes in entries.items():
        yield from _listed("- paths", patterns, "  ")
        yield from (f"    {line}" for line in _settings(changes))


def exceptions(seen: Survey, strays: Collection[str]) -> dict[tuple[str, ...], dict[str, str]]:
    """Settings that differ from the common ones, by the patterns of the files they hold for;
    the patterns match none of the strays."""
    from taglint.configuration.patterns import cover

    entries: dict[tuple[str, ...], dict[str, str]] = {}
    for key, common in seen.commonest._asdict().items():
        values = Counter(getattr(kind, key) for kind in seen.kinds.values())
        for value, _ in values.most_common():
            if value != common:
                paths = {path for path, kind in seen.kinds.items() if getattr(kind, key) == value}
                patterns = cover(paths, (seen.kinds.keys() - paths) | set(strays))
                entries.setdefault(tuple(patterns), {})[key] = value
    return entries


def _settings(settings: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{key}: {quoted(value)}\n" for key, value in settings.items())


def _listed(key: str, values: Iterable[str], indent: str = "") -> Iterator[str]:
    yield f"{indent}{key}:\n"
    deeper = "    " if key.startswith("-") else "  "
    yield from (f"{indent}{deeper}- {quoted(value)}\n" for value in values)


def quoted(text: str) -> str:
    """Text as YAML: names as they are, anything else in double quotes."""
    if text.replace("-", "").replace("_", "").isalnum() and text.isascii() and text[0].isalpha():
        return text if text.lower() not in WORDS else f'"{text}"'
    return '"' + "".join(map(_escaped, text)) + '"'


# What YAML takes for something other than text.
WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08x}"
