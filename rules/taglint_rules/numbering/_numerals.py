"""Numerals of all spellings: what kind of number a form is, and which tag numbers bear."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType
from taglint.findings import Applicability
from taglint.patterns import lazy, one_of
from taglint.rules import Change
from taglint.tagsets import Tag, Tagset

HALF = str.maketrans(
    {0xFF01 + index: 0x21 + index for index in range(94)} | {"·": ".", "—": "-", "–": "-"}
)
# What has another spelling in half width.
WIDE = frozenset(map(chr, HALF))
# Numerals that are words of their own; 几 数 多 余 来 半 stand only beside them.
CORE = "〇零○一二三四五六七八九十百千万亿兆两萬億"
VAGUE = "几多余来"
ORDINAL = "第"
# What a numeral may begin with: all other forms are told apart by their first character.
DIGITS = "0123456789０１２３４５６７８９"
STARTS = frozenset(f"{DIGITS}{CORE}{VAGUE}数{ORDINAL}+-—－±.．")
STARTING = one_of(STARTS)

INTEGER = "[0-9]+"
PLAIN = f"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|{INTEGER})(?:\\.[0-9]+)?"
HAN = f"(?:[数几][{CORE[10:]}]|[{CORE}])[{CORE}{VAGUE}]*(?:[点.][{CORE}]+)?"
MIXED = f"{PLAIN}(?:[多余几]?[百千万亿]+[多余]?|[多余])"
SHAPES = {
    "integer": INTEGER,
    "decimal": f"[-+±]?(?:{INTEGER})?\\.[0-9]+",
    "thousands": PLAIN,
    "negative": f"[-+±]{PLAIN}",
    "percentage": f"[-+±]?{PLAIN}[%‰]",
    "fraction": f"{INTEGER}/{INTEGER}",
    "range": f"{PLAIN}[-~]{PLAIN}[%‰]?",
    "clock time": "[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?",
    "calendar date": "(?:[0-9]{4}([-/.])[0-9]{1,2}\\1[0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4})",
    "mixed numeral": MIXED,
    "Han numeral": f"{HAN}|几|[{CORE}]*分之[{CORE}]+(?:[点.][{CORE}]+)?",
    "ordinal": f"第(?:{INTEGER}|[{CORE}]+|几)",
}  # fmt: skip
MATCHERS = [(name, lazy(pattern)) for name, pattern in SHAPES.items()]
# Spellings of these kinds have no digit in them, so that one may also be an adverb or a name.
WORDS = frozenset(("Han numeral",))

# Classifiers of things, of actions, of time, and units of measure.
SHORT_CLASSIFIERS = (
    "个位名种类条家项届批件场户亩段台座份部片套块些句倍篇级辆号期幅口枚封根架笔颗艘股册杯只张"
    "本把支头匹棵朵双对副排组页章集首栋层间款点步次遍回趟轮顿圈阵番盘人成折门粒滴束串堆群列队"
    "棒箱袋瓶碗盒包桶盏扇节档样道处则笼卷栏行吨克斤两升米里尺寸元角岁秒天周月年度"
)
LONG_CLASSIFIERS = (
    "平方公里|平方米|立方米|人次|千克|公斤|毫升|公里|厘米|毫米|英寸|美元|港元|英镑|日元|"
    "秒钟|分钟|小时|星期|个月|季度|周年|世纪|年代|号线|部分|方面"
)
CLASSIFIER = f"(?:{LONG_CLASSIFIERS}|[{SHORT_CLASSIFIERS}])"
COUNT = f"(?:第?(?:{PLAIN}|{MIXED}|{HAN})|数|[几多余])"
QUANTITY = lazy(f"({COUNT})({CLASSIFIER})")
NUMBER = f"(?:{INTEGER}|[{CORE}廿]+)"
DATE = lazy(
    f"(?:[0-9]{{4}}|[〇零○一二三四五六七八九]{{4}})年(?:{NUMBER}月(?:{NUMBER}[日号])?)?|"
    f"{NUMBER}月(?:{NUMBER}[日号])?|{NUMBER}日|{NUMBER}(?:点|时)(?:{NUMBER}分|半)|"
    f"{INTEGER}(?:世纪)?年代"
)

TIME_TAGS = ("t", "NT")
CLASSIFIER_TAGS = ("q", "qt", "qv", "M")
# Penn's tag of list markers, which are numerals by their spelling only.
LIST_MARKER = "LS"
# "Other proper name": where taggers of the Chinese schemes put what they do not know.
OTHER_NAME = "nz"
NOT_WORDS = frozenset(("numeral", "punctuation", "symbol", "other"))
# May be written of days and hours, which are time words to some annotators.
OF_TIME = frozenset(("clock time", "calendar date", "range", "fraction"))
# A numeral, and an adverb of degree to those who take it for one.
SOME = "几"
# Written for "to" and "for" in messages.
SOUNDS = frozenset(("2", "4"))


@lru_cache(maxsize=1 << 16)
def plain(form: str) -> str:
    """The half-width spelling."""
    return form if form.isascii() else form.translate(HALF)


@lru_cache(maxsize=1 << 16)
def kind(form: str) -> str:
    """What kind of numeral a form is by its spelling, such as `integer`; empty for others."""
    if form[:1] not in STARTS:
        return ""
    spelled = plain(form)
    return next((name for name, pattern in MATCHERS if pattern.fullmatch(spelled)), "")


def numerals_where(
    document: Document, name: Hashable, judge: Callable[[TokenType], Any]
) -> dict[int, Any]:
    """As `Document.types_where`, of types whose form begins as a numeral may."""
    return document.types_where(name, judge, document.vocabulary.beginning(STARTING))


@lru_cache(maxsize=1 << 16)
def quantity(form: str) -> tuple[str, str] | None:
    """The numeral and the classifier that a form is made of."""
    found = QUANTITY.fullmatch(plain(form)) if form[:1] in STARTS else None
    return (form[: -len(found[2])], form[-len(found[2]) :]) if found else None


def is_date(form: str) -> bool:
    """Whether a form is a date or time of day in words: 1998年, 1月22日, 80年代."""
    return form[:1] in STARTS and DATE.fullmatch(plain(form)) is not None


def unknown_to_tagger(tag: Tag, tagset: Tagset) -> bool:
    """Whether a tag is one that taggers give what they do not know."""
    return tag.name == OTHER_NAME or tag.name in tagset.unknown_word


def numeral_tag(form: str, tagset: Tagset) -> str | None:
    """The tagset's tag of a numeral; ordinals have one of their own in some tagsets."""
    ordinal = form.startswith(ORDINAL) and len(tagset.numeral) > 1
    return tagset.numeral[ordinal] if tagset.numeral else None


