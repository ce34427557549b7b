"""Another character in the separator's place.

What it finds: a token whose form and tag are joined by a look-alike of the separator: the
full-width `／`, `∕`, `⁄`, a backslash, `|`, or the separator of another format, with a known
tag behind it: `天气／n`, `天气_n`.

Why it matters: readers of the corpus take the whole piece for one untagged word.

Fix: safe; writes the format's separator. The text that is left when the tags are taken away
changes by the character that should not have been in it.

Options: none.
"""

from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Severity
from taglint.patterns import lazy
from taglint.rules import Change, Context, Example, Problem, Rule, Scope

LOOKALIKE = lazy(r"(.+)([／∕⁄⧸\\|_/])([^／∕⁄⧸\\|_/]+)$")


def split_at_lookalike(form: str, context: Context) -> tuple[str, str, str] | None:
    """Form, look-alike and tag of an untagged piece, if a known tag stands behind one."""
    found = LOOKALIKE.match(form)
    if found is None or context.tagset is None or found[3] not in context.tagset:
        return None
    return found[1], found[2], found[3]


def check(document: Document, context: Context) -> Iterator[Problem]:
    for index in document.flawed:
        token = document.token(index)
        split = token.flaw == "missing-separator" and split_at_lookalike(token.form, context)
        if split:
            form, mark, tag = split
            change = Change("write the separator", Applicability.SAFE, tokens=((form, tag),))
            message = f"{mark} stands for the separator in {token.form}"
            yield Problem(message, tokens=(index, index + 1), group=mark, change=change)


RULE = Rule(
    code="TOK004",
    name="wrong-separator",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    severity=Severity.ERROR,
    fix=Applicability.SAFE,
    changes_text=True,
    formats=("slash", "underscore"),
    good=(Example("今天/t i/o/n"), Example("snake_case/n 天气/n"), Example("天气_不好")),
    bad=(
        Example("今天/t 天气／n", found=("天气／n",), fixed="今天/t 天气/n"),
        Example("今天/t 天气_n", found=("天气_n",), fixed="今天/t 天气/n"),
        Example(
            "中国_NR 经济/NN",
            format="underscore",
            tagset="ctb",
            found=("经济/NN",),
            fixed="中国_NR 经济_NN",
        ),
    ),
    check_document=check,
)
