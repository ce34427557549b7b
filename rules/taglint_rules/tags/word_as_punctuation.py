"""Word tagged as punctuation.

What it finds: a token of letters, digits or Han characters only whose tag is a punctuation tag:
`但/w`, `the/,`.

Why it matters: the word is lost to every count and search by word class; often the tags of a
sentence have slipped by one place.

Fix: none; the right tag depends on the sentence.

Options: none.
"""

from taglint.characters import is_wordlike
from taglint.corpus.vocabulary import Judged, TokenType, Vocabulary
from taglint.rules import Context, Example, Problem, Rule, Scope
from taglint.tagsets import Tag, Tagset


def among(vocabulary: Vocabulary, context: Context) -> Judged:
    return vocabulary.tagged(_punctuation, context.tagset)


def _punctuation(name: str, tagset: Tagset | None) -> Tag | None:
    """The tag if it is one of punctuation."""
    tag = tagset.find(name) if tagset else None
    return tag if tag and tag.cls == "punctuation" else None


def check(token: TokenType, context: Context) -> Problem | None:
    tag = _punctuation(token.tag, context.tagset)
    if tag is None or not is_wordlike(token.form) or token.form in tag.words:
        return None
    message = f"word {token.form} is tagged {token.tag}, a punctuation tag"
    return Problem(message, confidence=0.95, group=f"{token.form}/{token.tag}")


RULE = Rule(
    code="TAG004",
    name="word-as-punctuation",
    doc=__doc__,
    scope=Scope.TYPE,
    good=(Example("但/c ，/w"), Example(":-D/NFP", tagset="penn")),
    bad=(
        Example("但/w 他/rr 走/v", found=("但/w",)),
        Example("the/, dog/NN", tagset="penn", found=("the/,",)),
    ),
    among=among,
    check_type=check,
)
