"""The format plugin around the decoder."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from taglint.corpus.document import Decoded, TokenSpan
from taglint.corpus.vocabulary import TokenType, Vocabulary
from taglint.formats.base import Guess, Sample, Settings
from taglint.formats.unspaced import DOUBTFUL
from taglint.patterns import lazy
from taglint.rules import Option
from taglint.tagsets import Tagset

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from taglint.formats.unspaced.decoding import Decoding, Doubt

# A tag that a wide character follows without a blank. ASCII marks follow parts of URLs as well.
CERTAIN_TAG = lazy(r"/([A-Za-z]{1,5}[0-9]?)(?=[^\x00-\x7f\s])")
SPACED_TAG = lazy(r"/[A-Za-z]{1,5}[0-9]?(?=[ \t\u3000])")
# Running text has a slash every few characters when every word is tagged.
CHARACTERS_A_TOKEN = 25
BLOCK = 1024
DENSE_CELLS = 1 << 26


class Unspaced:
    """`时/qt两天/nz的/ude1`: no blanks at all, as HanLP prints it."""

    name = "unspaced"
    title = "word/tag without blanks"
    separator = ""
    resegments = True
    options: Mapping[str, Option] = {
        "doubtful": Option(
            DOUBTFUL,
            "boundaries won by less than so many nats are undecidable",
            kind="float",
            least=0,
        ),
    }

    def guess(self, sample: Sample) -> Guess:
        certain = len(CERTAIN_TAG.findall(sample.text))
        spaced = len(SPACED_TAG.findall(sample.text))
        if certain * CHARACTERS_A_TOKEN < len(sample.text):
            return Guess(0.0, "few tags that the next word follows without a blank")
        share = certain / (certain + spaced)
        reason = f"{share:.0%} of the tags are followed by the next word without a blank"
        return Guess(0.97 * share, reason)

    def tags(self, sample: Sample) -> Counter[str]:
        return Counter(CERTAIN_TAG.findall(sample.text))

    def token(self, form: str, tag: str) -> str:
        return f"{form}/{tag}"

    def can_write(self, form: str, tag: str) -> bool:
        return bool(form) and "/" not in form and "\n" not in form and tag.isalnum()

    def decode(self, text: str, vocabulary: Vocabulary, settings: Settings) -> Decoded:
        # The decoder is large; most runs are of other formats.
        from taglint.formats.unspaced.decoder import decode

        classes, words = _known_tags(settings.tagset)
        doubtful = settings.options.get("doubtful", DOUBTFUL)
        decoding = decode(text, classes, words, settings.lexicon, doubtful)
        ids = _type_ids(decoding, vocabulary)
        starts = _sentence_starts(decoding)
        blocks = [*range(0, len(ids), BLOCK), len(ids)]
        return Decoded(ids, starts, UnspacedLayout(decoding), blocks=blocks)


class UnspacedLayout:
    """The decoder's own view of a document: spans in blocks, and the doubtful boundaries."""

    def __init__(self, decoding: Decoding) -> None:
        self._decoding = decoding

    @property
    def doubts(self) -> list[Doubt]:
        return self._decoding.doubts

    def spans(self, block: int) -> list[TokenSpan]:
        first = block * BLOCK
        last = min(first + BLOCK, len(self._decoding))
        rows = self._decoding.spans(first, last)
        return [TokenSpan(row[0], row[3], *row) for row in rows]


def _known_tags(tagset: Tagset | None) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """The class of each tag, and the closed or typical words of those with a list."""
    tags = tagset.tags if tagset else {}
    classes = {name: tag.cls for name, tag in tags.items()}
    words = {name: tag.words | tag.typical for name, tag in tags.items()}
    return classes, {name: listed for name, listed in words.items() if listed}


def _type_ids(decoding: Decoding, vocabulary: Vocabulary) -> array[int]:
    """Each token's type id: distinct (form, tag) pairs are interned once."""
    import numpy as np

    width = max(1, len(decoding.tags))
    pairs = decoding.form_ids.astype(np.int64) * width + decoding.tag_ids
    distinct, index = _distinct(pairs, len(decoding.forms) * width)
    interned = [
        vocabulary.intern(TokenType(decoding.forms[pair // width], decoding.tags[pair % width]))
        for pair in distinct.tolist()
    ]
    ids = array("i")
    ids.frombytes(np.array(interned, np.int32)[index].tobytes())
    for token, flaw in decoding.flaws.items():
        if flaw != "unknown-tag":
            _, _, start, end = decoding.spans(token, token + 1)[0]
            known = vocabulary.types[ids[token]]
            named = "missing-separator" if start == end and flaw == "missing-tag" else flaw
            ids[token] = vocabulary.intern(TokenType(known.form, known.tag, named))
    return ids


def _distinct(pairs: NDArray[np.int64], cells: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """As `np.unique(pairs, return_inverse=True)`, without sorting where a table serves."""
    import numpy as np

    if cells > DENSE_CELLS:
        return np.unique(pairs, return_inverse=True)
    place = np.zeros(cells, np.int64)
    place[pairs] = 1
    distinct = np.flatnonzero(place)
    place[distinct] = np.arange(len(distinct))
    return distinct, place[pairs]


def _sentence_starts(decoding: Decoding) -> list[int]:
    """The first token of each line that has any."""
    import numpy as np

    count = len(decoding)
    starts = np.unique(decoding.line_starts)
    return [*starts[starts < count].tolist(), count]


UNSPACED = Unspaced()
