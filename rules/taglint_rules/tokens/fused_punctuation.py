"""Punctuation mark fused with a word.

What it finds: a form that begins or ends with a quotation mark, bracket or sentence mark beside
letters or Han characters (`“语/nz`, `世界。/n`), or has a sentence mark between Han characters.
Marks that are part of words (`C++`, `.net`, `can't`, `10:30`, `卡尔·马克思`) are left alone, and
so are list markers and emoticons.

Why it matters: the word is counted as another word, the mark not at all; a quotation loses its
beginning or end.

Fix: unsafe; makes the mark a token of its own with the tagset's punctuation tag.

Options: none.
"""

import re

from taglint.characters import HAN
from taglint.corpus.vocabulary import TokenType
from taglint.findings import Applicability
from taglint.patterns import lazy, one_of
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint.tagsets import Tagset

OPENING, CLOSING = "“‘「『《〈（【〔〖", "”’」』》〉）】〕〗"
MARKS = OPENING + CLOSING + "，。！？；：、…"
MARK = one_of(MARKS)
WORD = f"[{HAN}A-Za-z]"
# A bracketed number or letter is a list marker or a note: 1） （三） [4].
MARKER = lazy("[（(〔【]?(?:[A-Za-z]|[0-9０-９]+|[一二三四五六七八九十百]+)[）)〕】、．.：:]$")
# In alphabetic scripts the quotation mark ’ is the apostrophe as well: ’s, n’t, dogs’.
APOSTROPHE = lazy(f"[^{HAN}‘’]*[‘’][^{HAN}]*")
AT_EDGES = (
    lazy(f"([{MARKS}]++)(.*{WORD}.*)", re.DOTALL),
    lazy(f"(.*{WORD})([{MARKS}]+)", re.DOTALL),
)
INSIDE = lazy(f"(?<=[{HAN}])([，。！？；]+)(?=[{HAN}])")


def check(token: TokenType, context: Context) -> Problem | None:
    pieces = split(token.form)
    if len(pieces) == 1:
        return None
    marks = " ".join(piece for piece in pieces if piece[0] in MARKS)
    message = f"{marks} is fused with a word in {token.form}"
    change = separate(pieces, token.tag, context.tagset) if context.tagset else None
    return Problem(message, confidence=0.9, group=marks, change=change)


def split(form: str) -> list[str]:
    """A form at its fused marks; the form alone where there are none."""
    if len(form) < 2 or MARKER.match(form) or half_inside(form) or APOSTROPHE.fullmatch(form):
        return [form]
    for pattern in AT_EDGES:
        found = pattern.fullmatch(form)
        if found:
            return [piece for part in found.groups() for piece in split(part)]
    return INSIDE.split(form)


def half_inside(form: str) -> bool:
    """Whether a bracket at one end of a form has its partner in the middle: 氯化铁（III）,
    （长）江. As a token of its own it would be torn from it."""
    opened = [form.find(mark) for mark in OPENING if mark in form]
    if opened and min(opened) > 0 and form[-1] in CLOSING:
        return True
    number = OPENING.find(form[0])
    return number >= 0 and 0 < form.find(CLOSING[number]) < len(form.rstrip(MARKS)) - 1


def separate(pieces: list[str], tag: str, tagset: Tagset) -> Change | None:
    """The change that makes each mark a token of its own."""
    tokens = []
    for piece in pieces:
        right = tagset.punctuation_tag(piece[0]) if piece[0] in MARKS else tag
        if right is None:
            return None
        tokens.append((piece, right))
    return Change("separate the mark", Applicability.UNSAFE, tokens=tuple(tokens))


RULE = Rule(
    code="TOK010",
    name="fused-punctuation",
    doc=__doc__,
    scope=Scope.TYPE,
    unless=("SEG008",),
    fix=Applicability.UNSAFE,
    good=(
        Example("“/w 语义/n ”/w 卡尔·马克思/nr .net/nz C++/nz 10：30/m"),
        Example("1）/m a）/m 三、/m 氯化铁（III）/n （长）江/ns “三通”后/t"),
        Example("don't/MD ’s/POS dogs’/NNS :)/UH '80s/CD", tagset="penn"),
    ),
    bad=(
        Example("“语/nz 义/ng", found=("“语/nz",), fixed="“/w 语/nz 义/ng"),
        Example("《人民日报》/nz", found=("《人民日报》/nz",), fixed="《/w 人民日报/nz 》/w"),
        Example("你好，世界/n", found=("你好，世界/n",), fixed="你好/n ，/w 世界/n"),
    ),
    among=lambda vocabulary, _: vocabulary.containing(MARK),
    check_type=check,
)
