"""A document: one file's text, decoded into tokens."""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from taglint.corpus.encoding import Source
from taglint.corpus.vocabulary import Judged, TokenType, Vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from taglint.corpus.lines import LineIndex

# From this many tokens on, loading NumPy (0.07 s) costs less than the loop it saves.
VECTORISE_FROM = 50_000
# Tokens that are counted at a time.
COUNTED = 1 << 20
# Spans are found again where they are asked for; this many blocks of them are kept.
KEPT_BLOCKS = 512
# Characters that are counted at a time: what fits the processor's cache.
STRETCH = 1 << 18
ASTRAL = re.compile("[\U00010000-\U0010ffff]")
SURROGATE = re.compile("[\ud800-\udfff]")


class TokenSpan(NamedTuple):
    """Where a token stands: 0-based code-point offsets, ends exclusive.

    `start` to `end` is the token without compound brackets. Form and tag are empty spans where
    a malformed token has none.
    """

    start: int
    end: int
    form_start: int
    form_end: int
    tag_start: int
    tag_end: int


class Layout(Protocol):
    """What a format keeps of a decoded document: where its tokens stand and what hangs on them.

    One that has the text as an attribute `text` is without it while nothing is asked, so that more
    documents can be kept. One that knows where its blocks begin may say by `block_at` which is the
    last to begin at or before an offset, below 0 where none does.
    """

    def spans(self, block: int) -> Sequence[TokenSpan]:
        """The spans of a block's tokens, in order; `block` is 0-based."""


class NoLayout:
    """Of a document whose tokens nobody asks the places of."""

    def spans(self, block: int) -> Sequence[TokenSpan]:
        raise LookupError(f"no places of block {block} are known")


@dataclass
class Decoded:
    """What a format makes of a text.

    ids: type id of each token, int32. starts: index of each sentence's first token, with the
    number of tokens as last entry. names: sentence ids by 0-based sentence, where the text has
    them. blocks: as starts, for the pieces that the layout gives spans of; the sentences where
    it is None. Only a format whose sentences may be as large as a file needs blocks of its own.
    """

    ids: array[int]
    starts: Sequence[int]
    layout: Layout
    names: dict[int, str] = field(default_factory=dict)
    blocks: Sequence[int] | None = None


