"""Bound morpheme that a mark or a blank has torn off its word.

What it finds: a token of one character that is tagged as a bound morpheme and makes a word of the
corpus or of the outside lexicon together with its neighbour, from which only a mark fused with
the neighbour (`“语/nz 义/ng`) or a blank token (`主/ag  /x 体/ng`) keeps it; behind a fused mark
also a token that is no word anywhere else, and any token if what the mark is fused with has the tag
that taggers give to what they do not know. Where nothing stands between them the other rules of
this family decide.

Why it matters: the word is lost, and the morpheme is counted as a word.

Fix: unsafe; makes the mark a token of its own and joins the word, or drops the blank and joins it,
which changes the running text.

Options: none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint_rules._gathering import gather
from taglint_rules.segmentation._shared import judged, spelled, times

if TYPE_CHECKING:
    from taglint.corpus.contexts import Contexts
    from taglint_rules.segmentation._torn import Torn, Types, Word

CONFIDENCE = 0.85


def judge(counts: Contexts, context: Context) -> Torn | None:
    known = judged(counts, context) if context.tagset else None
    if known is None or context.tagset is None:
        return None
    from taglint_rules.segmentation._torn import torn

    return torn(known, context.tagset)


def locate(document: Document, verdicts: Torn | None, context: Context) -> Iterator[Problem]:
    if verdicts is None:
        return
    types, done = document.vocabulary.types, -1
    marks = {index for index in document.type_ids if types[index].form in verdicts.marks}
    for place in document.places(marks) if marks else ():
        sentence = document.sentence_tokens(document.sentence_of(place))
        # A mark fused with what follows it, and a blank between two tokens.
        for first, last in ((place, place + 2), (place - 1, place + 2)):
            if max(sentence.start, done + 1) <= first and last <= sentence.stop:
                old = tuple(document.token(index)[:2] for index in range(first, last))
                if old in verdicts.words:
                    done = last - 1
                    yield _problem(old, verdicts.words[old], (first, last))
                    break


def _problem(old: Types, word: Word, tokens: tuple[int, int]) -> Problem:
    seen = f"the corpus has {word.form} {times(word.seen)}"
    where = seen if word.seen else f"the outside lexicon has {word.form}"
    written = spelled(word.new)
    change = Change(f"segment it {written}", Applicability.UNSAFE, tokens=word.new)
    message = f"{spelled(old)} should be {written}: {where}"
    return Problem(message, tokens, confidence=CONFIDENCE, group=word.form, change=change)


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
