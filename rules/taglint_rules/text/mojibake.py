"""Text that was decoded in the wrong encoding.

What it finds: UTF-8 read as Latin-1 or Windows-1252 (`Ã©` for é, `â€œ` for “) or as GBK (`鍒嗚瘝`
for 分词); what is left where it was not to be undone (`锟斤拷`, U+FFFD); the filling of unused
memory (`烫烫烫`, `屯屯屯`).

Why it matters: the words are not words, and every further conversion makes it worse.

Fix: unsafe; writes the text that gives exactly these characters when it is read wrongly. Shown
only where some bytes are lost, none where all are.

Options: none.
"""

import re
from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Edit, Severity
from taglint.rules import Change, Context, Example, Problem, Rule, Scope
from taglint_rules.text._characters import character_class, present
from taglint_rules.text._mojibake import WESTERN_LEAD, Restored, chinese, gbk_heads, western

LOST = {
    "\ufffd": "replacement character: what stood here was lost in an earlier conversion",
    "锟": "replacement characters read as GBK: what stood here is lost",
    "烫": "filling of unused memory, not text",
    "屯": "filling of unused memory, not text",
}
# What a trace of each is, by its first character.
TRACES = {
    "\ufffd": re.compile("\ufffd+"),
    "锟": re.compile("锟斤拷(?:锟斤拷|锟斤|锟)*"),
    "烫": re.compile("烫{3,}"),
    "屯": re.compile("屯{3,}"),
}


def check(document: Document, context: Context) -> Iterator[Problem]:
    text = document.text
    for first, run in TRACES.items():
        if first in document.characters:
            for match in _runs(text, first, run):
                yield Problem(LOST[first], span=match.span(), group=first)
    leads = "".join(present(document, WESTERN_LEAD))
    if leads:
        for found in western(text, leads):
            yield _problem(text, found, "Windows-1252")
    heads = "".join(present(document, character_class(gbk_heads())))
    if heads:
        for found in chinese(text, heads):
            yield _problem(text, found, "GBK")


def _runs(text: str, first: str, run: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """As `run.finditer(text)`, ten times as fast where the first character of a run is rare."""
    at = text.find(first)
    while at >= 0:
        found = run.match(text, at)
        if found:
            yield found
        at = text.find(first, found.end() if found else at + 1)


def _problem(text: str, found: Restored, codec: str) -> Problem:
    start, end, restored, whole = found
    garbled = text[start:end]
    message = f"{_short(garbled)} is {_short(restored)} in UTF-8 that was read as {codec}"
    kind = Applicability.UNSAFE if whole else Applicability.DISPLAY
    change = Change(f"write {_short(restored)}", kind, edits=(Edit(start, end, restored),))
    return Problem(message, span=(start, end), group=codec, change=change)


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"


RULE = Rule(
    code="TXT002",
    name="mojibake",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    fix=Applicability.UNSAFE,
    changes_text=True,
    good=(
        Example("São/np Paulo/np «/' É/np »/' Ârea/x 50/cd °C/x", tagset="penn"),
        Example("烫烫/v 的/u 锟/nr 鍥/x 联通/nt 屯/v"),
        Example("Привет/n мир/n", tagset=None),
    ),
    bad=(
        Example("cafÃ©/n", found=("Ã©",), fixed="café/n"),
        Example("â€œ/w ä¸\xadæ–‡/n", found=("â€œ", "ä¸\xadæ–‡"), fixed="“/w 中文/n"),
        Example("ÐŸÑ€Ð¸Ð²ÐµÑ‚/n", found=("ÐŸÑ€Ð¸Ð²ÐµÑ‚",), fixed="Привет/n"),
        Example("鍒嗚瘝/v 锛\ue045/w", found=("鍒嗚瘝",), fixed="分词/v 锛\ue045/w"),
        Example("璇嶆\ufffdф爣娉ㄨ鏂欏簱/n", found=("璇嶆\ufffdф爣娉ㄨ鏂欏簱", "\ufffd")),
        Example("锟斤拷锟斤/n 天\ufffd/n 烫烫烫/x", found=("锟斤拷锟斤", "\ufffd", "烫烫烫")),
    ),
    check_document=check,
)  # fmt: skip
