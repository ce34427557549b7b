"""Bound morpheme that a mark or a blank has torn off its word.

What it finds: a token of one character that is tagged as a bound morpheme and makes a word of the
corpus or of the outside lexicon together with its neighbour, from which only a mark fused with
the neighbour (`“语/nz 义/ng`) or a blank token (`主/ag  /x 体/ng`) keeps it; behind a fused mark
also a token that is no word anywhere else. Where nothing stands between them the other rules of
this family decide.

Why it matters: the word is lost, and the morpheme is counted as a word.

Fix: unsafe; makes the mark a token of its own and joins the word, or drops the blank and joins it,
which changes the running text.

Options: none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from taglint.characters import is_han, is_punctuation
from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint_rules._gathering import gather
from taglint_rules.segmentation._shared import judge, times

if TYPE_CHECKING:
    from taglint_rules.segmentation._judging import Verdicts

LONGEST = 4
CONFIDENCE = 0.85


def locate(document: Document, verdicts: Verdicts | None, context: Context) -> Iterator[Problem]:
    if verdicts is None or context.tagset is None:
        return
    done = -1
    bound = morphemes(document, context)
    behind = {place + 1 for place in document.places(fused(document)) if place + 1 < len(document)}
    torn = {place for place in behind if _no_word(document.token(place).form, verdicts)}
    for place in sorted(torn.union(document.places(bound))):
        for found in (
            _behind_mark(document, place, verdicts, context),
            _across_blank(document, place - 1, verdicts),
            _across_blank(document, place + 1, verdicts),
        ):
            if found and found.tokens and found.tokens[0] > done:
                done = found.tokens[1] - 1
                yield found
                break


def morphemes(document: Document, context: Context) -> set[int]:
    """The document's types of one character that are tagged as bound morphemes."""
    found = set()
    for id_ in document.type_ids:
        token = document.vocabulary.types[id_]
        tag = context.tagset.find(token.tag) if context.tagset and len(token.form) == 1 else None
        if tag and tag.cls == "morpheme" and is_han(token.form):
            found.add(id_)
    return found


def fused(document: Document) -> set[int]:
    """The document's types that open with a mark and go on with Han characters."""
    types = document.vocabulary.types
    forms = ((id_, types[id_].form) for id_ in document.type_ids)
    return {id_ for id_, form in forms if is_punctuation(form[:1]) and is_han(form[1:])}


def _no_word(form: str, verdicts: Verdicts) -> bool:
    return bool(verdicts.tables.form_count[verdicts.tables.known(form)] <= 1)


def _behind_mark(
    document: Document, place: int, verdicts: Verdicts, context: Context
) -> Problem | None:
    """A morpheme behind a token that opens with a mark: “语 义."""
    if not _inside(document, place - 1, place):
        return None
    form = document.token(place - 1).form
    mark, rest = form[:1], form[1:]
    right = context.tagset.punctuation_tag(mark) if context.tagset else None
    if not (is_punctuation(mark) and is_han(rest) and right):
        return None
    tokens = (place - 1, place + 1)
    return _problem(document, verdicts, tokens, rest + document.token(place).form, ((mark, right),))


def _across_blank(document: Document, blank: int, verdicts: Verdicts) -> Problem | None:
    """Two tokens with a blank one between them, of which one is a morpheme: 主 体."""
    if not _inside(document, blank - 1, blank + 1) or document.token(blank).form.strip():
        return None
    forms = document.token(blank - 1).form, document.token(blank + 1).form
    return _problem(document, verdicts, (blank - 1, blank + 2), "".join(forms), ())


def _inside(document: Document, first: int, last: int) -> bool:
    return (
        first >= 0
        and last < len(document)
        and (document.sentence_of(first) == document.sentence_of(last))
    )


def _problem(
    document: Document,
    verdicts: Verdicts,
    tokens: tuple[int, int],
    word: str,
    before: tuple[tuple[str, str], ...],
) -> Problem | None:
    tables = verdicts.tables
    known = tables.known(word) if is_han(word) and len(word) <= LONGEST else -1
    if known < 0:
        return None
    new = (*before, tables.type(int(tables.likely[known, 0])))
    old = " ".join("/".join(document.token(index)[:2]) for index in range(*tokens))
    written = " ".join("/".join(token) for token in new)
    seen = round(float(tables.own_count[known]))
    where = f"the corpus has {word} {times(seen)}" if seen else f"the outside lexicon has {word}"
    message = f"{old} should be {written}: {where}"
    change = Change(f"segment it {written}", Applicability.UNSAFE, tokens=new)
    return Problem(message, tokens, confidence=CONFIDENCE, group=word, change=change)


RULE = Rule(
    code="SEG008",
    name="stray-morpheme",
    doc=__doc__,
    scope=Scope.CORPUS,
    fix=Applicability.UNSAFE,
    changes_text=True,
    good=(Example("语义/n 主体/n “/w 主/ag 语/n"),),
    bad=(
        Example("语义/n ，/w “语/nz 义/ng 鸿沟/n", found=("“语/nz 义/ng",),
                fixed="语义/n ，/w “/w 语义/n 鸿沟/n"),
        Example("主体/n检测/gi的/ude1主/ag  /x体/ng检测/gi", format="unspaced",
                found=("主/ag  /x体/ng",), fixed="主体/n检测/gi的/ude1主体/n检测/gi"),
    ),
    gather=gather,
    judge=judge,
    locate=locate,
)  # fmt: skip
