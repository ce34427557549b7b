"""Lexicons: known forms with the tags they bear and how often, from tab-separated files.

    # form<TAB>tag<TAB>count; the count may be left out, a line may be a comment
    云计算	gi	12
    gpu	gi

A file of a project's own; UTF-8. A form and tag that are listed twice count together. Tabs, line
ends and backslashes in a form are written `\\t`, `\\n`, `\\r` and `\\\\`, a `#` at its beginning
`\\#`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from taglint.corpus.lines import split_lines
from taglint.findings import TaglintError

Lexicon = Mapping[str, Mapping[str, int]]

WRITTEN = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
READ = {written[1]: character for character, written in WRITTEN.items()} | {"#": "#"}
ESCAPES = str.maketrans(WRITTEN)
ESCAPE = re.compile(r"\\([\\tnr#])")


@cache
def load_lexicon(path: str) -> Lexicon:
    """Read a lexicon, once a process. Raises `TaglintError` with path and line."""
    try:
        text = Path(path).read_text("utf-8-sig")
    except OSError as error:
        raise TaglintError(f"{path}: cannot read the lexicon: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise TaglintError(f"{path}: the lexicon is not UTF-8 (byte {error.start})") from error
    return parse_lexicon(split_lines(text), path)


def parse_lexicon(lines: Iterable[str], where: str) -> Lexicon:
    """A lexicon from its lines; `where` opens the error messages."""
    lexicon: dict[str, dict[str, int]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        form, tag, count = _entry(line, f"{where}:{number}")
        tags = lexicon.setdefault(form, {})
        tags[tag] = tags.get(tag, 0) + count
    return lexicon


def _entry(line: str, where: str) -> tuple[str, str, int]:
    fields = line.split("\t")
    if len(fields) not in (2, 3) or not all(fields[:2]):
        raise TaglintError(f"{where}: expected form, tag and count, separated by tabs")
    count = fields[2].strip() if len(fields) == 3 else "1"
    if not (count.isascii() and count.isdigit()):
        raise TaglintError(f"{where}: the count {count!r} is not a number")
    return unescape(fields[0]), unescape(fields[1].strip()), int(count)


def lexicon_lines(lexicon: Lexicon) -> Iterator[str]:
    """The lines of a lexicon, without line ends: by form, the most frequent tag first."""
    for form in sorted(lexicon):
        for tag, count in ranked(lexicon[form]):
            yield f"{escape(form)}\t{escape(tag)}\t{count}"


def ranked(tags: Mapping[str, int]) -> list[tuple[str, int]]:
    """A form's tags with their counts, the most frequent first."""
    return sorted(tags.items(), key=lambda item: (-item[1], item[0]))


def escape(text: str) -> str:
    text = text.translate(ESCAPES)
    return "\\" + text if text.startswith("#") else text


def unescape(text: str) -> str:
    return ESCAPE.sub(lambda match: READ[match[1]], text) if "\\" in text else text
