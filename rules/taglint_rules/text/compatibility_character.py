"""Compatibility character that stands for an ordinary one.

What it finds: radicals in place of the characters (⼀ U+2F00 for 一, ⻓ for 长), compatibility
ideographs (U+F900 for 豈), ligatures (ﬁ), presentation forms of Arabic letters and of vertical
or small punctuation, and the unit signs of Ohm, Kelvin and Ångström.

Why it matters: they look like the ordinary character, so nobody sees that the form is another
one. They come from PDF files and old character sets.

Fix: unsafe; writes the ordinary characters.

Options: `symbols` also reports symbols that are usually meant as they are: ①, ⑵, Ⅳ, ㎡, ℃, ²,
½, … and letters of mathematics. Full-width and half-width forms are the matter of
`width-variant`.
"""

import re
import unicodedata
from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability
from taglint.patterns import lazy
from taglint.rules import Context, Example, Option, Problem, Rule, Scope
from taglint_rules.text._characters import described, present, replacement

# Radicals that Unicode only calls similar to a character.
RADICALS = dict(
    zip(
        "⺁⺌⺍⺕⺛⺠⺢⺣⺨⺩⺬⺮⺯⺰⺱⺼⻁⻄⻅⻆⻈⻉⻋⻏⻐⻑⻓⻔⻖⻘⻙⻚⻛⻜⻝⻠⻢⻣⻥⻦⻧⻨⻩⻬⻮⻰",
        "厂小小彐旡民水火犬王示竹糸纟网肉虎西见角讠贝车邑钅長长门阜青韦页风飞食饣马骨鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)
ALWAYS = lazy(
    "[\u2126\u212a\u212b\u2e80-\u2fd5\uf900-\ufaff\ufb00-\ufb1c\ufb50-\ufdff\ufe10-\ufe19"
    "\ufe30-\ufe6b\ufe70-\ufefc\U0002f800-\U0002fa1f]"
)
# Blanks, widths and the ordinary apostrophe-like signs have rules of their own or none.
SYMBOLS = lazy(
    "[\xaa\xb2\xb3\xb9\xba\xbc-\xbe\u2024-\u2026\u2070-\u209c\u2100-\u2183\u2460-\u24ea"
    "\u2a74-\u2a76\u3200-\u33ff\U0001d400-\U0001d7ff\U0001f100-\U0001f1ad\U0001f200-\U0001f251]"
)


def check(document: Document, context: Context) -> Iterator[Problem]:
    found = present(document, ALWAYS)
    if context.options["symbols"]:
        found += present(document, SYMBOLS)
    plain = {character: ordinary(character) for character in found}
    wanted = "".join(character for character in found if plain[character] != character)
    for match in re.finditer(f"[{wanted}]", document.text) if wanted else ():
        character = match.group()
        text = plain[character]
        yield Problem(
            f"{described(character)} in place of {text}",
            span=match.span(),
            group=character,
            change=replacement(f"write {text}", match.span(), text),
        )


def ordinary(character: str) -> str:
    """What a compatibility character stands for; itself where there is nothing to write."""
    text = RADICALS.get(character) or unicodedata.normalize("NFKC", character)
    if any(map(str.isspace, text)):
        return character
    if "\ufe10" <= character <= "\ufe6b" and "!" <= text <= "~" and len(text) == 1:
        # Forms of vertical and Chinese text, where the ordinary mark is the full-width one.
        return chr(ord(text) + 0xFEE0)
    return text


RULE = Rule(
    code="TXT007",
    name="compatibility-character",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    fix=Applicability.UNSAFE,
    changes_text=True,
    options={"symbols": Option(False, "report symbols such as ①, ㎡ and ² too", kind="bool")},
    good=(
        Example("一/m ㎡/q ①/m Ⅳ/m ℃/q …/w １９９８/m"),
        Example("\ufa0e/n \ufd3e/x", tagset=None),
    ),
    bad=(
        Example("\u2f00/m 成\u2ed3/v", found=("\u2f00", "\u2ed3"), fixed="一/m 成长/v"),
        Example("of\ufb01ce/n \uf900/d", found=("\ufb01", "\uf900"), fixed="office/n 豈/d"),
        Example("\ufe35/w 好/a \ufe36/w", found=("\ufe35", "\ufe36"), fixed="（/w 好/a ）/w"),
        Example("㎡/q ²/m", found=("㎡", "²"), fixed="m2/q 2/m", options={"symbols": True}),
    ),
    check_document=check,
)  # fmt: skip
