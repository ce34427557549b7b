"""What tests of formats share: decoding a text, and the laws every decoding keeps."""

from __future__ import annotations

from typing import NamedTuple

from taglint.corpus.document import Document, TokenSpan
from taglint.corpus.encoding import Source
from taglint.corpus.vocabulary import TokenType, Vocabulary
from taglint.formats.base import Format, Settings
from taglint.plugins import installed


class Found(NamedTuple):
    document: Document
    tokens: list[TokenType]
    spans: list[TokenSpan]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(token.form, token.tag) for token in self.tokens]

    @property
    def flaws(self) -> list[str]:
        return [token.flaw for token in self.tokens]

    @property
    def texts(self) -> list[str]:
        return [self.document.text[span.start : span.end] for span in self.spans]

    @property
    def sentences(self) -> list[list[str]]:
        """The forms of each sentence."""
        document = self.document
        ranges = map(document.sentence_tokens, range(document.sentence_count))
        return [[self.tokens[index].form for index in tokens] for tokens in ranges]

    @property
    def gaps(self) -> list[str]:
        """The texts before, between and behind the tokens."""
        ends = [0, *(span.end for span in self.spans)]
        starts = [*(span.start for span in self.spans), len(self.document.text)]
        return [self.document.text[a:b] for a, b in zip(ends, starts, strict=True)]


def decoded(format_name: str, text: str, tagset: str | None = None, **options: object) -> Found:
    format_ = named(format_name)
    vocabulary = Vocabulary()
    known = installed().tagset(tagset) if tagset else None
    settings = Settings(known, {key.replace("_", "-"): value for key, value in options.items()})
    document = Document(
        path="example",
        text=text,
        source=Source("utf-8"),
        format=format_name,
        decoded=format_.decode(text, vocabulary, settings),
        vocabulary=vocabulary,
        tagset=tagset,
    )
    tokens = [document.token(index) for index in range(len(document))]
    return Found(document, tokens, list(document.spans(0, len(document))))


def named(format_name: str) -> Format:
    return installed().formats[format_name]


def keeps_laws(found: Found) -> None:
    """Spans are in order, inside the text, and show their form and tag."""
    text, at = found.document.text, 0
    assert list(found.document.decoded.starts)[-1] == len(found.tokens) == len(found.spans)
    for token, span in zip(found.tokens, found.spans, strict=True):
        assert at <= span.start <= span.end <= len(text)
        assert text[span.form_start : span.form_end] == token.form
        assert text[span.tag_start : span.tag_end] == token.tag
        assert span.start <= span.form_start <= span.form_end <= span.end
        assert span.start <= span.tag_start <= span.tag_end <= span.end
        at = span.end
