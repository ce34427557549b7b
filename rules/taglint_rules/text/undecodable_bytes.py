"""Bytes that are no text in the document's encoding.

What it finds: bytes that cannot be decoded; neighbouring ones are one finding. The message gives
them in hexadecimal, and where they would be Chinese in GB18030 says what they would say. In
UTF-16, halves of surrogate pairs and an odd last byte.

Why it matters: the characters are lost to every reader, most programs stop there, and others
drop the bytes without a word. Very many of them mean that the encoding is another one: set
`encoding` in the configuration.

Fix: unsafe, and only for bytes that are GB18030 in a UTF-8 document: writes the characters.

Options: `limit`, the number of places that are reported one by one; where a document has more,
only the first is reported, with their number.
"""

import re
from collections.abc import Iterator
from itertools import islice

from taglint.corpus.document import Document
from taglint.findings import Applicability, Severity
from taglint.patterns import lazy
from taglint.rules import Context, Example, Option, Problem, Rule, Scope
from taglint_rules.text._characters import replacement, runs

FAR = 40
ESCAPED = "\ud800-\udfff"
COMMON_PAIRS = lazy(rb"(?:[\xa1-\xa3\xb0-\xd7][\xa1-\xfe])+")


def check(document: Document, context: Context) -> Iterator[Problem]:
    encoding, tail = document.source.encoding, document.source.tail
    limit = context.options["limit"]
    found = list(islice(runs(document, ESCAPED), limit + 1))
    if len(found) > limit:
        count = sum(1 for _ in runs(document, ESCAPED))
        message = f"{count} places with bytes that are not {encoding}; is the encoding another one?"
        yield Problem(message, span=found[0].span(), group="encoding")
        return
    if encoding == "utf-8":
        yield from _utf8_problems(document.text, found)
    else:
        yield from (_problem(match.span(), match.group(), encoding) for match in found)
    if tail:
        end = len(document.text)
        message = f"byte {tail.hex().upper()} behind the last character is not {encoding}"
        yield Problem(message, span=(end, end))


def _utf8_problems(text: str, found: list[re.Match[str]]) -> Iterator[Problem]:
    """Chinese in GB18030 has pairs of bytes that are UTF-8 by chance, so its stretch is longer
    than the undecodable runs in it."""
    floor = 0
    for match in found:
        if match.start() < floor:
            continue
        start, end = _stretch(text, match, floor)
        chinese = _chinese(text[start:end].encode("utf-8", "surrogateescape"))
        if not chinese:
            yield _problem(match.span(), match.group(), "utf-8")
            continue
        message = f"{end - start} characters that are not utf-8, but GB18030 for {chinese}"
        change = replacement(f"write {chinese}", (start, end), chinese)
        yield Problem(message, span=(start, end), change=change)
        floor = end


def _stretch(text: str, match: re.Match[str], floor: int) -> tuple[int, int]:
    """The characters around a run up to the next ASCII ones, or not very far."""
    start, end = match.span()
    lowest, highest = max(floor, start - FAR), min(len(text), end + FAR)
    while start > lowest and text[start - 1] > "\x7f":
        start -= 1
    while end < highest and text[end] > "\x7f":
        end += 1
    return start, end


def _problem(span: tuple[int, int], escaped: str, encoding: str) -> Problem:
    if encoding.startswith("utf-16"):
        units = " ".join(f"{ord(unit):04X}" for unit in escaped[:8])
        return Problem(f"half of a surrogate pair ({units})", span=span)
    data = escaped.encode("ascii", "surrogateescape")
    count = "byte" if len(data) == 1 else f"{len(data)} bytes"
    more = " …" if len(data) > 16 else ""
    return Problem(f"{count} {data[:16].hex(' ').upper()}{more} not {encoding}", span=span)


def _chinese(data: bytes) -> str:
    """What bytes say in GB18030 if it is common characters all through, at least two of them."""
    common = len(data) >= 4 and COMMON_PAIRS.fullmatch(data)
    return data.decode("gb18030", "replace") if common else ""


RULE = Rule(
    code="TXT001",
    name="undecodable-bytes",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    fix=Applicability.UNSAFE,
    changes_text=True,
    options={"limit": Option(100, "places reported one by one", kind="int", least=0)},
    good=(
        Example("天气/n 好/a"),
        Example("café/n", data="天气/n 好/a 极/d 了/y 的/u".encode("gb18030")),
    ),
    bad=(
        Example(
            "天\udcff\udcfe气/n",
            found=("\udcff\udcfe",),
            data="天".encode() + b"\xff\xfe" + "气/n 好/a 的/u".encode(),
        ),
        Example(
            "天气/n \udcba\u00f5\udcc4/a",
            found=("\udcba\u00f5\udcc4",),
            fixed="天气/n 好的/a",
            data="天气/n 晴朗/a 的/u ".encode() + "好的".encode("gb18030") + b"/a",
        ),
        Example(
            "\udcff 三处 \udcff",
            found=("\udcff",),
            options={"limit": 1},
            data=b"\xffa/n \xff/n " + "天气/n 好/a".encode(),
        ),
        Example(
            "天气/n\ud800",
            found=("\ud800",),
            data=b"\xff\xfe" + "天气/n".encode("utf-16-le") + b"\x00\xd8",
        ),
        Example("天气/n", found=("",), data=b"\xff\xfe" + "天气/n".encode("utf-16-le") + b"\x20"),
    ),
    check_document=check,
)
