"""The shape of a rule: metadata, examples and one function (three for a corpus rule).

A rule is one module that binds `RULE = Rule(doc=__doc__, …)`; its docstring is its manual. What
a rule reports is a `Problem`; the engine makes findings of problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from taglint.findings import Applicability, Edit, Evidence, Severity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from taglint.corpus.document import Document
    from taglint.corpus.uncounted import Uncounted
    from taglint.corpus.vocabulary import Judged, TokenType, Vocabulary
    from taglint.lexicon import Lexicon
    from taglint.suppressions import Suppression
    from taglint.tagsets import Tagset


# The selector that names every rule.
ALL = "ALL"


class Scope(StrEnum):
    TYPE = "type"
    DOCUMENT = "document"
    CORPUS = "corpus"
    SUPPRESSION = "suppression"


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may know besides the tokens: format, tagset and its own options.

    outside: the name of the outside lexicon, for `taglint.outside.outside_lexicon`. lexicon: the
    project's own, by form. min_confidence: what is less certain is not reported, so a rule may
    leave it out. types: stable hashes, uint64, ascending, of the types of the documents that a
    corpus rule judges; its verdicts may leave out what can stand in no document of these types
    alone. None where any document may follow. shared: what rules of one family that judge the same
    counts make of them for each other; it is gone when all of them have judged.
    """

    format: str
    tagset: Tagset | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    outside: str | None = None
    lexicon: Lexicon | None = None
    min_confidence: float = 0.0
    types: NDArray[np.uint64] | None = field(default=None, compare=False, repr=False)
    shared: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Like:
    """Asks for concordance lines of other places: of a form with a tag, first of all those that
    have the same form on the left or right."""

    form: str
    tag: str
    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What would mend a problem.

    Either `tokens`, the (form, tag) pairs that replace the problem's tokens in any format, or
    `edits` of the text.
    """

    message: str
    applicability: Applicability
    tokens: tuple[tuple[str, str], ...] = ()
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule says is wrong, and where.

    tokens: first and one past the last token index in the document; type rules leave it out.
    span: 0-based offsets where the problem is not that of whole tokens. part: `"form"` or
    `"tag"` to underline only that part of a single token. group: problems with one cause share
    it; the rule's code is put before it. like: what the engine shows lines of as evidence.
    """

    message: str
    tokens: tuple[int, int] | None = None
    span: tuple[int, int] | None = None
    part: str = ""
    confidence: float = 1.0
    group: str = ""
    change: Change | None = None
    evidence: tuple[Evidence, ...] = ()
    like: tuple[Like, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a rule. `kind` is `bool`, `int`, `float`, `str` or `list` (of strings); a
    number is from `least` to `most`."""

    default: Any
    help: str
    kind: str = "str"
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A text on which the rule finds exactly the `tokens` (or, without tokens, source texts)
    given, and after all its fixes gives `fixed`. Good examples find nothing.

    found: for each expected finding the source text under its span. lexicon, outside: the project's
    lexicon and the outside lexicon that the rule may use, as the text of a lexicon file; none when
    empty.
    """

    text: str
    found: tuple[str, ...] = ()
    fixed: str | None = None
    format: str = "slash"
    tagset: str | None = "hanlp"
    options: Mapping[str, Any] = field(default_factory=dict)
    data: bytes | None = None
    lexicon: str = ""
    outside: str = ""


class Counts(Protocol):
    """A commutative monoid: what a corpus rule gathers can be added in any order and grouping."""

    def __add__(self, other: Any, /) -> Any: ...


Sift = Callable[["Vocabulary", Context], "Judged | None"]
TypeCheck = Callable[["TokenType", Context], "Problem | None"]
DocumentCheck = Callable[["Document", Context], Iterable[Problem]]
SuppressionCheck = Callable[["Suppression", Context], Iterable[str]]
Gather = Callable[["Document", Context], "Counts | Uncounted[Any]"]
Judge = Callable[[Any, Context], Any]
Locate = Callable[["Document", Any, Context], Iterable[Problem]]


@dataclass(frozen=True)
class Rule:
    """One rule. Which functions it has follows from its scope.

    flaws: a type rule with flaws sees only the tokens with one of them; one without sees only
    well-formed tokens. formats: the formats it applies to; all when empty. changes_text: its
    fixes may change the running text (the forms joined), which the engine refuses otherwise.
    among: for a type rule without flaws the types that it may object to, found by a search of the
    vocabulary, which takes less time than a call for each; all where it does not say, or None.
    unless: codes of rules that say the same on stronger grounds; where one of them reports the
    same tokens, or more with them, this one keeps silent.
    """

    code: str
    name: str
    doc: str
    scope: Scope
    severity: Severity = Severity.WARNING
    default: bool = True
    fix: Applicability | None = None
    changes_text: bool = False
    formats: tuple[str, ...] = ()
    flaws: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    options: Mapping[str, Option] = field(default_factory=dict)
    good: tuple[Example, ...] = ()
    bad: tuple[Example, ...] = ()
    among: Sift | None = None
    check_type: TypeCheck | None = None
    check_document: DocumentCheck | None = None
    gather: Gather | None = None
    judge: Judge | None = None
    locate: Locate | None = None
    check_suppression: SuppressionCheck | None = None

    @property
    def family(self) -> str:
        return self.code.rstrip("0123456789")

    @property
    def summary(self) -> str:
        """The first line of the manual."""
        return self.doc.strip().split("\n", 1)[0]

    @property
    def defaults(self) -> dict[str, Any]:
        return {name: option.default for name, option in self.options.items()}

    def applies_to(self, format_name: str) -> bool:
        return not self.formats or format_name in self.formats
