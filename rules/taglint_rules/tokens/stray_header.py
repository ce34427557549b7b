"""Header or markup line among the tokens.

What it finds: at the beginning of a document, lines that are not running text but were tagged
as if they were: a title marked with `#` that is fused with its first word (`#阿里/nrf`), and
header fields such as `from:`, `title:`, `date:`, `来源：`.

Why it matters: markup becomes words, and the header's words count as the text's.

Fix: none; whether a header is kept as metadata or dropped is the corpus's decision.

Options: `lines`, how many of the first sentences may be headers.
"""

from collections.abc import Iterator

from taglint.characters import HAN
from taglint.corpus.document import Document
from taglint.patterns import lazy
from taglint.rules import Context, Example, Option, Problem, Rule, Scope

MARKUP = lazy(f"(#+|=+|<!--)[{HAN}A-Za-z]")
FIELDS = frozenset(
    ("from", "to", "by", "title", "author", "date", "source", "url", "link", "tags", "category",
     "subject", "id", "来源", "标题", "作者", "日期", "链接", "题目", "出处")
)  # fmt: skip


def check(document: Document, context: Context) -> Iterator[Problem]:
    for sentence in range(min(context.options["lines"], document.sentence_count)):
        tokens = document.sentence_tokens(sentence)
        if not tokens:
            continue
        first = document.token(tokens.start).form
        if MARKUP.match(first):
            message = f"markup {first} at the beginning of a line: is it a title?"
            yield Problem(message, tokens=(tokens.start, tokens.start + 1), confidence=0.9)
        elif is_field(document, tokens):
            span = (tokens.start, tokens.start + 2)
            yield Problem(f"header field {first}: among the tokens", tokens=span, confidence=0.9)


def is_field(document: Document, tokens: range) -> bool:
    """Whether a line begins with the name of a header field and a colon."""
    if len(tokens) < 2:
        return False
    name, colon = (document.token(index).form.strip() for index in tokens[:2])
    return name.lower() in FIELDS and colon in (":", "：")


RULE = Rule(
    code="TOK014",
    name="stray-header",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    options={"lines": Option(5, "how many of the first sentences may be headers", "int", least=0)},
    good=(
        Example("今天/t 天气/n 好/a\n标题/n 党/n"),
        Example("他/rr 说/v ：/w 好/a"),
    ),
    bad=(
        Example("#深度/n 学习/v\n今天/t", found=("#深度/n",)),
        Example("from/nz :/w 北京/ns\n今天/t", found=("from/nz :/w",)),
    ),
    check_document=check,
)
