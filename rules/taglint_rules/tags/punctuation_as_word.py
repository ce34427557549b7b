"""Punctuation mark tagged as a word.

What it finds: a token of punctuation marks only whose tag is of a word class: `,/nz`, `)/n`.
Marks that annotators also use as words (`%`, `&`, `@`, `#`, `*`, `/`, the possessive `'`) are
left alone, and so is any mark that the tagset's own word list gives the tag. Marks of inches, feet,
minutes and seconds behind a numeral are nouns or classifiers, and the marks inside a number that
was split are `split-number`'s.

Why it matters: taggers call marks they do not know (mostly ASCII ones in Chinese text) names or
nouns; sentence boundaries, frequencies and parsers then go wrong.

Fix: unsafe; gives the mark the tag whose word list has it, else the tagset's general
punctuation tag.

Options: `allow` lists marks that may bear any tag.
"""

from collections.abc import Iterator

from taglint.characters import is_punctuation
from taglint.corpus.document import Document
from taglint.corpus.vocabulary import TokenType
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Option, Problem, Rule, Scope
from taglint.tagsets import Tag
from taglint_rules._han import where_not_in_han
from taglint_rules.numbering._compounds import split_numbers
from taglint_rules.numbering._numerals import kind
from taglint_rules.tags._allowed import NOT_WORDS

MEASURES = frozenset(("'", '"', "''", "′", "″", "′′", "’", "”", "’’", "＇", "＂"))
# The word classes that name a measure.
OF_MEASURES = frozenset(("NOUN", "NUM", "SYM"))


def check(document: Document, context: Context) -> Iterator[Problem]:
    allowed = context.options["allow"]
    question = "marks as words", id(context.tagset), tuple(allowed)
    found = where_not_in_han(
        document, question, lambda token: token.form not in allowed and _word(token, context)
    )
    inside = _split(document) if found else frozenset()
    for place in document.places(found):
        tag = found[document.ids[place]]
        if place not in inside and not _is_measure(document, place, tag):
            yield _problem(document, place, tag, context)


def _word(token: TokenType, context: Context) -> Tag | None:
    """The tag of a mark if it is one of words."""
    # What begins with a letter is told at once, as nearly all forms are.
    if token.form[:1].isalnum() or not is_punctuation(token.form):
        return None
    if token.flaw or context.tagset is None:
        return None
    tag = context.tagset.find(token.tag)
    return None if tag is None or tag.cls in NOT_WORDS or token.form in tag.words else tag


def _split(document: Document) -> frozenset[int]:
    """The tokens of numbers that are split at a mark."""
    return frozenset(i for split in split_numbers(document) for i in range(split.first, split.last))


def _is_measure(document: Document, place: int, tag: Tag) -> bool:
    """Whether a mark may be one of inches or minutes, behind a numeral."""
    if document.token(place).form not in MEASURES or tag.upos not in OF_MEASURES:
        return False
    first = document.sentence_tokens(document.sentence_of(place)).start
    return place > first and bool(kind(document.token(place - 1).form))


def _problem(document: Document, place: int, tag: Tag, context: Context) -> Problem:
    form, name = document.token(place)[:2]
    message = f"punctuation mark {form} is tagged {name} ({tag.en or tag.cls})"
    right = context.tagset.punctuation_tag(form) if context.tagset else None
    change = Change(f"tag it {right}", Applicability.UNSAFE, ((form, right),)) if right else None
    return Problem(
        message,
        tokens=(place, place + 1),
        confidence=0.95,
        group=f"{form}/{name}",
        change=change,
    )


RULE = Rule(
    code="TAG003",
    name="punctuation-as-word",
    doc=__doc__,
    scope=Scope.DOCUMENT,
    fix=Applicability.UNSAFE,
    options={"allow": Option([], "marks that may bear any tag", kind="list")},
    good=(
        Example("好/a ，/w 走/v 。/w"),
        Example("50/m %/nz"),
        Example("dogs/NNS '/POS", tagset="penn"),
        Example("a/DT 17/CD \"/NN wheel/NN ,/, 5/CD '/NNS 11/CD \"/NNS", tagset="penn"),
        Example("有/v 1/m ./nz 8/m 倍/q"),
    ),
    bad=(
        Example("好/a ,/nz 走/v", found=(",/nz",), fixed="好/a ,/w 走/v"),
        Example("well/RB ?/NN", tagset="penn", found=("?/NN",), fixed="well/RB ?/."),
        Example('in/IN 1990/CD "/IN we/PRP', tagset="penn", found=('"/IN',),
                fixed="in/IN 1990/CD \"/`` we/PRP"),
    ),
    check_document=check,
)  # fmt: skip