def classifier_tag(form: str, tagset: Tagset) -> str | None:
    """The tagset's tag of a classifier: the one that lists it, else the general one."""
    tags = [name for name in CLASSIFIER_TAGS if name in tagset.tags]
    listed = (name for name in tags if form in tagset.tags[name].typical)
    return next(listed, tags[0] if tags else None)


def split_quantity(parts: tuple[str, str], tagset: Tagset) -> Change | None:
    """The change that makes a numeral and its classifier two tokens."""
    numeral, classifier = numeral_tag(parts[0], tagset), classifier_tag(parts[1], tagset)
    if numeral is None or classifier is None:
        return None
    tokens = ((parts[0], numeral), (parts[1], classifier))
    return Change("split numeral and classifier", Applicability.UNSAFE, tokens)


def time_tag(tagset: Tagset) -> str | None:
    """The tagset's tag of time words."""
    return next((name for name in TIME_TAGS if name in tagset.tags), None)


def may_be_mistagged(shape: str, tag: Tag, tagset: Tagset) -> bool:
    """Whether a tag is one of words that numerals of this kind do not bear."""
    if tag.cls in NOT_WORDS or tag.name in TIME_TAGS:
        return False
    if unknown_to_tagger(tag, tagset):
        return True
    return tag.upos == "ADV" if shape == SOME else shape not in WORDS and shape != "ordinal"


def mistagged(form: str, tag: Tag, tagset: Tagset) -> float:
    """How sure it is that a numeral bears the tag of a word by mistake; 0 where it may."""
    shape = kind(form)
    if not shape or not may_be_mistagged(SOME if form == SOME else shape, tag, tagset):
        return 0.0
    if form == SOME:
        return 0.85
    if unknown_to_tagger(tag, tagset):
        # Universal Dependencies has the markers of lists among what is no word.
        doubtful = (shape in OF_TIME) + (tag.cls == "foreign") + (OTHER_NAME not in tagset.tags)
        return (0.95, 0.7)[doubtful] if doubtful < 2 else 0.4
    # Numbers are parts of names (Windows 98), terms (802.11) and events (9/11), too.
    named = tag.upos == "PROPN" or shape == "decimal" or shape in OF_TIME
    return 0.4 if named or (tag.cls == "closed" and form in SOUNDS) else 0.85
