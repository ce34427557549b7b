"""Numerals of all spellings: what kind of number a form is, and which tag numbers bear."""

from __future__ import annotations

import re
from functools import lru_cache

from taglint.tagsets import Tag, Tagset

HALF = str.maketrans(
    {0xFF01 + index: 0x21 + index for index in range(94)} | {"·": ".", "—": "-", "–": "-"}
)
# Numerals that are words of their own; 几 数 多 余 来 半 stand only beside them.
CORE = "〇零○一二三四五六七八九十百千万亿兆两萬億"
VAGUE = "几多余来"
ORDINAL = "第"
# What a numeral may begin with: all other forms are told apart by their first character.
STARTS = frozenset(f"0123456789０１２３４５６７８９{CORE}{VAGUE}数半上近初{ORDINAL}+-—－±.")

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
MATCHERS = [(name, re.compile(pattern)) for name, pattern in SHAPES.items()]
# Spellings of these kinds have no digit in them, so that one may also be an adverb or a name.
WORDS = frozenset(("Han numeral",))

CLASSIFIERS = (
    "个 位 名 种 类 条 家 项 届 批 件 场 户 亩 段 台 座 份 部 片 套 块 些 句 倍 篇 级 辆 号 期 幅 口 枚 封 根 "
    "架 笔 颗 艘 股 册 杯 只 张 本 把 支 头 匹 棵 朵 双 对 副 排 组 页 章 集 首 栋 层 间 款 点 步 次 遍 回 趟 轮 "
    "顿 圈 阵 番 盘 人次 人 成 折 门 颗 粒 滴 束 串 堆 群 列 队 棒 箱 袋 瓶 碗 盒 包 桶 盏 扇 节 档 样 道 处 则 "
    "笼 卷 栏 行 吨 克 千克 公斤 斤 两 升 毫升 米 公里 厘米 毫米 英寸 里 尺 寸 平方米 立方米 平方公里 元 角 美元 港元 "
    "英镑 日元 岁 秒 秒钟 分钟 小时 天 周 星期 月 个月 年 季度 周年 世纪 年代 倍 度 号线 部分 方面"
).split()  # fmt: skip
COUNT = f"(?:第?(?:{PLAIN}|{MIXED}|{HAN})|数|[几多余])"
QUANTITY = re.compile(f"({COUNT})({'|'.join(sorted(CLASSIFIERS, key=len, reverse=True))})")
NUMBER = f"(?:{INTEGER}|[{CORE}廿]+)"
DATE = re.compile(
    f"(?:[0-9]{{2,4}}|[〇零○一二三四五六七八九]{{2,4}})年(?:{NUMBER}月(?:{NUMBER}[日号])?)?|"
    f"{NUMBER}月(?:{NUMBER}[日号])?|{NUMBER}日|{NUMBER}(?:点|时)(?:{NUMBER}分|半)|"
    f"{INTEGER}(?:世纪)?年代"
)

TIME_TAGS = frozenset(("t", "NT"))
CLASSIFIER_TAGS = frozenset(("q", "qt", "qv", "M"))
# "Other proper name": where taggers of the Chinese schemes put what they do not know.
OTHER_NAME = "nz"


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
