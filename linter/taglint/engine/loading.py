"""A path to a document: bytes, text, format, tagset, tokens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NamedTuple

from taglint.configuration import AUTO, Configuration, FileOptions
from taglint.corpus.document import Decoded, Document
from taglint.corpus.encoding import Source, digest_of, read
from taglint.corpus.remote import read_file
from taglint.corpus.vocabulary import Vocabulary
from taglint.corpus.written import OWN
from taglint.findings import TaglintError, cause
from taglint.formats.base import Format, Sample, Settings
from taglint.formats.detection import detect_format, detect_tagset, sample
from taglint.lexicon import load_lexicon
from taglint.plugins import Plugins, unknown
from taglint.tagsets import Tagset

STDIN = "-"


class Known(NamedTuple):
    """What an earlier reading of the bytes with this digest found out; `tagset` as to be asked
    for."""

    digest: bytes
    format: str
    tagset: str | None
    reason: str


class NotACorpus(TaglintError):
    """The text is not tagged in any known format; the message says what it looks like."""


@dataclass
class Loader:
    """Reads documents as the configuration has it; all share one vocabulary.

    read_bytes: where a path's bytes come from, so that standard input and an editor's unsaved
    text are read like files.
    """

    plugins: Plugins
    configuration: Configuration
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    read_bytes: Callable[[str], bytes] = read_file

    def load(self, path: str, known: Known | None = None) -> Document:
        """Raises `OSError` where the file cannot be read, `NotACorpus` where it is no corpus."""
        data = self.read_bytes(path)
        digest = digest_of(data)
        text, source = read(data, self.configuration.options_for(path).encoding)
        del data
        same = known is not None and known.digest == digest
        document = self.decode(path, text, source, known if same else None)
        document.digest = digest
        return document

    def refill(self, document: Document) -> bool:
        """Give a document that was read the text that it had. False where its file has another.
        Raises `OSError`."""
        data = self.read_bytes(document.path)
        if digest_of(data) != document.digest:
            return False
        document.refill(read(data, self.configuration.options_for(document.path).encoding)[0])
        return True

    def text(self, path: str) -> tuple[str, Source]:
        return read(self.read_bytes(path), self.configuration.options_for(path).encoding)

    def decode(self, path: str, text: str, source: Source, known: Known | None = None) -> Document:
        options = self.configuration.options_for(path)
        if known is None:
            head = sample(text, PurePath(path).suffix, options.format_options)
            format_, reason = self.format(options, head)
            tagset = self.tagset(options, head, format_)
            name = self._name(options, tagset)
        else:
            name, reason = known.tagset, known.reason
            format_ = named_format(self.plugins, known.format)
            tagset = self.plugins.tagset(name) if name else None
        lexicon = load_lexicon(options.lexicon) if options.lexicon else None
        settings = Settings(tagset, options.format_options, lexicon)
        return Document(
            path=path,
            text=text,
            source=source,
            format=format_.name,
            decoded=self._decoded(path, text, format_, settings),
            vocabulary=self.vocabulary,
            tagset=name,
            reason=reason,
        )

    def _decoded(self, path: str, text: str, format_: Format, settings: Settings) -> Decoded:
        """A format must decode any text; one that fails ends the run with an error naming it."""
        try:
            return format_.decode(text, self.vocabulary, settings)
        except TaglintError as error:
            raise TaglintError(f"{path}: {error}") from error
        except Exception as error:
            raise TaglintError(f"format {format_.name} failed on {path}: {cause(error)}") from error

    def format(self, options: FileOptions, head: Sample) -> tuple[Format, str]:
        """The format and why it was chosen. Raises `NotACorpus`."""
        if head.text.startswith(OWN):
            raise NotACorpus("a baseline or a lexicon that taglint has written")
        if options.format != AUTO:
            return named_format(self.plugins, options.format), "as configured"
        detected = detect_format(head, self.plugins.formats.values())
        if detected.format is None:
            raise NotACorpus(detected.reason)
        return detected.format, detected.reason

    def tagset(self, options: FileOptions, head: Sample, format_: Format) -> Tagset | None:
        if options.tagset != AUTO:
            return self.plugins.tagset(options.tagset)
        return detect_tagset(head, format_, self.plugins.tagsets)

    def _name(self, options: FileOptions, tagset: Tagset | None) -> str | None:
        """What to ask the plugins for to get this tagset again: a project's own by its path."""
        if options.tagset != AUTO:
            return options.tagset
        return tagset.name if tagset else None


def named_format(plugins: Plugins, name: str) -> Format:
    if name not in plugins.formats:
        raise unknown("format", name, plugins.formats)
    return plugins.formats[name]
