"""Looks at the beginnings of a folder's files: which are corpora, and of what kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePath
from typing import NamedTuple

from taglint.configuration import AUTO, Configuration, FileOptions, relative_to
from taglint.corpus.discovery import walk
from taglint.corpus.encoding import Source
from taglint.engine.loading import Loader, NotACorpus
from taglint.formats.detection import sample
from taglint.plugins import Plugins

MOST_FILES = 200
HEAD_BYTES = 65_536


class Kind(NamedTuple):
    """How a file is written, in the names of the configuration; `auto` where it is not clear."""

    format: str
    tagset: str
    encoding: str


@dataclass
class Survey:
    """What was seen, by path relative to the folder, with forward slashes.

    reasons: why a corpus has its format. strays: files that are no corpora, and why. passed: other
    files that the configuration cannot or need not name, and why. more: whether there are files
    that were not looked at.
    """

    kinds: dict[str, Kind] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    strays: dict[str, str] = field(default_factory=dict)
    passed: dict[str, str] = field(default_factory=dict)
    more: bool = False

    @property
    def commonest(self) -> Kind:
        """What holds unless a pattern says otherwise; `auto` where not every file was seen."""
        if self.more or not self.kinds:
            return Kind(AUTO, AUTO, AUTO)
        values = zip(*self.kinds.values(), strict=True)
        return Kind(*(Counter(each).most_common(1)[0][0] for each in values))

    def grouped(self) -> dict[Kind, list[str]]:
        """The corpora by kind, the commonest kind first."""
        order = [kind for kind, _ in Counter(self.kinds.values()).most_common()]
        return {kind: [path for path in self.kinds if self.kinds[path] == kind] for kind in order}


def survey(folder: Path, plugins: Plugins) -> Survey:
    """Look at up to `MOST_FILES` files below a folder, `HEAD_BYTES` of each."""
    seen = Survey()
    configuration = Configuration(root=folder)
    loader = Loader(plugins, configuration, read_bytes=head)
    unreadable: dict[str, str] = {}
    paths = list(islice(walk(folder, configuration, unreadable), MOST_FILES + 1))
    seen.passed |= {relative_to(path, folder): why for path, why in unreadable.items()}
    seen.more = len(paths) > MOST_FILES
    for path in paths[:MOST_FILES]:
        _look(path, relative_to(path, folder), loader, seen)
    return seen


def head(path: str) -> bytes:
    """The first bytes of a file, up to a line end where there is one."""
    with Path(path).open("rb") as file:
        data = file.read(HEAD_BYTES + 1)
    if len(data) <= HEAD_BYTES:
        return data
    cut = data.rfind(b"\n", 0, HEAD_BYTES) + 1 or HEAD_BYTES
    # Two-byte text ends with a whole character: `\n\0` in little-endian order.
    return data[: cut + cut % 2] if b"\0" in data else data[:cut]


def _look(path: str, name: str, loader: Loader, seen: Survey) -> None:
    try:
        text, source = loader.text(path)
        if not text.strip():
            seen.passed[name] = "empty"
            return
        name.encode("utf-8")
        start = sample(text, PurePath(path).suffix)
        format_, reason = loader.format(FileOptions(), start)
    except NotACorpus as error:
        seen.strays[name] = str(error)
    except OSError as error:
        seen.passed[name] = error.strerror or str(error)
    except UnicodeEncodeError:
        seen.passed[name] = "a name that is not UTF-8"
    else:
        tagset = loader.tagset(FileOptions(), start, format_)
        encoding = _encoding(text, source, Path(path))
        seen.kinds[name] = Kind(format_.name, tagset.name if tagset else AUTO, encoding)
        seen.reasons[name] = reason


def _encoding(text: str, source: Source, path: Path) -> str:
    """The name that reads the whole file as its beginning was read."""
    if source.encoding.startswith("utf-16") and source.bom:
        return "utf-16"
    unclear = text.isascii() and path.stat().st_size > HEAD_BYTES
    return AUTO if unclear else source.encoding