@dataclass
class Document:
    """One file's text and tokens; what is asked for often is computed once.

    format and tagset are names; reason says why this format was chosen. digest: of the bytes of
    its file, empty where the text is not from there.
    """

    path: str
    text: str
    source: Source
    format: str
    decoded: Decoded
    vocabulary: Vocabulary
    tagset: str | None = None
    reason: str = ""
    digest: bytes = b""
    _spans: dict[int, Sequence[TokenSpan]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        decoded = self.decoded
        self._blocks = decoded.starts if decoded.blocks is None else decoded.blocks

    @property
    def ids(self) -> array[int]:
        return self.decoded.ids

    @property
    def layout(self) -> Any:
        """The format's own view, for rules that name the format."""
        return self.decoded.layout

    @property
    def sentence_count(self) -> int:
        return len(self.decoded.starts) - 1

    def __len__(self) -> int:
        return len(self.decoded.ids)

    def token(self, index: int) -> TokenType:
        return self.vocabulary.types[self.decoded.ids[index]]

    def sentence_of(self, token: int) -> int:
        """The 0-based sentence that holds a token."""
        return bisect_right(self.decoded.starts, token) - 1

    def sentences_of(self, tokens: Sequence[int]) -> list[int]:
        """As `sentence_of` for many tokens, ascending or not."""
        if len(self) < VECTORISE_FROM:
            return [self.sentence_of(token) for token in tokens]
        import numpy as np

        found = np.searchsorted(self.begins, np.array(tokens), "right")
        return (found - 1).tolist()  # type: ignore[no-any-return]

    @cached_property
    def begins(self) -> NDArray[np.int64]:
        """The index of each sentence's first token, and the number of tokens behind them."""
        import numpy as np

        return np.array(self.decoded.starts, np.int64)

    def sentence_name(self, sentence: int) -> str:
        """The sentence's id, or its 1-based ordinal where it has none."""
        return self.decoded.names.get(sentence) or str(sentence + 1)

    def sentence_tokens(self, sentence: int) -> range:
        """The token indices of a sentence."""
        return range(self.decoded.starts[sentence], self.decoded.starts[sentence + 1])

    def span(self, token: int) -> TokenSpan:
        block = bisect_right(self._blocks, token) - 1
        return self._block_spans(block)[token - self._blocks[block]]

    def spans(self, first: int, last: int) -> list[TokenSpan]:
        """The spans of the tokens from `first` to before `last`."""
        found: list[TokenSpan] = []
        while first < last:
            block = bisect_right(self._blocks, first) - 1
            start, end = self._blocks[block], min(last, self._blocks[block + 1])
            found += self._block_spans(block)[first - start : end - start]
            first = end
        return found

    def sentence_spans(self, sentence: int) -> list[TokenSpan]:
        return self.spans(self.decoded.starts[sentence], self.decoded.starts[sentence + 1])

    def token_at(self, offset: int) -> int:
        """The first token that ends behind an offset; the number of tokens where none does."""
        low, high = 0, len(self)
        block_at = getattr(self.layout, "block_at", None)
        if block_at is not None and high:
            block = max(0, block_at(offset))
            low, high = self._blocks[block], self._blocks[block + 1]
        while low < high:
            middle = (low + high) // 2
            if self.span(middle).end > offset:
                high = middle
            else:
                low = middle + 1
        return low

    def tokens_within(self, start: int, end: int) -> tuple[int, int]:
        """First and one past the last token that reaches into an extent of characters."""
        first = last = self.token_at(start)
        while last < len(self) and self.span(last).start < end:
            last += 1
        return first, last

    def _block_spans(self, block: int) -> Sequence[TokenSpan]:
        known = self._spans.get(block)
        if known is None:
            if len(self._spans) >= KEPT_BLOCKS:
                self._spans.clear()
            known = self._spans[block] = self.decoded.layout.spans(block)
        return known

    def slim(self) -> None:
        """Forget what can be made again from the rest."""
        self._spans.clear()
        for name in COMPUTED:
            self.__dict__.pop(name, None)

    def drop_text(self) -> bool:
        """As `slim`, and forget the text. False where the layout cannot do without."""
        if not hasattr(self.layout, "text"):
            return False
        self.slim()
        self.text = self.layout.text = ""
        return True

    def refill(self, text: str) -> None:
        """Give a document back the text that it had."""
        self.text = text
        if hasattr(self.layout, "text"):
            self.layout.text = text

    @cached_property
    def made(self) -> dict[Hashable, Any]:
        """What others have made of the document, by what they call it, until it is slimmed."""
        return {}

    @cached_property
    def type_counts(self) -> dict[int, int]:
        """How often each of the document's types occurs, by type id, ascending."""
        if len(self) < VECTORISE_FROM:
            return dict(sorted(Counter(self.ids).items()))

        present, counts = self.type_table
        return dict(zip(present.tolist(), counts.tolist(), strict=True))

    @cached_property
    def type_table(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The distinct type ids of the document, ascending, and how often each occurs."""
        import numpy as np

        ids = np.frombuffer(self.ids, np.int32)
        counts = np.zeros(int(ids.max(initial=-1)) + 1, np.int64)
        # What is counted is copied before, into twice as many bytes.
        for start in range(0, len(ids), COUNTED):
            counts += np.bincount(ids[start : start + COUNTED], minlength=len(counts))
        present = np.flatnonzero(counts)
        return present, counts[present]

    @property
    def type_ids(self) -> Collection[int]:
        """The distinct type ids of the document, ascending."""
        return self.type_counts.keys()

    def types_where(
        self, name: Hashable, judge: Callable[[TokenType], Any], within: Judged | None = None
    ) -> dict[int, Any]:
        """As `Vocabulary.judged`, of the document's own types, by type id, ascending."""
        return self.types_in(self.vocabulary.judged(name, judge, within))

    def types_in(self, judged: Judged) -> dict[int, Any]:
        """Of the types that something was said of just now those that the document has."""
        answers = judged.answers
        if len(self) < VECTORISE_FROM:
            own = self.type_counts
            few = own if len(own) < len(answers) else answers
            return {index: answers[index] for index in few if index in own and index in answers}
        import numpy as np

        ids = np.frombuffer(judged.ids, np.int32)
        present = self._present
        ids = ids[: np.searchsorted(ids, len(present))]
        return {index: answers[index] for index in ids[present[ids]].tolist()}

    @cached_property
    def _present(self) -> NDArray[np.bool_]:
        """By type id, up to the last one that it has, whether the document has it."""
        import numpy as np

        own, _ = self.type_table
        present = np.zeros(int(own.max(initial=-1)) + 1, bool)
        present[own] = True
        return present

    def types_among(self, keys: NDArray[np.uint64]) -> list[int]:
        """The ids of the document's types whose stable hashes are among ascending ones."""
        from taglint.corpus.columns import among

        own, ids = self.by_key
        found: list[int] = ids[among(own, keys)].tolist()
        return found

    @cached_property
    def by_key(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """The stable hashes of the document's well-formed types, ascending, and their ids; types
        that differ in compound brackets alone share a hash."""
        import numpy as np

        own, _ = self.type_table
        keys = np.frombuffer(self.vocabulary.keys(), np.uint64)[own]
        order = np.argsort(keys)
        order = order[np.searchsorted(keys, np.uint64(1), sorter=order) :]
        return keys[order], own[order]

    def places(self, wanted: Collection[int]) -> list[int]:
        """The indices of all tokens whose type id is wanted, ascending."""
        wanted = wanted if isinstance(wanted, (set, frozenset, dict)) else set(wanted)
        if not wanted:
            return []
        if len(self) < VECTORISE_FROM and "numpy" not in sys.modules:
            return [index for index, known in enumerate(self.ids) if known in wanted]
        import numpy as np

        return np.flatnonzero(self.flags(wanted).take(np.frombuffer(self.ids, np.int32))).tolist()

    def followed(self, first: Collection[int], second: Collection[int]) -> list[int]:
        """The indices of all tokens, ascending, whose type id is among the first and that have one
        among the second behind them in their sentence."""
        if len(self) < VECTORISE_FROM and "numpy" not in sys.modules:
            before = {place - 1 for place in self.places(second)}
            before.difference_update(start - 1 for start in self.decoded.starts)
            return [place for place in self.places(first) if place in before]
        import numpy as np

        from taglint.corpus.columns import among

        ids = np.frombuffer(self.ids, np.int32)
        behind = np.flatnonzero(self.flags(second).take(ids))
        behind = behind[~among(behind, self.begins)]
        found: list[int] = (behind[self.flags(first).take(ids.take(behind - 1))] - 1).tolist()
        return found

    def flags(self, wanted: Collection[int]) -> NDArray[np.bool_]:
        """By type id whether it is wanted."""
        import numpy as np

        flags = np.zeros(len(self.vocabulary), dtype=bool)
        flags[wanted if isinstance(wanted, array) else list(wanted)] = True
        return flags

    @cached_property
    def flawed(self) -> list[int]:
        """The indices of the malformed tokens, ascending."""
        irregular = self.vocabulary.irregular()
        return self.places(self.types_where("flawed", lambda token: token.flaw, irregular))

    @cached_property
    def characters(self) -> frozenset[str]:
        """The distinct characters of the text."""
        if len(self.text) < VECTORISE_FROM * 4:
            return frozenset(self.text)
        return _distinct_characters(self.text)

    @cached_property
    def lines(self) -> LineIndex:
        from taglint.corpus.lines import LineIndex

        return LineIndex(self.text)


# What a document computes of itself once it is asked for.
COMPUTED = [name for name, each in vars(Document).items() if isinstance(each, cached_property)]


def _distinct_characters(text: str) -> frozenset[str]:
    """As `frozenset(text)`, six times as fast on long text: counts UTF-16 units in a table."""
    import numpy as np

    counts = np.zeros(0x10000, dtype=np.int64)
    for start in range(0, len(text), STRETCH):
        units = text[start : start + STRETCH].encode("utf-16-le", "surrogatepass")
        counts += np.bincount(np.frombuffer(units, dtype="<u2"), minlength=0x10000)
    found = frozenset(map(chr, np.flatnonzero(counts)))
    surrogates = frozenset(filter(SURROGATE.match, found))
    if not surrogates:
        return found
    # Units of astral characters, or lone ones that stand for undecodable bytes: look at the text.
    return (found - surrogates) | set(ASTRAL.findall(text)) | set(SURROGATE.findall(text))
