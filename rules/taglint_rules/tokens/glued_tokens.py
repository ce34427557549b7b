"""Tokens without a blank between them.

What it finds: in formats where blanks separate tokens, a form that itself holds a separator and
a known tag, directly followed by another word: `我们/r今天/t` is two tokens.

Why it matters: two words are counted as one, with the first one's tag inside the form.

Fix: safe; puts the format's blank between the tokens.

Options: none.
"""

import re

from taglint.characters import HAN
from taglint.corpus.vocabulary import TokenType
from taglint.findings import Applicability, Severity
from taglint.patterns import lazy
from taglint.rules import Change, Context, Example, Problem, Rule, Scope

# A tag inside a form counts only next to something no tag contains: URLs and paths hold slashes.
INNER = lazy(f"([A-Za-z][A-Za-z0-9]*)(?=[{HAN}“”‘’《》（）。，、；：！？])")
MARKS = {"slash": "/", "underscore": "_"}
HAVING = {name: re.compile(mark) for name, mark in MARKS.items()}


def check(token: TokenType, context: Context) -> Problem | None:
    mark = MARKS[context.format]
    if context.tagset is None:
        return None
    tokens = split(token, mark, context)
    if len(tokens) < 2:
        return None
    change = Change("separate the tokens", Applicability.SAFE, tokens=tuple(tokens))
    written = " ".join(form + mark + tag for form, tag in tokens)
    return Problem(f"tokens are glued together: {written}", group="glued", change=change)


def split(token: TokenType, mark: str, context: Context) -> list[tuple[str, str]]:
    """The tokens in a spelling, as far as known tags show their ends."""
    found: list[tuple[str, str]] = []
    rest = token.form
    while mark in rest:
        form, _, behind = rest.partition(mark)
        inner = INNER.match(behind)
        if not form or inner is None or inner[1] not in (context.tagset or ()):
            break
        found.append((form, inner[1]))
        rest = behind[inner.end() :]
    return [*found, (rest, token.tag)]


RULE = Rule(
    code="TOK007",
    name="glued-tokens",
    doc=__doc__,
    scope=Scope.TYPE,
    severity=Severity.ERROR,
    fix=Applicability.SAFE,
    changes_text=True,
    formats=("slash", "underscore"),
    good=(Example("我们/r 今天/t"), Example("i/o/n http://a.cn/n/x"), Example("km/h/q")),
    bad=(
        Example("我们/r今天/t 好/a", found=("我们/r今天/t",), fixed="我们/r 今天/t 好/a"),
        Example("我/r们/k的/u 书/n", found=("我/r们/k的/u",), fixed="我/r 们/k 的/u 书/n"),
    ),
    among=lambda vocabulary, context: vocabulary.containing(HAVING[context.format]),
    check_type=check,
)
