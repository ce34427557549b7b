"""List whose numbers skip, repeat or go back.

What it finds: list items whose markers do not count up (or down) by one: `1. 2. 4.`,
`a) b) a) d)`, `（一）（二）（二）`. Markers may be one token or several, and stand at the beginning
of a line or inside of one. An item 1 begins a list of its own, and is reported with a low
confidence at most, if something tells the lists apart: a colon, a heading, an item of the list
around both, or more lines or text than between other items.

Why it matters: an item was lost or put in twice, most often with its text, or the number was
damaged.

Fix: unsafe; where the items before and after leave only one number, it is written. This changes
the text.

Options: none.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Evidence
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint_rules.numbering._lists import OUT_OF_ORDER, Break, lists
from taglint_rules.numbering._markers import respell


def check(document: Document, context: Context) -> Iterator[Problem]:
    for found in lists(document)[1]:
        yield _problem(document, found)


def _problem(document: Document, found: Break) -> Problem:
    marker, before = found.marker, found.before
    message = f"list item {marker.value} {found.what} behind {before.value}"
    return Problem(
        f"{message}: {found.expected} is expected",
        tokens=(marker.first, marker.last),
        confidence=found.confidence,
        group=f"{found.what} {marker.style}",
        change=_renumber(document, found) if found.what == OUT_OF_ORDER else None,
        evidence=(_evidence(document, before.first, before.last),),
    )


def _renumber(document: Document, found: Break) -> Change:
    tokens = [document.token(index) for index in range(found.marker.first, found.marker.last)]
    written = tuple((respell(token.form, found.expected), token.tag) for token in tokens)
    return Change(f"write {found.expected}", Applicability.UNSAFE, written)


def _evidence(document: Document, first: int, last: int) -> Evidence:
    start, end = document.span(first).start, document.span(last - 1).end
    line, column = document.lines.position(start)
    return Evidence(document.path, line, column, document.text[start:end])


def _items(*markers: str) -> str:
    return " 。/w ".join(f"{marker} 好/a" for marker in markers)


RULE = Rule(
    code="NUM001",
    name="broken-list",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    fix=Applicability.UNSAFE,
    changes_text=True,
    good=(
        Example(_items("1/m ./w", "2/m ./w") + " 如下/v ：/w " + _items("1/m ./w", "2/m ./w")),
        Example(_items("１０/m 、/w", "９/m 、/w", "８/m 、/w")),
        Example("房间/n 在/p 6/m 、/w 7/m 楼/n ，/w 9/m 、/w 10/m 楼/n"),
        Example(_items("首先/c ，/w", "第二/m ，/w", "第三/m ，/w")),
    ),
    bad=(
        Example(_items("1./m", "2./m", "4./m", "5./m"), found=("4./m",)),
        Example(_items("（/w 一/m ）/w", "（/w 二/m ）/w", "（/w 二/m ）/w"),
                found=("（/w 二/m ）/w",)),
        Example(_items("a/x )/w", "b/x )/w", "a/x )/w", "d/x )/w"), found=("a/x )/w",),
                fixed=_items("a/x )/w", "b/x )/w", "c/x )/w", "d/x )/w")),
        Example(_items("①/m", "②/m", "②/m", "④/m"), found=("②/m",),
                fixed=_items("①/m", "②/m", "③/m", "④/m")),
        Example(_items("第九/m ，/w", "第十/m ，/w", "第十二/m ，/w", "第十二/m ，/w"),
                found=("第十二/m ，/w",),
                fixed=_items("第九/m ，/w", "第十/m ，/w", "第十一/m ，/w", "第十二/m ，/w")),
        Example("1/LS )/. go/VB ./.\n2/LS )/. stop/VB ./.\n1/LS )/. go/VB ./.\n2/LS )/. on/RB ./.",
                tagset="penn", found=("1/LS )/.",)),
    ),
    check_document=check,
)  # fmt: skip
