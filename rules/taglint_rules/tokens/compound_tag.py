"""Compound bracket without a tag, with an unknown one, or apart from its word.

What it finds: a closing bracket of a compound that no tag follows (`电台/n]`), whose tag the
tagset does not have (`电台/n]qx`), or that stands between blanks (`电台/n ]nt`).

Why it matters: the compound has no category, or is not read as one.

Fix: safe for a bracket that stands apart: it is attached to the word before it.

Options: none.
"""

import re
from collections.abc import Iterator

from taglint.corpus.document import Document
from taglint.findings import Applicability, Edit
from taglint.rules import Change, Context, Example, Problem, Rule, Scope


def check(document: Document, context: Context) -> Iterator[Problem]:
    name = "compound tag", document.tagset
    faults = document.types_where(
        name,
        lambda token: fault(token.closing, token.flaw, context),
        document.vocabulary.irregular(),
    )
    for index in document.places(faults):
        message = faults[document.ids[index]]
        change = attach(document, index)
        yield Problem(message, tokens=(index, index + 1), group=message, change=change)


def attach(document: Document, index: int) -> Change | None:
    """Take out the blank before a bracket that stands apart."""
    if document.token(index).flaw != "detached-bracket" or not index:
        return None
    if document.sentence_of(index) != document.sentence_of(index - 1):
        return None
    blank = Edit(document.span(index - 1).end, document.span(index).start, "")
    return Change("attach the bracket", Applicability.SAFE, edits=(blank,))


def fault(closing: str, flaw: str, context: Context) -> str:
    """What is wrong with the closing brackets of a token; empty if nothing is."""
    if not closing:
        return ""
    if flaw == "detached-bracket":
        return f"compound bracket {closing} stands apart from the compound's last word"
    for tag in re.findall(r"\]/?([A-Za-z0-9]*)", closing):
        if not tag:
            return "compound has no tag behind its bracket"
        if context.tagset is not None and tag not in context.tagset:
            return f"compound tag {tag} is not in the tagset {context.tagset.name}"
    return ""


RULE = Rule(
    code="TOK009",
    name="compound-tag",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    fix=Applicability.SAFE,
    formats=("slash",),
    good=(Example("[中央/n 电台/n]nt 报道/v"), Example("[中央/n 电台/n]/nt")),
    bad=(
        Example("[中央/n 电台/n] 报道/v", found=("电台/n",)),
        Example("[中央/n 电台/n]qx 报道/v", found=("电台/n",)),
        Example("[中央/n 电台/n ]nt 报道/v", found=("]nt",), fixed="[中央/n 电台/n]nt 报道/v"),
    ),
    check_document=check,
)
