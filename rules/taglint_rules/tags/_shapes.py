"""Shapes of forms that are no words of the language: foreign strings, addresses, symbols."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, normalize

from taglint.corpus.document import Document
from taglint.patterns import lazy
from taglint.rules import Context
from taglint.tagsets import Tag, Tagset
from taglint_rules._han import not_in_han
from taglint_rules.numbering._numerals import CLASSIFIER_TAGS, OTHER_NAME, TIME_TAGS, kind

Pair = tuple[str, str]

MAIL = lazy(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
ADDRESS = lazy(
    r"(?:https?|ftp)://\S+|www\.\S+|[\w-]+(\.[\w-]+)*\.(?:com|org|net|edu|gov|cn)(/\S*)?"
)
LETTERS = lazy("[A-Za-zÀ-ɏ]+")
CODE = lazy(r"(?=.*[A-Za-z])[\w.+/-]+", re.ASCII)
FOREIGN = lazy("[A-Za-zÀ-ɏＡ-Ｚａ-ｚ]")
HAN_START = lazy("[\u4e00-\u9fff]")
# Their letters say nothing where the text itself is written in them.
ANYWHERE = frozenset(("mail address", "web address", "symbol"))
# Counted beside the forms: tokens that begin with a Han character.
HAN: Pair = ("", "")


class Verdict(NamedTuple):
    """What a form is, the tag of nearly all others like it, how many have that tag and how many
    there are, and how sure it is that this one should have it."""

    shape: str
    usual: str
    agreeing: int
    total: int
    confidence: float


def folded(form: str) -> str:
    """The spelling that variants in case and width share."""
    return normalize("NFKC", form).casefold()


@lru_cache(maxsize=1 << 16)
def shape(form: str) -> str:
    """What kind of string a form is; empty for words and numerals."""
    if len(form) == 1 and category(form).startswith("S"):
        return "symbol"
    if not FOREIGN.search(form) or HAN_START.search(form) or kind(form):
        return ""
    plain = normalize("NFKC", form)
    if MAIL.fullmatch(plain):
        return "mail address"
    if ADDRESS.fullmatch(plain.lower()):
        return "web address"
    if LETTERS.fullmatch(plain):
        return _letters(plain)
    return "string of letters and digits" if CODE.fullmatch(plain) else ""


def _letters(plain: str) -> str:
    if len(plain) == 1:
        return "single letter"
    case = "upper-case" if plain.isupper() else "lower-case" if plain.islower() else "mixed-case"
    return f"{case} Latin string"


def gathered(document: Document, context: Context) -> Counter[Pair]:
    """How often each (form, tag) with a shape occurs; under `HAN` the tokens in Han characters."""
    counts = Counter[Pair]()
    types, numbers = document.vocabulary.types, document.type_counts
    # Only these have a shape.
    others = not_in_han(document)
    for index in others:
        if not types[index].flaw and shape(types[index].form):
            counts[types[index][:2]] += numbers[index]
    counts[HAN] = len(document) - sum(numbers[index] for index in others)
    return +counts


# A class decides from so many other forms on, if so large a share of them has one tag.
LEAST, MAJORITY = 5, 0.6
# Of a tag that so many other forms of foreign letters bear it is as likely meant as not.
MEANT = 3
# Whether a name is one of a person or place does not show in its letters.
NAME = 0.4


def judged(counts: Counter[Pair], tagset: Tagset | None) -> dict[Pair, Verdict]:
    """The forms whose tag is not that of others of their shape, or of their own variants."""
    pairs = [pair for pair in counts if pair != HAN]
    latin = sum(counts[pair] for pair in pairs)
    if counts[HAN] < latin:
        pairs = [pair for pair in pairs if shape(pair[0]) in ANYWHERE]
    found = _by_shape(pairs, tagset)
    for pair, verdict in _by_variants(pairs, counts, tagset).items():
        if pair not in found or verdict.confidence > found[pair].confidence:
            found[pair] = verdict
    return found


def _by_shape(pairs: list[Pair], tagset: Tagset | None) -> dict[Pair, Verdict]:
    tags: dict[str, Counter[str]] = {}
    for form, tag in pairs:
        tags.setdefault(shape(form), Counter())[tag] += 1
    bearers = Counter(tag for form, tag in pairs if shape(form) not in ANYWHERE)
    found: dict[Pair, Verdict] = {}
    for form, tag in pairs:
        own, name = tags[shape(form)], shape(form)
        usual, agreeing = max(own.items(), key=lambda item: (item[1], item[0]))
        total = own.total() - 1
        if tag == usual or agreeing < LEAST or agreeing < MAJORITY * total:
            continue
        if name == "symbol" and _is_noun(usual, tagset):
            continue
        alike = (own if name in ANYWHERE else bearers)[tag] - 1
        sure = agreeing / (total + 1) * MEANT / (MEANT + alike) * _doubt(form, tag, tagset)
        if sure:
            found[form, tag] = Verdict(name, usual, agreeing, total, round(sure, 4))
    return found


def _is_noun(name: str, tagset: Tagset | None) -> bool:
    """Whether a tag is one that only taggers give to symbols."""
    tag = tagset.find(name) if tagset else None
    return tag is not None and tag.upos in ("NOUN", "PROPN")


def _doubt(form: str, name: str, tagset: Tagset | None) -> float:
    """How far a tag may be doubted: units and numerals not at all, kinds of names a little."""
    tag: Tag | None = tagset.find(name) if tagset else None
    if tag is None:
        return 1.0
    if tag.cls in ("numeral", "punctuation") or form in tag.words:
        return 0.0
    if tag.name in (*CLASSIFIER_TAGS, *TIME_TAGS) or tag.parent in CLASSIFIER_TAGS:
        return 0.0
    kind_of_name = tag.upos == "PROPN" and tag.name != OTHER_NAME and tag.cls == "open"
    return NAME if kind_of_name or tag.cls == "other" else 1.0


def _by_variants(
    pairs: list[Pair], counts: Counter[Pair], tagset: Tagset | None
) -> dict[Pair, Verdict]:
    alike: dict[str, list[Pair]] = {}
    for pair in pairs:
        alike.setdefault(folded(pair[0]), []).append(pair)
    found: dict[Pair, Verdict] = {}
    for variants in alike.values():
        if len({form for form, _ in variants}) > 1 and len({tag for _, tag in variants}) > 1:
            found |= _among(variants, counts, tagset)
    return found


def _among(
    variants: list[Pair], counts: Counter[Pair], tagset: Tagset | None
) -> dict[Pair, Verdict]:
    """Those of one form's spellings that have another tag than the others."""
    found: dict[Pair, Verdict] = {}
    for form, tag in variants:
        others = Counter[str]()
        for other, its in variants:
            if other != form:
                others[its] += counts[other, its]
        usual, agreeing = max(others.items(), key=lambda item: (item[1], item[0]))
        # The same spelling with both tags is another matter: its context decides.
        if tag == usual or (form, usual) in counts or agreeing <= counts[form, tag]:
            continue
        total = others.total()
        sure = agreeing / (total + counts[form, tag] + 1) * bool(_doubt(form, tag, tagset))
        if sure:
            found[form, tag] = Verdict("variant", usual, agreeing, total, round(sure, 4))
    return found
