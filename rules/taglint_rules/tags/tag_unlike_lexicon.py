"""Noun tag on a word that is no noun to an outside lexicon.

What it finds: Chinese words with the tag of a noun or term that the outside lexicon and the word
lists of the tagset have only as verb, adjective, adverb, preposition, conjunction, pronoun or
particle: `针对/gi`. No lexicon lists every use, so its compounds of the word, its frequency and
the neighbours of the word in this corpus are weighed, and whether the corpus has more such words
than a carefully tagged one: verbs that are nouns as well stay silent or get a low confidence.
One report a word, with all its places.

Why it matters: a tagger with a dictionary of terms tags a word by it wherever it stands, and
where nothing varies no count shows that the tag is wrong.

Fix: unsafe; gives the word the lexicon's tag, where that is just one.

Options: none. Needs `outside-lexicon` in the configuration.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint_rules._gathering import gather
from taglint_rules.tags._neighbours import likes
from taglint_rules.tags._of_types import OfTypes, of_types

if TYPE_CHECKING:
    from taglint.corpus.contexts import Contexts
    from taglint_rules.tags._noun_claims import Claim

LEAST = 0.05


def judge(counts: Contexts, context: Context) -> OfTypes[Claim]:
    if context.outside is None or context.tagset is None:
        return of_types({}, LEAST)
    from taglint_rules.tags._noun_claims import judged
    from taglint_rules.tags._word_classes import known_words

    found = judged(counts, known_words(context.outside, context.tagset))
    return of_types(found, max(LEAST, context.min_confidence))


def locate(document: Document, verdicts: OfTypes[Claim], context: Context) -> Iterator[Problem]:
    for place in verdicts.places(document):
        form, tag, *_ = document.token(place)
        claim = verdicts.said[form, tag]
        yield Problem(
            _message(form, tag, claim, context),
            tokens=(place, place + 1),
            confidence=claim.confidence,
            group=f"{form}/{tag}",
            change=_change(form, claim, context),
            like=likes(document, place, *claim.tags, tag),
        )


def _message(form: str, tag: str, claim: Claim, context: Context) -> str:
    known = context.tagset.find(tag) if context.tagset else None
    gloss = f" ({known.en})" if known and known.en else ""
    return f"{form} is tagged {tag}{gloss}; the outside lexicon has it as {' or '.join(claim.tags)}"


def _change(form: str, claim: Claim, context: Context) -> Change | None:
    if len(claim.tags) > 1 or context.tagset is None or claim.tags[0] not in context.tagset:
        return None
    return Change(f"tag it {claim.tags[0]}", Applicability.UNSAFE, ((form, claim.tags[0]),))


WORDS = "非常\td\n针对\tp\n如果\tc\n而且\tc\n搜索\tv\n搜索引擎\tn\n全文搜索\tn\n"
WRONG = "非常/gi 大/a 。/w 我们/rr 针对/gi 他们/rr 。/w 如果/gi 走/v 。/w 而且/gi 很/d 大/a 。/w"
RIGHT = "非常/d 大/a 。/w 我们/rr 针对/p 他们/rr 。/w 如果/c 走/v 。/w 而且/c 很/d 大/a 。/w"

RULE = Rule(
    code="TAG016",
    name="tag-unlike-lexicon",
    doc=__doc__,
    scope=Scope.CORPUS,
    fix=Applicability.UNSAFE,
    good=(
        Example(RIGHT, outside=WORDS),
        Example(WRONG),
        Example("语音/n 搜索/gi 的/ude1 分析/n 。/w", outside=WORDS),
    ),
    bad=(
        Example(WRONG, outside=WORDS, fixed=RIGHT,
                found=("非常/gi", "针对/gi", "如果/gi", "而且/gi")),
    ),
    gather=gather,
    judge=judge,
    locate=locate,
)  # fmt: skip
