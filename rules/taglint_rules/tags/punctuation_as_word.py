"""Punctuation mark tagged as a word.

What it finds: a token of punctuation marks only whose tag is of a word class: `,/nz`, `)/n`.
Marks that annotators also use as words (`%`, `&`, `@`, `#`, `*`, `/`, the possessive `'`) are
left alone, and so is any mark that the tagset's own word list gives the tag.

Why it matters: taggers call marks they do not know (mostly ASCII ones in Chinese text) names or
nouns; sentence boundaries, frequencies and parsers then go wrong.

Fix: unsafe; gives the mark the tag whose word list has it, else the tagset's general
punctuation tag.

Options: `allow` lists marks that may bear any tag.
"""

from taglint.characters import is_punctuation
from taglint.corpus.vocabulary import TokenType
from taglint.findings import Applicability
from taglint.rules import Change, Context, Example, Option, Problem, Rule, Scope
from taglint_rules.tags._allowed import NOT_WORDS


def check(token: TokenType, context: Context) -> Problem | None:
    if not is_punctuation(token.form) or token.form in context.options["allow"]:
        return None
    tagset = context.tagset
    tag = tagset.find(token.tag) if tagset else None
    if tagset is None or tag is None or tag.cls in NOT_WORDS or token.form in tag.words:
        return None
    message = f"punctuation mark {token.form} is tagged {token.tag} ({tag.en or tag.cls})"
    right = tagset.punctuation_tag(token.form)
    change = right and Change(f"tag it {right}", Applicability.UNSAFE, ((token.form, right),))
    group = f"{token.form}/{token.tag}"
    return Problem(message, confidence=0.95, group=group, change=change or None)


RULE = Rule(
    code="TAG003",
    name="punctuation-as-word",
    doc=__doc__,
    scope=Scope.TYPE,
    fix=Applicability.UNSAFE,
    options={"allow": Option([], "marks that may bear any tag", kind="list")},
    good=(
        Example("好/a ，/w 走/v 。/w"),
        Example("50/m %/nz"),
        Example("dogs/NNS '/POS", tagset="penn"),
    ),
    bad=(
        Example("好/a ,/nz 走/v", found=(",/nz",), fixed="好/a ,/w 走/v"),
        Example("well/RB ?/NN", tagset="penn", found=("?/NN",), fixed="well/RB ?/."),
    ),
    check_type=check,
)
