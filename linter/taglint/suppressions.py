"""Suppressions: what a corpus says itself about findings that are not to be reported.

In formats with comments they stand in the text, for a sentence or for the file:

    # taglint: ignore TAG003, TOK106: the source prints it this way
    # taglint: ignore-file TXT008: numerals are quoted from two sources
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from taglint.patterns import lazy

# What a comment has in it if it is a suppression.
PROGRAM = "taglint"
COMMENT = lazy(rf"#\s*{PROGRAM}\s*:\s*(\S*)\s*(.*)", re.DOTALL)
NAMES = lazy(r"[\w-]+(?:\s*,\s*[\w-]+)*")
# The file of suppressions beside a corpus whose format has no comments.
NAME = ".taglint-ignore.yaml"
SENTENCE, FILE = "ignore", "ignore-file"


@dataclass(frozen=True, slots=True)
class Suppression:
    """One instruction as rules about suppressions see it.

    rules: what it names, codes or names of rules, families or `ALL`; none where it is about all
    rules. reason: why. mistake: what is wrong with it, so that it suppresses nothing. unused: those
    of its rules of which nothing was suppressed; `anything` where it names none.
    """

    rules: tuple[str, ...] = ()
    reason: str = ""
    mistake: str = ""
    unused: tuple[str, ...] = ()


def parse(comment: str) -> tuple[str, Suppression] | None:
    """The scope of a comment, `ignore` or `ignore-file`, and what it says; None for any other
    comment."""
    found = COMMENT.fullmatch(comment.strip())
    if not found:
        return None
    scope, rest = found.groups()
    if scope not in (SENTENCE, FILE):
        return SENTENCE, Suppression(
            mistake=f"'{scope}' is no instruction; write {SENTENCE} or {FILE}"
        )
    names = NAMES.match(rest)
    if not names:
        return scope, Suppression(mistake="it names no rule")
    rules = tuple(re.split(r"\s*,\s*", names[0]))
    return scope, Suppression(rules, rest[names.end() :].strip(" \t:–—-"))
